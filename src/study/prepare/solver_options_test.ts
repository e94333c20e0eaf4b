import assert from "node:assert/strict";
import type { Config, SolverProfile } from "../../model/mod.ts";
import { CobreError } from "../../protocol/mod.ts";
import { phaseOptions } from "./solver_options.ts";

const EMPTY: SolverProfile = {
  dualEdgeWeight: null,
  scale: null,
  price: null,
  primalFeasibilityTolerance: null,
  dualFeasibilityTolerance: null,
  presolve: null,
  simplexUpdateLimit: null,
  costPerturbation: null,
  refactorErrorTolerance: null,
  factorPivotThreshold: null,
  useWarmStart: null,
  steepestEdgeDevexFallbackThreshold: null,
};

function config(
  backward: SolverProfile | null,
  retry: { readonly attempts: number; readonly seconds: number } = { attempts: 5, seconds: 30 },
): Pick<Config, "training" | "simulation"> {
  return {
    training: {
      solver: {
        retryMaxAttempts: retry.attempts,
        retryTimeBudgetSeconds: retry.seconds,
        forward: null,
        backward,
      },
    },
    simulation: { solver: null },
  } as Pick<Config, "training" | "simulation">;
}

Deno.test("without a solver section every phase has the measured defaults", () => {
  const { options, warnings } = phaseOptions(config(null));
  assert.deepEqual(options, { forward: {}, backward: {}, simulation: {} });
  assert.deepEqual(warnings, []);
  assert.deepEqual(phaseOptions(config(EMPTY)).options.backward, {});
});

Deno.test("what a profile says reaches its phase alone", () => {
  const { options } = phaseOptions(config({
    ...EMPTY,
    dualEdgeWeight: "steepest_edge",
    scale: "solver_scaling",
    primalFeasibilityTolerance: 1e-8,
    presolve: "choose",
    costPerturbation: 1,
  }));
  assert.deepEqual(options.backward, {
    pricing: "steepest_edge",
    scaling: "choose",
    primalTolerance: 1e-8,
    presolve: true,
    costPerturbation: 1,
  });
  assert.deepEqual(options.forward, {});
});

Deno.test("options that the solver is used without are refused by name, all at once", () => {
  assert.throws(
    () => phaseOptions(config({ ...EMPTY, price: "row", useWarmStart: false })),
    (thrown) => {
      assert.ok(thrown instanceof CobreError);
      assert.deepEqual(thrown.records.map(({ kind, context }) => [kind, context["settings"]]), [
        ["IncompatibleSettings", ["training.solver.backward.price"]],
        ["IncompatibleSettings", ["training.solver.backward.use_warm_start"]],
      ]);
      return true;
    },
  );
});

Deno.test("retries are counted in iterations of the simplex, so other limits have no effect", () => {
  const { warnings } = phaseOptions(config(null, { attempts: 5, seconds: 60 }));
  assert.deepEqual(warnings.map(({ kind, context }) => [kind, context["field"]]), [
    ["IgnoredInput", "training.solver.retry_time_budget_seconds"],
  ]);
});
