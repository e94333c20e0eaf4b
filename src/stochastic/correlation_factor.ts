/** Factors F of correlation matrices, F·Fᵀ = C, which turn independent noises into correlated ones. */
import { cholesky, dot, symmetricSquareRoot } from "../numeric/mod.ts";

/** How far a matrix was from one that can be a correlation matrix. */
export interface MatrixRepair {
  /** Number of negative eigenvalues, which were set to zero. */
  readonly clippedCount: number;
  /** Size of the most negative of them. */
  readonly largestClipped: number;
  /** Largest change of an entry. */
  readonly largestChange: number;
}

/** A factor of `size` × `size`, row after row. */
export interface CorrelationFactor {
  readonly size: number;
  readonly matrix: Float64Array;
  /** Null where the given matrix was used as it is. */
  readonly repair: MatrixRepair | null;
}

/**
 * Factorises a symmetric matrix with ones on its diagonal: into its symmetric root, or into the
 * lower triangle of Cholesky. Null when an entry is not finite.
 *
 * A matrix with negative eigenvalues belongs to no random vector. They are set to zero and the rows
 * of the root scaled to length one, so every noise keeps its variance of one: without the scaling,
 * clipping would add to it. Cholesky has no factor of a matrix without full rank; its root then
 * takes the place, which gives noises of the same law.
 */
export function correlationFactor(
  matrix: Float64Array,
  size: number,
  method: "spectral" | "cholesky",
): CorrelationFactor | null {
  if (method === "cholesky") {
    const result = cholesky(matrix, size);
    if (result.ok) return { size, matrix: result.lower, repair: null };
  }
  const result = symmetricSquareRoot(matrix, size);
  if (result === null) return null;
  const { root, clippedCount, largestClipped } = result;
  if (clippedCount === 0) return { size, matrix: root, repair: null };
  for (let row = 0; row < size; row++) {
    const start = row * size;
    const length = Math.sqrt(dot(root, start, root, start, size));
    for (let column = 0; column < size; column++) root[start + column]! /= length;
  }
  let largestChange = 0;
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < row; column++) {
      const repaired = dot(root, row * size, root, column * size, size);
      const change = Math.abs(repaired - matrix[row * size + column]!);
      if (change > largestChange) largestChange = change;
    }
  }
  return { size, matrix: root, repair: { clippedCount, largestClipped, largestChange } };
}
