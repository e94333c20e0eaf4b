/** Which part of the work is whose. */

/** The items `[first, first + count)`. */
export interface Share {
  readonly first: number;
  readonly count: number;
}

/** The share of a rank: contiguous, and the first `items mod size` ranks get one more. */
export function rankShare(items: number, rank: number, size: number): Share {
  const least = Math.floor(items / size);
  const longer = items % size;
  return {
    first: rank * least + Math.min(rank, longer),
    count: least + (rank < longer ? 1 : 0),
  };
}
