import assert from "node:assert/strict";
import { checkConstraints, constraintSenses, GENERIC_CONSTRAINTS } from "./generic_constraints.ts";
import { assertRules, type Loose, readValue } from "./test_support.ts";

const constraint = {
  id: 4,
  name: "gas cap",
  expression: "thermal_generation(0) + 0.5 * thermal_generation(1)",
  slack: { enabled: true, penalty: 2500 },
};
const set = (fields: object) => (copy: Loose) => Object.assign(copy.constraints[0], fields);

Deno.test("rules of constraints that both layouts have", () => {
  const files = [
    ["v0.5", { constraints: [{ ...constraint, sense: "<=" }] }],
    ["v0.18", { constraints: [constraint] }],
  ] as const;
  for (const [dialect, file] of files) {
    assertRules(GENERIC_CONSTRAINTS, dialect, file, [
      [(copy) => copy.constraints.push(copy.constraints[0]), "B4.id", "DuplicateId", /id 4/],
      [set({ slack: { enabled: true } }), "B4", "SchemaViolation", /no penalty/],
      [set({ slack: { enabled: true, penalty: 0 } }), "B4", "OutOfRange", /penalty 0/],
      [
        set({ expression: "2 * * x(0)" }),
        "B4",
        "SchemaViolation",
        /constraint 4 'gas cap' at column 5: found '\*'/,
      ],
    ], checkConstraints);
    const soft = { constraints: [{ ...file.constraints[0], slack: { enabled: false } }] };
    assert.deepEqual(readValue(GENERIC_CONSTRAINTS, dialect, soft).records, []);
  }
});

Deno.test("the relation stands beside the expression or in it, by layout", () => {
  const old = { constraints: [{ ...constraint, sense: "<=" }] };
  assertRules(GENERIC_CONSTRAINTS, "v0.5", old, [
    [set({ sense: "<" }), "B4.sense", "InvalidEnum", /<=, >=, ==/],
    [set({ expression: "bus_excess(0) <= 3" }), "B4", "SchemaViolation", /'sense'/],
  ], checkConstraints);
  const now = { constraints: [{ ...constraint, expression: "bus_excess(0) <= 3" }] };
  assertRules(GENERIC_CONSTRAINTS, "v0.18", now, [
    [set({ sense: "<=" }), "L2.unknown_key", "SchemaViolation", /sense/],
    [set({ expression: "1 <= bus_excess(0) <= 3" }), "B4", "SchemaViolation", /column 20/],
  ], checkConstraints);
  const senses = constraintSenses(readValue(GENERIC_CONSTRAINTS, "v0.5", old).value);
  assert.deepEqual([...senses], [[4, "<="]]);
  assert.equal(constraintSenses(readValue(GENERIC_CONSTRAINTS, "v0.18", now).value).size, 0);
});

Deno.test("rules of named expressions", () => {
  const good = { constraints: [], expressions: [{ name: "all", expression: "bus_excess(0)" }] };
  const named = (fields: object) => (copy: Loose) => Object.assign(copy.expressions[0], fields);
  assertRules(GENERIC_CONSTRAINTS, "v0.18", good, [
    [(copy) => copy.expressions.push(copy.expressions[0]), "B4.name", "DuplicateId", /'all'/],
    [named({ name: "a b" }), "L2.shape", "SchemaViolation", /a b/],
    [named({ expression: "(" }), "B4", "SchemaViolation", /the expression 'all' at column 2/],
  ], checkConstraints);
});
