/** Noise of scenarios from outside. */
import type { NoiseClass } from "../model/mod.ts";
import type { U64 } from "../numeric/mod.ts";
import type { ExternalLibrary } from "./external_library.ts";
import type { NoiseBlock } from "./noise_layout.ts";
import { KEEP_LAGS, NO_OPENING, type Sampler } from "./sampler.ts";
import { externalBase, forwardSeed, makeRandomSource, u64Modulo } from "./seeds.ts";

/**
 * A trajectory follows one scenario through all stages, each equally probable; several trajectories
 * may follow the same one. Classes that are all external follow scenarios of the same number, if
 * they have equally many.
 */
export function externalSampler(
  noise: NoiseClass,
  { from }: NoiseBlock,
  { scenarios, entities, noise: values }: ExternalLibrary,
  scenarioSeed: Readonly<U64>,
): Sampler {
  const { hasher, seed } = makeRandomSource();
  const base = externalBase(scenarioSeed);
  return {
    noise,
    scheme: "external",
    opening: NO_OPENING,
    startLags: KEEP_LAGS,
    draw(iteration, scenario, stage, out) {
      forwardSeed(hasher, base, iteration, scenario, 0, seed);
      const start = (stage * scenarios + u64Modulo(seed, scenarios)) * entities;
      for (let e = 0; e < entities; e++) out[from + e] = values[start + e]!;
    },
  };
}
