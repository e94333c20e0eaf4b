/** Sample average approximation: independent standard normal numbers. */
import { fillNormals, type U64 } from "../numeric/mod.ts";
import type { OpeningBlock } from "./opening_block.ts";
import { openingSeed, type RandomSource } from "./seeds.ts";

/**
 * Draws openings `first`, `first` + 1, … of a stage. Each has a stream of its own, so the number of
 * openings changes none of them.
 */
export function fillIndependent(
  { values, start, count, dim }: OpeningBlock,
  base: Readonly<U64>,
  stageId: number,
  first: number,
  { hasher, stream, seed }: RandomSource,
): void {
  for (let opening = 0; opening < count; opening++) {
    openingSeed(hasher, base, first + opening, stageId, seed);
    stream.reseed(seed);
    fillNormals(stream, values, start + opening * dim, start + (opening + 1) * dim);
  }
}
