/** Selections of cuts, worked out by hand. */
import assert from "node:assert/strict";
import type { CutSelection } from "../model/mod.ts";
import { activeCuts, type CutPool, cutPool } from "./cut_pool.ts";
import { applyBudget, selectCuts, type VisitedStates } from "./cut_selection.ts";

/** Lines a + b·x, with the iteration that made each, in how many solves it was binding and when last. */
type Line = readonly [a: number, b: number, iteration: number, count: number, last: number];

function poolOf(lines: readonly Line[]): CutPool {
  const column = (at: number): Int32Array => Int32Array.from(lines, (line) => line[at]!);
  return cutPool(1, 0, {
    intercept: Float64Array.from(lines, ([a]) => a),
    coefficients: Float64Array.from(lines, ([, b]) => b),
    future: new Int32Array(lines.length),
    active: new Uint8Array(lines.length).fill(1),
    iteration: column(2),
    trajectory: new Int32Array(lines.length),
    activeCount: column(3),
    lastActive: column(4),
  });
}

function states(...values: number[]): VisitedStates[] {
  return [{ values: Float64Array.from(values), count: values.length }];
}

/** Which cuts are in use after a selection in iteration 5. */
function kept(
  lines: readonly Line[],
  selection: CutSelection,
  visited: readonly VisitedStates[] = [],
): number[] {
  const pool = poolOf(lines);
  selectCuts(pool, selection, 5, visited);
  return [...pool.rows.active];
}

const BY_COUNTS = { checkFrequency: 1, tieTolerance: null, threshold: 1, memoryWindow: 2 };
const BY_STATES = { ...BY_COUNTS, tieTolerance: 1e-10 };

/** |x|, its tangent at 0, a copy of its right arm, and the newest one, which lies below all. */
const VEE: readonly Line[] = [
  [0, 1, 1, 3, 5],
  [0, -1, 2, 1, 3],
  [0, 0, 3, 2, 2],
  [0, 1, 4, 0, 4],
  [-9, 0, 5, 0, 5],
];

Deno.test("level1 by counts drops what was seldom binding, but nothing new", () => {
  assert.deepEqual(kept(VEE, { method: "level1", ...BY_COUNTS }), [1, 0, 1, 0, 1]);
});

Deno.test("lml1 by counts drops what was not binding for longer than the window", () => {
  assert.deepEqual(kept(VEE, { method: "lml1", ...BY_COUNTS }), [1, 1, 0, 1, 1]);
});

Deno.test("level1 by states keeps all that are highest somewhere, lml1 the oldest of them", () => {
  const visited = states(2, -2);
  assert.deepEqual(kept(VEE, { method: "level1", ...BY_STATES }, visited), [1, 1, 0, 1, 1]);
  assert.deepEqual(kept(VEE, { method: "lml1", ...BY_STATES }, visited), [1, 1, 0, 0, 1]);
});

Deno.test("a selection by states takes a cut back that a new state needs", () => {
  const pool = poolOf(VEE);
  const selection: CutSelection = { method: "lml1", ...BY_STATES };
  const first = selectCuts(pool, selection, 5, states(2));
  assert.deepEqual(first, { before: 5, deactivated: 3, reactivated: 0 });
  assert.deepEqual([...pool.rows.active], [1, 0, 0, 0, 1]);
  const second = selectCuts(pool, selection, 6, states(2, -2));
  assert.deepEqual(second, { before: 2, deactivated: 1, reactivated: 1 });
  assert.deepEqual([...pool.rows.active], [1, 1, 0, 0, 0]);
});

Deno.test("domination drops what lies below others at every state by more than the tolerance", () => {
  const selection = { method: "domination", checkFrequency: 1, tolerance: 0.5 } as const;
  assert.deepEqual(kept(VEE, selection, states(2, -2)), [1, 1, 0, 1, 1]);
  assert.deepEqual(kept(VEE, selection, states(2, -2, 0.4)), [1, 1, 1, 1, 1]);
  assert.deepEqual(kept(VEE, selection), [1, 1, 1, 1, 1], "no state was visited");
});

Deno.test("dynamic forgets candidates that were not binding for long", () => {
  const selection = {
    method: "dynamic",
    startIteration: 1,
    seedWindow: 1,
    candidateRecency: 1,
    maxAddedPerRound: 1,
    violationTolerance: 1e-8,
  } as const;
  assert.deepEqual(kept(VEE, selection), [1, 0, 0, 1, 1]);
});

Deno.test("a budget drops what was binding longest ago, then most rarely, then the oldest", () => {
  const pool = poolOf([
    [0, 0, 1, 2, 3],
    [0, 0, 2, 1, 3],
    [0, 0, 3, 1, 3],
    [0, 0, 4, 9, 4],
    [0, 0, 5, 0, 5],
  ]);
  assert.equal(applyBudget(pool, 3, 5), 2);
  assert.deepEqual([...pool.rows.active], [1, 0, 0, 1, 1]);
  assert.equal(applyBudget(pool, 3, 5), 0);
  assert.equal(applyBudget(pool, 0, 5), 2);
  assert.equal(activeCuts(pool), 1, "a cut of the iteration stays");
});
