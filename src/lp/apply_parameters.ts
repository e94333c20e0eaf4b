/** Sets the bounds of a trimmed problem for the known quantities of one solve. */
import type { LpModel } from "../solver/mod.ts";
import type { SparseRows } from "./inflow_map.ts";
import type { StageTemplate } from "./stage_template.ts";

/** Bounds of one solve, reused by all solves of a stage. */
export interface BoundsWorkspace {
  /** Bounds of the patched rows. */
  readonly rowLower: Float64Array;
  readonly rowUpper: Float64Array;
  /** Bounds of the patched columns. */
  readonly columnLower: Float64Array;
  readonly columnUpper: Float64Array;
}

/** Room for the bounds of a stage. */
export function boundsWorkspace({ rowPatch, boundPatches }: StageTemplate): BoundsWorkspace {
  const rows = rowPatch.starts.length - 1;
  const columns = boundPatches.columns.length;
  return {
    rowLower: new Float64Array(rows),
    rowUpper: new Float64Array(rows),
    columnLower: new Float64Array(columns),
    columnUpper: new Float64Array(columns),
  };
}

/** Computes the bounds that depend on the known quantities. Allocates nothing. */
export function computeBounds(
  { lp, firstPatched, rowPatch, boundPatches }: StageTemplate,
  known: Float64Array,
  { rowLower, rowUpper, columnLower, columnUpper }: BoundsWorkspace,
): void {
  const { starts, columns, values } = rowPatch;
  for (let at = 0; at + 1 < starts.length; at++) {
    let shift = 0;
    for (let k = starts[at]!; k < starts[at + 1]!; k++) shift += values[k]! * known[columns[k]!]!;
    rowLower[at] = lp.rowLower[firstPatched + at]! + shift;
    rowUpper[at] = lp.rowUpper[firstPatched + at]! + shift;
  }
  const { lowerLimit, upperLimit, lower, upper, lowerConstant, upperConstant } = boundPatches;
  for (let at = 0; at < columnLower.length; at++) {
    columnLower[at] = Math.max(lowerLimit[at]!, lowerConstant[at]! + rowDot(lower, at, known));
    columnUpper[at] = Math.min(upperLimit[at]!, upperConstant[at]! + rowDot(upper, at, known));
  }
}

/** Sets the coefficients that follow known quantities. */
export function applyCoefficients(
  { variableEntries }: StageTemplate,
  known: Float64Array,
  model: LpModel,
): void {
  for (const { row, column, quantity, slope, base } of variableEntries) {
    model.setCoefficient(row, column, base + slope * known[quantity]!);
  }
}

/** Cost of the columns that are gone ($). */
export function trimmedCost(
  { costConstant, costPatch }: StageTemplate,
  known: Float64Array,
): number {
  return costConstant + rowDot(costPatch, 0, known);
}

/** Row `row` of a sparse matrix times a vector. */
export function rowDot(
  { starts, columns, values }: SparseRows,
  row: number,
  vector: Float64Array,
): number {
  let sum = 0;
  for (let k = starts[row]!; k < starts[row + 1]!; k++) sum += values[k]! * vector[columns[k]!]!;
  return sum;
}
