/** The windows that dated observations of the older layout stand for. */
import { civilFromDays, daysFromCivil, daysInMonth, isoWeekday } from "../../numeric/mod.ts";
import type { InflowHistory, Season, SeasonCycle, Table } from "../../model/mod.ts";

/** Observations by date, sorted by hydro and date. */
export type DatedHistory = Table<"hydro_id" | "date", "value_m3s">;

/** The days `[start, end)`. */
interface Window {
  readonly start: number;
  readonly end: number;
}

/**
 * Observations by date as means of windows. A date stands for the period that holds it: the week
 * from Monday to Sunday in a weekly cycle; otherwise the calendar month, cut to the season where
 * seasons begin or end inside a month. When a hydro has several observations in one period, each
 * reaches from its date to the next, the first from the start of the period. So weighting windows
 * by their days weights months by theirs, and no day counts twice.
 */
export function historyWindows(points: DatedHistory, seasons: SeasonCycle | null): InflowHistory {
  const { rows, hydro_id, date, value_m3s } = points;
  const start_day = new Int32Array(rows);
  const end_day = new Int32Array(rows);
  let period: Window = { start: 0, end: 0 };
  for (let row = 0; row < rows; row++) {
    const day = date[row]!;
    const goesOn = row > 0 && hydro_id[row] === hydro_id[row - 1] && day < period.end;
    if (goesOn) end_day[row - 1] = day;
    else period = periodOf(day, seasons);
    start_day[row] = goesOn ? day : period.start;
    end_day[row] = period.end;
  }
  return { rows, hydro_id, start_day, end_day, value_m3s };
}

function periodOf(day: number, seasons: SeasonCycle | null): Window {
  if (seasons?.type === "weekly") {
    const start = day - isoWeekday(day) + 1;
    return { start, end: start + 7 };
  }
  const { year, month } = civilFromDays(day);
  const start = dayOf(year, month, 1);
  const end = start + daysInMonth(year, month);
  const season = seasons?.type === "custom" ? seasonWindow(day, seasons.seasons) : null;
  if (season === null) return { start, end };
  return { start: Math.max(start, season.start), end: Math.min(end, season.end) };
}

/** The occurrence of the first season that holds the day; null where none does. */
function seasonWindow(day: number, seasons: readonly Season[]): Window | null {
  const { year } = civilFromDays(day);
  for (const season of seasons) {
    for (const startYear of [year, year - 1]) {
      const start = dayOf(startYear, season.monthStart, season.dayStart ?? 1);
      const endMonth = season.monthEnd ?? season.monthStart;
      const lastOfYear = dayOf(startYear, endMonth, season.dayEnd ?? 31);
      const last = lastOfYear >= start
        ? lastOfYear
        : dayOf(startYear + 1, endMonth, season.dayEnd ?? 31);
      if (day >= start && day <= last) return { start, end: last + 1 };
    }
  }
  return null;
}

/** The day number of a date; days beyond the end of the month mean its last day. */
function dayOf(year: number, month: number, day: number): number {
  return daysFromCivil(year, month, Math.min(day, daysInMonth(year, month))) ?? 0;
}
