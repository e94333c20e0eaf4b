import assert from "node:assert/strict";
import fc from "fast-check";
import type { Dialect } from "../case.ts";
import { evaluateSum, type ExpressionNames } from "./evaluate.ts";
import { faultMessage } from "./fault.ts";
import { MAX_MONOMIALS, splitForm } from "./linear_form.ts";
import { parseExpression } from "./parse.ts";
import { indexLines } from "./reference.ts";

function names(dialect: Dialect = "v0.18"): ExpressionNames {
  const lines = [[4, 0, 1], [5, 1, 0], [6, 0, 1], [7, 1, 2]].map(([id, source, target]) => ({
    id: id!,
    sourceBusId: source!,
    targetBusId: target!,
  }));
  return {
    dialect,
    parameters: new Set(["p", "q"]),
    expressions: new Map(),
    lines: indexLines(lines),
  };
}

function evaluate(text: string, dialect: Dialect = "v0.18") {
  const parsed = parseExpression(text, dialect);
  assert.ok("relation" in parsed, JSON.stringify(parsed));
  return evaluateSum(parsed.relation.left, names(dialect));
}

function form(text: string, dialect: Dialect = "v0.18") {
  const result = evaluate(text, dialect);
  assert.ok("form" in result, JSON.stringify(result));
  const { terms, constants } = splitForm(result.form);
  return {
    terms: terms.map((term) => {
      const where = [term.entityId, term.blockId, term.busId].join("/");
      return [term.coefficient, ...term.parameters, `${term.variable} ${where}`].join(" ");
    }),
    constants: constants.map(({ value, parameters }) => [value, ...parameters].join(" ")),
  };
}

function fault(text: string, dialect: Dialect = "v0.18") {
  const result = evaluate(text, dialect);
  assert.ok("fault" in result, `${text} should not be evaluated`);
  return result.fault;
}

Deno.test("repeated variables add up, in the order in which they first come", () => {
  assert.deepEqual(form("hydro_turbined(1) + 2 * bus_excess(0) + 3 * hydro_turbined(1)", "v0.5"), {
    terms: ["4 hydro_turbined 1//", "2 bus_excess 0//"],
    constants: [],
  });
  const text = "hydro_turbined(1) + hydro_turbined(1, 0) + hydro_turbined(1, 0, bus=2)";
  assert.equal(form(text).terms.length, 3);
});

Deno.test("groups, numbers and parameters multiply out", () => {
  assert.deepEqual(form("-2 * (bus_excess(0) - 3 * (@p * bus_deficit(1) + 1)) + 4 * @q * 5"), {
    terms: ["-2 bus_excess 0//", "6 p bus_deficit 1//"],
    constants: ["6", "20 q"],
  });
  assert.deepEqual(form("(2 + @q) * @p * bus_excess(0)").terms, [
    "2 p bus_excess 0//",
    "1 p q bus_excess 0//",
  ]);
});

Deno.test("a term that cancels keeps a plain zero", () => {
  const result = evaluate("bus_excess(0) - bus_excess(0)");
  assert.ok("form" in result);
  assert.ok(Object.is([...result.form.values()][0]!.coefficient, 0));
});

Deno.test("the exchange between two buses is that of all lines between them", () => {
  assert.deepEqual(form("2 * line_exchange(source_bus=0, target_bus=1)").terms, [
    "2 line_exchange 4//",
    "2 line_exchange 6//",
    "-2 line_exchange 5//",
  ]);
  const none = fault("line_exchange(source_bus=0, target_bus=2)");
  assert.equal(none.kind, "MissingReference");
});

Deno.test("an inflow is the same in every block", () => {
  assert.deepEqual(form("hydro_inflow(1, 2)"), form("hydro_inflow(1)"));
});

Deno.test("variables are those of the layout", () => {
  const unknown = fault("hydro_turbine(0)");
  assert.ok(unknown.kind === "InvalidEnum" && unknown.allowed.includes("hydro_inflow"));
  const old = fault("hydro_inflow(0)", "v0.5");
  assert.ok(old.kind === "InvalidEnum" && !old.allowed.includes("hydro_inflow"));
  form("hydro_evaporation(0, 1)");
  assert.match(fault("hydro_evaporation(0, 1)", "v0.5").expected, /no block/);
  assert.match(fault("hydro_storage(0, 1)").expected, /no block/);
});

Deno.test("arguments that a variable does not have are refused", () => {
  for (
    const text of [
      "hydro_turbined(bus=1)",
      "hydro_turbined(0, 1, 2)",
      "hydro_turbined(0, bus=1, 2)",
      "hydro_turbined(0, bus=1, bus=2)",
      "hydro_outflow(0, bus=1)",
      "hydro_turbined(0, block=1)",
      "line_exchange(source_bus=0)",
      "line_exchange(4, source_bus=0, target_bus=1)",
      "line_direct(source_bus=0, target_bus=1)",
    ]
  ) assert.equal(fault(text).kind, "SchemaViolation", text);
});

Deno.test("products of variables, unknown names and infinite coefficients are refused", () => {
  assert.match(fault("bus_excess(0) * bus_excess(1)").expected, /linear/);
  const unknown = fault("bus_excess(0) + @cap");
  assert.equal(unknown.kind, "MissingReference");
  assert.equal(unknown.at, 16);
  assert.match(fault("1e300 * 1e300 * bus_excess(0)").found, /not finite/);
});

Deno.test("expressions that multiply out without end are refused", () => {
  const sum = Array.from({ length: 400 }, (_, id) => `bus_excess(${id})`).join(" + ");
  const factor = Array.from({ length: 400 }, () => "(@p + 1)").join(" * ");
  assert.match(fault(`${factor} * (${sum})`).found, /parameters|terms/);
  const product = Array.from({ length: 9 }, (_, k) => `(@p + @q * ${k} + 1)`).join(" * ");
  const wide = Array.from({ length: 9000 }, (_, id) => `bus_excess(${id})`).join(" + ");
  assert.match(fault(`${product} * (${wide})`).found, new RegExp(`${MAX_MONOMIALS} terms`));
});

Deno.test("many factors are multiplied in no time, and parameters have a limit", () => {
  assert.deepEqual(form("1 * ".repeat(50_000) + "bus_excess(0)").terms, ["1 bus_excess 0//"]);
  assert.match(fault("@p * ".repeat(50_000) + "bus_excess(0)").found, /32 parameters/);
});

Deno.test("a message shows the place in the text, however long the text is", () => {
  fc.assert(fc.property(fc.nat(300), fc.nat(300), (before, after) => {
    const text = "x".repeat(before) + "!" + "y".repeat(after);
    const message = faultMessage("constraint 1 'a'", text, {
      kind: "SchemaViolation",
      at: before,
      found: "'!'",
      expected: "a term",
    });
    assert.match(message, new RegExp(`column ${before + 1}: found '!', expected a term`));
    assert.match(message, /→!/);
    assert.ok(message.length < 220);
  }));
});
