/**
 * Correlations between periods of a record, season by season. Pairs are made by time: a period and
 * the one `lag` before it count where both are known.
 */
import type { SeasonalRecord } from "./seasonal_record.ts";

/** Deviations of a record from the means of its seasons. */
export interface DeviationSeries {
  readonly seasons: number;
  readonly first: number;
  /** By period from the first; `NaN` where nothing is known. */
  readonly deviations: Float64Array;
  /** Known periods by place in the cycle. */
  readonly counts: Int32Array;
  /** Standard deviation by place in the cycle. */
  readonly stds: Float64Array;
}

/** A correlation by place of the later period in the cycle, and periods between the two. */
export type PeriodicCorrelation = (place: number, lag: number) => number;

/** The deviations of a record whose seasons have the given moments. */
export function deviationSeries(
  { seasons, first, values }: SeasonalRecord,
  moments: readonly { readonly count: number; readonly meanM3s: number; readonly stdM3s: number }[],
): DeviationSeries {
  return {
    seasons,
    first,
    deviations: values.map((value, at) => value - moments[placeOf(first + at, seasons)]!.meanM3s),
    counts: Int32Array.from(moments, ({ count }) => count),
    stds: Float64Array.from(moments, ({ stdM3s }) => stdM3s),
  };
}

/** The place in the cycle of a period, which may lie before the place itself. */
export function placeOf(period: number, seasons: number): number {
  return (period % seasons + seasons) % seasons;
}

/**
 * ρ(m, k) between inflows of season m and those k periods before; 0 where a deviation is 0. The
 * divisor is the number of pairs.
 */
export function autocorrelations(series: DeviationSeries): PeriodicCorrelation {
  const known = new Map<number, number>();
  return (period, lag) => {
    if (lag === 0) return 1;
    const place = placeOf(period, series.seasons);
    const key = lag * series.seasons + place;
    let value = known.get(key);
    if (value === undefined) known.set(key, value = correlate(series, series, place, lag, null));
    return value;
  };
}

/**
 * The correlation between `later` in season m and `earlier` k periods before; k may be negative. The
 * divisor is the size of the larger season, so that a short overlap counts for less.
 */
export function crossCorrelation(
  later: DeviationSeries,
  earlier: DeviationSeries,
  period: number,
  lag: number,
): number {
  const place = placeOf(period, later.seasons);
  const divisor = Math.max(
    later.counts[place]!,
    earlier.counts[placeOf(place - lag, earlier.seasons)]!,
  );
  return correlate(later, earlier, place, lag, divisor);
}

function correlate(
  later: DeviationSeries,
  earlier: DeviationSeries,
  place: number,
  lag: number,
  divisor: number | null,
): number {
  const { seasons } = later;
  const scale = later.stds[place]! * earlier.stds[placeOf(place - lag, seasons)]!;
  if (!hasSpread(later, place) || !hasSpread(earlier, placeOf(place - lag, seasons))) return 0;
  let sum = 0;
  let pairs = 0;
  const shift = later.first - lag - earlier.first;
  for (
    let at = placeOf(place - later.first, seasons);
    at < later.deviations.length;
    at += seasons
  ) {
    const product = later.deviations[at]! * (earlier.deviations[at + shift] ?? Number.NaN);
    if (Number.isNaN(product)) continue;
    sum += product;
    pairs++;
  }
  if (pairs === 0) return 0;
  return Math.min(1, Math.max(-1, sum / (divisor ?? pairs) / scale));
}

/** Whether a season deviates at all. */
export function hasSpread({ stds }: DeviationSeries, place: number): boolean {
  return stds[place]! >= Number.EPSILON;
}
