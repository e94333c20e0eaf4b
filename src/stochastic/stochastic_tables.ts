/** The random side of a study as the tables of a case, so that another study can start from them. */
import type {
  Correlation,
  InflowAnnual,
  InflowCoefficients,
  InflowStats,
  LoadStats,
  NoiseClass,
  NoiseOpenings,
} from "../model/mod.ts";
import type { InflowModelRow } from "./inflow_rows.ts";
import type { OpeningTree } from "./opening_tree.ts";

/** Every table of the random side; null for one that the study has nothing for. */
export interface StochasticTables {
  readonly noiseOpenings: NoiseOpenings;
  readonly inflowStats: InflowStats;
  readonly inflowCoefficients: InflowCoefficients;
  readonly inflowAnnual: InflowAnnual;
  readonly correlation: CorrelationFile;
  /** Null where no load is random. */
  readonly loadStats: LoadStats | null;
}

/** The content of `correlation.json`. */
export interface CorrelationFile {
  readonly method: Correlation["method"];
  readonly profiles: {
    readonly [name: string]: {
      readonly correlation_groups: readonly {
        readonly name: string;
        readonly entities: readonly { readonly type: NoiseClass; readonly id: number }[];
        readonly matrix: readonly (readonly number[])[];
      }[];
    };
  };
  readonly schedule: readonly { readonly stage_id: number; readonly profile_name: string }[];
}

/** The tables of a prepared study. */
export function stochasticTables(
  rows: readonly InflowModelRow[],
  correlation: Correlation | null,
  tree: OpeningTree,
  stageIds: readonly number[],
  loadStats: LoadStats | null,
): StochasticTables {
  return {
    noiseOpenings: noiseOpeningsTable(tree, stageIds),
    inflowStats: inflowStatsTable(rows),
    inflowCoefficients: inflowCoefficientsTable(rows),
    inflowAnnual: inflowAnnualTable(rows),
    correlation: correlationFile(correlation),
    loadStats: loadStats?.std_mw.some((std) => std > 0) === true ? loadStats : null,
  };
}

/** The moments of models. */
export function inflowStatsTable(rows: readonly InflowModelRow[]): InflowStats {
  return {
    rows: rows.length,
    hydro_id: Int32Array.from(rows, ({ hydroId }) => hydroId),
    stage_id: Int32Array.from(rows, ({ stageId }) => stageId),
    mean_m3s: Float64Array.from(rows, ({ meanM3s }) => meanM3s),
    std_m3s: Float64Array.from(rows, ({ stdM3s }) => stdM3s),
  };
}

/**
 * The coefficients of models, lag by lag. A model without lags whose noise is not all of its
 * deviation, as one with an annual term alone, keeps its ratio in a row of coefficient 0.
 */
export function inflowCoefficientsTable(models: readonly InflowModelRow[]): InflowCoefficients {
  const rows = models.flatMap(({ hydroId, stageId, coefficients, residualRatio }) => {
    const lags = coefficients.length === 0 && residualRatio !== 1 ? [0] : coefficients;
    return lags.map((coefficient, at) => ({
      hydroId,
      stageId,
      lag: at + 1,
      coefficient,
      residualRatio,
    }));
  });
  return {
    rows: rows.length,
    hydro_id: Int32Array.from(rows, ({ hydroId }) => hydroId),
    stage_id: Int32Array.from(rows, ({ stageId }) => stageId),
    lag: Int32Array.from(rows, ({ lag }) => lag),
    coefficient: Float64Array.from(rows, ({ coefficient }) => coefficient),
    residual_std_ratio: Float64Array.from(rows, ({ residualRatio }) => residualRatio),
  };
}

/** The annual terms of models. */
export function inflowAnnualTable(models: readonly InflowModelRow[]): InflowAnnual {
  const rows = models.flatMap(({ hydroId, stageId, annual }) =>
    annual === null ? [] : [{ hydroId, stageId, annual }]
  );
  return {
    rows: rows.length,
    hydro_id: Int32Array.from(rows, ({ hydroId }) => hydroId),
    stage_id: Int32Array.from(rows, ({ stageId }) => stageId),
    annual_coefficient: Float64Array.from(rows, ({ annual }) => annual.coefficient),
    annual_mean_m3s: Float64Array.from(rows, ({ annual }) => annual.meanM3s),
    annual_std_m3s: Float64Array.from(rows, ({ annual }) => annual.stdM3s),
  };
}

/** The noises of a tree, by stage id, opening and position in the noise vector. */
export function noiseOpeningsTable(
  { dim, counts, starts, values }: OpeningTree,
  stageIds: readonly number[],
): NoiseOpenings {
  const stage_id = new Int32Array(values.length);
  const opening_index = new Int32Array(values.length);
  const entity_index = new Int32Array(values.length);
  counts.forEach((count, stage) => {
    for (let opening = 0; opening < count; opening++) {
      const from = (starts[stage]! + opening) * dim;
      stage_id.fill(stageIds[stage]!, from, from + dim);
      opening_index.fill(opening, from, from + dim);
      for (let entity = 0; entity < dim; entity++) entity_index[from + entity] = entity;
    }
  });
  return { rows: values.length, stage_id, opening_index, entity_index, value: values };
}

/** A correlation as its file; independent noises are a profile without groups. */
export function correlationFile(correlation: Correlation | null): CorrelationFile {
  const { method, profiles, schedule } = correlation ??
    { method: "spectral", profiles: [{ name: "default", groups: [] }], schedule: [] };
  return {
    method,
    profiles: Object.fromEntries(
      profiles.map(({ name, groups }) => [
        name,
        {
          correlation_groups: groups.map(({ name, entities, matrix }) => ({
            name,
            entities: entities.map(({ type, id }) => ({ type, id })),
            matrix,
          })),
        },
      ]),
    ),
    schedule: schedule.map(({ stageId, profile }) => ({
      stage_id: stageId,
      profile_name: profile,
    })),
  };
}
