import { dot } from "./dense.ts";

/** A Cholesky factor, or where the matrix turned out not to be positive definite. */
export type Cholesky =
  | {
    readonly ok: true;
    /** Lower triangle L with L·Lᵀ = matrix; zeros above the diagonal. */
    readonly lower: Float64Array<ArrayBuffer>;
  }
  | {
    readonly ok: false;
    /** The leading minor of this size plus one is not positive. */
    readonly row: number;
    /** What was left of the diagonal entry there: zero, negative or not a number. */
    readonly pivot: number;
  };

/** Factorises a symmetric matrix of `n` rows, of which only the lower triangle is read. */
export function cholesky(matrix: Float64Array, n: number): Cholesky {
  const lower = new Float64Array(n * n);
  for (let row = 0; row < n; row++) {
    const start = row * n;
    for (let column = 0; column < row; column++) {
      const rest = (matrix[start + column] as number) -
        dot(lower, start, lower, column * n, column);
      lower[start + column] = rest / (lower[column * n + column] as number);
    }
    const pivot = (matrix[start + row] as number) - dot(lower, start, lower, start, row);
    if (!(pivot > 0)) return { ok: false, row, pivot };
    lower[start + row] = Math.sqrt(pivot);
  }
  return { ok: true, lower };
}
