/** Noise from the openings of the tree. */
import type { NoiseClass } from "../model/mod.ts";
import type { U64 } from "../numeric/mod.ts";
import type { NoiseBlock } from "./noise_layout.ts";
import { openingOffset, type OpeningTree } from "./opening_tree.ts";
import { KEEP_LAGS, type Sampler } from "./sampler.ts";
import { forwardSeed, makeRandomSource } from "./seeds.ts";

/**
 * Each stage takes one opening, all equally probable; classes drawn in sample take the same one.
 * Stages of a noise group take the same one too, if they have equally many.
 */
export function inSampleSampler(
  noise: NoiseClass,
  { from, to }: NoiseBlock,
  tree: OpeningTree,
  groups: Int32Array,
  treeSeed: Readonly<U64>,
): Sampler {
  const { hasher, stream, seed } = makeRandomSource();
  const { counts, values } = tree;
  const opening = (iteration: number, scenario: number, stage: number): number => {
    forwardSeed(hasher, treeSeed, iteration, scenario, groups[stage]!, seed);
    stream.reseed(seed);
    return stream.nextBelow(counts[stage]!);
  };
  return {
    noise,
    scheme: "in_sample",
    opening,
    startLags: KEEP_LAGS,
    draw(iteration, scenario, stage, out) {
      const offset = openingOffset(tree, stage, opening(iteration, scenario, stage));
      for (let position = from; position < to; position++) {
        out[position] = values[offset + position]!;
      }
    },
  };
}
