import assert from "node:assert/strict";
import type { PeriodicCorrelation } from "./periodic_correlation.ts";
import { significanceBound } from "./season_fit.ts";
import { recordOf, seriesOf } from "./test_records.ts";
import {
  largestSignificant,
  partialAutocorrelations,
  solveYuleWalker,
  yuleWalkerFitter,
} from "./yule_walker.ts";

const close = (found: number, expected: number): void =>
  assert.ok(Math.abs(found - expected) < 1e-12, `${found} for ${expected}`);

/** Correlations of a process that is the same in every season. */
function stationary(...values: number[]): PeriodicCorrelation {
  return (_, lag) => lag === 0 ? 1 : values[lag - 1]!;
}

Deno.test("order 2 has the coefficients of the textbook", () => {
  const [one, two] = [0.6, 0.5];
  const solution = solveYuleWalker(stationary(one, two), 0, 2)!;
  close(solution[0]!, one * (1 - two) / (1 - one ** 2));
  close(solution[1]!, (two - one ** 2) / (1 - one ** 2));
});

Deno.test("the matrix of a season uses the correlations of the seasons before it", () => {
  // ρ(0, 1) = 0.5, ρ(1, 1) = 0.8, ρ(0, 2) = 0.3, two seasons.
  const rho: PeriodicCorrelation = (period, lag) => {
    const season = (period % 2 + 2) % 2;
    return lag === 0 ? 1 : lag === 2 ? 0.3 : season === 0 ? 0.5 : 0.8;
  };
  // Season 0 looks back on season 1, whose own lag 1 has 0.8: [1 .8; .8 1]·φ = [.5; .3].
  const solution = solveYuleWalker(rho, 0, 2)!;
  close(solution[0]!, (0.5 - 0.8 * 0.3) / 0.36);
  close(solution[1]!, (0.3 - 0.8 * 0.5) / 0.36);
});

Deno.test("partial autocorrelations end where the equations have no solution", () => {
  assert.deepEqual(partialAutocorrelations(stationary(1, 1, 1), 0, 3), [1]);
  const partial = partialAutocorrelations(stationary(0.5, 0.25, 0.125), 0, 3);
  [0.5, 0, 0].forEach((expected, at) => close(partial[at]!, expected));
});

Deno.test("the order is the largest significant lag, whatever lies before it", () => {
  assert.equal(largestSignificant([0.9, 0.01, -0.4, 0.1], 0.3), 3);
  assert.equal(largestSignificant([0.1, 0.3], 0.3), 0);
});

Deno.test("a season keeps the share of noise that its lags leave", () => {
  const rho = 1 / Math.sqrt(28);
  const fitter = yuleWalkerFitter(seriesOf(recordOf(2, [1, 2, 3, 3, 2, 7])));
  const { coefficients, residualRatio, annual } = fitter.fit(1, 1);
  close(coefficients[0]!, rho);
  close(residualRatio, Math.sqrt(1 - rho ** 2));
  assert.equal(annual, null);
});

Deno.test("a hundred years make a lag significant from 0.196 on", () => {
  const bound = significanceBound(100);
  assert.equal(largestSignificant([0.5, 0.1959], bound), 1);
  assert.equal(largestSignificant([0.5, 0.1961], bound), 2);
  assert.equal(largestSignificant([0.5, -0.1961], bound), 2);
});

Deno.test("a season without deviation is noise without lags", () => {
  const fitter = yuleWalkerFitter(seriesOf(recordOf(2, [5, 2, 5, 3, 5, 7])));
  assert.equal(fitter.select(0, 3), 0);
  assert.deepEqual(fitter.fit(0, 2), { coefficients: [], residualRatio: 1, annual: null });
});
