/** How a trajectory of the forward pass or the simulation gets its noise. */
import type { NoiseClass, SamplingScheme } from "../model/mod.ts";

/**
 * The noise of one class along trajectories. Everything is a pure function of the seed that the
 * sampler was made with and of the arguments, on every worker and every rank, and allocates nothing.
 *
 * Iterations of the training count from 1 and go on counting when a run is resumed; scenarios are
 * numbered over all ranks. Iteration 0 stands for the simulation, with the scenario's own id. A
 * sampler has buffers of its own: every worker makes its own from the same inputs.
 */
export interface Sampler {
  readonly noise: NoiseClass;
  readonly scheme: SamplingScheme;
  /** Fills the block of the class in the noise vector `out`; the rest of `out` stays as it is. */
  draw(iteration: number, scenario: number, stage: number, out: Float64Array): void;
  /** The opening of the tree that `draw` takes, −1 where the noise is not from the tree. */
  opening(iteration: number, scenario: number, stage: number): number;
  /**
   * Puts the lags with which the trajectory begins into `out`, lag-major, and says whether it did: a
   * trajectory that repeats the past begins with the inflows before it.
   */
  startLags(iteration: number, scenario: number, out: Float64Array): boolean;
}

/** Members of a sampler that draws nothing from the tree and leaves the lags alone. */
export const NO_OPENING = (): number => -1;
/** The lags stay those of the study. */
export const KEEP_LAGS = (): boolean => false;
