/** A model with a known solution, and the comparisons that the tests of this room share. */
import assert from "node:assert/strict";
import { CobreError } from "../protocol/mod.ts";
import type { LpModel } from "./lp_solver.ts";
import type { LpData } from "./lp_types.ts";

/**
 * Minimise 2x + 3y + 1 with x + y ≥ 4, x − y ≤ 2, 0 ≤ x ≤ 10, 0 ≤ y ≤ 10: both rows bind at
 * x = 3, y = 1, the objective is 10, the duals are 2.5 and −0.5.
 */
export function smallLp(orientation: "columns" | "rows" = "columns"): LpData {
  return {
    columnCosts: Float64Array.of(2, 3),
    columnLower: Float64Array.of(0, 0),
    columnUpper: Float64Array.of(10, 10),
    rowLower: Float64Array.of(4, -Infinity),
    rowUpper: Float64Array.of(Infinity, 2),
    matrix: {
      orientation,
      starts: Int32Array.of(0, 2, 4),
      indices: Int32Array.of(0, 1, 0, 1),
      // The matrix is symmetric: by rows it has the same entries.
      values: Float64Array.of(1, 1, 1, -1),
    },
    offset: 1,
  };
}

/** All parts of the solution, freshly allocated. */
export function solutionOf(model: LpModel): {
  objective: number;
  x: Float64Array;
  reduced: Float64Array;
  activity: Float64Array;
  duals: Float64Array;
} {
  const x = new Float64Array(model.columns);
  const reduced = new Float64Array(model.columns);
  const activity = new Float64Array(model.rows);
  const duals = new Float64Array(model.rows);
  model.readSolution(x, reduced, activity, duals);
  return { objective: model.objective(), x, reduced, activity, duals };
}

/** Fails unless two numbers agree to 1e-8 of their size. */
export function close(actual: number, expected: number, message: string, tolerance = 1e-8): void {
  const difference = Math.abs(actual - expected);
  assert.ok(
    difference <= tolerance * Math.max(1, Math.abs(expected)),
    `${message}: ${actual}, wanted ${expected}`,
  );
}

/** Fails unless the call throws a `CobreError` of this kind whose message matches. */
export function refuses(kind: string, message: RegExp, call: () => void): void {
  assert.throws(call, (error) => {
    assert.ok(error instanceof CobreError, String(error));
    assert.equal(error.kind, kind);
    assert.match(error.message, message);
    return true;
  });
}
