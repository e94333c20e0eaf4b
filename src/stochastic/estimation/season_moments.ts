/** Mean and deviation of the inflow in every season, and seasons whose record is no sample. */
import type { SeasonalRecord } from "./seasonal_record.ts";

/** What the record of a season looks like. */
export type RecordClass =
  | "ordinary"
  /** Always the same value. */
  | "constant"
  /** More than a tenth is negative. */
  | "negative"
  /** More than half rounds to one number, as below a dam that keeps an outflow. */
  | "saturated";

/** The moments of a season of one hydro. */
export interface SeasonMoments {
  /** Observed periods. */
  readonly count: number;
  readonly meanM3s: number;
  /** With divisor n; 0 where the record is constant or saturated. */
  readonly stdM3s: number;
  readonly recordClass: RecordClass;
}

const CONSTANT_TOLERANCE = 1e-6;
const NEGATIVE_SHARE = 0.1;
const SATURATED_SHARE = 0.5;

/** The moments of every season of a record, by place in the cycle. */
export function seasonMoments(record: SeasonalRecord): SeasonMoments[] {
  return Array.from(
    { length: record.seasons },
    (_, place) => momentsOf(valuesOf(record, place)),
  );
}

/** The known values of the season at a place, in the order of time. */
export function valuesOf({ seasons, first, values }: SeasonalRecord, place: number): number[] {
  const found: number[] = [];
  const offset = ((place - first) % seasons + seasons) % seasons;
  for (let at = offset; at < values.length; at += seasons) {
    const value = values[at]!;
    if (!Number.isNaN(value)) found.push(value);
  }
  return found;
}

function momentsOf(values: readonly number[]): SeasonMoments {
  const count = values.length;
  if (count === 0) return { count, meanM3s: 0, stdM3s: 0, recordClass: "constant" };
  const first = values[0]!;
  if (values.every((value) => Math.abs(value - first) < CONSTANT_TOLERANCE)) {
    return { count, meanM3s: first, stdM3s: 0, recordClass: "constant" };
  }
  const negative = values.filter((value) => value < 0).length;
  const many = negative / count > NEGATIVE_SHARE;
  const usual = many ? null : usualInteger(values);
  if (usual !== null) return { count, meanM3s: usual, stdM3s: 0, recordClass: "saturated" };
  let sum = 0;
  for (const value of values) sum += value;
  const meanM3s = sum / count;
  let squares = 0;
  for (const value of values) squares += (value - meanM3s) ** 2;
  const stdM3s = Math.sqrt(squares / count);
  return { count, meanM3s, stdM3s, recordClass: many ? "negative" : "ordinary" };
}

/** The integer to which more than half of the values round; null where there is none. */
function usualInteger(values: readonly number[]): number | null {
  const counts = new Map<number, number>();
  for (const value of values) {
    const rounded = Math.sign(value) * Math.round(Math.abs(value)) + 0;
    const count = (counts.get(rounded) ?? 0) + 1;
    counts.set(rounded, count);
    if (count > SATURATED_SHARE * values.length) return rounded;
  }
  return null;
}
