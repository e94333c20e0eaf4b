import assert from "node:assert/strict";
import { buildInflowModels } from "./inflow_model.ts";
import { type InflowModelRow, joinInflowTables } from "./inflow_rows.ts";
import { layoutOf, monthlyHorizon, monthlyStages, RULES } from "./noise_test_helpers.ts";
import { emptyOpeningTree } from "./opening_tree.ts";
import { correlationFile, stochasticTables } from "./stochastic_tables.ts";
import { userOpeningTree } from "./user_openings.ts";

const ROWS: readonly InflowModelRow[] = [0, 1, 2].map((stageId) => ({
  hydroId: 4,
  stageId,
  meanM3s: 100 + stageId / 3,
  stdM3s: 10,
  coefficients: [[0.5, 0.1], [], []][stageId]!,
  residualRatio: [0.7, 0.9, 1][stageId]!,
  annual: stageId === 2 ? null : { coefficient: 0.3, meanM3s: 90, stdM3s: 5 },
}));

const TREE = { ...emptyOpeningTree(2, Int32Array.of(1, 2, 1), (n) => new Float64Array(n)) };
TREE.values.set([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8]);

const TABLES = stochasticTables(ROWS, null, TREE, [10, 20, 30], null);

Deno.test("models come back from their tables to the bit, an annual term without lags too", () => {
  const stages = monthlyStages(3);
  const hydros = [{ id: 4 }];
  const { models } = buildInflowModels(monthlyHorizon(stages), hydros, ROWS, RULES);
  const again =
    buildInflowModels(monthlyHorizon(stages), hydros, joinInflowTables(TABLES), RULES).models;
  assert.deepEqual(again, models);
  assert.equal(models.sigma[1], 9);
});

Deno.test("an opening tree comes back from its table to the bit", () => {
  const { noiseOpenings } = TABLES;
  assert.deepEqual(Array.from(noiseOpenings.stage_id), [10, 10, 20, 20, 20, 20, 30, 30]);
  assert.deepEqual(Array.from(noiseOpenings.opening_index), [0, 0, 0, 0, 1, 1, 0, 0]);
  assert.deepEqual(Array.from(noiseOpenings.entity_index), [0, 1, 0, 1, 0, 1, 0, 1]);
  assert.deepEqual(userOpeningTree(noiseOpenings, [10, 20, 30], layoutOf(2)), TREE);
});

Deno.test("a correlation has the shape of its file", () => {
  const file = correlationFile({
    method: "cholesky",
    profiles: [{
      name: "wet",
      groups: [{ name: "south", entities: [{ type: "inflow", id: 4 }], matrix: [[1]] }],
    }],
    schedule: [{ stageId: 3, profile: "wet" }],
  });
  assert.deepEqual(file, {
    method: "cholesky",
    profiles: {
      wet: {
        correlation_groups: [
          { name: "south", entities: [{ type: "inflow", id: 4 }], matrix: [[1]] },
        ],
      },
    },
    schedule: [{ stage_id: 3, profile_name: "wet" }],
  });
});

Deno.test("independent noises are a profile without groups, which can be read again", () => {
  assert.deepEqual(TABLES.correlation, {
    method: "spectral",
    profiles: { default: { correlation_groups: [] } },
    schedule: [],
  });
});

Deno.test("loads are written where one of them deviates", () => {
  const loads = (std: number) => ({
    rows: 1,
    bus_id: Int32Array.of(0),
    stage_id: Int32Array.of(0),
    mean_mw: Float64Array.of(5),
    std_mw: Float64Array.of(std),
  });
  assert.equal(stochasticTables([], null, TREE, [10, 20, 30], loads(0)).loadStats, null);
  assert.notEqual(stochasticTables([], null, TREE, [10, 20, 30], loads(1)).loadStats, null);
});
