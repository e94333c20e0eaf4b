import assert from "node:assert/strict";
import type { Horizon } from "../model/mod.ts";
import { CobreError } from "../protocol/mod.ts";
import {
  externalInflowNoise,
  externalNoise,
  externalValues,
  type LagWalk,
} from "./external_library.ts";
import { expectedInflow, realisedInflow } from "./inflow_equation.ts";
import { buildInflowModels, type InflowModels } from "./inflow_model.ts";
import type { InflowModelRow } from "./inflow_rows.ts";
import { layoutOf, monthlyHorizon, monthlyStages, RULES, tableOf } from "./noise_test_helpers.ts";

const HYDROS = [{ id: 3 }, { id: 8 }];

function modelsOf(horizon: Horizon, changes: Partial<InflowModelRow> = {}): InflowModels {
  const rows = HYDROS.flatMap(({ id: hydroId }) =>
    horizon.stages.map(({ id: stageId }) => ({
      hydroId,
      stageId,
      meanM3s: 100 + stageId,
      stdM3s: 10 + hydroId,
      coefficients: [0.5, 0.2],
      residualRatio: 0.8,
      annual: null,
      ...changes,
    }))
  );
  return buildInflowModels(horizon, HYDROS, rows, RULES).models;
}

const SCENARIOS = tableOf(["stage_id", "scenario_id", "entity_id"], ["value"], [
  [0, 0, 0, 110],
  [0, 0, 1, 210],
  [1, 0, 0, 120],
  [1, 0, 1, 220],
  [1, 1, 0, 130],
  [1, 1, 1, 230],
]);

Deno.test("stages with fewer scenarios repeat theirs", () => {
  const values = externalValues("inflow", SCENARIOS, monthlyStages(2), layoutOf(2).blocks.inflow);
  assert.deepEqual([...values.counts], [1, 2]);
  assert.equal(values.scenarios, 2);
  assert.deepEqual([...values.values], [110, 210, 110, 210, 120, 220, 130, 230]);
});

Deno.test("external inflows come back from their noises along the trajectory", () => {
  const horizon = monthlyHorizon(monthlyStages(2));
  const models = modelsOf(horizon);
  const values = externalValues("inflow", SCENARIOS, horizon.stages, layoutOf(2).blocks.inflow);
  const walk: LagWalk = {
    start: (lags) => lags.set([90, 190, 80, 180]),
    advance: (_, inflow, lags) => {
      lags.copyWithin(2, 0);
      lags.set(inflow);
    },
  };
  const { noise } = externalInflowNoise(values, models, HYDROS, horizon.stages, walk);
  const lags = new Float64Array(4);
  const out = new Float64Array(2);
  for (let k = 0; k < 2; k++) {
    walk.start(lags);
    for (let t = 0; t < 2; t++) {
      const at = (t * 2 + k) * 2;
      realisedInflow(models, t, lags, noise.subarray(at, at + 2), out);
      out.forEach((inflow, h) => assert.ok(Math.abs(inflow - values.values[at + h]!) < 1e-9));
      walk.advance(t, out, lags);
    }
  }
  const rigid = modelsOf(horizon, { residualRatio: 0 });
  assert.throws(
    () => externalInflowNoise(values, rigid, HYDROS, horizon.stages, walk),
    (error) => error instanceof CobreError && error.records.length === 8,
  );
});

Deno.test("external loads are measured in deviations, and are the mean where there is none", () => {
  const values = externalValues("load", SCENARIOS, monthlyStages(2), layoutOf(0, 2).blocks.load);
  const moments = { mean: Float64Array.of(100, 200, 100, 200), std: Float64Array.of(5, 0, 10, 0) };
  assert.deepEqual([...externalNoise(values, moments).noise], [2, 0, 2, 0, 2, 0, 3, 0]);
});

Deno.test("every stage with missing, foreign or unknown rows is named", () => {
  const block = layoutOf(2).blocks.inflow;
  const faults = (rows: readonly (readonly number[])[]): string[] => {
    const table = tableOf(["stage_id", "scenario_id", "entity_id"], ["value"], rows);
    try {
      externalValues("inflow", table, monthlyStages(2), block);
    } catch (error) {
      assert.ok(error instanceof CobreError);
      return error.records.map(({ message }) => message);
    }
    return [];
  };
  assert.deepEqual(faults([[0, 0, 0, 1], [0, 0, 2, 1], [1, 0, 0, 1], [7, 0, 0, 1]]), [
    "Stage 7 is in the table, but it is not a stage of the study",
    "Stage 0 has scenario 0 of entity 2 where scenario 0 of entity 1 should follow",
    "Stage 1 has only 1 of 2 entities in its last scenario",
  ]);
  assert.deepEqual(faults([[0, 0, 0, 1], [0, 0, 1, 1]]), ["Stage 1 has no scenarios"]);
});

Deno.test("the expected inflow is the base and the weighted lags", () => {
  const models = modelsOf(monthlyHorizon(monthlyStages(2)));
  const out = new Float64Array(2);
  expectedInflow(models, 1, Float64Array.of(90, 190, 80, 180), out);
  // Lag 1 of February is January with mean 100; lag 2, December, has no moments.
  assert.ok(Math.abs(out[0]! - (101 + 0.5 * (90 - 100))) < 1e-12);
  assert.ok(Math.abs(out[1]! - (101 + 0.5 * (190 - 100))) < 1e-12);
});
