/**
 * Seasons as periods in time. Seasons that follow each other make a cycle; its periods are numbered
 * through the years, year · (seasons of the cycle) + place in the year, so that the number of the
 * period before is one less, whatever the year.
 */
import type { Horizon, Season, SeasonCycle } from "../model/mod.ts";
import { civilFromDays, daysFromCivil, daysInMonth, isoWeek, isoWeekday } from "../numeric/mod.ts";
import { seasonOrder } from "./season_order.ts";

/** The days `[startDay, endDay)`. */
export interface DayRange {
  readonly startDay: number;
  readonly endDay: number;
}

/** What days belong to a season, as the reader of cases tells it. */
export interface CalendarRules {
  /** The season of a day; null where the cycle has a gap. */
  seasonOfDay(cycle: SeasonCycle, day: number): Season | null;
  /** The period of the cycle that holds a day. */
  periodOfDay(cycle: SeasonCycle, day: number): DayRange;
}

/** One cycle of seasons, without overlaps. */
export interface CycleCalendar {
  readonly type: SeasonCycle["type"];
  /** In the order of the year. */
  readonly seasonIds: readonly number[];
  /** The period of a day; null in a gap between seasons. */
  periodAt(day: number): number | null;
  /** The days of a period. */
  window(period: number): DayRange;
  /** The period of the season that shares most days with a range, or else is nearest to it. */
  nearest(seasonId: number, range: DayRange): number;
}

/**
 * The cycles of a horizon, the one of the lowest season id first. Several exist only where seasons
 * overlap, as quarters beside months. Without season definitions there are none.
 */
export function cycleCalendars(horizon: Horizon, rules: CalendarRules): readonly CycleCalendar[] {
  if (horizon.seasons === null) return [];
  const { type, seasons } = horizon.seasons;
  const order = seasonOrder(horizon);
  const calendars: CycleCalendar[] = [];
  const done = new Set<number>();
  for (const { id } of seasons.toSorted((a, b) => a.id - b.id)) {
    if (done.has(id)) continue;
    const members = seasons.filter((season) => order.sameCycle(id, season.id));
    for (const member of members) done.add(member.id);
    const placeOf = (seasonId: number): number => {
      let place = 0;
      while (order.before(seasonId, place + 1)!.years === 0) place++;
      return place;
    };
    const placed = members.map((season) => ({ season, place: placeOf(season.id) }))
      .sort((a, b) => a.place - b.place);
    calendars.push(cycleCalendar(type, placed.map(({ season }) => season), rules));
  }
  return calendars;
}

/** The period of a stage in the cycle of its season: the one that shares most days with it. */
export function stagePeriod(
  calendars: readonly CycleCalendar[],
  stage: DayRange & { readonly seasonId: number | null },
): { readonly cycle: number; readonly period: number } | null {
  const { seasonId } = stage;
  const cycle = calendars.findIndex(({ seasonIds }) =>
    seasonId === null || seasonIds.includes(seasonId)
  );
  if (cycle < 0) return null;
  const calendar = calendars[cycle]!;
  const period = seasonId === null
    ? calendar.periodAt(stage.startDay)
    : calendar.nearest(seasonId, stage);
  return period === null ? null : { cycle, period };
}

function cycleCalendar(
  type: SeasonCycle["type"],
  seasons: readonly Season[],
  { seasonOfDay, periodOfDay }: CalendarRules,
): CycleCalendar {
  const cycle: SeasonCycle = { type, seasons };
  const count = seasons.length;
  const seasonIds = seasons.map(({ id }) => id);
  const windows = new Map<number, DayRange>();
  const window = (period: number): DayRange => {
    const known = windows.get(period);
    if (known !== undefined) return known;
    const year = Math.floor(period / count);
    const season = seasons[period - year * count]!;
    const made = type === "weekly"
      ? weeksOf(season.id, year)
      : periodOfDay({ type, seasons: [season] }, firstDay(season, year));
    windows.set(period, made);
    return made;
  };
  return {
    type,
    seasonIds,
    window,
    periodAt(day) {
      const season = seasonOfDay(cycle, day);
      if (season === null) return null;
      // A week belongs to the year of its Thursday, other periods to the year in which they begin.
      const year = type === "weekly"
        ? isoWeek(day).year
        : civilFromDays(periodOfDay(cycle, day).startDay).year;
      return year * count + seasonIds.indexOf(season.id);
    },
    nearest(seasonId, { startDay, endDay }) {
      const { year } = civilFromDays(startDay);
      const place = seasonIds.indexOf(seasonId);
      let best = year * count + place;
      let most = -Infinity;
      // Shared days count up from 1, days in between down from 0.
      for (let candidate = year - 1; candidate <= year + 1; candidate++) {
        const period = candidate * count + place;
        const days = window(period);
        const shared = Math.min(endDay, days.endDay) - Math.max(startDay, days.startDay);
        if (shared > most) {
          most = shared;
          best = period;
        }
      }
      return best;
    },
  };
}

/** The ISO week of a weekly season; the last season also holds week 53 where a year has one. */
function weeksOf(seasonId: number, year: number): DayRange {
  const inFirstWeek = daysFromCivil(year, 1, 4)!;
  const startDay = inFirstWeek - isoWeekday(inFirstWeek) + 1 + 7 * seasonId;
  const goesOn = seasonId === LAST_WEEK && isoWeek(startDay + 7).week === LAST_WEEK + 2;
  return { startDay, endDay: startDay + (goesOn ? 14 : 7) };
}

/** Season of weeks 52 and 53. */
const LAST_WEEK = 51;

function firstDay({ monthStart, dayStart }: Season, year: number): number {
  const day = Math.min(dayStart ?? 1, daysInMonth(year, monthStart));
  return daysFromCivil(year, monthStart, day)!;
}
