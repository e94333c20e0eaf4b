/** Which season a day or a stage belongs to, and the period of the cycle that holds a day. */
import type { Season, SeasonCycle } from "../model/mod.ts";
import { civilFromDays, daysFromCivil, daysInMonth, isoWeek, isoWeekday } from "../numeric/mod.ts";

/** The days `[startDay, endDay)`. */
export interface Period {
  readonly startDay: number;
  readonly endDay: number;
}

/** Months and days of a season of a custom cycle, as month · 100 + day; both ends belong to it. */
function yearRange(season: Season): { readonly first: number; readonly last: number } {
  const monthEnd = season.monthEnd ?? season.monthStart;
  const dayEnd = season.dayEnd ?? 31;
  // A season that ends on 28 February also holds the 29th: no day of a leap year is left over.
  const last = monthEnd * 100 + (monthEnd === 2 && dayEnd === 28 ? 29 : dayEnd);
  return { first: season.monthStart * 100 + (season.dayStart ?? 1), last };
}

function holds(season: Season, day: number): boolean {
  const { month, day: dayOfMonth } = civilFromDays(day);
  const at = month * 100 + dayOfMonth;
  const { first, last } = yearRange(season);
  return first <= last ? at >= first && at <= last : at >= first || at <= last;
}

/** The season of a day: the first by id that holds it; null where none does. */
export function seasonOfDay(cycle: SeasonCycle, day: number): Season | null {
  switch (cycle.type) {
    case "monthly": {
      const { month } = civilFromDays(day);
      return cycle.seasons.find((season) => season.monthStart === month) ?? null;
    }
    case "weekly": {
      const week = Math.min(isoWeek(day).week - 1, 51);
      return cycle.seasons.find((season) => season.id === week) ?? null;
    }
    case "custom":
      return cycle.seasons.find((season) => holds(season, day)) ?? null;
  }
}

/** The period of a cycle that holds a day; calendar months where there is no cycle or season. */
export function periodOfDay(cycle: SeasonCycle | null, day: number): Period {
  if (cycle?.type === "weekly") {
    const startDay = day - isoWeekday(day) + 1;
    return { startDay, endDay: startDay + 7 };
  }
  const season = cycle?.type === "custom" ? seasonOfDay(cycle, day) : null;
  if (season === null) {
    const { year, month, day: dayOfMonth } = civilFromDays(day);
    const startDay = day - dayOfMonth + 1;
    return { startDay, endDay: startDay + daysInMonth(year, month) };
  }
  const { first, last } = yearRange(season);
  const { year, month, day: dayOfMonth } = civilFromDays(day);
  const wraps = first > last;
  const startYear = wraps && month * 100 + dayOfMonth < first ? year - 1 : year;
  return {
    startDay: dayOfYear(startYear, first),
    endDay: dayOfYear(wraps ? startYear + 1 : startYear, last) + 1,
  };
}

function dayOfYear(year: number, monthAndDay: number): number {
  const month = Math.floor(monthAndDay / 100);
  const day = Math.min(monthAndDay % 100, daysInMonth(year, month));
  return daysFromCivil(year, month, day) as number;
}

/** Whether seasons of the cycle overlap, as quarters beside months do. */
export function hasSeveralResolutions(cycle: SeasonCycle): boolean {
  if (cycle.type !== "custom") return false;
  const owners = new Set<number>();
  const leapYear = daysFromCivil(2024, 1, 1) as number;
  for (let day = leapYear; day < leapYear + 366; day++) {
    owners.clear();
    for (const season of cycle.seasons) if (holds(season, day)) owners.add(season.id);
    if (owners.size > 1) return true;
  }
  return false;
}

/** The season that holds most days of `[startDay, endDay)`, the earlier one where two hold equally many. */
export function seasonOfStage(cycle: SeasonCycle, stage: Period): Season | null {
  const days = new Map<Season, number>();
  let day = stage.startDay;
  // After a year every season has been seen in its turn.
  const end = Math.min(stage.endDay, stage.startDay + 366);
  while (day < end) {
    const season = seasonOfDay(cycle, day);
    // A period without season is walked through day by day, as its end is not known.
    const next = season === null ? day + 1 : Math.min(periodOfDay(cycle, day).endDay, end);
    if (season !== null) days.set(season, (days.get(season) ?? 0) + next - day);
    day = next;
  }
  let best: Season | null = null;
  for (const [season, count] of days) {
    if (best === null || count > days.get(best)!) best = season;
  }
  return best;
}
