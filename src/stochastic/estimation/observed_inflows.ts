/** What was observed, season by season, as a fit sees it. */
import type { Horizon, InflowHistory } from "../../model/mod.ts";
import { type CalendarRules, cycleCalendars } from "../season_calendar.ts";
import { valuesOf } from "./season_moments.ts";
import { seasonalRecords } from "./seasonal_record.ts";

/** Mean inflows (m³/s) of periods in the order of time, by hydro id and season id. */
export type ObservedInflows = ReadonlyMap<number, ReadonlyMap<number, readonly number[]>>;

/** Sorts a history into the periods of all cycles of seasons. Days in no season are left out. */
export function observedInflows(
  history: InflowHistory,
  horizon: Horizon,
  rules: CalendarRules,
): ObservedInflows {
  const calendars = cycleCalendars(horizon, rules);
  const observed = new Map<number, Map<number, readonly number[]>>();
  calendars.forEach(({ seasonIds }, cycle) => {
    for (const [hydroId, record] of seasonalRecords(history, horizon, calendars, cycle, false)) {
      const own = observed.get(hydroId) ?? new Map<number, readonly number[]>();
      observed.set(hydroId, own);
      seasonIds.forEach((seasonId, place) => own.set(seasonId, valuesOf(record, place)));
    }
  });
  return observed;
}
