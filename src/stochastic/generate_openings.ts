/** Draws the opening tree. */
import type { SamplingMethod } from "../model/mod.ts";
import type { U64 } from "../numeric/mod.ts";
import { CobreError } from "../protocol/mod.ts";
import { correlate, makeCorrelationScratch, type NoiseCorrelation } from "./correlation.ts";
import { fillHalton, haltonBases } from "./halton.ts";
import type { HistoricalLibrary } from "./historical_library.ts";
import { fillIndependent } from "./independent_sample.ts";
import { fillLatinHypercube } from "./latin_hypercube.ts";
import type { OpeningBlock } from "./opening_block.ts";
import {
  type Allocate,
  allocateOwn,
  emptyOpeningTree,
  openingOffset,
  type OpeningTree,
} from "./opening_tree.ts";
import { chooseRepresentatives, representativeDraws } from "./representative_sample.ts";
import { makeRandomSource, NOISE_CLASSES, openingSeed, u64Modulo } from "./seeds.ts";
import { fillSobol, sobolDirections } from "./sobol.ts";

/** What an opening tree is drawn from. */
export interface OpeningInputs {
  readonly stages: readonly { readonly id: number; readonly sampling: SamplingMethod }[];
  /** Noise group of each stage. */
  readonly groups: Int32Array;
  /** Openings of each stage. */
  readonly counts: Int32Array;
  /** Length of the noise vector. */
  readonly dim: number;
  readonly seed: Readonly<U64>;
  readonly correlation: NoiseCorrelation;
  /** Null where no stage draws from the past. */
  readonly historical: HistoricalLibrary | null;
}

/** Fills openings `first` and later of a stage; the block begins with opening `first`. */
type Fill = (block: OpeningBlock, stage: number, first: number) => void;

/**
 * Draws the tree. Stages of one noise group have the same openings: those of the earlier stage with
 * the most, and where a later one has more, the rest is drawn for it. Later stages never change the
 * draws of earlier ones.
 */
export function generateOpenings(
  inputs: OpeningInputs,
  allocate: Allocate = allocateOwn,
): OpeningTree {
  const { stages, groups, counts, dim } = inputs;
  const tree = emptyOpeningTree(dim, counts, allocate);
  const fills = new Map<SamplingMethod, Fill>();
  const richest = new Map<number, number>();
  stages.forEach(({ sampling }, stage) => {
    const source = richest.get(groups[stage]!);
    const copied = source === undefined ? 0 : Math.min(counts[source]!, counts[stage]!);
    const start = openingOffset(tree, stage, 0);
    if (source !== undefined) {
      const from = openingOffset(tree, source, 0);
      tree.values.copyWithin(start, from, from + copied * dim);
    }
    if (source === undefined || counts[stage]! > copied) richest.set(groups[stage]!, stage);
    const count = counts[stage]! - copied;
    if (count === 0) return;
    const fill = fills.get(sampling) ?? makeFill(sampling, inputs);
    fills.set(sampling, fill);
    fill({ values: tree.values, start: start + copied * dim, count, dim }, stage, copied);
  });
  return tree;
}

function makeFill(sampling: SamplingMethod, inputs: OpeningInputs): Fill {
  const { stages, dim, seed, correlation } = inputs;
  const source = makeRandomSource();
  const scratch = makeCorrelationScratch(correlation);
  const correlated = (fill: Fill): Fill => (block, stage, first) => {
    fill(block, stage, first);
    const profile = correlation.stages[stage]!;
    for (let opening = 0; opening < block.count; opening++) {
      for (const noise of NOISE_CLASSES) {
        correlate(profile[noise], block.values, block.start + opening * dim, scratch);
      }
    }
  };
  const independent = correlated((block, stage, first) =>
    fillIndependent(block, seed, stages[stage]!.id, first, source)
  );
  switch (sampling) {
    case "saa":
      return independent;
    case "lhs":
      return correlated((block, stage) =>
        fillLatinHypercube(block, seed, stages[stage]!.id, source)
      );
    case "qmc_sobol": {
      const directions = sobolDirections(dim);
      return correlated((block, stage) =>
        fillSobol(block, directions, seed, stages[stage]!.id, source)
      );
    }
    case "qmc_halton": {
      const bases = haltonBases(dim);
      return correlated((block, stage) =>
        fillHalton(block, bases, seed, stages[stage]!.id, source)
      );
    }
    case "selective":
      return (block, stage, first) => {
        const count = representativeDraws(block.count);
        const sample = { values: new Float64Array(count * dim), start: 0, count, dim };
        independent(sample, stage, first);
        chooseRepresentatives(sample, block);
      };
    case "historical_residuals":
      return makeHistoricalFill(inputs);
  }
}

/** Openings that are the residuals of windows of the past; loads and sources keep their means. */
function makeHistoricalFill({ stages, dim, seed, historical }: OpeningInputs): Fill {
  if (historical === null) {
    throw CobreError.of(
      "IncompatibleSettings",
      "Openings were to be drawn from historical residuals, but the case has no inflow history",
      {
        file: "stages.json",
        settings: ["sampling_method"],
        detail: "historical_residuals needs scenarios/inflow_history.parquet",
      },
    );
  }
  const { hydros, noise, years } = historical;
  const { hasher, seed: hash } = makeRandomSource();
  return ({ values, start, count }, stage, first) => {
    for (let opening = 0; opening < count; opening++) {
      openingSeed(hasher, seed, first + opening, stages[stage]!.id, hash);
      const window = u64Modulo(hash, years.length);
      const from = (window * stages.length + stage) * hydros;
      const at = start + opening * dim;
      values.fill(0, at, at + dim);
      values.set(noise.subarray(from, from + hydros), at);
    }
  };
}
