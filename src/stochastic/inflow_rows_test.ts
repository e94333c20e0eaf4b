import assert from "node:assert/strict";
import { CobreError } from "../protocol/mod.ts";
import { joinInflowTables } from "./inflow_rows.ts";
import { tableOf } from "./noise_test_helpers.ts";

const stats = (rows: readonly (readonly number[])[]) =>
  tableOf(["hydro_id", "stage_id"], ["mean_m3s", "std_m3s"], rows);
const coefficients = (rows: readonly (readonly number[])[]) =>
  tableOf(["hydro_id", "stage_id", "lag"], ["coefficient", "residual_std_ratio"], rows);
const annual = (rows: readonly (readonly number[])[]) =>
  tableOf(
    ["hydro_id", "stage_id"],
    ["annual_coefficient", "annual_mean_m3s", "annual_std_m3s"],
    rows,
  );

Deno.test("each row of moments becomes a model with its coefficients and annual term", () => {
  const rows = joinInflowTables({
    inflowStats: stats([[1, -1, 50, 5], [1, 0, 60, 6]]),
    inflowCoefficients: coefficients([[1, 0, 1, 0.4, 0.9], [1, 0, 3, 0.1, 0.9]]),
    inflowAnnual: annual([[1, 0, 0.2, 55, 3]]),
  });
  assert.deepEqual(rows, [
    {
      hydroId: 1,
      stageId: -1,
      meanM3s: 50,
      stdM3s: 5,
      coefficients: [],
      residualRatio: 1,
      annual: null,
    },
    {
      hydroId: 1,
      stageId: 0,
      meanM3s: 60,
      stdM3s: 6,
      coefficients: [0.4, 0, 0.1],
      residualRatio: 0.9,
      annual: { coefficient: 0.2, meanM3s: 55, stdM3s: 3 },
    },
  ]);
});

Deno.test("without moments there are no models", () => {
  const inflowCoefficients = coefficients([[1, 0, 1, 0.4, 0.9]]);
  for (const inflowStats of [null, stats([])]) {
    assert.deepEqual(joinInflowTables({ inflowStats, inflowCoefficients, inflowAnnual: null }), []);
  }
});

Deno.test("coefficients and annual terms without moments are all named", () => {
  assert.throws(
    () =>
      joinInflowTables({
        inflowStats: stats([[1, 0, 50, 5]]),
        inflowCoefficients: coefficients([[1, 1, 1, 0.4, 0.9], [1, 1, 2, 0.1, 0.9]]),
        inflowAnnual: annual([[2, 0, 0.2, 55, 3]]),
      }),
    (error) =>
      error instanceof CobreError && error.records.length === 2 &&
      error.records[0].message.startsWith("Hydro 1 has coefficients in stage 1") &&
      error.records[1]!.message.startsWith("Hydro 2 has an annual component in stage 0"),
  );
});
