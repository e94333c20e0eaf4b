/** The opening tree: the noises that every stage considers, equally probable. */

/** Makes room for numbers; the engine passes one that shares memory between workers. */
export type Allocate = (length: number) => Float64Array;

/** Room that only the caller sees. */
export function allocateOwn(length: number): Float64Array {
  return new Float64Array(length);
}

/** Noise vectors by stage and opening. Stages may differ in their number of openings. */
export interface OpeningTree {
  /** Length of a noise vector. */
  readonly dim: number;
  /** Number of openings of each stage. */
  readonly counts: Int32Array;
  /** Number of openings of all stages before each stage. */
  readonly starts: Int32Array;
  /** Stage after stage, opening after opening, entity after entity. */
  readonly values: Float64Array;
}

/** A tree of zeros with the given numbers of openings. */
export function emptyOpeningTree(
  dim: number,
  counts: Int32Array,
  allocate: Allocate,
): OpeningTree {
  const starts = new Int32Array(counts.length);
  let openings = 0;
  for (let stage = 0; stage < counts.length; stage++) {
    starts[stage] = openings;
    openings += counts[stage]!;
  }
  return { dim, counts, starts, values: allocate(openings * dim) };
}

/** Where the noise vector of an opening begins in the values of the tree. */
export function openingOffset(tree: OpeningTree, stage: number, opening: number): number {
  return (tree.starts[stage]! + opening) * tree.dim;
}
