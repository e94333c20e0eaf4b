import assert from "node:assert/strict";
import type { StoppingRule } from "../model/mod.ts";
import { decideStopping, simulationDue, type TrainingProgress } from "./stopping_rules.ts";

function progress(changes: Partial<TrainingProgress>): TrainingProgress {
  const lowerBounds = changes.lowerBounds ?? [10, 20, 30];
  return {
    iterations: lowerBounds.length,
    elapsedMs: 0,
    upperBound: 100,
    simulations: [null, null],
    ...changes,
    lowerBounds,
  };
}

function fires(rule: StoppingRule, changes: Partial<TrainingProgress>): boolean {
  return decideStopping([rule], "any", progress(changes)).reason === rule.type;
}

Deno.test("the iteration limit fires at the limit", () => {
  const rule = { type: "iteration_limit", limit: 3 } as const;
  assert.equal(fires(rule, { lowerBounds: [1, 2] }), false);
  assert.equal(fires(rule, { lowerBounds: [1, 2, 3] }), true);
});

Deno.test("the time limit fires when the seconds are over", () => {
  const rule = { type: "time_limit", seconds: 2 } as const;
  assert.equal(fires(rule, { elapsedMs: 1999 }), false);
  assert.equal(fires(rule, { elapsedMs: 2000 }), true);
});

Deno.test("stalling compares the bound with that of a window before", () => {
  const rule = { type: "bound_stalling", iterations: 2, tolerance: 0.01 } as const;
  assert.equal(fires(rule, { lowerBounds: [100, 100] }), false, "too few iterations");
  assert.equal(fires(rule, { lowerBounds: [99.5, 80, 100] }), true);
  assert.equal(fires(rule, { lowerBounds: [99, 100, 100] }), false, "exactly the tolerance");
  assert.equal(fires(rule, { lowerBounds: [0.1, 0, 0.1] }), true, "scale of at least 1");
});

Deno.test("the gap fires within either tolerance", () => {
  const relative = { type: "gap", tolerance: null, relativeTolerance: 5 } as const;
  assert.equal(fires(relative, { lowerBounds: [94] }), false);
  assert.equal(fires(relative, { lowerBounds: [95] }), true);
  const absolute = { type: "gap", tolerance: 4, relativeTolerance: null } as const;
  assert.equal(fires(absolute, { lowerBounds: [95] }), false);
  assert.equal(fires(absolute, { lowerBounds: [96] }), true);
});

const SIMULATION = {
  type: "simulation",
  replications: 50,
  period: 2,
  boundWindow: 1,
  distanceTol: 0.1,
  boundTol: 0.01,
} as const;

Deno.test("a simulation is due at its period once the bound has settled", () => {
  const due = (lowerBounds: number[]): number =>
    simulationDue([SIMULATION, { ...SIMULATION, replications: 20 }], progress({ lowerBounds }));
  assert.equal(due([100]), 0);
  assert.equal(due([90, 100]), 0);
  assert.equal(due([99.5, 100]), 50);
  assert.equal(due([99.5, 100, 100]), 0);
});

Deno.test("the simulation rule fires when two simulations in a row agree", () => {
  const last = (stageCosts: number[], iteration = 3) => ({
    iteration,
    stageCosts: Float64Array.from(stageCosts),
  });
  const before = last([100, 0.5], 1);
  assert.equal(fires(SIMULATION, { simulations: [last([100, 0.5]), null] }), false);
  // √(0.06² + 0.08²) = 0.1, √(0.06² + 0.09²) ≈ 0.108
  assert.equal(fires(SIMULATION, { simulations: [last([106, 0.59]), before] }), false);
  assert.equal(fires(SIMULATION, { simulations: [last([106, 0.57]), before] }), true);
  assert.equal(fires(SIMULATION, { simulations: [last([100, 0.5], 2), before] }), false, "stale");
});

Deno.test("any needs one rule, all needs every one, the first that fired is the reason", () => {
  const rules: readonly StoppingRule[] = [
    { type: "time_limit", seconds: 60 },
    { type: "bound_stalling", iterations: 1, tolerance: 0.1 },
    { type: "iteration_limit", limit: 3 },
  ];
  const now = progress({ lowerBounds: [1, 30, 30] });
  const any = decideStopping(rules, "any", now);
  assert.equal(any.reason, "bound_stalling");
  assert.deepEqual(any.results.map(({ triggered }) => triggered), [false, true, true]);
  assert.equal(decideStopping(rules, "all", now).reason, null);
  assert.equal(decideStopping(rules, "all", { ...now, elapsedMs: 60_000 }).reason, "time_limit");
});
