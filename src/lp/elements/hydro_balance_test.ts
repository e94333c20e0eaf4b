import assert from "node:assert/strict";
import { initialState } from "../initial_state.ts";
import { findSlot } from "../state_manifest.ts";
import { near, solveTiny, tinyStudy } from "../testing/solve_tiny.ts";
import { HYDRO_BOUND_FIELDS } from "../../model/mod.ts";
import {
  tableOf,
  tinyBus,
  tinyHydro,
  tinyStage,
  tinySystem,
  tinyThermal,
} from "../testing/tiny_system.ts";

/** hm³ of 1 m³/s in 100 hours. */
const TAU = 0.36;

Deno.test("chronological blocks cannot use water before it comes, nor keep more than fits", async () => {
  const given = {
    buses: [tinyBus({ excessCost: 1 })],
    hydros: [tinyHydro({ maxStorageHm3: 5 })],
    thermals: [tinyThermal()],
    volumes: [[0, 5]] as const,
  };
  const known = { inflow: [10], load: [0, 30] };
  const parallel = tinySystem({ stages: [tinyStage(0, [100, 100])], ...given });
  // All the water of the stage, 5 + 7.2 hm³, is there for the second block.
  near((await solveTiny(tinyStudy(parallel), 0, known)).cost, 0);
  const blockMode = "chronological";
  const ordered = tinySystem({ stages: [tinyStage(0, [100, 100], { blockMode })], ...given });
  const { value, cost, outgoing } = await solveTiny(tinyStudy(ordered), 0, known);
  near(value("storage", 0, 0), 5, "full at the end of the first block");
  near(value("spillage", 0, 0), 10);
  const generated = (5 + 3.6) / TAU;
  near(value("turbined", 0, 1), generated);
  near(cost, 100 * (50 * (30 - generated) + 0.01 * 10));
  near(outgoing[0]!, 0);
});

Deno.test("water of a chronological stage is valued block by block", async () => {
  const system = tinySystem({
    stages: [tinyStage(0, [100, 100], { blockMode: "chronological" })],
    hydros: [tinyHydro({ maxStorageHm3: 5 })],
    thermals: [tinyThermal()],
    volumes: [[0, 0]],
  });
  const { dual } = await solveTiny(tinyStudy(system), 0, { inflow: [10], load: [40, 40] });
  // One more hm³ on the right-hand side, which is inflow, saves 50 $/MWh in either block.
  near(dual("water_balance", 0, 0), -50 * 100 / TAU);
  near(dual("water_balance", 0, 1), -50 * 100 / TAU);
});

Deno.test("outflow reaches the plant below in the same stage, diverted water another plant", async () => {
  const system = tinySystem({
    stages: [tinyStage(0, [100])],
    hydros: [
      tinyHydro({ id: 0, downstreamId: 1, diversion: { downstreamId: 2, maxFlowM3s: 8 } }),
      tinyHydro({ id: 1, maxStorageHm3: 0 }),
      tinyHydro({ id: 2, maxStorageHm3: 0 }),
    ],
    thermals: [tinyThermal()],
    overrides: {
      hydro: overridesOf({ min_diversion_m3s: 3, max_diversion_m3s: 4 }),
    },
  });
  const { value } = await solveTiny(tinyStudy(system), 0, { inflow: [20, 0, 0], load: [200] });
  // 20 m³/s count twice through H0 and H1, once through the diversion: it takes its minimum.
  near(value("diversion", 0, 0), 3);
  near(value("turbined", 1, 0), 17);
  near(value("turbined", 2, 0), 3);
});

