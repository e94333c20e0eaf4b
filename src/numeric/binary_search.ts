/** Search in ascending arrays. */

/** An ascending array of numbers without NaN. */
export type SortedNumbers = Int32Array | Uint32Array | Float64Array | readonly number[];

/**
 * The first position in `[from, to)` whose value is not below `value`, `to` when all are: where the
 * value stands or would have to be inserted.
 */
export function lowerBound(
  sorted: SortedNumbers,
  value: number,
  from = 0,
  to = sorted.length,
): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The first position in `[from, to)` whose value is above `value`, `to` when none is. */
export function upperBound(
  sorted: SortedNumbers,
  value: number,
  from = 0,
  to = sorted.length,
): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] as number) <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The first position of `value` in `[from, to)`, or −1 when it is not there. */
export function indexOfSorted(
  sorted: SortedNumbers,
  value: number,
  from = 0,
  to = sorted.length,
): number {
  const position = lowerBound(sorted, value, from, to);
  return position < to && sorted[position] === value ? position : -1;
}
