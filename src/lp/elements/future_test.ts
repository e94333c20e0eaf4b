import assert from "node:assert/strict";
import type { RiskMeasure } from "../../model/mod.ts";
import { findSolver, openSolver, retryCounters } from "../../solver/mod.ts";
import { sharedCutRows } from "../cut_rows.ts";
import { StageSolver } from "../stage_solver.ts";
import { stageTemplate } from "../stage_template.ts";
import { near, tinyStudy } from "../testing/solve_tiny.ts";
import { tinyStage, tinySystem } from "../testing/tiny_system.ts";

/** Cost of a stage whose openings have the given future costs. */
async function futureCost(risk: RiskMeasure, costs: readonly number[]): Promise<number> {
  const probabilities = costs.map(() => 1 / costs.length);
  const study = tinyStudy(tinySystem({ stages: [tinyStage(0)] }), {
    future: (_, lower) => ({ kind: "multi", discount: 0.5, lower, probabilities, risk }),
  });
  const { model, map } = study.stages[0]!;
  const template = stageTemplate(model, map, 1000);
  const cuts = sharedCutRows(0, costs.length);
  costs.forEach((cost, opening) => {
    cuts.intercept[opening] = cost;
    cuts.future[opening] = opening;
    cuts.active[opening] = 1;
  });
  using solver = await openSolver(findSolver());
  using stage = new StageSolver(solver, { template, cuts, counters: retryCounters() });
  stage.startTask(costs.length, null);
  const known = new Float64Array(model.parameters);
  assert.equal(stage.solve(known, cuts.intercept), "optimal");
  return stage.cost(known);
}

Deno.test("the future of each opening is weighed by the measure of risk", async () => {
  const costs = [10_000, 20_000, 30_000, 40_000];
  near(await futureCost({ type: "expectation" }, costs), 0.5 * 25_000);
  near(await futureCost({ type: "cvar", alpha: 0.5, lambda: 1 }, costs), 0.5 * 35_000);
  near(await futureCost({ type: "cvar", alpha: 0.5, lambda: 0.2 }, costs), 0.5 * 27_000);
  near(await futureCost({ type: "cvar", alpha: 1, lambda: 0.7 }, costs), 0.5 * 25_000);
  near(await futureCost({ type: "cvar", alpha: 0.1, lambda: 0.5 }, costs), 0.5 * 32_500);
});
