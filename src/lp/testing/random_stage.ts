/** Random stage problems for tests, rich in what trimming takes out. */
import { ModelBuilder } from "../model_builder.ts";
import type { StageModel } from "../stage_model.ts";

/** A stream of numbers in [0, 1) that depends on its seed alone (xorshift). */
export function randomNumbers(seed: number): () => number {
  let state = (seed * 2654435761 + 1) >>> 0;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state / 4294967296;
  };
}

/** A problem and values of its known quantities, for which it has a solution. */
export interface RandomStage {
  readonly model: StageModel;
  readonly known: Float64Array;
}

/**
 * A problem around a feasible point. Rows of one entry, of known quantities only, and of columns
 * fixed in several ways are frequent, so that steps of trimming depend on each other.
 */
export function randomStage(seed: number): RandomStage {
  const random = randomNumbers(seed);
  const chance = (p: number): boolean => random() < p;
  const amount = (): number => Math.round(200 * random() - 100) / 20;
  const builder = new ModelBuilder(0);
  const parameters = 3;
  const known = new Float64Array(parameters);
  const point: number[] = [];
  for (let entity = 0; entity < parameters; entity++) {
    const value = amount();
    known[entity] = value;
    point.push(value);
    const open = chance(0.3);
    builder.parameter(
      "inflow",
      { entity },
      open ? -Infinity : value - 4 * random(),
      open ? Infinity : value + 4 * random(),
    );
  }
  const columns = 4 + Math.floor(8 * random());
  for (let entity = 0; entity < columns; entity++) {
    const value = amount();
    point.push(value);
    const fixed = chance(0.15);
    const free = chance(0.15);
    builder.column("turbined", { entity }, {
      lower: fixed ? value : free ? -Infinity : value - (chance(0.3) ? 0 : 5 * random()),
      upper: fixed ? value : free ? Infinity : value + (chance(0.3) ? 0 : 5 * random()),
      cost: chance(0.2) ? 0 : amount(),
    });
  }
  const rows = 4 + Math.floor(12 * random());
  for (let entity = 0; entity < rows; entity++) {
    const density = chance(0.5) ? 1 / columns : 0.4;
    const entries: [number, number][] = [];
    for (let column = 0; column < point.length; column++) {
      if (!chance(column < parameters ? 0.25 : density)) continue;
      const value = amount();
      if (value !== 0) entries.push([column, value]);
    }
    const activity = entries.reduce((sum, [column, value]) => sum + value * point[column]!, 0);
    const kind = Math.floor(5 * random());
    const lower = kind === 1 ? -Infinity : activity - (kind === 0 ? 0 : 3 * random());
    const upper = kind === 2 ? Infinity : kind === 0 ? lower : activity + 3 * random();
    const row = builder.row("constraint", { entity }, lower, kind === 4 ? Infinity : upper);
    for (const [column, value] of entries) builder.entry(row, column, value);
  }
  // A box around the costs keeps the problem bounded.
  const box = builder.row("constraint", { entity: rows }, -1e3, 1e3);
  for (let column = parameters; column < point.length; column++) {
    if (chance(0.5)) builder.entry(box, column, 1);
  }
  return { model: builder.build(), known };
}
