/** The whole problem of one stage as data, before anything is trimmed away. */
import type { LpData, SparseMatrix } from "../solver/mod.ts";
import type { ColumnKey, ColumnKind, RowKey, RowKind } from "./model_key.ts";
import { keyText } from "./model_key.ts";

/**
 * Minimise cost·x with rows and columns within bounds, in plain $. The first `parameters` columns
 * are the known quantities of the solve: their bounds are the range of values that they may take,
 * and the problem of one solve is this one with them fixed. The derivative of the optimal cost in a
 * known quantity is therefore the reduced cost of its column.
 *
 * Cuts are not part of it. A cut is a row `future − Σ coefficient·(outgoing state) ≥ intercept`; the
 * state map of the stage says which outgoing quantities are columns here.
 */
export interface StageModel {
  /** Position of the stage in the study. */
  readonly position: number;
  /** Number of leading columns that are known quantities. */
  readonly parameters: number;
  readonly columnKeys: readonly ColumnKey[];
  readonly columnLower: Float64Array;
  readonly columnUpper: Float64Array;
  readonly columnCosts: Float64Array;
  readonly rowKeys: readonly RowKey[];
  readonly rowLower: Float64Array;
  readonly rowUpper: Float64Array;
  /** By columns; indices within a column ascend. */
  readonly matrix: SparseMatrix;
  /** Coefficients that follow known quantities; none in problems of which cuts are made. */
  readonly variableEntries: readonly VariableEntry[];
  /** Columns by the text of their key. */
  readonly columnIndex: ReadonlyMap<string, number>;
  /** Rows by the text of their key. */
  readonly rowIndex: ReadonlyMap<string, number>;
}

/** The coefficient of a column in a row is that in the matrix plus `slope` times a known quantity. */
export interface VariableEntry {
  readonly row: number;
  readonly column: number;
  readonly quantity: number;
  readonly slope: number;
}

/** Where a column is; −1 if the stage has none such. */
export function findColumn(
  model: Pick<StageModel, "columnIndex">,
  kind: ColumnKind,
  entity: number,
  block = -1,
  sub = 0,
): number {
  return model.columnIndex.get(keyText(kind, entity, block, sub)) ?? -1;
}

/** Where a row is; −1 if the stage has none such. */
export function findRow(
  model: Pick<StageModel, "rowIndex">,
  kind: RowKind,
  entity: number,
  block = -1,
  sub = 0,
): number {
  return model.rowIndex.get(keyText(kind, entity, block, sub)) ?? -1;
}

/**
 * The problem of one solve in full, without cuts: every known quantity is fixed by its bounds.
 * For tests and for diagnosis; runs solve the trimmed problem.
 */
export function plainLp(model: StageModel, parameters: Float64Array): LpData {
  const columnLower = model.columnLower.slice();
  const columnUpper = model.columnUpper.slice();
  columnLower.set(parameters.subarray(0, model.parameters));
  columnUpper.set(parameters.subarray(0, model.parameters));
  const { starts, indices } = model.matrix;
  const values = model.matrix.values.slice();
  for (const { row, column, quantity, slope } of model.variableEntries) {
    for (let k = starts[column]!; k < starts[column + 1]!; k++) {
      if (indices[k] === row) values[k]! += slope * parameters[quantity]!;
    }
  }
  return {
    columnCosts: model.columnCosts,
    columnLower,
    columnUpper,
    rowLower: model.rowLower,
    rowUpper: model.rowUpper,
    matrix: { ...model.matrix, values },
    offset: 0,
  };
}
