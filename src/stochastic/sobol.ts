/**
 * Sobol points with the direction numbers of Joe and Kuo. Points are scrambled by a random affine
 * map x → a·x + b modulo 2³² in every dimension.
 */
import { normalQuantile, type Pcg64, type U64 } from "../numeric/mod.ts";
import { CobreError } from "../protocol/mod.ts";
import type { OpeningBlock } from "./opening_block.ts";
import { type RandomSource, stageSeed } from "./seeds.ts";
import { SOBOL_DIMENSIONS, SOBOL_TABLE } from "./sobol_table.ts";

const BITS = 32;
const INVERSE_TWO_32 = 2 ** -32;

/** Direction numbers v₀ to v₃₁ of each dimension, dimension by dimension. */
export type SobolDirections = Uint32Array;

/** The direction numbers of the first `dimensions` dimensions. */
export function sobolDirections(dimensions: number): SobolDirections {
  if (dimensions > SOBOL_DIMENSIONS) {
    throw CobreError.of(
      "IncompatibleSettings",
      `Noise of ${dimensions} entities was to be drawn from Sobol points, which have at most ` +
        `${SOBOL_DIMENSIONS} dimensions`,
      { file: "stages.json", settings: ["sampling_method"], detail: "qmc_sobol" },
      "Use lhs or saa as sampling_method",
    );
  }
  const directions = new Uint32Array(dimensions * BITS);
  if (dimensions === 0) return directions;
  for (let j = 0; j < BITS; j++) directions[j] = 2 ** (BITS - 1 - j);
  const read = bitReader(Uint8Array.fromBase64(SOBOL_TABLE));
  for (let dimension = 1; dimension < dimensions; dimension++) {
    const degree = read(5);
    const polynomial = read(degree - 1);
    const v = directions.subarray(dimension * BITS, (dimension + 1) * BITS);
    for (let j = 0; j < degree; j++) v[j] = (read(j) * 2 + 1) << (BITS - 1 - j);
    for (let j = degree; j < BITS; j++) {
      let value = v[j - degree]! ^ (v[j - degree]! >>> degree);
      for (let k = 1; k < degree; k++) {
        if ((polynomial >>> (degree - 1 - k)) & 1) value ^= v[j - k]!;
      }
      v[j] = value;
    }
  }
  return directions;
}

/** Draws the openings of a stage: the first points of the sequence, in the order of Gray codes. */
export function fillSobol(
  { values, start, count, dim }: OpeningBlock,
  directions: SobolDirections,
  base: Readonly<U64>,
  stageId: number,
  { hasher, stream, seed }: RandomSource,
): void {
  stageSeed(hasher, base, stageId, seed);
  stream.reseed(seed);
  for (let dimension = 0; dimension < dim; dimension++) {
    const factor = stream.nextU32() | 1;
    const shift = stream.nextU32();
    let point = 0;
    for (let opening = 0; opening < count; opening++) {
      if (opening > 0) point ^= directions[dimension * BITS + trailingZeros(opening)]!;
      values[start + opening * dim + dimension] = scrambled(point, factor, shift);
    }
  }
}

/**
 * Draws point `index` of the sequence into `out[from]` to `out[to − 1]`; positions are dimensions.
 * All points take their scrambling from the same `design` stream.
 */
export function drawSobolPoint(
  directions: SobolDirections,
  design: Pcg64,
  index: number,
  out: Float64Array,
  from: number,
  to: number,
): void {
  for (let position = from; position < to; position++) {
    const factor = design.nextU32() | 1;
    const shift = design.nextU32();
    let point = 0;
    for (let rest = index, j = position * BITS; rest !== 0; rest >>>= 1, j++) {
      if (rest & 1) point ^= directions[j]!;
    }
    out[position] = scrambled(point, factor, shift);
  }
}

function scrambled(point: number, factor: number, shift: number): number {
  return normalQuantile(((Math.imul(factor, point) + shift) >>> 0) * INVERSE_TWO_32);
}

function trailingZeros(value: number): number {
  return 31 - Math.clz32(value & -value);
}

/** Reads numbers of the given widths one after the other, the most significant bit first. */
function bitReader(bytes: Uint8Array): (width: number) => number {
  let position = 0;
  return (width) => {
    let value = 0;
    for (let bit = 0; bit < width; bit++, position++) {
      value = value * 2 + ((bytes[position >>> 3]! >>> (7 - (position & 7))) & 1);
    }
    return value;
  };
}
