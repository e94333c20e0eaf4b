/** Rows of the stage itself that wait outside the solver until a solution breaks them. */
import type { BoundsWorkspace } from "./apply_parameters.ts";
import type { StageTemplate } from "./stage_template.ts";

/** The waiting rows by row, with their bounds in the solve at hand. */
export interface LazyRows {
  readonly count: number;
  /** Row r has the entries `starts[r]` up to `starts[r + 1]`. */
  readonly starts: Int32Array;
  readonly columns: Int32Array;
  readonly values: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/** The waiting rows of a template. */
export function lazyRows({ lp, coreRows, columns }: StageTemplate): LazyRows {
  const { matrix } = lp;
  const count = lp.rowLower.length - coreRows;
  const entries: [number, number][][] = Array.from({ length: count }, () => []);
  for (let column = 0; column < columns.length; column++) {
    for (let k = matrix.starts[column]!; k < matrix.starts[column + 1]!; k++) {
      const row = matrix.indices[k]! - coreRows;
      if (row >= 0) entries[row]!.push([column, matrix.values[k]!]);
    }
  }
  const starts = new Int32Array(count + 1);
  entries.forEach((row, at) => starts[at + 1] = starts[at]! + row.length);
  return {
    count,
    starts,
    columns: Int32Array.from(entries.flat(), ([column]) => column),
    values: Float64Array.from(entries.flat(), ([, value]) => value),
    lower: lp.rowLower.slice(coreRows),
    upper: lp.rowUpper.slice(coreRows),
  };
}

/** Takes over the bounds that depend on known quantities; those rows come first. */
export function boundLazyRows(
  { lower, upper }: LazyRows,
  { coreRows, firstPatched }: StageTemplate,
  { rowLower, rowUpper }: BoundsWorkspace,
): void {
  const inCore = coreRows - firstPatched;
  for (let at = inCore; at < rowLower.length; at++) {
    lower[at - inCore] = rowLower[at]!;
    upper[at - inCore] = rowUpper[at]!;
  }
}

/**
 * Finds the waiting rows that a solution breaks by more than `tolerance` relative to 1 + |bound|, and
 * writes them to `broken`. All of them: each is about one plant and block, and those that a solution
 * breaks mostly bind. Returns how many there are.
 */
export function findBrokenRows(
  { count, starts, columns, values, lower, upper }: LazyRows,
  solution: Float64Array,
  resident: Uint8Array,
  tolerance: number,
  broken: Int32Array,
): number {
  let found = 0;
  for (let row = 0; row < count; row++) {
    if (resident[row] === 1) continue;
    let activity = 0;
    for (let k = starts[row]!; k < starts[row + 1]!; k++) {
      activity += values[k]! * solution[columns[k]!]!;
    }
    const low = lower[row]!;
    const high = upper[row]!;
    if (
      activity < low - tolerance * (1 + Math.abs(low)) ||
      activity > high + tolerance * (1 + Math.abs(high))
    ) broken[found++] = row;
  }
  return found;
}
