/** What the costs of trajectories say about the cost of the policy. */
import { halfWidth95, mean, sampleStd } from "../numeric/mod.ts";

/** Below this magnitude an upper bound is no scale for a gap. */
const NO_SCALE = 1e-10;

/** Statistics of the costs of sampled trajectories ($). */
export interface UpperBound {
  readonly mean: number;
  /** Of the sample, with divisor n − 1; 0 for a single trajectory. */
  readonly std: number;
  /** Half the width of the 95 % interval of the mean. */
  readonly halfWidth: number;
}

/**
 * The statistical upper bound of costs, which stand in the order of the trajectories. Not adjusted
 * for risk: under a measure other than the expectation it bounds nothing.
 */
export function upperBoundOf(costs: Float64Array): UpperBound {
  const std = sampleStd(costs);
  return { mean: mean(costs), std, halfWidth: halfWidth95(std, costs.length) };
}

/** (upper − lower) / |upper|, which may be negative; 0 where the upper bound is 0. */
export function relativeGap(lower: number, upper: number): number {
  const scale = Math.abs(upper);
  return scale < NO_SCALE ? 0 : (upper - lower) / scale;
}
