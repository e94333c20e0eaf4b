import assert from "node:assert/strict";
import {
  ALL_BLOCKS,
  type Hydro,
  HYDRO_PENALTY_FIELDS,
  type HydroPenaltyField,
  type Overrides,
  type Stage,
} from "../model/mod.ts";
import { restrictTurbinedCost } from "./turbined_cost.ts";

const stages = [0, 1, 2].map((id) => ({ id })) as Stage[];

function hydro(id: number, kinds: string[], turbined = 0.5): Hydro {
  const production = kinds.map((kind, from) => ({ from, to: from + 1, choice: { kind } }));
  return { id, production, costs: { turbined, spillage: 1 } } as unknown as Hydro;
}

type Row = [hydro: number, stage: number, turbined: number, spillage: number];

function table(rows: Row[]): Overrides<HydroPenaltyField> {
  const columns = Object.fromEntries(
    HYDRO_PENALTY_FIELDS.map((field) => [field, new Float64Array(rows.length).fill(NaN)]),
  ) as Record<HydroPenaltyField, Float64Array>;
  return {
    rows: rows.length,
    entity_id: Int32Array.from(rows, ([hydro]) => hydro),
    stage_id: Int32Array.from(rows, ([, stage]) => stage),
    block_id: new Int32Array(rows.length).fill(ALL_BLOCKS),
    ...columns,
    turbined_cost: Float64Array.from(rows, ([, , turbined]) => turbined),
    spillage_cost: Float64Array.from(rows, ([, , , spillage]) => spillage),
  };
}

function rowsOf(overrides: Overrides<HydroPenaltyField>): Row[] {
  return Array.from({ length: overrides.rows }, (_, row) => {
    assert.equal(overrides.block_id[row], ALL_BLOCKS);
    return [
      overrides.entity_id[row]!,
      overrides.stage_id[row]!,
      overrides.turbined_cost[row]!,
      overrides.spillage_cost[row]!,
    ];
  });
}

const constant = "constant_productivity";

Deno.test("the cost holds where a plant uses planes, and nowhere else", () => {
  const hydros = [
    hydro(1, [constant, constant, "linearized_head"]),
    hydro(2, ["fpha", "fpha", "fpha"]),
    hydro(3, [constant, "fpha", constant]),
  ];
  const { hydros: restricted, overrides } = restrictTurbinedCost(hydros, table([]), stages);
  assert.deepEqual(restricted.map(({ costs }) => costs.turbined), [0, 0.5, 0.5]);
  assert.deepEqual(restricted.map(({ costs }) => costs.spillage), [1, 1, 1]);
  assert.deepEqual(rowsOf(overrides), [[3, 0, 0, NaN], [3, 2, 0, NaN]]);
});

Deno.test("overrides of the case lose the cost in stages without planes, and only the cost", () => {
  const hydros = [hydro(1, [constant, constant, constant]), hydro(3, [constant, "fpha", constant])];
  const given = table([[1, 0, 7, 2], [3, 0, 7, 3], [3, 1, 7, NaN], [3, 9, 7, NaN], [4, 0, 7, NaN]]);
  const { overrides } = restrictTurbinedCost(hydros, given, stages);
  assert.deepEqual(rowsOf(overrides), [
    [1, 0, NaN, 2],
    [3, 0, 0, 3],
    [3, 1, 7, NaN],
    [3, 2, 0, NaN],
    [3, 9, 7, NaN],
    [4, 0, 7, NaN],
  ]);
});

Deno.test("a plant without the cost needs no overrides", () => {
  const { overrides } = restrictTurbinedCost([hydro(3, [constant, "fpha"], 0)], table([]), stages);
  assert.equal(overrides.rows, 0);
});
