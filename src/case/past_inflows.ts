/** The inflows before a study, as lags and as the part of the period that is running. */
import type {
  Config,
  DatedValue,
  Horizon,
  InflowHistory,
  PastInflows,
  ScenarioTables,
} from "../model/mod.ts";
import { type Period, periodOfDay } from "./seasons.ts";

/** Deepest lag that the inflow models of a case can read. */
export function lagDepth(
  scenarios: Pick<
    ScenarioTables,
    "inflowHistory" | "inflowStats" | "inflowCoefficients" | "inflowAnnual"
  >,
  estimation: Config["estimation"],
): number {
  const { inflowHistory, inflowCoefficients, inflowAnnual } = scenarios;
  let depth = 0;
  for (const lag of inflowCoefficients?.lag ?? []) depth = Math.max(depth, lag);
  if ((inflowAnnual?.rows ?? 0) > 0) depth = Math.max(depth, 12);
  if (inflowHistory !== null && inflowCoefficients === null) {
    depth = Math.max(depth, estimation.maxOrder);
    if (estimation.orderSelection === "pacf_annual") depth = Math.max(depth, 12);
  }
  return depth;
}

/** Periods around the start of a study. */
export interface LagPeriods {
  /** The period that is running when the study begins; empty when it begins a new one. */
  readonly running: Period;
  /** The periods before it, the latest first. */
  readonly past: readonly Period[];
}

/**
 * The periods whose inflows are lags: those of the season cycle; without a cycle the pre-study
 * stages, and before them calendar months, or periods as long as the first stage where that one is
 * no month.
 */
export function lagPeriods(horizon: Horizon, depth: number): LagPeriods {
  const first = horizon.stages[0];
  const start = first?.startDay ?? 0;
  const periodAt = periodFinder(horizon);
  const holding = periodAt(start);
  const running = { startDay: Math.min(holding.startDay, start), endDay: start };
  const past: Period[] = [];
  let end = running.startDay;
  while (past.length < depth) {
    const period = periodAt(end - 1);
    // Periods of a cycle with gaps may reach beyond: what follows already belongs to another lag.
    past.push({ startDay: period.startDay, endDay: end });
    end = period.startDay;
  }
  return { running, past };
}

function periodFinder(horizon: Horizon): (day: number) => Period {
  const { seasons, preStudyStages, stages: [first] } = horizon;
  if (seasons !== null || first === undefined) return (day) => periodOfDay(seasons, day);
  const length = first.endDay - first.startDay;
  const monthly = length >= 28 && length <= 31;
  return (day) => {
    if (day >= first.startDay) {
      return monthly ? periodOfDay(null, day) : { startDay: day, endDay: day + length };
    }
    const stage = preStudyStages.find((stage) => stage.startDay <= day && day < stage.endDay);
    if (stage !== undefined) return stage;
    return monthly ? periodOfDay(null, day) : { startDay: day + 1 - length, endDay: day + 1 };
  };
}

/**
 * Daily inflows of `[from, to)` by hydro, `NaN` where nothing is known. Observations replace the
 * history on their days.
 */
function dailyInflows(
  history: InflowHistory | null,
  observations: readonly DatedValue[],
  from: number,
  to: number,
): [hydroId: number, days: Float64Array][] {
  const daily = new Map<number, Float64Array>();
  const put = (hydroId: number, startDay: number, endDay: number, value: number) => {
    if (endDay <= from || startDay >= to) return;
    let days = daily.get(hydroId);
    if (days === undefined) {
      days = new Float64Array(to - from).fill(NaN);
      daily.set(hydroId, days);
    }
    days.fill(value, Math.max(startDay - from, 0), endDay - from);
  };
  if (history !== null) {
    const { hydro_id, start_day, end_day, value_m3s } = history;
    for (let row = 0; row < history.rows; row++) {
      put(hydro_id[row]!, start_day[row]!, end_day[row]!, value_m3s[row]!);
    }
  }
  for (const { entityId, startDay, endDay, value } of observations) {
    put(entityId, startDay, endDay, value);
  }
  return [...daily].sort(([a], [b]) => a - b);
}

/** Lags from records: the mean of each period, as far back as periods are covered day by day. */
export function pastInflowsFromRecords(
  history: InflowHistory | null,
  observations: readonly DatedValue[],
  periods: readonly Period[],
): PastInflows[] {
  const oldest = periods.at(-1)?.startDay ?? 0;
  const newest = periods[0]?.endDay ?? 0;
  return dailyInflows(history, observations, oldest, newest).flatMap(([hydroId, days]) => {
    const valuesM3s: number[] = [];
    for (const { startDay, endDay } of periods) {
      const mean = meanOf(days.subarray(startDay - oldest, endDay - oldest));
      if (Number.isNaN(mean)) break;
      valuesM3s.push(mean);
    }
    return valuesM3s.length === 0 ? [] : [{ hydroId, valuesM3s, seasonIds: null }];
  });
}

/** The mean; exact where all values are equal, which a sum divided by a count is not. */
function meanOf(values: Float64Array): number {
  const first = values[0] ?? NaN;
  let excess = 0;
  for (const value of values) excess += value - first;
  return first + excess / values.length;
}

/** What is known of a period, as runs of days with one value, by hydro and day. */
export function runsOfPeriod(
  history: InflowHistory | null,
  observations: readonly DatedValue[],
  { startDay, endDay }: Period,
): DatedValue[] {
  return dailyInflows(history, observations, startDay, endDay).flatMap(([entityId, days]) => {
    const runs: DatedValue[] = [];
    let from = 0;
    for (let day = 1; day <= days.length; day++) {
      if (day < days.length && days[day] === days[from]) continue;
      const value = days[from]!;
      if (!Number.isNaN(value)) {
        runs.push({ entityId, startDay: startDay + from, endDay: startDay + day, value });
      }
      from = day;
    }
    return runs;
  });
}
