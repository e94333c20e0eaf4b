/** The windows that dated observations of the older layout stand for. */
import type { InflowHistory, SeasonCycle, Table } from "../../model/mod.ts";
import { type Period, periodOfDay } from "../seasons.ts";

/** Observations by date, sorted by hydro and date. */
export type DatedHistory = Table<"hydro_id" | "date", "value_m3s">;

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
  let period: Period = { startDay: 0, endDay: 0 };
  for (let row = 0; row < rows; row++) {
    const day = date[row]!;
    const goesOn = row > 0 && hydro_id[row] === hydro_id[row - 1] && day < period.endDay;
    if (goesOn) end_day[row - 1] = day;
    else period = observedPeriod(day, seasons);
    start_day[row] = goesOn ? day : period.startDay;
    end_day[row] = period.endDay;
  }
  return { rows, hydro_id, start_day, end_day, value_m3s };
}

function observedPeriod(day: number, seasons: SeasonCycle | null): Period {
  const period = periodOfDay(seasons, day);
  if (seasons?.type === "weekly") return period;
  const month = periodOfDay(null, day);
  return {
    startDay: Math.max(period.startDay, month.startDay),
    endDay: Math.min(period.endDay, month.endDay),
  };
}
