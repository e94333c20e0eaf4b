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
  const limit = maxCoefficientMagnitude ?? Infinity;
  fits.forEach((fit, place) => {
    const tooLarge = fit.coefficients.some((phi) => Math.abs(phi) > limit);
    if (tooLarge) dropLags(place, "magnitude_bound");
    else if (startsNegative(fit)) dropLags(place, "phi1_negative");
  });

  const highest = fits.map(() => maxOrder);
  // Each round lowers the highest order of some season that still has lags, so that there is an end.
  for (;;) {
    const coefficients = fits.map((fit) => fit.coefficients);
    const doubtful = coefficients.flatMap(({ length: originalOrder }, place) => {
      const contributions = lagContributions(coefficients, stds, place);
      const reducedOrder = contributions.findIndex((value) => value < 0);
      return reducedOrder < 0 ? [] : [{ place, originalOrder, reducedOrder, contributions }];
    });
    if (doubtful.length === 0) return { seasons: fits, reductions };
    for (const found of doubtful) {
      const { place } = found;
      reductions.push({ ...found, reason: "negative_contribution" });
      highest[place]!--;
      fits[place] = fitter.fit(place, fitter.select(place, highest[place]!));
      if (startsNegative(fits[place]!)) dropLags(place, "phi1_negative");
    }
  }
}

function startsNegative({ coefficients: [first] }: SeasonFit): boolean {
  return first !== undefined && first < 0;
}
