/**
 * Periods of the lags. A lag is the mean inflow of an earlier period, and a period is that of a
 * season: weeks inside a month share one, a stage across the end of a month has a part in two.
 */
import type { Horizon } from "../model/mod.ts";
import { noiseGroups } from "./noise_groups.ts";
import {
  type CalendarRules,
  cycleCalendars,
  type DayRange,
  stagePeriod,
} from "./season_calendar.ts";

/** A part of a period. */
export interface PeriodShare {
  readonly cycle: number;
  readonly period: number;
  /** Days of the stage in the period, over all days of the period. */
  readonly weight: number;
}

/** A stage among the periods. Its lag ℓ is the inflow of the ℓ-th period before its own. */
export interface StagePeriods {
  readonly cycle: number;
  /** Never less than that of the stage before, if both are of one cycle. */
  readonly period: number;
  readonly shares: readonly PeriodShare[];
}

/** The periods of a study. */
export interface LagPeriods {
  readonly stages: readonly StagePeriods[];
  /** The days of a period; null where periods are only counted. */
  window(cycle: number, period: number): DayRange | null;
  /** The part of a period that observed days make up. */
  weight(cycle: number, period: number, days: number): number;
}

const DAYS_OF_WEEK = 7;

/**
 * Places stages on periods. Calendar periods, of a monthly or custom cycle, get the stages' days.
 * Weeks are counted: stages in a row with one season and year are one. Without season definitions
 * every stage is a period of its own.
 */
export function lagPeriods(horizon: Horizon, rules: CalendarRules): LagPeriods {
  const { stages, seasons } = horizon;
  if (seasons === null) {
    return {
      stages: stages.map((_, period) => onePeriod(period, 1)),
      window: () => null,
      weight: () => 0,
    };
  }
  if (seasons.type === "weekly") {
    const groups = noiseGroups(stages);
    let period = 0;
    return {
      stages: stages.map(({ startDay, endDay }, t) => {
        if (t > 0 && groups[t] !== groups[t - 1]) period++;
        return onePeriod(period, (endDay - startDay) / DAYS_OF_WEEK);
      }),
      window: () => null,
      weight: (_cycle, _period, days) => days / DAYS_OF_WEEK,
    };
  }
  const calendars = cycleCalendars(horizon, rules);
  const window = (cycle: number, period: number): DayRange => calendars[cycle]!.window(period);
  let before = { cycle: 0, period: -Infinity };
  const placed = stages.map((stage) => {
    const found = stagePeriod(calendars, stage) ?? before;
    const goesBack = found.cycle === before.cycle && found.period < before.period;
    return before = goesBack ? before : found;
  });
  const used = new Set(placed.map(({ cycle }) => cycle));
  return {
    stages: stages.map((stage, t) => {
      const shares: PeriodShare[] = [];
      for (const cycle of used) {
        for (const [period, days] of daysByPeriod(stage, calendars[cycle]!.periodAt)) {
          shares.push({ cycle, period, weight: days / lengthOf(window(cycle, period)) });
        }
      }
      return { ...placed[t]!, shares };
    }),
    window,
    weight: (cycle, period, days) => days / lengthOf(window(cycle, period)),
  };
}

function onePeriod(period: number, weight: number): StagePeriods {
  return { cycle: 0, period, shares: [{ cycle: 0, period, weight }] };
}

function daysByPeriod(
  { startDay, endDay }: DayRange,
  periodAt: (day: number) => number | null,
): ReadonlyMap<number, number> {
  const days = new Map<number, number>();
  for (let day = startDay; day < endDay; day++) {
    const period = periodAt(day);
    if (period !== null) days.set(period, (days.get(period) ?? 0) + 1);
  }
  return days;
}

function lengthOf({ startDay, endDay }: DayRange): number {
  return endDay - startDay;
}
