/** What is fitted for one season of one hydro. */

/** Coefficients of a season, standardised. */
export interface SeasonFit {
  /** Lag 1 first. */
  readonly coefficients: readonly number[];
  /** Share of the deviation that the noise brings. */
  readonly residualRatio: number;
  /** Coefficient of the mean of the twelve months before; null in a model without annual term. */
  readonly annual: number | null;
}

/** Chooses orders and fits coefficients for the seasons of one hydro, by place in the cycle. */
export interface SeasonFitter {
  /** The order that the record asks for, at most `highest`. */
  select(place: number, highest: number): number;
  /** The coefficients of an order; order 0 leaves the annual term, where the model has one. */
  fit(place: number, order: number): SeasonFit;
}

/** 1.96/√n: beyond it a partial correlation of n observations differs from 0 at the 5 % level. */
export function significanceBound(count: number): number {
  return 1.96 / Math.sqrt(count);
}

/** The share of noise in the deviation, from the share of the variance that is explained. */
export function residualRatio(explained: number): number {
  const left = 1 - explained;
  return left > 0 ? Math.min(1, Math.max(Number.EPSILON, Math.sqrt(left))) : 1;
}
