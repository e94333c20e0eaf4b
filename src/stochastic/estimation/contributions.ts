/**
 * How much each lag finally brings to the inflow of a season. A lag acts directly and through the
 * seasons in between, so its contribution follows by putting the models of earlier seasons into that
 * of the season itself (Maceira and Damázio, Use of the PAR(p) Model in the Stochastic Dual Dynamic
 * Programming Optimization Scheme Used in the Operation Planning of the Brazilian Hydropower System,
 * 2006). With f_j(m) = φ_j(m)·s_m/s_(m−j) in units of inflow and a⁰_j = f_(j+1)(m):
 *
 *   a^i_j = a^(i−1)_0 · f_(j+1)(m − i) + a^(i−1)_(j+1),   contribution of lag k = a^(k−1)_0
 */
import { placeOf } from "./periodic_correlation.ts";

/**
 * The contributions of lags 1 … p of the season at a place, p being its order. `coefficients` are
 * standardised, by season; so are the deviations `stds`.
 */
export function lagContributions(
  coefficients: readonly (readonly number[])[],
  stds: Float64Array,
  place: number,
): number[] {
  const seasons = coefficients.length;
  const factor = (period: number, lag: number): number => {
    const at = placeOf(period, seasons);
    const phi = coefficients[at]![lag - 1];
    const before = stds[placeOf(at - lag, seasons)]!;
    return phi === undefined || before === 0 ? 0 : phi * stds[at]! / before;
  };
  const order = coefficients[place]!.length;
  let row = Array.from({ length: order }, (_, j) => factor(place, j + 1));
  const contributions: number[] = [];
  for (let step = 1; step <= order; step++) {
    const first = row[0]!;
    contributions.push(first);
    row = row.slice(1).map((next, j) => first * factor(place - step, j + 1) + next);
  }
  return contributions;
}
