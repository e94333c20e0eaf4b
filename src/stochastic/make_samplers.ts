/** The samplers of a phase, one for each class of noise. */
import type { NoiseClass, ScenarioSource, Stage } from "../model/mod.ts";
import type { U64 } from "../numeric/mod.ts";
import { CobreError } from "../protocol/mod.ts";
import type { NoiseCorrelation } from "./correlation.ts";
import type { ExternalLibrary } from "./external_library.ts";
import { externalSampler } from "./external_sampler.ts";
import type { HistoricalLibrary } from "./historical_library.ts";
import { historicalSampler } from "./historical_sampler.ts";
import { inSampleSampler } from "./in_sample.ts";
import type { NoiseLayout } from "./noise_layout.ts";
import type { OpeningTree } from "./opening_tree.ts";
import { outOfSampleSampler } from "./out_of_sample.ts";
import type { Sampler } from "./sampler.ts";
import { baseSeed, NOISE_CLASSES } from "./seeds.ts";

/** What the samplers of a phase draw from; libraries are null where nothing needs them. */
export interface SamplerInputs {
  readonly source: ScenarioSource;
  readonly layout: NoiseLayout;
  readonly stages: readonly Stage[];
  readonly groups: Int32Array;
  readonly tree: OpeningTree;
  readonly treeSeed: Readonly<U64>;
  /** Trajectories of an iteration over all ranks, or scenarios of the simulation. */
  readonly scenarios: number;
  readonly correlation: NoiseCorrelation;
  /** For class inflow with scheme `historical`, and for stages that draw from residuals. */
  readonly historical: HistoricalLibrary | null;
  /** For classes with scheme `external`. */
  readonly external: { readonly [noise in NoiseClass]: ExternalLibrary | null };
}

/** The samplers of a phase; call each of them to fill a noise vector. */
export function makeSamplers(inputs: SamplerInputs): readonly Sampler[] {
  return NOISE_CLASSES.map((noise) => makeSampler(noise, inputs));
}

function makeSampler(noise: NoiseClass, inputs: SamplerInputs): Sampler {
  const { source, layout, stages, groups, tree, treeSeed, historical, external } = inputs;
  const block = layout.blocks[noise];
  const scheme = source.schemes[noise];
  // Only fresh noise must have a seed of its own; choices among given scenarios may do without.
  const seed = source.seed === null ? { low: 0, high: 0 } : baseSeed(source.seed);
  switch (scheme) {
    case "in_sample":
      return inSampleSampler(noise, block, tree, groups, treeSeed);
    case "out_of_sample":
      if (source.seed === null) {
        throw refusal(noise, "out_of_sample", "scenario_source has no seed");
      }
      if (historical === null && stages.some((s) => s.sampling === "historical_residuals")) {
        throw refusal(noise, "out_of_sample", "stages draw from residuals, but there are none");
      }
      return outOfSampleSampler(noise, block, { ...inputs, seed });
    case "external": {
      const library = external[noise];
      if (library === null) throw refusal(noise, scheme, "the case has no such scenarios");
      return externalSampler(noise, block, library, seed);
    }
    case "historical":
      if (noise !== "inflow") throw refusal(noise, scheme, "only inflows have a history");
      if (historical === null) throw refusal(noise, scheme, "the case has no inflow history");
      return historicalSampler(block, stages.length, historical, seed);
  }
}

function refusal(noise: NoiseClass, scheme: string, reason: string): CobreError {
  return CobreError.of(
    "IncompatibleSettings",
    `Noise of class ${noise} was to be drawn with scheme ${scheme}, but ${reason}`,
    { file: "config.json", settings: [`scenario_source.${noise}.scheme`], detail: reason },
  );
}
