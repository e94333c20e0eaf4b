/** Turns the solution of a trimmed problem into that of the whole problem of the stage. */
import type { AffineForm } from "./affine.ts";
import { columnUnit, dualUnit, type StageTemplate } from "./stage_template.ts";
import type { ColumnBound } from "./trim.ts";

/** A solution of the trimmed problem, in its own money; arrays may be longer. */
export interface TrimmedSolution {
  readonly columns: Float64Array;
  readonly reducedCosts: Float64Array;
  readonly duals: Float64Array;
}

/** A solution of the whole problem, in $. */
export interface FullSolution {
  readonly columns: Float64Array;
  readonly reducedCosts: Float64Array;
  /** Without those of cuts. */
  readonly duals: Float64Array;
}

/** Room for the solution of the whole problem of a stage. */
export function fullSolution({ model }: StageTemplate): FullSolution {
  return {
    columns: new Float64Array(model.columnCosts.length),
    reducedCosts: new Float64Array(model.columnCosts.length),
    duals: new Float64Array(model.rowLower.length),
  };
}

/**
 * Restores every column, dual and reduced cost as if the whole problem had been solved.
 * `outgoingPrices` holds what cuts charge for each outgoing slot: Σ dual·coefficient ($ per unit).
 *
 * With cuts θ − Σ β·x ≥ α of duals μ, the reduced cost of any column is c − Aᵀy + Σ μ·β. Rows that
 * could not bind have y = 0. A row r that became a bound of column j has the part of j's reduced
 * cost, less r itself, that this bound holds: y_r = d_j / a_rj where the bound that is active came
 * from r. Columns that stayed are settled first, for their rows are known but for such bounds; then
 * those that are gone, last removed first, for each one's rows are then known in the same sense.
 */
export function readBack(
  template: StageTemplate,
  solution: TrimmedSolution,
  known: Float64Array,
  outgoingPrices: Float64Array,
  full: FullSolution,
): void {
  const { model, map, trimmed, columns, rows, futureColumns } = template;
  const { columnCosts, matrix } = model;
  trimmed.columnValue.forEach((value, column) => {
    if (value !== null) full.columns[column] = evaluate(value, known);
  });
  columns.forEach((column, at) =>
    full.columns[column] = solution.columns[at]! * columnUnit(template, column)
  );
  full.duals.fill(0);
  rows.forEach((row, at) => full.duals[row] = solution.duals[at]! * dualUnit(template, row));

  const prices = full.reducedCosts;
  prices.set(columnCosts);
  map.outgoingColumn.forEach((column, slot) => {
    if (column >= 0) prices[column]! += outgoingPrices[slot]!;
  });
  // Rows whose coefficients follow known quantities are never trimmed, so their duals are known.
  for (const { row, column, quantity, slope } of model.variableEntries) {
    prices[column]! -= slope * known[quantity]! * full.duals[row]!;
  }
  const stationary = (column: number): number => {
    let reduced = prices[column]!;
    for (let k = matrix.starts[column]!; k < matrix.starts[column + 1]!; k++) {
      reduced -= matrix.values[k]! * full.duals[matrix.indices[k]!]!;
    }
    return reduced;
  };
  const settle = (column: number): void => {
    const lower = trimmed.lower[column]!;
    const upper = trimmed.upper[column]!;
    if (ownBounds(lower) && ownBounds(upper)) return;
    const reduced = stationary(column);
    const row = sourceOf(reduced > 0 ? lower : upper, reduced > 0, known);
    if (row >= 0) full.duals[row] = reduced / coefficientAt(template, row, column);
  };
  for (const column of columns) settle(column);
  for (const column of trimmed.removed.toReversed()) settle(column);
  for (let column = 0; column < prices.length; column++) prices[column] = stationary(column);
  // Cuts have coefficients on these columns that are not in the model.
  for (const at of futureColumns) {
    full.reducedCosts[columns[at]!] = solution.reducedCosts[at]!;
  }
}

/** The value of an affine form. */
function evaluate({ constant, terms }: AffineForm, known: Float64Array): number {
  let value = constant;
  for (const [quantity, coefficient] of terms) value += coefficient * known[quantity]!;
  return value;
}

function ownBounds({ constantRow, affineRow }: ColumnBound): boolean {
  return constantRow < 0 && affineRow < 0;
}

/** The row that the active part of a bound comes from, or −1. */
function sourceOf(bound: ColumnBound, isLower: boolean, known: Float64Array): number {
  if (bound.affine === null) return bound.constantRow;
  const value = evaluate(bound.affine, known);
  const active = isLower ? value > bound.constant : value < bound.constant;
  return active ? bound.affineRow : bound.constantRow;
}

function coefficientAt({ model }: StageTemplate, row: number, column: number): number {
  const { starts, indices, values } = model.matrix;
  for (let k = starts[column]!; k < starts[column + 1]!; k++) {
    if (indices[k] === row) return values[k]!;
  }
  return NaN;
}
