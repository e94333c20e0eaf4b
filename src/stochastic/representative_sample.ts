/**
 * Representative openings: a large independent sample is divided into as many cells of equal size as
 * there are openings, and each cell gives the draw nearest to its centre. Equal cells fit openings
 * of equal probability.
 *
 * Cells come from principal direction divisive partitioning (Boley, 1998) with cuts at equal shares:
 * the sample is split across the direction in which it varies most, then each part again. Nothing
 * is left to chance, and the effort grows with the sample, not with sample times openings.
 */
import { dot } from "../numeric/mod.ts";
import type { OpeningBlock } from "./opening_block.ts";

/** Draws for each opening, and the least number of draws in all. */
const DRAWS_PER_OPENING = 16;
const LEAST_DRAWS = 512;
/** Steps of the power method: the split needs a direction of much variation, not the very best. */
const POWER_STEPS = 6;

/** How many draws to choose `openings` from: a multiple of them. */
export function representativeDraws(openings: number): number {
  return openings * Math.max(DRAWS_PER_OPENING, Math.ceil(LEAST_DRAWS / Math.max(openings, 1)));
}

/**
 * Chooses the openings of `block` from `sample`, which has {@link representativeDraws} of them, and
 * shifts and scales each noise to mean 0 and variance 1 over the openings: the centre of a cell
 * varies less than its draws do.
 */
export function chooseRepresentatives(sample: OpeningBlock, block: OpeningBlock): void {
  const { values, start, count, dim } = block;
  const order = Int32Array.from({ length: sample.count }, (_, index) => index);
  const cellSize = count === 0 ? 0 : sample.count / count;
  const work = new Float64Array(2 * dim);
  const keys = new Float64Array(sample.count);
  const divide = (from: number, openings: number, first: number): void => {
    const members = order.subarray(from, from + openings * cellSize);
    const centre = work.subarray(0, dim);
    if (openings === 1) {
      meanOf(sample, members, centre);
      const chosen = sample.start + nearest(sample, members, centre) * dim;
      values.set(sample.values.subarray(chosen, chosen + dim), start + first * dim);
      return;
    }
    meanOf(sample, members, centre);
    principalDirection(sample, members, centre, work.subarray(dim));
    for (const member of members) {
      keys[member] = dot(sample.values, sample.start + member * dim, work, dim, dim);
    }
    members.sort((a, b) => keys[a]! - keys[b]! || a - b);
    const half = openings >> 1;
    divide(from, half, first);
    divide(from + half * cellSize, openings - half, first + half);
  };
  if (count > 0) divide(0, count, 0);
  if (count > 1) standardise(block);
}

function meanOf(
  { values, start, dim }: OpeningBlock,
  members: Int32Array,
  out: Float64Array,
): void {
  out.fill(0);
  for (const member of members) {
    for (let i = 0; i < dim; i++) out[i]! += values[start + member * dim + i]!;
  }
  for (let i = 0; i < dim; i++) out[i]! /= members.length;
}

/** The member with the least distance from the centre, the first of equals. */
function nearest(
  { values, start, dim }: OpeningBlock,
  members: Int32Array,
  centre: Float64Array,
): number {
  let best = members[0]!;
  let least = Infinity;
  for (const member of members) {
    let distance = 0;
    for (let i = 0; i < dim; i++) distance += (values[start + member * dim + i]! - centre[i]!) ** 2;
    if (distance < least || (distance === least && member < best)) {
      least = distance;
      best = member;
    }
  }
  return best;
}

/** Leaves in `out` a direction of large variance around the centre: some steps of the power method. */
function principalDirection(
  sample: OpeningBlock,
  members: Int32Array,
  centre: Float64Array,
  out: Float64Array,
): void {
  const { values, start, dim } = sample;
  // From the member farthest out, whose direction is never orthogonal to all variation.
  const next = new Float64Array(dim);
  let farthest = -1;
  for (const member of members) {
    let distance = 0;
    for (let i = 0; i < dim; i++) distance += (values[start + member * dim + i]! - centre[i]!) ** 2;
    if (distance <= farthest) continue;
    farthest = distance;
    for (let i = 0; i < dim; i++) out[i] = values[start + member * dim + i]! - centre[i]!;
  }
  for (let step = 0; step < POWER_STEPS; step++) {
    next.fill(0);
    const offset = dot(centre, 0, out, 0, dim);
    for (const member of members) {
      const at = start + member * dim;
      const weight = dot(values, at, out, 0, dim) - offset;
      for (let i = 0; i < dim; i++) next[i]! += weight * (values[at + i]! - centre[i]!);
    }
    const length = Math.sqrt(dot(next, 0, next, 0, dim));
    if (length === 0) return;
    for (let i = 0; i < dim; i++) out[i] = next[i]! / length;
  }
}

function standardise({ values, start, count, dim }: OpeningBlock): void {
  for (let i = 0; i < dim; i++) {
    let mean = 0;
    for (let opening = 0; opening < count; opening++) mean += values[start + opening * dim + i]!;
    mean /= count;
    let squares = 0;
    for (let opening = 0; opening < count; opening++) {
      squares += (values[start + opening * dim + i]! - mean) ** 2;
    }
    const scale = squares > 0 ? Math.sqrt(count / squares) : 1;
    for (let opening = 0; opening < count; opening++) {
      const at = start + opening * dim + i;
      values[at] = (values[at]! - mean) * scale;
    }
  }
}
