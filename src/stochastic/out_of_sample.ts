/** Fresh noise for every trajectory. */
import type { NoiseClass, SamplingMethod } from "../model/mod.ts";
import { fillNormals, Pcg64, type U64 } from "../numeric/mod.ts";
import { correlate, makeCorrelationScratch, type NoiseCorrelation } from "./correlation.ts";
import { drawHaltonPoint, haltonBases } from "./halton.ts";
import type { HistoricalLibrary } from "./historical_library.ts";
import { drawLatinPoint } from "./latin_hypercube.ts";
import type { NoiseBlock } from "./noise_layout.ts";
import { KEEP_LAGS, NO_OPENING, type Sampler } from "./sampler.ts";
import { designSeed, freshNoiseSeed, makeRandomSource, u64Modulo } from "./seeds.ts";
import { drawSobolPoint, sobolDirections } from "./sobol.ts";

/** What fresh noise is drawn from. */
export interface FreshNoiseInputs {
  readonly stages: readonly { readonly sampling: SamplingMethod }[];
  readonly groups: Int32Array;
  readonly seed: Readonly<U64>;
  /** Trajectories of an iteration over all ranks, or scenarios of the simulation: the size of designs. */
  readonly scenarios: number;
  readonly correlation: NoiseCorrelation;
  /** Null where no stage draws from the past. */
  readonly historical: HistoricalLibrary | null;
}

/**
 * Draws with the method of each stage. The trajectories of one iteration together form one design of
 * stratified or quasi-random points, of which each draws its own. Representative openings stand for
 * independent draws, so a stage with `selective` draws independently.
 */
export function outOfSampleSampler(
  noise: NoiseClass,
  { from, to }: NoiseBlock,
  { stages, groups, seed: base, scenarios, correlation, historical }: FreshNoiseInputs,
): Sampler {
  const { hasher, stream: own, seed } = makeRandomSource();
  const design = new Pcg64();
  const scratch = makeCorrelationScratch(correlation);
  const uses = (method: SamplingMethod): boolean =>
    stages.some(({ sampling }) => sampling === method);
  const directions = sobolDirections(uses("qmc_sobol") ? to : 0);
  const bases = haltonBases(uses("qmc_halton") ? to : 0);
  const startOwn = (iteration: number, scenario: number, group: number): void => {
    freshNoiseSeed(hasher, noise, base, iteration, scenario, group, seed);
    own.reseed(seed);
  };
  const startDesign = (iteration: number, group: number): void => {
    designSeed(hasher, noise, base, iteration, group, seed);
    design.reseed(seed);
  };
  return {
    noise,
    scheme: "out_of_sample",
    opening: NO_OPENING,
    startLags: KEEP_LAGS,
    draw(iteration, scenario, stage, out) {
      const group = groups[stage]!;
      switch (stages[stage]!.sampling) {
        case "saa":
        case "selective":
          startOwn(iteration, scenario, group);
          fillNormals(own, out, from, to);
          break;
        case "lhs":
          startDesign(iteration, group);
          startOwn(iteration, scenario, group);
          drawLatinPoint(design, own, scenario, scenarios, out, from, to);
          break;
        case "qmc_sobol":
          startDesign(iteration, group);
          drawSobolPoint(directions, design, scenario, out, from, to);
          break;
        case "qmc_halton":
          startDesign(iteration, group);
          drawHaltonPoint(bases, design, scenario, scenarios, out, from, to);
          break;
        case "historical_residuals": {
          freshNoiseSeed(hasher, noise, base, iteration, scenario, group, seed);
          drawResidual(historical!, u64Modulo(seed, historical!.years.length), stage, out);
          return;
        }
      }
      correlate(correlation.stages[stage]![noise], out, 0, scratch);
    },
  };

  /** Residuals of the past are correlated as they are; loads and sources keep their means. */
  function drawResidual(
    library: HistoricalLibrary,
    window: number,
    stage: number,
    out: Float64Array,
  ): void {
    if (noise !== "inflow") {
      out.fill(0, from, to);
      return;
    }
    const start = (window * stages.length + stage) * library.hydros;
    for (let h = 0; h < library.hydros; h++) out[from + h] = library.noise[start + h]!;
  }
}
