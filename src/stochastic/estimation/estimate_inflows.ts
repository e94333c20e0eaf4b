/** Fits the inflow models of all hydros to the history. */
import type { Config, Horizon, InflowHistory } from "../../model/mod.ts";
import { CobreError, type ErrorRecord, errorRecord } from "../../protocol/mod.ts";
import { type CalendarRules, type CycleCalendar, cycleCalendars } from "../season_calendar.ts";
import {
  annualFitter,
  type AnnualMoments,
  type AnnualRecord,
  annualRecord,
  YEAR,
} from "./annual_term.ts";
import { fitSeasons, type HydroFit } from "./fit_seasons.ts";
import { deviationSeries } from "./periodic_correlation.ts";
import { type SeasonalRecord, seasonalRecords } from "./seasonal_record.ts";
import { type SeasonMoments, seasonMoments } from "./season_moments.ts";
import { yuleWalkerFitter } from "./yule_walker.ts";

/** The record of a hydro in one cycle of seasons, and what was fitted to it. */
export interface HydroEstimate {
  readonly hydroId: number;
  readonly record: SeasonalRecord;
  /** By place in the cycle. */
  readonly moments: readonly SeasonMoments[];
  readonly fit: HydroFit;
  /** Moments of the annual means by place of their last month; null without annual terms. */
  readonly annual: readonly AnnualMoments[] | null;
}

/** The fits of one cycle of seasons. */
export interface CycleEstimate {
  readonly calendar: CycleCalendar;
  /** By hydro id; hydros of which nothing was observed are absent. */
  readonly hydros: readonly HydroEstimate[];
}

const FILE = "scenarios/inflow_history.parquet";

/**
 * Fits a model to every season of every hydro. Seasons that no hydro was observed in have no model.
 * Several cycles of seasons, as quarters beside months, are each fitted to the means of their own
 * periods.
 */
export function estimateInflows(
  history: InflowHistory,
  horizon: Horizon,
  hydros: readonly { readonly id: number }[],
  estimation: Config["estimation"],
  rules: CalendarRules,
): readonly CycleEstimate[] {
  const calendars = cycleCalendars(horizon, rules);
  if (calendars.length === 0) throw noSeasons();
  const used = new Set(
    [...horizon.preStudyStages, ...horizon.stages].map(({ seasonId }) => seasonId),
  );
  const annual = estimation.orderSelection === "pacf_annual";
  const problems: ErrorRecord[] = [];
  const estimates = calendars.flatMap((calendar, cycle): CycleEstimate[] => {
    if (!calendar.seasonIds.some((id) => used.has(id))) return [];
    const records = seasonalRecords(history, horizon, calendars, cycle, calendars.length === 1);
    const observed = hydros.flatMap(({ id: hydroId }) => {
      const record = records.get(hydroId);
      return record === undefined || record.values.length === 0
        ? []
        : [{ hydroId, record, moments: seasonMoments(record) }];
    });
    for (const { hydroId, moments, record } of observed) {
      moments.forEach(({ count }, place) => {
        const seen = observed.some((other) => other.moments[place]!.count > 0);
        const needed = seen && used.has(calendar.seasonIds[place]!);
        if (needed && count < 2) problems.push(tooFew(hydroId, calendar.seasonIds[place]!, count));
      });
      if (annual && record.values.length <= YEAR) problems.push(tooShort(hydroId, record));
    }
    return [{ calendar, hydros: observed.map((entry) => fitHydro(entry, estimation, annual)) }];
  });
  const [first, ...more] = problems;
  if (first !== undefined) throw new CobreError([first, ...more]);
  return estimates;
}

function fitHydro(
  entry: Pick<HydroEstimate, "hydroId" | "record" | "moments">,
  estimation: Config["estimation"],
  withAnnual: boolean,
): HydroEstimate {
  const series = deviationSeries(entry.record, entry.moments);
  const annual: AnnualRecord | null = withAnnual ? annualRecord(entry.record) : null;
  const fitter = annual === null ? yuleWalkerFitter(series) : annualFitter(series, annual.series);
  return {
    ...entry,
    fit: fitSeasons(fitter, series.stds, estimation),
    annual: annual?.moments ?? null,
  };
}

function noSeasons(): CobreError {
  return CobreError.of(
    "IncompatibleSettings",
    `Cannot fit inflow models to ${FILE}: stages.json has no season_definitions, by which the ` +
      "observations are sorted",
    {
      file: "stages.json",
      settings: ["season_definitions"],
      detail: "observations are sorted by season",
    },
    "Declare season_definitions, or give inflow_seasonal_stats and inflow_ar_coefficients",
  );
}

function tooFew(hydroId: number, seasonId: number, count: number): ErrorRecord {
  return errorRecord(
    "CoverageMismatch",
    `Cannot fit the inflow model of hydro ${hydroId} in season ${seasonId}: ${
      count === 0 ? "no year is observed" : "only one year is observed"
    }, wanted at least two`,
    {
      file: FILE,
      entity_id: hydroId,
      missing_dimension: `season ${seasonId}`,
      expected_coverage: "two years in each season",
    },
    "Extend the history",
  );
}

function tooShort(hydroId: number, { values }: SeasonalRecord): ErrorRecord {
  return errorRecord(
    "CoverageMismatch",
    `Cannot fit the annual term of hydro ${hydroId}: its record has ${values.length} months, ` +
      `wanted at least ${YEAR + 1}`,
    {
      file: FILE,
      entity_id: hydroId,
      missing_dimension: "month",
      expected_coverage: `${YEAR + 1} months`,
    },
    "Extend the history, or set estimation.order_selection to pacf",
  );
}
