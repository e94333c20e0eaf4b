/**
 * Inflow models of a study in the units of inflow, ready for use at every stage:
 *
 *   z_h = base + Σ_ℓ ψ_ℓ · lag_ℓ + σ · η
 *
 * With standardised coefficients φ, moments μ and s of the stage, μ_ℓ and s_ℓ of the period ℓ
 * before, and an annual term of coefficient α and deviation s^A:
 *
 *   ψ_ℓ = φ_ℓ · s / s_ℓ + α · s / s^A / 12 for ℓ ≤ 12,   base = μ − Σ_ℓ ψ_ℓ · μ_ℓ,   σ = s · ratio
 */
import type { Horizon } from "../model/mod.ts";
import { CobreError, type ErrorRecord, errorRecord } from "../protocol/mod.ts";
import type { InflowModelRow } from "./inflow_rows.ts";
import { lagPeriods } from "./lag_periods.ts";
import { type Allocate, allocateOwn } from "./opening_tree.ts";
import type { CalendarRules } from "./season_calendar.ts";
import { seasonOrder } from "./season_order.ts";

/** Models by study stage t and position h of the hydro; those of a hydro without a row are zero. */
export interface InflowModels {
  readonly stages: number;
  readonly hydros: number;
  /** L: lags that the state of every hydro holds. */
  readonly lagDepth: number;
  /** Lags of each hydro that matter in some stage: those beyond have coefficient 0 everywhere. */
  readonly depths: Int32Array;
  /** μ (m³/s) at t·H + h. */
  readonly mean: Float64Array;
  /** s (m³/s) at t·H + h. */
  readonly std: Float64Array;
  /** σ (m³/s) at t·H + h. */
  readonly sigma: Float64Array;
  /** At t·H + h (m³/s). */
  readonly base: Float64Array;
  /** ψ_ℓ, the annual term included, at (t·L + ℓ − 1)·H + h. */
  readonly psi: Float64Array;
}

const ANNUAL_LAGS = 12;
/** Below this square, so little of the variance is noise that the fit deserves a look. */
const SMALL_RATIO_SQUARE = 0.01;

/**
 * Builds the models of the study stages from rows, which may be about stages before the study too.
 * Warnings name models whose noise is very small.
 */
export function buildInflowModels(
  horizon: Horizon,
  hydros: readonly { readonly id: number }[],
  rows: readonly InflowModelRow[],
  rules: CalendarRules,
  allocate: Allocate = allocateOwn,
): { readonly models: InflowModels; readonly warnings: readonly ErrorRecord[] } {
  const stages = horizon.stages;
  const H = hydros.length;
  const size = stages.length * H;
  const positions = new Map(hydros.map(({ id }, h) => [id, h]));
  const depths = new Int32Array(H);
  for (const row of rows) {
    const h = positions.get(row.hydroId);
    if (h !== undefined) depths[h] = Math.max(depths[h]!, depthOf(row));
  }
  const L = depths.reduce((most, depth) => Math.max(most, depth), 0);
  const models: InflowModels = {
    stages: stages.length,
    hydros: H,
    lagDepth: L,
    depths,
    mean: allocate(size),
    std: allocate(size),
    sigma: allocate(size),
    base: allocate(size),
    psi: allocate(size * L),
  };
  const problems: ErrorRecord[] = [];
  const warnings: ErrorRecord[] = [];
  const statistics = makeLagStatistics(horizon, rows, rules);
  stages.forEach((stage, t) => {
    for (let h = 0; h < H; h++) {
      const row = statistics.row(hydros[h]!.id, stage.id);
      if (row === undefined) continue;
      const at = t * H + h;
      models.mean[at] = row.meanM3s;
      models.std[at] = row.stdM3s;
      models.sigma[at] = row.stdM3s * row.residualRatio;
      models.base[at] = row.meanM3s;
      const depth = depthOf(row);
      if (depth === 0) continue;
      if (stage.seasonId === null) problems.push(problem(row, "the stage has no season"));
      if (row.coefficients.length > 0 && row.stdM3s === 0) {
        problems.push(problem(row, "its inflow has deviation 0"));
      }
      if (row.residualRatio ** 2 < SMALL_RATIO_SQUARE) {
        warnings.push(errorRecord(
          "PhysicalConstraint",
          `The inflow model of hydro ${row.hydroId} in stage ${row.stageId} leaves ` +
            `${row.residualRatio} of the deviation to the noise`,
          {
            file: "scenarios/inflow_ar_coefficients.parquet",
            entity_id: row.hydroId,
            detail: "residual_std_ratio² < 0.01",
          },
        ));
      }
      const { annual, stdM3s } = row;
      const annualShare = annual === null || annual.stdM3s === 0
        ? 0
        : annual.coefficient * stdM3s / annual.stdM3s / ANNUAL_LAGS;
      let base = row.meanM3s;
      for (let lag = 1; lag <= depth; lag++) {
        const before = statistics.before(row.hydroId, t, lag);
        const phi = row.coefficients[lag - 1] ?? 0;
        const own = before === undefined || before.stdM3s === 0 ? 0 : phi * stdM3s / before.stdM3s;
        const psi = own + (lag <= ANNUAL_LAGS ? annualShare : 0);
        models.psi[(t * L + lag - 1) * H + h] = psi;
        base -= psi * (before?.meanM3s ?? 0);
      }
      models.base[at] = base;
    }
  });
  const [first, ...more] = problems;
  if (first !== undefined) throw new CobreError([first, ...more]);
  return { models, warnings };
}

