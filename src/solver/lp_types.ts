/** Plain data of a linear program: minimise cost·x + offset, rows and columns within bounds. */

/**
 * What a solve found. Only `optimal` comes with a solution that may be used.
 * - `infeasible_or_unbounded`: presolve or the interior-point method could not tell which;
 * - `error`: the solver itself reported that the solve went wrong;
 * - `unknown`: the solver ended without a verdict;
 * - `not_solved`: no solve since the model was loaded or changed.
 */
export const LP_STATUSES = [
  "optimal",
  "infeasible",
  "infeasible_or_unbounded",
  "unbounded",
  "iteration_limit",
  "time_limit",
  "objective_bound",
  "interrupted",
  "error",
  "unknown",
  "not_solved",
] as const;

/** See {@link LP_STATUSES}. */
export type LpStatus = (typeof LP_STATUSES)[number];

/** Status of a column or row in a basis, as stored in basis arrays. */
export const BasisStatus = {
  /** At its lower bound (or fixed). */
  lower: 0,
  /** In the basis. */
  basic: 1,
  /** At its upper bound. */
  upper: 2,
  /** Free and held at zero. */
  zero: 3,
  /** Not in the basis; the solver chooses the bound. */
  nonbasic: 4,
} as const;

/** A basis array: one {@link BasisStatus} value per column or row. Bytes are for shared memory. */
export type BasisArray = Int32Array | Uint8Array;

/**
 * A sparse matrix. Vector `v` (a column or a row) holds the entries `starts[v]` up to
 * `starts[v + 1]` of `indices` and `values`; `starts` has one entry more than there are vectors.
 * Indices within a vector are distinct and in any order. Entries of magnitude 1e-9 and less count
 * as zero, because HiGHS drops them.
 */
export interface SparseMatrix {
  readonly orientation: "columns" | "rows";
  readonly starts: Int32Array;
  readonly indices: Int32Array;
  readonly values: Float64Array;
}

/** A whole model. The array lengths give the numbers of columns and rows; infinite bounds are ±Infinity. */
export interface LpData {
  readonly columnCosts: Float64Array;
  readonly columnLower: Float64Array;
  readonly columnUpper: Float64Array;
  readonly rowLower: Float64Array;
  readonly rowUpper: Float64Array;
  readonly matrix: SparseMatrix;
  /** Constant added to the objective. */
  readonly offset: number;
}
