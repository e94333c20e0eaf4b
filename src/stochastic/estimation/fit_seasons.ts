/** Fits all seasons of one hydro, and lowers orders until no lag contributes against its sign. */
import { lagContributions } from "./contributions.ts";
import type { SeasonFit, SeasonFitter } from "./season_fit.ts";

/** Why the coefficients of a season were taken back. */
export type ReductionReason = "magnitude_bound" | "phi1_negative" | "negative_contribution";

/** A season whose order was lowered. */
export interface Reduction {
  /** Place in the cycle. */
  readonly place: number;
  readonly originalOrder: number;
  /** Order up to which contributions were not negative; 0 where coefficients were dropped. */
  readonly reducedOrder: number;
  /** By lag; empty where they did not decide. */
  readonly contributions: readonly number[];
  readonly reason: ReductionReason;
}

/** What limits a fit. */
export interface FitLimits {
  /** Largest lag considered. */
  readonly maxOrder: number;
  /** A season with a larger coefficient keeps none; null for no such limit. */
  readonly maxCoefficientMagnitude: number | null;
}

/** The fits of a hydro, by place in the cycle. */
export interface HydroFit {
  readonly seasons: readonly SeasonFit[];
  readonly reductions: readonly Reduction[];
}

/**
 * Fits every season at the order that its record asks for. A season whose first coefficient is
 * negative, or one of whose coefficients is too large, keeps no lags. While some lag contributes
 * negatively, the seasons concerned are fitted again with a lower highest order.
 */
export function fitSeasons(
  fitter: SeasonFitter,
  stds: Float64Array,
  { maxOrder, maxCoefficientMagnitude }: FitLimits,
): HydroFit {
  const fits = Array.from(stds, (_, place) => fitter.fit(place, fitter.select(place, maxOrder)));
  const reductions: Reduction[] = [];
  const dropLags = (place: number, reason: ReductionReason): void => {
    const originalOrder = fits[place]!.coefficients.length;
    reductions.push({ place, originalOrder, reducedOrder: 0, contributions: [], reason });
    fits[place] = fitter.fit(place, 0);
  };
  fits.forEach(({ coefficients }, place) => {
    const limit = maxCoefficientMagnitude ?? Infinity;
    if (coefficients.some((phi) => Math.abs(phi) > limit)) dropLags(place, "magnitude_bound");
    else if (coefficients[0]! < 0) dropLags(place, "phi1_negative");
  });

  const highest = fits.map(() => maxOrder);
  for (let changed = true; changed;) {
    changed = false;
    const coefficients = fits.map((fit) => fit.coefficients);
    const doubtful = coefficients.flatMap(({ length: originalOrder }, place) => {
      const contributions = lagContributions(coefficients, stds, place);
      const reducedOrder = contributions.findIndex((value) => value < 0);
      return reducedOrder < 0 ? [] : [{ place, originalOrder, reducedOrder, contributions }];
    });
    for (const found of doubtful) {
      const { place } = found;
      reductions.push({ ...found, reason: "negative_contribution" });
      highest[place]!--;
      fits[place] = fitter.fit(place, fitter.select(place, highest[place]!));
      if (fits[place]!.coefficients[0]! < 0) dropLags(place, "phi1_negative");
      else if (highest[place]! > 0) changed = true;
    }
  }
  return { seasons: fits, reductions };
}
