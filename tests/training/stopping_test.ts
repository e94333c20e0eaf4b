/** Training ends when its rules say so. */
import assert from "node:assert/strict";
import { type Json, withCase } from "../support/case_files.ts";
import { trainCase } from "../support/train_case.ts";
import { branchingCase } from "./branching_case.ts";

async function train(rules: readonly Json[], more: Json = {}) {
  const files = branchingCase({
    seed: 1,
    openings: [3, 2],
    iterations: 0,
    training: { stopping_rules: rules, ...more },
  });
  return await withCase(files, (directory) => trainCase(directory));
}

Deno.test("a bound that does not move any more ends the training", async () => {
  const { outcome, lowerBounds } = await train([
    { type: "iteration_limit", limit: 80 },
    { type: "bound_stalling", iterations: 5, tolerance: 1e-9 },
  ]);
  assert.equal(outcome.training!.termination_reason, "bound_stalling");
  const now = lowerBounds.at(-1)!;
  assert.ok(lowerBounds.length < 80);
  assert.ok(now - lowerBounds.at(-6)! < 1e-9 * now);
});

Deno.test("costs of the stages that two simulations agree on end the training", async () => {
  const { outcome, lowerBounds } = await train([
    { type: "iteration_limit", limit: 80 },
    {
      type: "simulation",
      replications: 7,
      period: 4,
      bound_window: 3,
      distance_tol: 1e-3,
      bound_tol: 1e-3,
    },
  ]);
  assert.equal(outcome.training!.termination_reason, "simulation");
  assert.equal(lowerBounds.length % 4, 0);
  assert.ok(lowerBounds.length < 80);
});

Deno.test("with mode all the last rule to fire ends the training", async () => {
  const { lowerBounds } = await train([
    { type: "iteration_limit", limit: 7 },
    { type: "bound_stalling", iterations: 2, tolerance: 1 },
  ], { stopping_mode: "all" });
  assert.equal(lowerBounds.length, 7);
});
