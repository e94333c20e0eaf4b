/**
 * Halton points: in each dimension the digits of the index in a prime base, mirrored at the point and
 * permuted at random.
 *
 * Every index has the same digits beyond its first ones, zeros without end. They are permuted too:
 * into one uniform number, which shifts all points of a dimension inside their finest cells. So each
 * point is uniform, and none lies at 0, where the quantile of the normal law ends.
 */
import { normalQuantile, type Pcg64, shuffle, type U64 } from "../numeric/mod.ts";
import { permuteIndex, scramble32 } from "./hashed_permutation.ts";
import type { OpeningBlock } from "./opening_block.ts";
import { type RandomSource, stageSeed } from "./seeds.ts";

/** The first prime numbers, one for each dimension. */
export function haltonBases(dimensions: number): Int32Array {
  const bases = new Int32Array(dimensions);
  for (let found = 0, candidate = 2; found < dimensions; candidate++) {
    let prime = true;
    for (let i = 0; i < found && bases[i]! * bases[i]! <= candidate; i++) {
      if (candidate % bases[i]! === 0) {
        prime = false;
        break;
      }
    }
    if (prime) bases[found++] = candidate;
  }
  return bases;
}

/** Draws the openings of a stage: the points of the sequence from the first, index 0. */
export function fillHalton(
  { values, start, count, dim }: OpeningBlock,
  bases: Int32Array,
  base: Readonly<U64>,
  stageId: number,
  { hasher, stream, seed }: RandomSource,
): void {
  stageSeed(hasher, base, stageId, seed);
  stream.reseed(seed);
  for (let opening = 0; opening < count; opening++) {
    values.fill(0, start + opening * dim, start + (opening + 1) * dim);
  }
  for (let dimension = 0; dimension < dim; dimension++) {
    const prime = bases[dimension]!;
    const places = new Int32Array(prime);
    let divisor = 1;
    for (let digits = digitCount(count, prime); digits > 0; digits--) {
      for (let digit = 0; digit < prime; digit++) places[digit] = digit;
      shuffle(stream, places);
      const cell = 1 / (divisor * prime);
      for (let opening = 0; opening < count; opening++) {
        const digit = Math.floor(opening / divisor) % prime;
        values[start + opening * dim + dimension]! += places[digit]! * cell;
      }
      divisor *= prime;
    }
  }
  // After all permutations, so that these stay those of the reference program.
  for (let dimension = 0; dimension < dim; dimension++) {
    const prime = bases[dimension]!;
    const tail = stream.nextUniform52() * prime ** -digitCount(count, prime);
    for (let opening = 0; opening < count; opening++) {
      const at = start + opening * dim + dimension;
      values[at] = normalQuantile(values[at]! + tail);
    }
  }
}

/**
 * Draws point `index` of `count` points into `out[from]` to `out[to − 1]`; positions are dimensions.
 * All points take their permutations from the same `design` stream.
 */
export function drawHaltonPoint(
  bases: Int32Array,
  design: Pcg64,
  index: number,
  count: number,
  out: Float64Array,
  from: number,
  to: number,
): void {
  for (let position = from; position < to; position++) {
    const prime = bases[position]!;
    design.step();
    const low = design.low;
    const high = design.high;
    let value = 0;
    let cell = 1;
    let rest = index;
    for (let digits = digitCount(count, prime); digits > 0; digits--) {
      cell /= prime;
      value += permuteIndex(rest % prime, prime, scramble32(low + digits | 0), high) * cell;
      rest = Math.floor(rest / prime);
    }
    out[position] = normalQuantile(value + design.nextUniform52() * cell);
  }
}

/** Digits that the largest of `count` indices has. */
function digitCount(count: number, base: number): number {
  let digits = 1;
  for (let reach = base; reach < count; reach *= base) digits++;
  return digits;
}
