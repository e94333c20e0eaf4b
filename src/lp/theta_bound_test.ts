import assert from "node:assert/strict";
import { findSolver, openSolver, retryCounters } from "../solver/mod.ts";
import { sharedCutRows } from "./cut_rows.ts";
import { knownLayout } from "./known_quantities.ts";
import { StageSolver } from "./stage_solver.ts";
import { stageTemplate } from "./stage_template.ts";
import { buildStudyModels, type StudyModels } from "./study_models.ts";
import {
  tinyContract,
  tinySource,
  tinyStage,
  type TinySystem,
  tinySystem,
  tinyThermal,
} from "./testing/tiny_system.ts";

function study(given: Partial<TinySystem>, annualDiscountRate = 0): StudyModels {
  const stages = [0, 1, 2].map((id) => tinyStage(id, [100], { annualDiscountRate }));
  const system = tinySystem({ stages, ...given });
  return buildStudyModels(system, {
    plants: stages.map(() => ({ production: [], evaporation: [] })),
    future: (position, lower) =>
      position === 2 ? { kind: "none" } : { kind: "single", discount: 1, lower },
    inflowPenalty: false,
    computedParameter: () => 0,
  });
}

function lowerBounds({ stages }: StudyModels): number[] {
  return stages.slice(0, 2).map(({ model }) =>
    model.columnLower[model.columnKeys.findIndex(({ kind }) => kind === "future")]!
  );
}

Deno.test("the future of a study that cannot earn costs at least nothing", () => {
  assert.deepEqual(lowerBounds(study({ thermals: [tinyThermal({ minMw: 10 })] })), [0, 0]);
});

Deno.test("the future of a study that only exports is bounded by its revenue", async () => {
  const exporting = study({
    thermals: [tinyThermal({ costPerMwh: 0 })],
    contracts: [tinyContract({ type: "export", pricePerMwh: -40, maxMw: 25 })],
  });
  // 25 MW for 100 h at 40 $/MWh, in one and in two later stages.
  assert.deepEqual(lowerBounds(exporting), [-200_000, -100_000]);
  using solver = await openSolver(findSolver());
  const { model, map } = exporting.stages[0]!;
  const template = stageTemplate(model, map, 1000);
  const cuts = sharedCutRows(template.outgoingColumn.length, 1);
  using stage = new StageSolver(solver, { template, cuts, counters: retryCounters() });
  const known = new Float64Array(knownLayout(model).count);
  stage.startTask(0, null);
  assert.equal(stage.solve(known, new Float64Array(0)), "optimal");
  assert.ok(Math.abs(stage.cost(known) + 300_000) < 1e-6, `${stage.cost(known)}`);
});

Deno.test("rewards of sources and discounting enter the bound", () => {
  const rewarded = study({ sources: [tinySource({ curtailmentCost: 0.5 })] }, 0.1);
  // 100 MW for 100 h at 0.5 $/MWh, a month later discounted by (1.1)^(-30/365.25).
  const discount = Math.pow(1.1, -30 / 365.25);
  const [far, near] = lowerBounds(rewarded);
  assert.equal(near, -5000);
  assert.ok(Math.abs(far! - (-5000 - 5000 * discount)) < 1e-9, `${far}`);
});
