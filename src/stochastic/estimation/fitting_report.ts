/** What was fitted, as the report that is written beside the fitted tables. */
import type { CycleEstimate } from "./estimate_inflows.ts";
import type { ReductionReason } from "./fit_seasons.ts";

/** A season whose order was lowered. */
export interface ReductionRecord {
  readonly season_id: number;
  readonly original_order: number;
  readonly reduced_order: number;
  readonly contributions: readonly number[];
  readonly reason: ReductionReason;
}

/** The fit of one hydro. */
export interface HydroFittingRecord {
  /** Largest order over the seasons. */
  readonly selected_order: number;
  /** Standardised coefficients by season id, lag 1 first. */
  readonly coefficients: readonly (readonly number[])[];
  readonly contribution_reductions?: readonly ReductionRecord[];
}

/** The content of `fitting_report.json`. */
export interface FittingReport {
  readonly hydros: { readonly [hydroId: string]: HydroFittingRecord };
}

/** The report of all fits. */
export function fittingReport(estimates: readonly CycleEstimate[]): FittingReport {
  const coefficients = new Map<number, (readonly number[])[]>();
  const reductions = new Map<number, ReductionRecord[]>();
  for (const { calendar: { seasonIds }, hydros } of estimates) {
    for (const { hydroId, fit } of hydros) {
      const own = coefficients.get(hydroId) ?? [];
      coefficients.set(hydroId, own);
      seasonIds.forEach((seasonId, place) => {
        while (own.length <= seasonId) own.push([]);
        own[seasonId] = fit.seasons[place]!.coefficients;
      });
      const lowered = fit.reductions.map((reduction): ReductionRecord => ({
        season_id: seasonIds[reduction.place]!,
        original_order: reduction.originalOrder,
        reduced_order: reduction.reducedOrder,
        contributions: reduction.contributions,
        reason: reduction.reason,
      }));
      reductions.set(hydroId, [...reductions.get(hydroId) ?? [], ...lowered]);
    }
  }
  const hydros: Record<string, HydroFittingRecord> = {};
  for (const hydroId of [...coefficients.keys()].sort((a, b) => a - b)) {
    const own = coefficients.get(hydroId)!;
    const lowered = reductions.get(hydroId)!;
    hydros[hydroId] = {
      selected_order: own.reduce((most, { length }) => Math.max(most, length), 0),
      coefficients: own,
      ...lowered.length === 0 ? {} : { contribution_reductions: lowered },
    };
  }
  return { hydros };
}
