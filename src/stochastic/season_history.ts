/** Observed inflows by season and year. */
import type { Horizon, InflowHistory } from "../model/mod.ts";
import { civilFromDays } from "../numeric/mod.ts";
import { CobreError, errorRecord } from "../protocol/mod.ts";

/** Mean inflows (m³/s) of hydros in seasons of calendar years. */
export interface SeasonHistory {
  /** Years with observations, ascending. */
  readonly years: readonly number[];
  /** The inflow of the hydro at a position in a season of a year; undefined where nobody observed. */
  value(hydro: number, seasonId: number, year: number): number | undefined;
}

/** The season of a day in the cycle of a study; null where the cycle has a gap. */
export type SeasonFinder = (day: number) => number | null;

/**
 * The season of a day: that of the last stage to begin among those that hold it, before the study or
 * in it, else that of the cycle.
 */
export function makeSeasonFinder(
  { stages, preStudyStages }: Pick<Horizon, "stages" | "preStudyStages">,
  seasonOfDay: SeasonFinder,
): SeasonFinder {
  const windows = [...preStudyStages, ...stages].filter(({ seasonId }) => seasonId !== null)
    .sort((a, b) => b.startDay - a.startDay);
  return (day) => {
    const started = windows.find(({ startDay }) => startDay <= day);
    return started !== undefined && day < started.endDay ? started.seasonId : seasonOfDay(day);
  };
}

/**
 * Sorts observations into seasons and years, both by their first day. Several in one season of one
 * year become their mean weighted by days. Observations of unknown hydros are left out.
 */
export function seasonHistory(
  history: InflowHistory,
  hydros: readonly { readonly id: number }[],
  seasonOf: SeasonFinder,
): SeasonHistory {
  const positions = new Map(hydros.map(({ id }, h) => [id, h]));
  const cells = new Map<string, { total: number; days: number }>();
  const years = new Set<number>();
  const homeless: number[] = [];
  for (let row = 0; row < history.rows; row++) {
    const hydro = positions.get(history.hydro_id[row]!);
    if (hydro === undefined) continue;
    const day = history.start_day[row]!;
    const season = seasonOf(day);
    if (season === null) {
      homeless.push(row);
      continue;
    }
    const { year } = civilFromDays(day);
    years.add(year);
    const key = `${hydro},${season},${year}`;
    const cell = cells.get(key) ?? { total: 0, days: 0 };
    const days = Math.max(1, history.end_day[row]! - day);
    cell.total += history.value_m3s[row]! * days;
    cell.days += days;
    cells.set(key, cell);
  }
  if (homeless.length > 0) {
    const message = `${homeless.length} observations of the inflow history begin on days that ` +
      "belong to no season";
    throw new CobreError([errorRecord("CoverageMismatch", message, {
      file: "scenarios/inflow_history.parquet",
      row: homeless[0]!,
      missing_dimension: "season",
      expected_coverage: "every day of the history lies in a season of season_definitions",
    })]);
  }
  return {
    years: [...years].sort((a, b) => a - b),
    value(hydro, seasonId, year) {
      const cell = cells.get(`${hydro},${seasonId},${year}`);
      return cell === undefined ? undefined : cell.total / cell.days;
    },
  };
}
