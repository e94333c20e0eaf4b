/**
 * Periodic autoregressive models with an annual term, PAR(p)-A: the inflow depends on its lags and on
 * the mean A of the twelve months before. The lags are chosen from the partial autocorrelations
 * given A (Treistman, Maceira, Damázio and Cruz, Periodic Time Series Model with Annual Component
 * Applied to Operation Planning of Hydrothermal Systems, PMAPS 2020).
 */
import { luFactor, luSolve } from "../../numeric/mod.ts";
import {
  autocorrelations,
  crossCorrelation,
  type DeviationSeries,
  deviationSeries,
  hasSpread,
  type PeriodicCorrelation,
  placeOf,
} from "./periodic_correlation.ts";
import {
  residualRatio,
  type SeasonFit,
  type SeasonFitter,
  significanceBound,
} from "./season_fit.ts";
import { type SeasonMoments, valuesOf } from "./season_moments.ts";
import type { SeasonalRecord } from "./seasonal_record.ts";
import { fillLagCorrelations, largestSignificant } from "./yule_walker.ts";

/** Months of the annual mean. */
export const YEAR = 12;

/** The moments of annual means that end in a season. */
export type AnnualMoments = Pick<SeasonMoments, "count" | "meanM3s" | "stdM3s">;

/** The means of twelve months by the last of them. */
export interface AnnualRecord {
  readonly series: DeviationSeries;
  /** By place in the cycle of the last month. */
  readonly moments: readonly AnnualMoments[];
}

/**
 * The annual means of a record. The mean that ends with the record is left out: no inflow follows it
 * from which something could be learned.
 */
export function annualRecord(record: SeasonalRecord): AnnualRecord {
  const { seasons, first, values } = record;
  const means = new Float64Array(Math.max(0, values.length - YEAR)).fill(Number.NaN);
  for (let from = 0; from < means.length; from++) means[from] = meanOfYear(values, from);
  const annual: SeasonalRecord = { seasons, first: first + YEAR - 1, values: means };
  const moments = Array.from(
    { length: seasons },
    (_, place) => plainMoments(valuesOf(annual, place)),
  );
  return { series: deviationSeries(annual, moments), moments };
}

/** The mean of the twelve values from a position; NaN where one is missing. */
export function meanOfYear(values: Float64Array, from: number): number {
  let sum = 0;
  for (let at = from; at < from + YEAR; at++) sum += values[at] ?? Number.NaN;
  return sum / YEAR;
}

function plainMoments(values: readonly number[]): AnnualMoments {
  const count = values.length;
  let sum = 0;
  for (const value of values) sum += value;
  const meanM3s = count === 0 ? 0 : sum / count;
  let squares = 0;
  for (const value of values) squares += (value - meanM3s) ** 2;
  return { count, meanM3s, stdM3s: count === 0 ? 0 : Math.sqrt(squares / count) };
}

/** Fits the seasons of a hydro with an annual term. */
export function annualFitter(series: DeviationSeries, annual: DeviationSeries): SeasonFitter {
  const correlations: Correlations = {
    rho: autocorrelations(series),
    withLag: (place, lag) => crossCorrelation(annual, series, place, lag),
    ahead: (place) => crossCorrelation(annual, series, place, -1),
  };
  const usable = (place: number): boolean => {
    const before = placeOf(place - 1, series.seasons);
    return hasSpread(series, place) && series.counts[place]! >= 2 &&
      annual.counts[before]! > 0 && hasSpread(annual, before);
  };
  return {
    select(place, highest) {
      if (!usable(place)) return 0;
      const partial = conditionalPartials(correlations, place, highest);
      const [first] = partial;
      if (first === undefined || first === 0) return 0;
      return Math.max(1, largestSignificant(partial, significanceBound(series.counts[place]!)));
    },
    fit: (place, order) =>
      usable(place)
        ? solveAnnual(correlations, place, order)
        : { coefficients: [], residualRatio: 1, annual: 0 },
  };
}

interface Correlations {
  readonly rho: PeriodicCorrelation;
  /** Of the annual mean that ends in a month with the inflow `lag` months before that month. */
  readonly withLag: PeriodicCorrelation;
  /** Of the annual mean that ends in a month with the inflow of the next one. */
  readonly ahead: (place: number) => number;
}

function solveAnnual(
  { rho, withLag, ahead }: Correlations,
  place: number,
  order: number,
): SeasonFit {
  const size = order + 1;
  const matrix = new Float64Array(size * size);
  fillLagCorrelations(rho, place, order, matrix, size);
  for (let i = 0; i < order; i++) {
    const value = withLag(place - 1, i);
    matrix[i * size + order] = value;
    matrix[order * size + i] = value;
  }
  matrix[order * size + order] = 1;
  const right = Float64Array.from(
    { length: size },
    (_, i) => i < order ? rho(place, i + 1) : ahead(place - 1),
  );
  const factors = luFactor(matrix, size);
  if (factors === null) return { coefficients: [], residualRatio: 1, annual: 0 };
  const solution = luSolve(factors, right);
  let explained = 0;
  solution.forEach((value, i) => explained += value * right[i]!);
  return {
    coefficients: Array.from(solution.subarray(0, order)),
    residualRatio: residualRatio(explained),
    annual: solution[order]!,
  };
}

/**
 * The correlation of the inflow with that k months before, given the months in between and the annual
 * mean, for k = 1, 2, … up to `highest` or the first singular condition.
 */
export function conditionalPartials(
  { rho, withLag, ahead }: Correlations,
  place: number,
  highest: number,
): number[] {
  const partial: number[] = [];
  for (let lag = 1; lag <= highest; lag++) {
    const last = lag - 1;
    const given = new Float64Array(lag * lag);
    fillLagCorrelations(rho, place, last, given, lag);
    for (let i = 0; i < last; i++) {
      const value = withLag(place - 1, i);
      given[i * lag + last] = value;
      given[last * lag + i] = value;
    }
    given[last * lag + last] = 1;
    const now = new Float64Array(lag);
    const then = new Float64Array(lag);
    for (let j = 0; j < last; j++) {
      now[j] = rho(place, j + 1);
      then[j] = rho(place - 1 - j, lag - 1 - j);
    }
    now[last] = ahead(place - 1);
    then[last] = withLag(place - 1, lag - 1);
    const factors = luFactor(given, lag);
    if (factors === null) break;
    const byNow = luSolve(factors, now);
    const byThen = luSolve(factors, then);
    const covariance = rho(place, lag) - product(byNow, then);
    const variances = (1 - product(byNow, now)) * (1 - product(byThen, then));
    const value = variances > 0 ? covariance / Math.sqrt(variances) : 0;
    partial.push(Math.min(1, Math.max(-1, value)));
  }
  return partial;
}

function product(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
