/** Small studies that the tests of this room share. */
import { periodOfDay, seasonOfDay } from "../case/mod.ts";
import type { Horizon, SamplingMethod, Stage, Table } from "../model/mod.ts";
import { daysFromCivil } from "../numeric/mod.ts";
import { type NoiseCorrelation, resolveCorrelation } from "./correlation.ts";
import type { OpeningInputs } from "./generate_openings.ts";
import { noiseGroups } from "./noise_groups.ts";
import type { NoiseLayout } from "./noise_layout.ts";
import { baseSeed } from "./seeds.ts";

/** What days belong to a season, as in every case. */
export const RULES = { periodOfDay, seasonOfDay };

/** Monthly stages from January 2024, one noise group each. */
export function monthlyStages(count: number, changes: Partial<Stage> = {}): Stage[] {
  return Array.from({ length: count }, (_, id) => ({
    id,
    startDay: daysFromCivil(2024 + Math.floor(id / 12), id % 12 + 1, 1)!,
    endDay: daysFromCivil(2024 + Math.floor((id + 1) / 12), (id + 1) % 12 + 1, 1)!,
    seasonId: id % 12,
    blocks: [{ id: 0, name: "ALL", hours: 730 }],
    blockMode: "parallel",
    stateStorage: true,
    stateInflowLags: false,
    risk: { type: "expectation" },
    openings: 1,
    sampling: "saa",
    annualDiscountRate: 0,
    ...changes,
  }));
}

/** A horizon of these stages with twelve monthly seasons. */
export function monthlyHorizon(stages: readonly Stage[], changes: Partial<Horizon> = {}): Horizon {
  return {
    type: "finite_horizon",
    annualDiscountRate: 0,
    transitions: [],
    stages,
    preStudyStages: [],
    seasons: {
      type: "monthly",
      seasons: Array.from({ length: 12 }, (_, id) => ({
        id,
        label: `M${id + 1}`,
        monthStart: id + 1,
        dayStart: null,
        monthEnd: null,
        dayEnd: null,
      })),
    },
    ...changes,
  };
}

/** A noise vector of hydros, buses and sources with ids from 0. */
export function layoutOf(hydros: number, buses = 0, sources = 0): NoiseLayout {
  const block = (from: number, count: number) => {
    const ids = Int32Array.from({ length: count }, (_, id) => id);
    return { from, to: from + count, ids, positions: ids };
  };
  return {
    dim: hydros + buses + sources,
    blocks: {
      inflow: block(0, hydros),
      load: block(hydros, buses),
      ncs: block(hydros + buses, sources),
    },
  };
}

/** No correlation at all. */
export function independence(stages: number): NoiseCorrelation {
  return resolveCorrelation(null, layoutOf(0), Array.from({ length: stages }, (_, id) => id));
}

/** One group of all inflows with the same correlation between any two. */
export function equicorrelation(
  size: number,
  correlation: number,
  stageIds: readonly number[],
): NoiseCorrelation {
  const ids = Array.from({ length: size }, (_, id) => id);
  const groups = [{
    name: "all",
    entities: ids.map((id) => ({ type: "inflow" as const, id })),
    matrix: ids.map((row) => ids.map((column) => row === column ? 1 : correlation)),
  }];
  return resolveCorrelation(
    { method: "spectral", profiles: [{ name: "default", groups }], schedule: [] },
    layoutOf(size),
    stageIds,
  );
}

/** What a tree of monthly stages is drawn from. */
export function treeInputs(
  stageCount: number,
  openings: number,
  dim: number,
  sampling: SamplingMethod = "saa",
  changes: Partial<OpeningInputs> = {},
): OpeningInputs {
  const stages = monthlyStages(stageCount, { openings, sampling });
  return {
    stages,
    groups: noiseGroups(stages),
    counts: new Int32Array(stageCount).fill(openings),
    dim,
    seed: baseSeed(42n),
    correlation: independence(stageCount),
    historical: null,
    ...changes,
  };
}

/** A table from rows of its integer and its real columns. */
export function tableOf<I extends string, F extends string>(
  integers: readonly I[],
  reals: readonly F[],
  rows: readonly (readonly number[])[],
): Table<I, F> {
  const table: Record<string, number | Int32Array | Float64Array> = { rows: rows.length };
  integers.forEach((name, column) => {
    table[name] = Int32Array.from(rows, (row) => row[column]!);
  });
  reals.forEach((name, column) => {
    table[name] = Float64Array.from(rows, (row) => row[integers.length + column]!);
  });
  return table as Table<I, F>;
}

/** Column `position` of the vectors of length `dim` in `values`. */
export function columnOf(values: Float64Array, dim: number, position: number): Float64Array {
  return Float64Array.from(
    { length: values.length / dim },
    (_, vector) => values[vector * dim + position]!,
  );
}

/** The correlation of two samples. */
export function sampleCorrelation(a: Float64Array, b: Float64Array): number {
  const meanA = a.reduce((sum, x) => sum + x, 0) / a.length;
  const meanB = b.reduce((sum, x) => sum + x, 0) / b.length;
  let ab = 0, aa = 0, bb = 0;
  for (let i = 0; i < a.length; i++) {
    ab += (a[i]! - meanA) * (b[i]! - meanB);
    aa += (a[i]! - meanA) ** 2;
    bb += (b[i]! - meanB) ** 2;
  }
  return ab / Math.sqrt(aa * bb);
}
