/**
 * Latin hypercube samples (McKay, Beckman and Conover, 1979): in every dimension one point in each
 * of n equally probable strata.
 */
import { normalQuantile, type Pcg64, shuffle, type U64 } from "../numeric/mod.ts";
import { permuteIndex } from "./hashed_permutation.ts";
import type { OpeningBlock } from "./opening_block.ts";
import { type RandomSource, stageSeed } from "./seeds.ts";

/** Draws the openings of a stage as one sample. */
export function fillLatinHypercube(
  { values, start, count, dim }: OpeningBlock,
  base: Readonly<U64>,
  stageId: number,
  { hasher, stream, seed }: RandomSource,
): void {
  stageSeed(hasher, base, stageId, seed);
  stream.reseed(seed);
  const normals = new Float64Array(count);
  const order = new Int32Array(count);
  for (let dimension = 0; dimension < dim; dimension++) {
    for (let stratum = 0; stratum < count; stratum++) {
      normals[stratum] = normalQuantile((stratum + stream.nextUniform52()) / count);
      order[stratum] = stratum;
    }
    shuffle(stream, order);
    for (let stratum = 0; stratum < count; stratum++) {
      values[start + order[stratum]! * dim + dimension] = normals[stratum]!;
    }
  }
}

/**
 * Draws point `index` of a sample of `count` points into `out[from]` to `out[to − 1]`. All points
 * take the strata from the same `design` stream and their places in them from streams of their own,
 * so each can be drawn without the others.
 */
export function drawLatinPoint(
  design: Pcg64,
  own: Pcg64,
  index: number,
  count: number,
  out: Float64Array,
  from: number,
  to: number,
): void {
  for (let position = from; position < to; position++) {
    design.step();
    const stratum = permuteIndex(index, count, design.low, design.high);
    out[position] = normalQuantile((stratum + own.nextUniform52()) / count);
  }
}
