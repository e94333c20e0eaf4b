/** Fitted models season by season, put on the stages of a study. */
import type { Horizon, InflowStats } from "../../model/mod.ts";
import type { AnnualTerm, InflowModelRow } from "../inflow_rows.ts";
import { seasonOrder } from "../season_order.ts";
import type { CycleEstimate } from "./estimate_inflows.ts";
import { placeOf } from "./periodic_correlation.ts";
import type { SeasonMoments } from "./season_moments.ts";

/** The model of a hydro in one season. */
export interface SeasonModel {
  readonly moments: SeasonMoments;
  readonly coefficients: readonly number[];
  readonly residualRatio: number;
  readonly annual: AnnualTerm | null;
}

/** Fitted models by hydro and season id; seasons without observations are absent. */
export type SeasonModels = ReadonlyMap<number, ReadonlyMap<number, SeasonModel>>;

/** The models of all hydros and seasons, hydros by id. */
export function seasonModels(estimates: readonly CycleEstimate[]): SeasonModels {
  const models = new Map<number, Map<number, SeasonModel>>();
  for (const { calendar: { seasonIds }, hydros } of estimates) {
    for (const { hydroId, moments, fit, annual } of hydros) {
      const own = models.get(hydroId) ?? new Map<number, SeasonModel>();
      models.set(hydroId, own);
      seasonIds.forEach((seasonId, place) => {
        if (moments[place]!.count === 0) return;
        const { coefficients, residualRatio, annual: coefficient } = fit.seasons[place]!;
        const year = annual?.[placeOf(place - 1, seasonIds.length)];
        const hasTerm = coefficient !== null && year !== undefined && year.stdM3s > 0;
        own.set(seasonId, {
          moments: moments[place]!,
          coefficients,
          residualRatio,
          annual: hasTerm ? { coefficient, meanM3s: year.meanM3s, stdM3s: year.stdM3s } : null,
        });
      });
    }
  }
  return new Map([...models].sort(([a], [b]) => a - b));
}

/**
 * A row per hydro and stage, in the study and before it. Seasons that only lags of early stages look
 * back on get rows before the study too, so that those lags have moments.
 */
export function fittedRows(models: SeasonModels, horizon: Horizon): InflowModelRow[] {
  const stages = [...stageSeasons(horizon), ...seasonsBefore(models, horizon)];
  return [...models].flatMap(([hydroId, seasons]) =>
    stages.flatMap(({ stageId, seasonId }) => {
      const model = seasons.get(seasonId);
      if (model === undefined) return [];
      const { moments: { meanM3s, stdM3s }, coefficients, residualRatio, annual } = model;
      return [{ hydroId, stageId, meanM3s, stdM3s, coefficients, residualRatio, annual }];
    }).sort((a, b) => a.stageId - b.stageId)
  );
}

/**
 * Given moments with fitted coefficients. Where the given deviation is 0 the inflow is always its
 * mean. Hydros without a fit are white noise.
 */
export function rowsOnGivenMoments(
  stats: InflowStats,
  models: SeasonModels,
  horizon: Horizon,
): InflowModelRow[] {
  const seasonOf = seasonOfStageId(horizon);
  const given: InflowModelRow[] = Array.from({ length: stats.rows }, (_, row) => {
    const hydroId = stats.hydro_id[row]!;
    const stageId = stats.stage_id[row]!;
    const stdM3s = stats.std_m3s[row]!;
    const seasonId = seasonOf(stageId);
    const model = seasonId === null || stdM3s === 0
      ? undefined
      : models.get(hydroId)?.get(seasonId);
    return {
      hydroId,
      stageId,
      meanM3s: stats.mean_m3s[row]!,
      stdM3s,
      coefficients: model?.coefficients ?? [],
      residualRatio: model?.residualRatio ?? 1,
      annual: model?.annual ?? null,
    };
  });
  const covered = new Set(given.map(({ hydroId, stageId }) => `${hydroId},${seasonOf(stageId)}`));
  const early = seasonsBefore(models, horizon);
  const missing = fittedRows(models, horizon).filter(({ hydroId, stageId }) => {
    const seasonId = early.find((stage) => stage.stageId === stageId)?.seasonId;
    return seasonId !== undefined && !covered.has(`${hydroId},${seasonId}`);
  });
  return [...given, ...missing].sort((a, b) => a.hydroId - b.hydroId || a.stageId - b.stageId);
}

/** The season of a stage id, which may lie before all declared stages; null where it has none. */
export function seasonOfStageId(horizon: Horizon): (stageId: number) => number | null {
  const known = new Map(
    [...horizon.preStudyStages, ...horizon.stages].map(({ id, seasonId }) => [id, seasonId]),
  );
  const order = seasonOrder(horizon);
  const [first] = horizon.stages;
  return (stageId) => {
    const seasonId = known.get(stageId);
    if (seasonId !== undefined) return seasonId;
    if (first === undefined || first.seasonId === null || stageId > first.id) return null;
    return order.before(first.seasonId, first.id - stageId)?.seasonId ?? null;
  };
}

interface StageSeason {
  readonly stageId: number;
  readonly seasonId: number;
}

function stageSeasons({ preStudyStages, stages }: Horizon): StageSeason[] {
  return [...preStudyStages, ...stages].flatMap(({ id: stageId, seasonId }) =>
    seasonId === null ? [] : [{ stageId, seasonId }]
  );
}

/** Periods before the study that lags look back on and whose season no stage has. */
function seasonsBefore(models: SeasonModels, horizon: Horizon): StageSeason[] {
  let depth = 0;
  for (const seasons of models.values()) {
    for (const { coefficients } of seasons.values()) depth = Math.max(depth, coefficients.length);
  }
  const [first] = horizon.stages;
  if (first === undefined) return [];
  const seasonOf = seasonOfStageId(horizon);
  const declared = new Set(stageSeasons(horizon).map(({ seasonId }) => seasonId));
  const found: StageSeason[] = [];
  for (let lag = 1; lag <= depth; lag++) {
    const seasonId = seasonOf(first.id - lag);
    if (seasonId === null || declared.has(seasonId)) continue;
    found.push({ stageId: first.id - lag, seasonId });
    declared.add(seasonId);
  }
  return found;
}
