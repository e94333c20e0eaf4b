/** Guessing what somebody meant to type. */

/** Letters that are looked at: what stands in a file may be of any length. */
const LONGEST = 60;

/**
 * The candidate that needs the fewest single changes (a letter more, less, other, or two swapped) to
 * become the word; null when even that one is too far off to be meant. Letter case does not count, nor
 * what stands beyond the first sixty letters.
 */
export function nearest(word: string, candidates: readonly string[]): string | null {
  const typed = word.slice(0, LONGEST).toLowerCase();
  const limit = Math.max(1, Math.floor(typed.length / 3));
  let best: string | null = null;
  let least = limit + 1;
  for (const candidate of candidates) {
    const changes = distance(typed, candidate.toLowerCase());
    if (changes < least) [best, least] = [candidate, changes];
  }
  return best;
}

/** Damerau–Levenshtein distance in the form in which no part is edited twice. */
function distance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let value = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        value = Math.min(value, beforeLast[j - 2]! + 1);
      }
      row.push(value);
    }
    [beforeLast, last] = [last, row];
  }
  return last[b.length]!;
}
