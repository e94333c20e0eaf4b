import assert from "node:assert/strict";
import {
  HYDRO_BOUND_FIELDS,
  HYDRO_PENALTY_FIELDS,
  type HydroPenaltyField,
} from "../../model/mod.ts";
import type { ColumnKind } from "../model_key.ts";
import { findColumn } from "../stage_model.ts";
import { near, solveTiny, tinyStudy } from "../testing/solve_tiny.ts";
import { tableOf, tinyHydro, tinyStage, tinySystem, tinyThermal } from "../testing/tiny_system.ts";

/** hm³ of 1 m³/s in 100 hours. */
const TAU = 0.36;
const costs = {
  ...tinyHydro().costs,
  outflowBelow: 500,
  outflowAbove: 200,
  turbinedBelow: 300,
  generationBelow: 400,
};

Deno.test("a missed minimum costs per m³/s or MW and hour", async () => {
  const system = tinySystem({
    stages: [tinyStage(0, [100])],
    hydros: [tinyHydro({ minOutflowM3s: 20, minTurbinedM3s: 15, minGenerationMw: 12, costs })],
    volumes: [[0, 10 * TAU]],
  });
  const { value, cost } = await solveTiny(tinyStudy(system), 0, { load: [10] });
  near(value("turbined", 0, 0), 10);
  near(value("outflow_below", 0, 0), 10);
  near(value("turbined_below", 0, 0), 5);
  near(value("generation_below", 0, 0), 2);
  near(cost, 100 * (10 * 500 + 5 * 300 + 2 * 400));
});

Deno.test("too much outflow costs; diverted water does not count as outflow", async () => {
  const system = tinySystem({
    stages: [tinyStage(0, [100])],
    hydros: [
      tinyHydro({
        maxOutflowM3s: 30,
        maxStorageHm3: 10,
        diversion: { downstreamId: 1, maxFlowM3s: 5 },
        costs,
      }),
      tinyHydro({ id: 1 }),
    ],
    volumes: [[0, 10]],
  });
  const { value } = await solveTiny(tinyStudy(system), 0, { inflow: [45, 0], load: [30] });
  near(value("outflow_above", 0, 0), 10);
  near(value("diversion", 0, 0), 5);
});

Deno.test("limits hold block by block", async () => {
  const system = tinySystem({
    stages: [tinyStage(0, [100, 300])],
    hydros: [tinyHydro({ minOutflowM3s: 10, costs })],
    thermals: [tinyThermal({ costPerMwh: 1000 })],
    volumes: [[0, 0]],
  });
  // Water for 5 m³/s over 400 h: energy is worth more in the block of high load, the limit as much.
  const { value, cost } = await solveTiny(tinyStudy(system), 0, { inflow: [5], load: [100, 0] });
  near(value("turbined", 0, 0), 20);
  near(value("outflow_below", 0, 1), 10);
  near(cost, 100 * 80 * 1000 + 300 * 10 * 500);
});

Deno.test("costs of a stage replace those of the plant, each in its own place", () => {
  const values = {
    spillage_cost: 1,
    turbined_cost: 2,
    diversion_cost: 3,
    storage_violation_below_cost: 4,
    filling_target_violation_cost: 5,
    turbined_violation_below_cost: 6,
    outflow_violation_below_cost: 7,
    outflow_violation_above_cost: 8,
    generation_violation_below_cost: 9,
    evaporation_violation_pos_cost: 10,
    evaporation_violation_neg_cost: 11,
    water_withdrawal_violation_pos_cost: 12,
    water_withdrawal_violation_neg_cost: 13,
    inflow_nonnegativity_cost: 14,
  } as const satisfies { readonly [field in HydroPenaltyField]: number };
  const keys = ["entity_id", "stage_id", "block_id"] as const;
  const system = tinySystem({
    stages: [tinyStage(0, [100, 300]), tinyStage(1, [100, 300])],
    hydros: [
      tinyHydro({
        minStorageHm3: 5,
        minOutflowM3s: 1,
        maxOutflowM3s: 9,
        minTurbinedM3s: 1,
        minGenerationMw: 1,
        diversion: { downstreamId: 1, maxFlowM3s: 5 },
      }),
      tinyHydro({
        id: 1,
        minStorageHm3: 5,
        filling: { startStageId: 0, minRateM3s: 1 },
        entryStageId: 1,
      }),
    ],
    overrides: {
      hydro: tableOf(keys, HYDRO_BOUND_FIELDS, [
        { entity_id: 0, stage_id: 0, water_withdrawal_m3s: 2 },
      ]),
      hydroPenalty: tableOf(keys, HYDRO_PENALTY_FIELDS, [
        { entity_id: 0, stage_id: 0, ...values },
        { entity_id: 1, stage_id: 0, ...values },
      ]),
    },
  });
  const { model } = tinyStudy(system, {
    inflowPenalty: true,
    evaporation: [{ k0: 1, kV: 0 }, null],
  })
    .stages[0]!;
  const costOf = (kind: ColumnKind, block = -1, hydro = 0): number =>
    model.columnCosts[findColumn(model, kind, hydro, block)]!;
  // Flows and powers cost by hours of their block, those of the stage by its 400 hours, volumes once.
  const inBlocks = { spillage: 1, turbined: 2, diversion: 3, turbined_below: 6, outflow_below: 7 };
  const more = { outflow_above: 8, generation_below: 9 };
  for (const [kind, cost] of Object.entries({ ...inBlocks, ...more })) {
    assert.deepEqual(
      [0, 1].map((block) => costOf(kind as ColumnKind, block)),
      [100 * cost, 300 * cost],
      kind,
    );
  }
  const inStage = {
    evaporation_above: 10,
    evaporation_below: 11,
    withdrawal_above: 12,
    withdrawal_below: 13,
    inflow_slack: 14,
  };
  for (const [kind, cost] of Object.entries(inStage)) {
    assert.equal(costOf(kind as ColumnKind), 400 * cost, kind);
  }
  assert.equal(costOf("storage_below"), 4);
  assert.equal(costOf("filling_below", -1, 1), 5);
});
