/** A run of openings that a noise method fills. */

/** `count` noise vectors of length `dim`, one after the other from `start` of `values`. */
export interface OpeningBlock {
  readonly values: Float64Array;
  readonly start: number;
  readonly count: number;
  readonly dim: number;
}
