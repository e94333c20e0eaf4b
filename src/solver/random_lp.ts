/** Random linear programs for tests: feasible and bounded, with rows and bounds of every kind. */
import type { LpData } from "./lp_types.ts";

/** A stream of numbers in [0, 1) that depends on its seed alone (mulberry32). */
export function randomStream(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), 1 | state);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return ((bits ^ (bits >>> 14)) >>> 0) / 4294967296;
  };
}

/** Made around a point that satisfies every row and bound; costs push against a box. */
export function randomLp(
  seed: number,
  columns: number,
  rows: number,
  orientation: "columns" | "rows" = "columns",
): LpData {
  const random = randomStream(seed);
  const point = Float64Array.from({ length: columns }, () => 10 * random() - 2);
  const columnLower = point.map((x) => x - 5 * random());
  const columnUpper = point.map((x) => x + 5 * random());
  const columnCosts = Float64Array.from({ length: columns }, () => 4 * random() - 1);
  const dense = Array.from(
    { length: rows },
    () => Array.from({ length: columns }, () => random() < 0.4 ? 4 * random() - 2 : 0),
  );
  const rowLower = new Float64Array(rows);
  const rowUpper = new Float64Array(rows);
  dense.forEach((row, r) => {
    const activity = row.reduce((sum, a, c) => sum + a * point[c]!, 0);
    const kind = Math.floor(4 * random());
    // Equal, at least, at most, and between.
    rowLower[r] = kind === 2 ? -Infinity : activity - (kind === 0 ? 0 : random());
    rowUpper[r] = kind === 1 ? Infinity : kind === 0 ? rowLower[r]! : activity + random();
  });
  const vectors = orientation === "columns"
    ? point.keys().map((c) => dense.map((row) => row[c]!)).toArray()
    : dense;
  const starts = [0];
  const indices: number[] = [];
  const values: number[] = [];
  for (const vector of vectors) {
    vector.forEach((value, index) => {
      if (value === 0) return;
      indices.push(index);
      values.push(value);
    });
    starts.push(indices.length);
  }
  return {
    columnCosts,
    columnLower,
    columnUpper,
    rowLower,
    rowUpper,
    matrix: {
      orientation,
      starts: Int32Array.from(starts),
      indices: Int32Array.from(indices),
      values: Float64Array.from(values),
    },
    offset: 10 * random(),
  };
}
