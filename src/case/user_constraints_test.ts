import assert from "node:assert/strict";
import {
  ALL_BLOCKS,
  type GenericBounds,
  type Line,
  NO_VALUE,
  type ScalarParameter,
} from "../model/mod.ts";
import type { Dialect } from "./case.ts";
import { GENERIC_CONSTRAINTS } from "./json/generic_constraints.ts";
import { openTestReport, readValue } from "./json/test_support.ts";
import { toConstraints } from "./user_constraints.ts";

type Row = [constraint: number, stage: number, lower: number | null, upper: number | null];

function table(rows: Row[]): GenericBounds {
  const column = (pick: (row: Row) => number | null) =>
    Float64Array.from(rows, (row) => pick(row) ?? NO_VALUE);
  return {
    rows: rows.length,
    constraint_id: Int32Array.from(rows, ([constraint]) => constraint),
    stage_id: Int32Array.from(rows, ([, stage]) => stage),
    block_id: new Int32Array(rows.length).fill(ALL_BLOCKS),
    bound_lower: column(([, , lower]) => lower),
    bound_upper: column(([, , , upper]) => upper),
  };
}

const parameters: ScalarParameter[] = [{ id: 0, name: "p", kind: "constant", value: 2 }];
const lines = [{ id: 7, sourceBusId: 0, targetBusId: 1 }] as Line[];

function resolve(
  expressions: string | string[],
  rows: Row[],
  options: { dialect?: Dialect; sense?: string; named?: Record<string, string> } = {},
) {
  const { dialect = "v0.18", sense, named } = options;
  const file = {
    constraints: [expressions].flat().map((expression, id) => ({
      id,
      name: `c${id}`,
      expression,
      slack: { enabled: id === 0, penalty: 9 },
      ...(sense === undefined ? {} : { sense }),
    })),
    ...(named === undefined ? {} : {
      expressions: Object.entries(named).map(([name, expression]) => ({ name, expression })),
    }),
  };
  const { report, records } = openTestReport(GENERIC_CONSTRAINTS, dialect, file);
  const { value } = readValue(GENERIC_CONSTRAINTS, dialect, file);
  const bounds = table(rows);
  const { constraints, bounds: whole } = toConstraints({
    file: value,
    bounds,
    parameters,
    lines,
    report,
  });
  return {
    constraints,
    whole,
    bounds: rows.map((_, row) => [whole.bound_lower[row], whole.bound_upper[row]]),
    records: records().map((record) => [record.context["rule"], record.kind, record.message]),
  };
}

Deno.test("a relation bounds its side by its number, and rows add to it", () => {
  // The figures are those of the reference program for the same rows.
  const rows: Row[] = [[0, 0, null, null], [0, 1, null, 8], [0, 2, 3, null], [0, 3, -20, -3]];
  const bounds = (relation: string, rows: Row[]) => {
    const { bounds, records } = resolve(`thermal_generation(0) ${relation} 10`, rows);
    assert.deepEqual(records, []);
    return bounds;
  };
  assert.deepEqual(bounds("<=", rows), [[NaN, 10], [NaN, 18], [3, 10], [-20, 7]]);
  const above: Row[] = [[0, 0, null, 18], [0, 1, 3, null], [0, 2, -20, 12]];
  assert.deepEqual(bounds(">=", above), [[10, 18], [13, NaN], [-10, 12]]);
  const both: Row[] = [[0, 0, null, null], [0, 1, -3, null], [0, 2, 3, 8], [0, 3, null, 12]];
  assert.deepEqual(bounds("==", both), [[10, 10], [7, 10], [13, 18], [10, 22]]);
});

Deno.test("terms and numbers move to their sides", () => {
  const text = "3 * bus_excess(0) + 2 <= bus_excess(1) + 5 - 2 * bus_excess(0)";
  const { constraints, bounds } = resolve(text, [[0, 0, null, null]]);
  const terms = constraints[0]!.terms.map(({ coefficient, entityId }) => [coefficient, entityId]);
  assert.deepEqual(terms, [[5, 0], [-1, 1]]);
  assert.deepEqual(constraints[0]!.constants, []);
  assert.deepEqual(bounds, [[NaN, 3]]);
});

