import assert from "node:assert/strict";
import fc from "fast-check";
import { MAX_GROUP_DEPTH, parseExpression } from "./parse.ts";
import { type Factor, printRelation, type Relation, SENSES, type Sum } from "./syntax.ts";

/** The same without offsets. */
function bare(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (key, inner) => key === "at" ? undefined : inner));
}

function parsed(text: string, dialect: "v0.5" | "v0.18" = "v0.18"): Relation {
  const result = parseExpression(text, dialect);
  assert.ok("relation" in result, JSON.stringify(result));
  return result.relation;
}

function fault(text: string, dialect: "v0.5" | "v0.18" = "v0.18") {
  const result = parseExpression(text, dialect);
  assert.ok("fault" in result, `${text} should not be read`);
  return result.fault;
}

const word = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,8}$/);
const integer = fc.nat({ max: 0x7fffffff });
const number = fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }).map((x) => x + 0);
const argument = fc.record({
  name: fc.option(word, { nil: null }),
  value: integer,
  at: fc.constant(0),
});
const { sum } = fc.letrec<{ sum: Sum; factor: Factor }>((tie) => ({
  sum: fc.array(
    fc.record({
      sign: fc.constantFrom<1 | -1>(1, -1),
      factors: fc.array(tie("factor"), { minLength: 1, maxLength: 3 }),
    }),
    { minLength: 1, maxLength: 4 },
  ),
  factor: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.record({ kind: fc.constant("number" as const), value: number, at: fc.constant(0) }),
    fc.record({ kind: fc.constant("name" as const), name: word, at: fc.constant(0) }),
    fc.record({
      kind: fc.constant("reference" as const),
      variable: word,
      arguments: fc.array(argument, { minLength: 1, maxLength: 3 }),
      at: fc.constant(0),
    }),
    fc.record({ kind: fc.constant("group" as const), sum: tie("sum"), at: fc.constant(0) }),
  ),
}));
const relation: fc.Arbitrary<Relation> = fc.oneof(
  sum.map((left) => ({ left, sense: null, right: null })),
  fc.record({ left: sum, sense: fc.constantFrom(...SENSES), right: sum }),
);

Deno.test("what is printed is read back as it was", () => {
  fc.assert(fc.property(relation, (relation) => {
    assert.deepEqual(bare(parsed(printRelation(relation))), bare(relation));
  }));
});

Deno.test("any text gives an expression or a fault inside the text", () => {
  const piece = fc.constantFrom(
    ..."+-*(),=@<>. \n".split(""),
    "<=",
    ">=",
    "==",
    "1",
    "2.5e3",
    "1e999",
    "hydro_turbined",
    "bus",
    "é",
    "💧",
  );
  const text = fc.oneof(fc.string(), fc.array(piece).map((pieces) => pieces.join("")));
  fc.assert(
    fc.property(text, fc.constantFrom("v0.5" as const, "v0.18" as const), (text, dialect) => {
      const result = parseExpression(text, dialect);
      if ("relation" in result) return;
      assert.ok(result.fault.at >= 0 && result.fault.at <= text.length);
      assert.ok(result.fault.found.length > 0 && result.fault.expected.length > 0);
    }),
  );
});

Deno.test("the older layout reads sums of references with numbers before them", () => {
  const { left, sense } = parsed(
    "- thermal_generation( 3.0 ) + 2.5 * hydro_turbined(1, 2)",
    "v0.5",
  );
  assert.equal(sense, null);
  assert.deepEqual(bare(left), [
    {
      sign: -1,
      factors: [{
        kind: "reference",
        variable: "thermal_generation",
        arguments: [{ name: null, value: 3 }],
      }],
    },
    {
      sign: 1,
      factors: [{ kind: "number", value: 2.5 }, {
        kind: "reference",
        variable: "hydro_turbined",
        arguments: [{ name: null, value: 1 }, { name: null, value: 2 }],
      }],
    },
  ]);
});

Deno.test("the older layout refuses what only the newer one has", () => {
  const texts = [
    "3",
    "2 * 3 * f(0)",
    "f(0) * 2",
    "(f(0))",
    "@p * f(0)",
    "f(0) <= 3",
    "f(0, bus=1)",
  ];
  for (const text of texts) {
    fault(text, "v0.5");
    parsed(text);
  }
});

Deno.test("a fault says where it is, what stands there and what was wanted", () => {
  const cases: [string, number, RegExp, RegExp][] = [
    ["", 0, /end of the expression/, /number, a variable/],
    ["f(0) + * 3", 7, /'\*'/, /number, a variable/],
    ["f(0) g(1)", 5, /'g'/, /end/],
    ["f(0", 3, /end of the expression/, /','/],
    ["f(1.5)", 2, /'1.5'/, /whole number/],
    ["f(99999999999)", 2, /'99999999999'/, /whole number/],
    ["f(-1)", 2, /'-'/, /whole number/],
    ["f 3", 2, /'3'/, /'\('/],
    ["f(0) < 3", 5, /'<'/, /'<='/],
    ["f(0) = 3", 5, /'='/, /end/],
    ["1 <= f(0) <= 2", 10, /'<='/, /end/],
    ["a + -b", 2, /'\+'/, /'\('/],
    ["@ p", 0, /'@'/, /name/],
    ["1e999 * f(0)", 0, /1e999/, /double/],
    ["f(0) # g(0)", 5, /'#'/, /operator/],
    ["(f(0) + 2", 9, /end of the expression/, /'\)'/],
  ];
  for (const [text, at, found, expected] of cases) {
    const result = fault(text);
    assert.equal(result.at, at, text);
    assert.match(result.found, found, text);
    assert.match(result.expected, expected, text);
  }
});

Deno.test("nesting has a limit, and length has none that a stack would set", () => {
  const nested = (depth: number) => "(".repeat(depth) + "f(0)" + ")".repeat(depth);
  parsed(nested(MAX_GROUP_DEPTH));
  assert.match(fault(nested(MAX_GROUP_DEPTH + 1)).expected, /64 parentheses/);
  assert.match(fault("(".repeat(1_000_000)).expected, /64 parentheses/);
  assert.equal(parsed("f(0) + ".repeat(100_000) + "f(0)").left.length, 100_001);
  assert.equal(parsed("2 * ".repeat(100_000) + "f(0)").left[0]!.factors.length, 100_001);
});
