/**
 * Periodic autoregressive models by the periodic Yule–Walker equations, with the order chosen from
 * the partial autocorrelations (Hipel and McLeod, Time Series Modelling of Water Resources and
 * Environmental Systems, chapter 14):
 *
 *   Σ_j φ_j · ρ(m − min(i, j), |i − j|) = ρ(m, i),   i = 1 … p
 */
import { luFactor, luSolve } from "../../numeric/mod.ts";
import {
  autocorrelations,
  type DeviationSeries,
  hasSpread,
  type PeriodicCorrelation,
} from "./periodic_correlation.ts";
import {
  residualRatio,
  type SeasonFit,
  type SeasonFitter,
  significanceBound,
} from "./season_fit.ts";

const WHITE: SeasonFit = { coefficients: [], residualRatio: 1, annual: null };

/** Fits the seasons of a hydro without annual term. */
export function yuleWalkerFitter(series: DeviationSeries): SeasonFitter {
  const rho = autocorrelations(series);
  const usable = (place: number): boolean => hasSpread(series, place) && series.counts[place]! >= 2;
  return {
    select(place, highest) {
      if (!usable(place)) return 0;
      return largestSignificant(
        partialAutocorrelations(rho, place, highest),
        significanceBound(series.counts[place]!),
      );
    },
    fit(place, order) {
      if (!usable(place) || order === 0) return WHITE;
      for (let lower = 1; lower < order; lower++) {
        if (solveYuleWalker(rho, place, lower) === null) return WHITE;
      }
      const solution = solveYuleWalker(rho, place, order);
      if (solution === null) return WHITE;
      let explained = 0;
      solution.forEach((phi, i) => explained += phi * rho(place, i + 1));
      return {
        coefficients: Array.from(solution),
        residualRatio: residualRatio(explained),
        annual: null,
      };
    },
  };
}

/** The partial autocorrelations of lags 1, 2, … up to `highest` or the first singular order. */
export function partialAutocorrelations(
  rho: PeriodicCorrelation,
  place: number,
  highest: number,
): number[] {
  const partial: number[] = [];
  for (let order = 1; order <= highest; order++) {
    const solution = solveYuleWalker(rho, place, order);
    if (solution === null) break;
    partial.push(solution[order - 1]!);
  }
  return partial;
}

/** The largest lag whose partial correlation exceeds a bound, 0 where none does. */
export function largestSignificant(partial: readonly number[], bound: number): number {
  for (let lag = partial.length; lag > 0; lag--) {
    if (Math.abs(partial[lag - 1]!) > bound) return lag;
  }
  return 0;
}

/** The coefficients of the equations of an order; null where these are singular. */
export function solveYuleWalker(
  rho: PeriodicCorrelation,
  place: number,
  order: number,
): Float64Array | null {
  const matrix = new Float64Array(order * order);
  fillLagCorrelations(rho, place, order, matrix, order);
  const factors = luFactor(matrix, order);
  if (factors === null) return null;
  return luSolve(factors, Float64Array.from({ length: order }, (_, i) => rho(place, i + 1)));
}

/** Writes the correlations of the lags 1 … order of a season into the corner of a larger matrix. */
export function fillLagCorrelations(
  rho: PeriodicCorrelation,
  place: number,
  order: number,
  matrix: Float64Array,
  width: number,
): void {
  for (let i = 0; i < order; i++) {
    matrix[i * width + i] = 1;
    for (let j = i + 1; j < order; j++) {
      const value = rho(place - i - 1, j - i);
      matrix[i * width + j] = value;
      matrix[j * width + i] = value;
    }
  }
}
