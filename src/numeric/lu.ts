/** A matrix taken apart by Gaussian elimination with partial pivoting: P·A = L·U. */
export interface LuFactors {
  readonly n: number;
  /** U on and above the diagonal; below it L, whose diagonal of ones is not stored. */
  readonly factors: Float64Array<ArrayBuffer>;
  /** Row of A that stands in each row of P·A. */
  readonly rows: Int32Array<ArrayBuffer>;
}

/**
 * Factorises a square matrix of `n` rows; null when it is singular, that is when a pivot is smaller
 * in size than `leastPivot` or not a number.
 */
export function luFactor(
  matrix: Float64Array,
  n: number,
  leastPivot: number = Number.EPSILON,
): LuFactors | null {
  const factors = Float64Array.from(matrix);
  const rows = Int32Array.from({ length: n }, (_, row) => row);
  for (let step = 0; step < n; step++) {
    let chosen = step;
    let largest = Math.abs(factors[step * n + step] as number);
    for (let row = step + 1; row < n; row++) {
      const size = Math.abs(factors[row * n + step] as number);
      if (size > largest) {
        largest = size;
        chosen = row;
      }
    }
    if (!(largest >= leastPivot)) return null;
    if (chosen !== step) {
      swapRows(factors, n, step, chosen);
      const held = rows[step] as number;
      rows[step] = rows[chosen] as number;
      rows[chosen] = held;
    }
    const pivot = factors[step * n + step] as number;
    for (let row = step + 1; row < n; row++) {
      const factor = (factors[row * n + step] as number) / pivot;
      factors[row * n + step] = factor;
      for (let column = step + 1; column < n; column++) {
        factors[row * n + column] = (factors[row * n + column] as number) -
          factor * (factors[step * n + column] as number);
      }
    }
  }
  return { n, factors, rows };
}

/** The solution x of A·x = `right`. */
export function luSolve(
  { n, factors, rows }: LuFactors,
  right: Float64Array,
): Float64Array<ArrayBuffer> {
  const x = new Float64Array(n);
  for (let row = 0; row < n; row++) {
    let rest = right[rows[row] as number] as number;
    for (let column = 0; column < row; column++) {
      rest -= (factors[row * n + column] as number) * (x[column] as number);
    }
    x[row] = rest;
  }
  for (let row = n - 1; row >= 0; row--) {
    let rest = x[row] as number;
    for (let column = row + 1; column < n; column++) {
      rest -= (factors[row * n + column] as number) * (x[column] as number);
    }
    x[row] = rest / (factors[row * n + row] as number);
  }
  return x;
}

function swapRows(matrix: Float64Array, n: number, one: number, other: number): void {
  for (let column = 0; column < n; column++) {
    const held = matrix[one * n + column] as number;
    matrix[one * n + column] = matrix[other * n + column] as number;
    matrix[other * n + column] = held;
  }
}
