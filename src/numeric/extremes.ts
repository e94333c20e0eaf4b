/**
 * Least and greatest of lists of any length. `Math.min(...list)` puts every element on the stack and
 * fails from about a hundred thousand on.
 */

/** The least value; `Infinity` of none. */
export function leastOf(values: Iterable<number>): number {
  let least = Infinity;
  for (const value of values) least = Math.min(least, value);
  return least;
}

/** The greatest value; `-Infinity` of none. */
export function greatestOf(values: Iterable<number>): number {
  let greatest = -Infinity;
  for (const value of values) greatest = Math.max(greatest, value);
  return greatest;
}
