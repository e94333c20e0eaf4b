/** The observed inflows of hydros by period of one cycle of seasons. */
import type { Horizon, InflowHistory } from "../../model/mod.ts";
import { CobreError } from "../../protocol/mod.ts";
import { type CycleCalendar, type DayRange, stagePeriod } from "../season_calendar.ts";

/** Mean inflows (m³/s) of one hydro in consecutive periods. */
export interface SeasonalRecord {
  /** Seasons of the cycle; period p is of the season at place p mod `seasons`. */
  readonly seasons: number;
  /** First period. */
  readonly first: number;
  /** By period from the first; `NaN` where nothing is known. */
  readonly values: Float64Array;
}

const FILE = "scenarios/inflow_history.parquet";

/**
 * Gathers the history into the periods of a cycle, by hydro id. Windows of several days go to the
 * periods that hold their days, and a period has the mean of its windows weighted by days. A period
 * of which less than half is observed does not count. A day inside a stage, before the study or in
 * it, belongs to the period of that stage. Days that no season holds are an error if `complete`.
 */
export function seasonalRecords(
  history: InflowHistory,
  { stages, preStudyStages }: Pick<Horizon, "stages" | "preStudyStages">,
  calendars: readonly CycleCalendar[],
  cycle: number,
  complete: boolean,
): ReadonlyMap<number, SeasonalRecord> {
  const calendar = calendars[cycle]!;
  const shares = periodShares(calendar, labelledPeriods(stages, preStudyStages, calendars, cycle));
  const gathered = new Map<number, Map<number, Gathered>>();
  for (let row = 0; row < history.rows; row++) {
    const startDay = history.start_day[row]!;
    const share = shares(startDay, Math.max(history.end_day[row]!, startDay + 1));
    if (share.length === 0 && complete) throw homeless(row, history.hydro_id[row]!);
    let periods = gathered.get(history.hydro_id[row]!);
    if (periods === undefined) gathered.set(history.hydro_id[row]!, periods = new Map());
    const value = history.value_m3s[row]!;
    for (const { period, days } of share) {
      const known = periods.get(period);
      if (known === undefined) periods.set(period, { value, excess: 0, days });
      else {
        // Deviations from the first value keep the mean of equal values exact.
        known.excess += (value - known.value) * days;
        known.days += days;
      }
    }
  }
  const records = new Map<number, SeasonalRecord>();
  for (const [hydroId, periods] of gathered) {
    records.set(hydroId, recordOf(periods, calendar));
  }
  return records;
}

/** The inflow in a period; NaN where nothing is known. */
export function valueAt({ first, values }: SeasonalRecord, period: number): number {
  return values[period - first] ?? Number.NaN;
}

interface Gathered {
  readonly value: number;
  excess: number;
  days: number;
}

interface Share {
  readonly period: number;
  readonly days: number;
}

function recordOf(
  periods: ReadonlyMap<number, Gathered>,
  { seasonIds, window }: CycleCalendar,
): SeasonalRecord {
  const known = [...periods].filter(([period, { days }]) => {
    const { startDay, endDay } = window(period);
    return 2 * days >= endDay - startDay;
  });
  let first = Infinity;
  let last = -Infinity;
  for (const [period] of known) {
    first = Math.min(first, period);
    last = Math.max(last, period);
  }
  const seasons = seasonIds.length;
  if (known.length === 0) return { seasons, first: 0, values: new Float64Array(0) };
  const values = new Float64Array(last - first + 1).fill(Number.NaN);
  for (const [period, { value, excess, days }] of known) {
    values[period - first] = value + excess / days;
  }
  return { seasons, first, values };
}

interface LabelledRange extends DayRange {
  readonly period: number;
}

/** Stages of the cycle with their periods, the one to begin last first. */
function labelledPeriods(
  stages: Horizon["stages"],
  preStudyStages: Horizon["preStudyStages"],
  calendars: readonly CycleCalendar[],
  cycle: number,
): readonly LabelledRange[] {
  const ranges: LabelledRange[] = [];
  for (const stage of [...preStudyStages, ...stages]) {
    if (stage.seasonId === null) continue;
    const found = stagePeriod(calendars, stage);
    if (found?.cycle !== cycle) continue;
    ranges.push({ startDay: stage.startDay, endDay: stage.endDay, period: found.period });
  }
  return ranges.sort((a, b) => b.startDay - a.startDay);
}

/** How the days of a window fall into periods; windows that several hydros share are sorted once. */
function periodShares(
  { periodAt }: CycleCalendar,
  labelled: readonly LabelledRange[],
): (startDay: number, endDay: number) => readonly Share[] {
  const known = new Map<string, readonly Share[]>();
  const periodOf = (day: number): number | null => {
    const started = labelled.find(({ startDay }) => startDay <= day);
    return started !== undefined && day < started.endDay ? started.period : periodAt(day);
  };
  return (startDay, endDay) => {
    const key = `${startDay},${endDay}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    const days = new Map<number, number>();
    for (let day = startDay; day < endDay; day++) {
      const period = periodOf(day);
      if (period !== null) days.set(period, (days.get(period) ?? 0) + 1);
    }
    const shares = [...days].map(([period, count]) => ({ period, days: count }));
    known.set(key, shares);
    return shares;
  };
}

function homeless(row: number, hydroId: number): CobreError {
  return CobreError.of(
    "CoverageMismatch",
    `Cannot fit inflow models: row ${row} of ${FILE}, of hydro ${hydroId}, lies on days that belong ` +
      "to no season",
    {
      file: FILE,
      entity_id: hydroId,
      row,
      missing_dimension: "season",
      expected_coverage: "every day of the history lies in a season of season_definitions",
    },
  );
}
