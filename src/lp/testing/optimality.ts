/** Checks that a solution is optimal, from the conditions alone and without trusting a solver. */
import assert from "node:assert/strict";
import type { LpData } from "../../solver/mod.ts";
import type { FullSolution } from "../read_back.ts";

/** Largest violation of each condition, relative to the size of the numbers involved. */
export interface OptimalityGaps {
  readonly primal: number;
  readonly stationarity: number;
  readonly complementarity: number;
}

/** Measures how far a solution of an LP by columns is from the conditions of optimality. */
export function optimalityGaps(lp: LpData, solution: FullSolution): OptimalityGaps {
  const { matrix } = lp;
  const activity = new Float64Array(lp.rowLower.length);
  const size = new Float64Array(lp.rowLower.length).fill(1);
  let stationarity = 0;
  lp.columnCosts.forEach((cost, column) => {
    let reduced = cost;
    let scale = 1 + Math.abs(cost);
    for (let k = matrix.starts[column]!; k < matrix.starts[column + 1]!; k++) {
      const row = matrix.indices[k]!;
      const value = matrix.values[k]!;
      activity[row]! += value * solution.columns[column]!;
      size[row]! += Math.abs(value * solution.columns[column]!);
      reduced -= value * solution.duals[row]!;
      scale += Math.abs(value * solution.duals[row]!);
    }
    stationarity = Math.max(
      stationarity,
      Math.abs(reduced - solution.reducedCosts[column]!) / scale,
    );
  });
  let primal = 0;
  let complementarity = 0;
  const judge = (
    value: number,
    lower: number,
    upper: number,
    dual: number,
    scale: number,
  ): void => {
    primal = Math.max(primal, (lower - value) / scale, (value - upper) / scale);
    // A positive dual holds the lower bound, a negative one the upper.
    const distance = dual > 0 ? value - lower : upper - value;
    const product = Math.abs(dual) < 1e-9 ? 0 : Math.abs(dual) * Math.abs(distance);
    complementarity = Math.max(complementarity, product / scale / (1 + Math.abs(dual)));
  };
  activity.forEach((value, row) =>
    judge(value, lp.rowLower[row]!, lp.rowUpper[row]!, solution.duals[row]!, size[row]!)
  );
  solution.columns.forEach((value, column) =>
    judge(
      value,
      lp.columnLower[column]!,
      lp.columnUpper[column]!,
      solution.reducedCosts[column]!,
      1 + Math.abs(value),
    )
  );
  return { primal, stationarity, complementarity };
}

/** Fails unless a solution meets the conditions of optimality. */
export function assertOptimal(
  lp: LpData,
  solution: FullSolution,
  message: string,
  tolerance = 1e-9,
): void {
  const gaps = optimalityGaps(lp, solution);
  for (const [name, gap] of Object.entries(gaps)) {
    assert.ok(gap <= tolerance, `${message}: ${name} is violated by ${gap}`);
  }
}
