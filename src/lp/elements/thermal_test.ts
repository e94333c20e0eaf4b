import assert from "node:assert/strict";
import { initialState } from "../initial_state.ts";
import { findColumn } from "../stage_model.ts";
import { findSlot } from "../state_manifest.ts";
import { near, solveTiny, tinyStudy } from "../testing/solve_tiny.ts";
import { tableOf, tinyStage, tinySystem, tinyThermal } from "../testing/tiny_system.ts";

const KEYS = ["entity_id", "stage_id", "block_id"] as const;

Deno.test("overrides of a stage and of a block change bounds and cost", async () => {
  const system = tinySystem({
    stages: [tinyStage(0, [100, 100])],
    thermals: [tinyThermal()],
    overrides: {
      thermal: tableOf(KEYS, ["min_generation_mw", "max_generation_mw", "cost_per_mwh"], [
        { entity_id: 0, stage_id: 0, max_generation_mw: 30, cost_per_mwh: 20 },
        { entity_id: 0, stage_id: 0, block_id: 1, max_generation_mw: 10 },
      ]),
    },
  });
  const { value, cost } = await solveTiny(tinyStudy(system), 0, { load: [50, 50] });
  near(value("thermal", 0, 0), 30);
  near(value("thermal", 0, 1), 10);
  near(cost, 100 * (40 * 20 + 60 * 1000));
});

Deno.test("an anticipated plant delivers what was committed, and is paid then", async () => {
  const system = tinySystem({
    stages: [0, 1, 2].map((id) => tinyStage(id, [100, 50])),
    thermals: [tinyThermal({ maxMw: 40, costPerMwh: 10, anticipated: { leadStages: 2 } })],
    initial: {
      pastCommitments: [
        { entityId: 0, startDay: 0, endDay: 30, value: 12 },
        // Half of the second stage at 20, half at 10.
        { entityId: 0, startDay: 30, endDay: 45, value: 20 },
        { entityId: 0, startDay: 45, endDay: 60, value: 10 },
      ],
    },
  });
  const study = tinyStudy(system);
  const state = initialState(system, study.manifests[0]!);
  assert.deepEqual([...state], [12, 15]);
  const first = await solveTiny(study, 0, { load: [20, 10] });
  near(first.value("thermal", 0, 0), 12);
  near(first.value("thermal", 0, 1), 12);
  near(first.value("excess", 0, 1), 2);
  near(first.cost, 150 * 12 * 10 + 100 * 8 * 1000 + 50 * 2 * 0.01);
  near(first.value("commitment", 0, -1, 2), 0, "nothing makes it worth while without a future");
  const after = study.manifests[1]!;
  near(first.outgoing[findSlot(after, "commitment", 0, 0)]!, 15);
  const second = await solveTiny(study, 1, { state: first.outgoing, load: [15, 15] });
  near(second.cost, 150 * 15 * 10);
  assert.equal(findSlot(study.manifests[2]!, "commitment", 0, 0), 0, "decided in the first stage");
});

Deno.test("a commitment is one number, whatever the blocks of the stages it passes", async () => {
  const system = tinySystem({
    stages: [tinyStage(0, [100, 50]), tinyStage(1, [30]), tinyStage(2, [10, 20, 40])],
    thermals: [tinyThermal({ maxMw: 40, costPerMwh: 10, anticipated: { leadStages: 2 } })],
    overrides: {
      thermal: tableOf(KEYS, ["min_generation_mw", "max_generation_mw", "cost_per_mwh"], [
        { entity_id: 0, stage_id: 2, min_generation_mw: 6, cost_per_mwh: 20 },
        { entity_id: 0, stage_id: 2, block_id: 1, min_generation_mw: 8, max_generation_mw: 25 },
      ]),
    },
  });
  const study = tinyStudy(system);
  const [first] = study.stages;
  const column = findColumn(first!.model, "commitment", 0, -1, 2);
  // What can be delivered in every block of the third stage can be committed.
  assert.equal(first!.model.columnLower[column], 8);
  assert.equal(first!.model.columnUpper[column], 25);
  assert.equal(first!.model.columnCosts[column], 0);
  const decided = await solveTiny(study, 0, { load: [0, 0] });
  const passed = await solveTiny(study, 1, { state: decided.outgoing, load: [0] });
  const { value, cost } = await solveTiny(study, 2, {
    state: passed.outgoing,
    load: [20, 20, 20],
  });
  for (const block of [0, 1, 2]) near(value("thermal", 0, block), 8);
  near(cost, 70 * (8 * 20 + 12 * 1000));
});

Deno.test("a lead time in hours finds the stage of decision by the hours of the stages", () => {
  const system = tinySystem({
    stages: [0, 1, 2, 3].map((id) => tinyStage(id, [100])),
    thermals: [tinyThermal({ anticipated: { leadTimeHours: 150 } })],
  });
  const { stages } = tinyStudy(system);
  const decided = stages.map(({ model }) =>
    model.columnKeys.filter(({ kind }) => kind === "commitment").map(({ sub }) => sub)
  );
  // Stage 2 starts at hour 200 and is decided at hour 50, stage 3 in the second stage.
  assert.deepEqual(decided, [[2], [2], [], []]);
});

Deno.test("what is delivered after the study is paid when it is decided", async () => {
  const system = tinySystem({
    stages: [tinyStage(0, [100]), tinyStage(1, [100], { annualDiscountRate: 0.1 })],
    thermals: [tinyThermal({ anticipated: { leadStages: 1 } })],
    postStudy: {
      stages: [{ startDay: 60, durationHours: 200 }],
      thermalBounds: [{ thermalId: 0, stageIndex: 0, costPerMwh: 8, minMw: 3, maxMw: 9 }],
    },
  });
  const study = tinyStudy(system);
  const { value, cost, outgoing } = await solveTiny(study, 1, {
    state: Float64Array.of(0),
    load: [0],
  });
  near(value("commitment", 0, -1, 1), 3);
  near(cost, 3 * 8 * 200 * Math.pow(1.1, -30 / 365.25));
  near(outgoing[0]!, 3);
});