/** Lags that a row refers to. */
function depthOf({ coefficients, annual }: InflowModelRow): number {
  return Math.max(coefficients.length, annual === null ? 0 : ANNUAL_LAGS);
}

interface LagStatistics {
  row(hydroId: number, stageId: number): InflowModelRow | undefined;
  /** The moments of a hydro `lag` periods before the study stage at position t. */
  before(hydroId: number, t: number, lag: number): InflowModelRow | undefined;
}

/**
 * Finds the moments of earlier periods, which are those that the lags go through: of the first stage
 * there, or before the study of the stage whose id is so many less, if its season is of the same
 * cycle; else of the season, from the study stage with the lowest id that has it, else from a stage
 * before.
 */
function makeLagStatistics(
  horizon: Horizon,
  rows: readonly InflowModelRow[],
  rules: CalendarRules,
): LagStatistics {
  const { stages, preStudyStages } = horizon;
  const order = seasonOrder(horizon);
  const byStage = new Map(rows.map((row) => [`${row.hydroId},${row.stageId}`, row]));
  const row = (hydroId: number, stageId: number): InflowModelRow | undefined =>
    byStage.get(`${hydroId},${stageId}`);
  const seasonOf = new Map<number, number | null>();
  const bySeason = new Map<string, InflowModelRow>();
  const byId = (a: { id: number }, b: { id: number }): number => a.id - b.id;
  const hydroIds = new Set(rows.map(({ hydroId }) => hydroId));
  for (const { id, seasonId } of [...stages.toSorted(byId), ...preStudyStages.toSorted(byId)]) {
    seasonOf.set(id, seasonId);
    for (const hydroId of hydroIds) {
      const found = row(hydroId, id);
      const key = `${hydroId},${seasonId}`;
      if (found !== undefined && !bySeason.has(key)) bySeason.set(key, found);
    }
  }
  const periods = lagPeriods(horizon, rules).stages;
  const firstStages = new Map<string, number>();
  periods.forEach(({ cycle, period }, t) => {
    const key = `${cycle},${period}`;
    if (!firstStages.has(key)) firstStages.set(key, stages[t]!.id);
  });
  const stageAt = (cycle: number, period: number): number | null => {
    const before = period - periods[0]!.period;
    return firstStages.get(`${cycle},${period}`) ??
      (cycle === periods[0]!.cycle && before < 0 ? stages[0]!.id + before : null);
  };
  return {
    row,
    before(hydroId, t, lag) {
      const season = stages[t]!.seasonId;
      const { cycle, period } = periods[t]!;
      const stageId = stageAt(cycle, period - lag);
      if (stageId !== null) {
        const there = seasonOf.get(stageId) ?? null;
        const direct = row(hydroId, stageId);
        const fits = season === null || there === null || order.sameCycle(season, there);
        if (fits && direct !== undefined) return direct;
      }
      const earlier = season === null ? null : order.before(season, lag);
      return earlier === null ? undefined : bySeason.get(`${hydroId},${earlier.seasonId}`);
    },
  };
}

function problem({ hydroId, stageId }: InflowModelRow, reason: string): ErrorRecord {
  return errorRecord(
    "PhysicalConstraint",
    `The inflow model of hydro ${hydroId} in stage ${stageId} depends on earlier inflows, but ` +
      reason,
    { file: "scenarios/inflow_ar_coefficients.parquet", entity_id: hydroId, detail: reason },
  );
}