Deno.test("numbers that parameters multiply stay with the terms", () => {
  const { constraints, bounds } = resolve("bus_excess(0) + 2 * @p + 1 <= 10 + 3 * @p", [
    [0, 0, null, 3],
  ]);
  assert.deepEqual(constraints[0]!.constants, [{ value: -1, parameters: ["p"] }]);
  assert.deepEqual(bounds, [[NaN, 12]]);
});

Deno.test("the same constraint is equal in both layouts, wherever its bound stands", () => {
  const old = resolve("bus_excess(0) + 2 * bus_deficit(1)", [[0, 0, null, 10], [0, 1, null, 10]], {
    dialect: "v0.5",
    sense: "<=",
  });
  const ways = [
    resolve("bus_excess(0) + 2 * bus_deficit(1)", [[0, 0, null, 10], [0, 1, null, 10]]),
    resolve("bus_excess(0) + 2 * bus_deficit(1) <= 10", [[0, 0, null, null], [0, 1, null, null]]),
    resolve("bus_excess(0) + 2 * (bus_deficit(1) - 5) <= 0", [
      [0, 0, null, null],
      [0, 1, null, null],
    ]),
    resolve("@all <= 10", [[0, 0, null, null], [0, 1, null, null]], {
      named: { all: "bus_excess(0) + 2 * bus_deficit(1)" },
    }),
  ];
  for (const way of ways) {
    assert.deepEqual(way.records, []);
    assert.deepEqual(way.constraints, old.constraints);
    assert.deepEqual(way.whole, old.whole);
  }
});

Deno.test("constraints keep their slack and come by id", () => {
  const { constraints } = resolve(["bus_excess(0)", "bus_excess(1)"], [[0, 0, 1, 2], [1, 0, 1, 2]]);
  assert.deepEqual(constraints.map(({ id, slackPenalty }) => [id, slackPenalty]), [
    [0, 9],
    [1, null],
  ]);
});

Deno.test("rows without a bound, bounds out of order and relations without rows are reported", () => {
  const report = (expression: string, rows: Row[]) =>
    resolve(expression, rows).records.map(([rule, kind]) => [rule, kind]);
  assert.deepEqual(report("bus_excess(0)", [[0, 0, null, null]]), [
    ["referential.4", "SchemaViolation"],
  ]);
  assert.deepEqual(report("bus_excess(0)", [[0, 0, 2, 1]]), [
    ["referential.5", "CapacityViolation"],
  ]);
  assert.deepEqual(report("bus_excess(0) <= 10", [[0, 0, 11, null]]), [
    ["referential.5", "CapacityViolation"],
  ]);
  assert.deepEqual(report("bus_excess(0) <= 10", []), [["referential.6", "CoverageMismatch"]]);
  assert.deepEqual(report("bus_excess(0)", []), []);
  assert.deepEqual(report("bus_excess(0) <= @p", [[0, 0, 1, null]]), [
    ["B4.sides", "IncompatibleSettings"],
  ]);
  assert.deepEqual(report("bus_excess(0) <= @p", [[0, 0, null, 1]]), []);
});

Deno.test("names that nothing has, and expressions without a variable, are reported", () => {
  const messages = resolve(["@cap * bus_excess(0)", "@p", "buss_excess(0)"], []).records;
  assert.deepEqual(messages.map(([rule, kind]) => [rule, kind]), [
    ["B4", "MissingReference"],
    ["B4", "SchemaViolation"],
    ["B4", "InvalidEnum"],
  ]);
  assert.match(String(messages[0]![2]), /constraint 0 'c0' at column 1: found '@cap'/);
});

Deno.test("a fault of a named expression is reported once, however many use it", () => {
  const { records, constraints } = resolve(["@a", "@c", "bus_excess(0)"], [], {
    named: { a: "bus_excess(", b: "@c", c: "@b", p: "bus_excess(0)" },
  });
  assert.deepEqual(records.map(([rule]) => rule), ["B4", "B4.cycle", "B4.name"]);
  assert.deepEqual(constraints.map(({ id }) => id), [2]);
});
