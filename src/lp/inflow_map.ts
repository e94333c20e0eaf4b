/** How inflows follow from the state, as plain numbers that the inflow model provides. */

/** A sparse matrix by rows: row r has the entries `starts[r]` up to `starts[r + 1]`. */
export interface SparseRows {
  readonly starts: Int32Array;
  readonly columns: Int32Array;
  readonly values: Float64Array;
}

/**
 * One stage of the inflow model. With x the incoming state, z the inflows of the stage by hydro
 * (m³/s) and y the outgoing state:
 *
 *     z = base + lags·x + scale·η
 *     y = shiftConstant + shift·x + shiftInflow·z      for the slots of the inflow model
 *
 * Columns are positions in the manifest of the incoming state or of hydros. The rows of `shift` and
 * `shiftInflow` and the entries of `shiftConstant` are the outgoing slots of the kinds `inflow_lag`
 * and `lag_accumulator`, in the order of the outgoing manifest.
 */
export interface InflowMap {
  readonly base: Float64Array;
  /** Multiplies the noise of the hydro. */
  readonly scale: Float64Array;
  readonly lags: SparseRows;
  readonly shiftConstant: Float64Array;
  readonly shift: SparseRows;
  readonly shiftInflow: SparseRows;
}

/** A sparse matrix from its rows as [column, value] pairs; zeros are left out. */
export function sparseRows(rows: readonly (readonly (readonly [number, number])[])[]): SparseRows {
  const starts = new Int32Array(rows.length + 1);
  const columns: number[] = [];
  const values: number[] = [];
  rows.forEach((row, at) => {
    for (const [column, value] of row) {
      if (value === 0) continue;
      columns.push(column);
      values.push(value);
    }
    starts[at + 1] = columns.length;
  });
  return { starts, columns: Int32Array.from(columns), values: Float64Array.from(values) };
}

/** Inflows that do not depend on the past: z = mean + scale·η. */
export function independentInflows(mean: Float64Array, scale: Float64Array): InflowMap {
  const none = sparseRows([]);
  return {
    base: mean,
    scale,
    lags: sparseRows(Array.from(mean, () => [])),
    shiftConstant: new Float64Array(0),
    shift: none,
    shiftInflow: none,
  };
}

/** Adds matrix·x to y; x and y may be parts of longer arrays. */
export function addProduct(matrix: SparseRows, x: Float64Array, y: Float64Array): void {
  const { starts, columns, values } = matrix;
  for (let row = 0; row + 1 < starts.length; row++) {
    let sum = y[row]!;
    for (let k = starts[row]!; k < starts[row + 1]!; k++) sum += values[k]! * x[columns[k]!]!;
    y[row] = sum;
  }
}

/** Adds matrixᵀ·y to x. */
export function addTransposedProduct(matrix: SparseRows, y: Float64Array, x: Float64Array): void {
  const { starts, columns, values } = matrix;
  for (let row = 0; row + 1 < starts.length; row++) {
    const weight = y[row]!;
    if (weight === 0) continue;
    for (let k = starts[row]!; k < starts[row + 1]!; k++) x[columns[k]!]! += values[k]! * weight;
  }
}
