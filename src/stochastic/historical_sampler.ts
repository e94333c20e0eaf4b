/** Noise that repeats years of the past. */
import type { U64 } from "../numeric/mod.ts";
import type { HistoricalLibrary } from "./historical_library.ts";
import type { NoiseBlock } from "./noise_layout.ts";
import { NO_OPENING, type Sampler } from "./sampler.ts";
import { forwardSeed, historicalBase, makeRandomSource, u64Modulo } from "./seeds.ts";

/**
 * A trajectory follows one window of the past through all stages, each equally probable, and begins
 * with the inflows before it; several trajectories may follow the same one.
 */
export function historicalSampler(
  { from }: NoiseBlock,
  stages: number,
  { years, hydros, lagDepth, noise, lags }: HistoricalLibrary,
  scenarioSeed: Readonly<U64>,
): Sampler {
  const { hasher, seed } = makeRandomSource();
  const base = historicalBase(scenarioSeed);
  const windowOf = (iteration: number, scenario: number): number => {
    forwardSeed(hasher, base, iteration, scenario, 0, seed);
    return u64Modulo(seed, years.length);
  };
  return {
    noise: "inflow",
    scheme: "historical",
    opening: NO_OPENING,
    draw(iteration, scenario, stage, out) {
      const start = (windowOf(iteration, scenario) * stages + stage) * hydros;
      for (let h = 0; h < hydros; h++) out[from + h] = noise[start + h]!;
    },
    startLags(iteration, scenario, out) {
      const count = lagDepth * hydros;
      const start = windowOf(iteration, scenario) * count;
      for (let i = 0; i < count; i++) out[i] = lags[start + i]!;
      return true;
    },
  };
}
