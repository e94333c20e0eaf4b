/**
 * What each opening of a stage adds to the known parts of its cuts. The known part of the outgoing
 * state is affine in the incoming state and in the noise, so the difference that an opening makes to
 * the first one is the same in every state. With that difference kept for each cut and opening, the
 * right-hand sides of the cuts take one addition per cut and solve instead of a product with all lags.
 */
import type { Study } from "./study.ts";

/** In shared memory; the entry of a cut for an opening is at opening·capacity + cut. */
export interface NoiseParts {
  readonly capacity: number;
  readonly values: Float64Array;
}

/** Room for the cuts of a stage. */
export function noiseParts(study: Study, position: number, capacity: number): NoiseParts {
  const length = study.tree.counts[position]! * capacity;
  return { capacity, values: new Float64Array(new SharedArrayBuffer(8 * length)) };
}