Deno.test("released water arrives a travel time later, in shares, and is part of the state", async () => {
  const system = tinySystem({
    stages: [tinyStage(0, [100]), tinyStage(1, [100]), tinyStage(2, [100])],
    hydros: [
      tinyHydro({ id: 0, downstreamId: 1, travelTimeHours: 130, maxStorageHm3: 0 }),
      tinyHydro({ id: 1 }),
    ],
  });
  const study = tinyStudy(system);
  const first = await solveTiny(study, 0, { inflow: [10, 0], load: [50] });
  near(first.value("storage", 1), 0, "nothing arrives at once");
  const after = study.manifests[1]!;
  near(first.outgoing[findSlot(after, "travelling_water", 1, 0)]!, 0.7 * 3.6);
  near(first.outgoing[findSlot(after, "travelling_water", 1, 1)]!, 0.3 * 3.6);
  const second = await solveTiny(study, 1, {
    state: first.outgoing,
    inflow: [20, 0],
    load: [0],
  });
  near(second.value("storage", 1), 0.7 * 3.6);
  const last = study.manifests[2]!;
  near(second.outgoing[findSlot(last, "travelling_water", 1, 0)]!, 0.3 * 3.6 + 0.7 * 7.2);
  assert.deepEqual(study.manifests[3]!.slots.map(({ kind }) => kind), ["storage", "storage"]);
});

Deno.test("in chronological stages water travels from block to block", async () => {
  const blockMode = "chronological";
  const system = tinySystem({
    stages: [
      tinyStage(0, [40, 60], { blockMode }),
      tinyStage(1, [50, 50], { blockMode }),
    ],
    hydros: [
      tinyHydro({ id: 0, downstreamId: 1, travelTimeHours: 40, maxStorageHm3: 0 }),
      tinyHydro({ id: 1 }),
    ],
  });
  const study = tinyStudy(system);
  const { value, outgoing } = await solveTiny(study, 0, { inflow: [10, 0], load: [9, 9] });
  near(value("storage", 1, 0), 0);
  // 40 h of flow are under way for 40 h; of the other 60 h a third arrives within the stage.
  near(value("storage", 1), 0.036 * (40 + 20));
  near(outgoing[findSlot(study.manifests[1]!, "travelling_water", 1, 0)]!, 0.036 * 40);
});

Deno.test("water released before the study arrives in it", () => {
  const system = tinySystem({
    stages: [tinyStage(0, [72]), tinyStage(1, [72])],
    hydros: [
      tinyHydro({ id: 0, downstreamId: 1, travelTimeHours: 96 }),
      tinyHydro({ id: 1 }),
    ],
    // Three days at 10 m³/s, from 96 to 24 hours before the start: they arrive from hour 0 to 72.
    initial: { pastDefluences: [{ entityId: 0, startDay: -4, endDay: -1, value: 10 }] },
  });
  const study = tinyStudy(system);
  const state = initialState(system, study.manifests[0]!);
  near(state[findSlot(study.manifests[0]!, "travelling_water", 1, 0)]!, 0.036 * 72);
  near(state[findSlot(study.manifests[0]!, "travelling_water", 1, 1)]!, 0);
});

Deno.test("past a plant that does not exist the river flows on and its storage stays", async () => {
  const system = tinySystem({
    stages: [tinyStage(0, [100]), tinyStage(1, [100])],
    hydros: [
      tinyHydro({ id: 0, downstreamId: 1, entryStageId: 1 }),
      tinyHydro({ id: 1, maxStorageHm3: 0 }),
    ],
    volumes: [[0, 7]],
  });
  const study = tinyStudy(system);
  const before = await solveTiny(study, 0, { inflow: [10, 0], load: [90] });
  near(before.value("storage", 0), 7);
  near(before.value("turbined", 1, 0), 10);
  near(before.cost, 100 * 80 * 1000, "the passing river costs nothing");
  const operating = await solveTiny(study, 1, { state: before.outgoing, load: [90] });
  near(operating.value("turbined", 0, 0), 7 / TAU);
});

