import assert from "node:assert/strict";
import type { Stage } from "../../model/mod.ts";
import { checkParameters, GENERIC_PARAMETERS, toParameters } from "./generic_parameters.ts";
import { assertRules, type Loose, openTestReport, readValue } from "./test_support.ts";

const constant = { id: 1, name: "cap", kind: "constant", value: 2.5 };
const good = {
  scalar_parameters: [
    constant,
    { id: 2, name: "by stage", kind: "per_stage", values: [[1, 4], [0, 3]] },
    { id: 3, name: "c", kind: "seasonal", values: [[2, 5]] },
    { id: 0, name: "d", kind: "computed", computed_spec: { tag: "min_storage", hydro_id: 7 } },
    {
      id: 5,
      name: "e",
      kind: "per_stage_block",
      block_values: [[1, 0, 3], [0, 1, 2], [0, 0, 1]],
    },
  ],
};
const stages = [
  { id: 0, blocks: [{ id: 0 }, { id: 1 }] },
  { id: 1, blocks: [{ id: 0 }] },
] as unknown as Stage[];
const set = (index: number, fields: object) => (copy: Loose) =>
  Object.assign(copy.scalar_parameters[index], fields);

Deno.test("rules of scalar parameters", () => {
  const duplicate = "DuplicateId";
  assertRules(GENERIC_PARAMETERS, "v0.18", good, [
    [set(1, { id: 1 }), "scalar_parameters.C", duplicate, /repeats id 1/],
    [set(1, { name: "cap" }), "scalar_parameters.C", duplicate, /the name 'cap'/],
    [set(0, { name: "" }), "L2.shape", "SchemaViolation", /0 characters/],
    [set(0, { value: null }), "L2.type", "TypeMismatch", /null/],
    [set(0, { values: [] }), "L2.unknown_key", "SchemaViolation", /values/],
    [set(1, { values: [[0, 1], [0, 2]] }), "scalar_parameters.B", duplicate, /stage 0/],
    [set(2, { values: [[2, 1], [2, 2]] }), "scalar_parameters.B", duplicate, /season 2/],
    [set(2, { values: [[400, 1]] }), "L2.range", "OutOfRange", /at most 366/],
    [set(4, { block_values: [[0, 1, 1], [0, 1, 2]] }), "scalar_parameters.B", duplicate, /0, 1/],
    [
      set(3, { computed_spec: { tag: "mean_storage", hydro_id: 7 } }),
      "L2.word",
      "InvalidEnum",
      /min_storage/,
    ],
  ], checkParameters);
});

function parameters(value: Loose) {
  const { report, records } = openTestReport(GENERIC_PARAMETERS, "v0.18", value);
  const parsed = readValue(GENERIC_PARAMETERS, "v0.18", value).value;
  return { list: toParameters(parsed, stages, report), records: records() };
}

Deno.test("parameters come by id, their values by stage and block", () => {
  const { list, records } = parameters(good);
  assert.deepEqual(records, []);
  assert.deepEqual(list, [
    { id: 0, name: "d", kind: "computed", tag: "min_storage", hydroId: 7 },
    { id: 1, name: "cap", kind: "constant", value: 2.5 },
    { id: 2, name: "by stage", kind: "per_stage", values: [[0, 3], [1, 4]] },
    { id: 3, name: "c", kind: "seasonal", values: [NaN, NaN, 5] },
    { id: 5, name: "e", kind: "per_stage_block", values: [[0, 0, 1], [0, 1, 2], [1, 0, 3]] },
  ]);
});

Deno.test("a stage or a block without a value, or one too many, is named", () => {
  const message = (fields: object) => {
    const { records } = parameters({ scalar_parameters: [{ id: 1, name: "a", ...fields }] });
    assert.deepEqual(records.map(({ kind }) => kind), ["SchemaViolation"]);
    return records[0]!.message;
  };
  assert.match(message({ kind: "per_stage", values: [[1, 1]] }), /none for stage 0/);
  const unknown = message({ kind: "per_stage", values: [[0, 1], [1, 1], [9, 1]] });
  assert.match(unknown, /one for stage 9, which the study does not have/);
  const block = message({ kind: "per_stage_block", block_values: [[0, 0, 1], [1, 0, 1]] });
  assert.match(block, /none for stage and block 0, 1/);
});
