import { symmetricEigen } from "./symmetric_eigen.ts";

/** The symmetric square root of what is left of a matrix without its negative eigenvalues. */
export interface SymmetricRoot {
  /** D with D·D = matrix, up to what was clipped. */
  readonly root: Float64Array<ArrayBuffer>;
  /** How many eigenvalues were negative beyond rounding. */
  readonly clippedCount: number;
  /** Size of the most negative of them, 0 when none was. */
  readonly largestClipped: number;
}

/**
 * The square root V·√Λ·Vᵀ of a symmetric matrix of `n` rows, with negative eigenvalues set to 0; null
 * when an entry is not finite. Eigenvalues of a singular matrix that rounding alone made negative
 * (size up to n·ε times the largest) are set to 0 too but not counted.
 */
export function symmetricSquareRoot(matrix: Float64Array, n: number): SymmetricRoot | null {
  const eigen = symmetricEigen(matrix, n);
  if (eigen === null) return null;
  const { values, vectors } = eigen;
  const largest = n === 0 ? 0 : Math.max(Math.abs(values[0]!), Math.abs(values[n - 1]!));
  const rounding = n * Number.EPSILON * largest;
  let clippedCount = 0;
  let largestClipped = 0;
  const root = new Float64Array(n * n);
  for (let k = 0; k < n; k++) {
    const value = values[k] as number;
    if (value <= 0) {
      if (value < -rounding) {
        clippedCount++;
        largestClipped = Math.max(largestClipped, -value);
      }
      continue;
    }
    const scale = Math.sqrt(value);
    const vector = k * n;
    for (let row = 0; row < n; row++) {
      const factor = scale * (vectors[vector + row] as number);
      for (let column = 0; column <= row; column++) {
        root[row * n + column] = (root[row * n + column] as number) +
          factor * (vectors[vector + column] as number);
      }
    }
  }
  for (let row = 0; row < n; row++) {
    for (let column = 0; column < row; column++) {
      root[column * n + row] = root[row * n + column] as number;
    }
  }
  return { root, clippedCount, largestClipped };
}