Deno.test("a negative inflow at a plant that does not exist is missing further down", async () => {
  for (const travelTimeHours of [0, 25]) {
    const system = tinySystem({
      stages: [tinyStage(0, [40, 60]), tinyStage(1, [100])],
      hydros: [
        tinyHydro({ id: 0, downstreamId: 1, entryStageId: 2, travelTimeHours }),
        tinyHydro({ id: 1 }),
      ],
    });
    const study = tinyStudy(system);
    const first = await solveTiny(study, 0, { inflow: [-4, 10], load: [0, 0] });
    near(first.value("storage", 1), 10 * TAU - 4 * TAU * (1 - travelTimeHours / 100));
    const next = await solveTiny(study, 1, { state: first.outgoing, inflow: [0, 0], load: [0] });
    near(next.value("storage", 1), 6 * TAU);
  }
});

Deno.test("spillage has its own limits, stage by stage and block by block", async () => {
  const system = tinySystem({
    stages: [tinyStage(0, [100, 100])],
    buses: [tinyBus({ excessCost: 1 })],
    hydros: [tinyHydro({ maxStorageHm3: 10 })],
    volumes: [[0, 10]],
    overrides: {
      hydro: tableOf(["entity_id", "stage_id", "block_id"], HYDRO_BOUND_FIELDS, [
        { entity_id: 0, stage_id: 0, min_spillage_m3s: 2, max_spillage_m3s: 6 },
        { entity_id: 0, stage_id: 0, block_id: 1, min_spillage_m3s: 5 },
      ]),
    },
  });
  // Nothing comes in and nothing is generated: only what must be spilled is.
  const dry = await solveTiny(tinyStudy(system), 0, { inflow: [0], load: [0, 0] });
  near(dry.value("spillage", 0, 0), 2);
  near(dry.value("spillage", 0, 1), 5);
  near(dry.outgoing[0]!, 10 - 7 * TAU);
  near(dry.cost, 100 * 7 * 0.01);
  // 20 m³/s come in for both blocks and the reservoir is full: 12 of 40 can be spilled, and 28 are
  // turbined although no one wants the power.
  const wet = await solveTiny(tinyStudy(system), 0, { inflow: [20], load: [0, 0] });
  near(wet.value("spillage", 0, 0) + wet.value("spillage", 0, 1), 12);
  near(wet.value("excess", 0, 0) + wet.value("excess", 0, 1), 28);
  near(wet.cost, 100 * (12 * 0.01 + 28 * 1));
});

Deno.test("in parallel blocks released water arrives as the stage as a whole lets it go", async () => {
  const system = tinySystem({
    stages: [tinyStage(0, [40, 60]), tinyStage(1, [50, 50, 100])],
    hydros: [
      tinyHydro({ id: 0, downstreamId: 1, travelTimeHours: 30, maxStorageHm3: 0 }),
      tinyHydro({ id: 1 }),
    ],
  });
  const study = tinyStudy(system);
  // All 10 m³/s of the stage, 25 m³/s for 40 h, are turbined in the first block.
  const first = await solveTiny(study, 0, { inflow: [10, 0], load: [25, 0] });
  near(first.value("turbined", 0, 0), 25);
  near(first.value("storage", 1), 0.7 * 3.6, "30 of 100 hours are still on their way");
  const slot = findSlot(study.manifests[1]!, "travelling_water", 1, 0);
  near(first.outgoing[slot]!, 0.3 * 3.6);
  const second = await solveTiny(study, 1, { state: first.outgoing, load: [0, 0, 0] });
  near(second.value("storage", 1), 3.6);
});

Deno.test("negative inflow can be made up for at a cost", async () => {
  const system = tinySystem({
    stages: [tinyStage(0, [100])],
    hydros: [tinyHydro()],
    volumes: [[0, 0.36]],
  });
  const study = tinyStudy(system, { inflowPenalty: true });
  const { value, cost } = await solveTiny(study, 0, { inflow: [-5], load: [0] });
  near(value("inflow_slack", 0), 4);
  near(cost, 4 * 1000 * 100);
});

function overridesOf(values: Readonly<Record<string, number>>) {
  return tableOf(["entity_id", "stage_id", "block_id"], HYDRO_BOUND_FIELDS, [
    { entity_id: 0, stage_id: 0, ...values },
  ]);
}
