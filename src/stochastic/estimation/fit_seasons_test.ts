import assert from "node:assert/strict";
import { fitSeasons } from "./fit_seasons.ts";
import type { SeasonFitter } from "./season_fit.ts";

/** A fitter that has coefficients by season and order; the highest known order is selected. */
function fitterOf(known: readonly (readonly (readonly number[])[])[]): SeasonFitter {
  return {
    select: (place, highest) =>
      Math.max(0, ...known[place]!.map(({ length }) => length).filter((p) => p <= highest)),
    fit: (place, order) => ({
      coefficients: known[place]!.find(({ length }) => length === order) ?? [],
      residualRatio: order === 0 ? 1 : 0.5,
      annual: null,
    }),
  };
}

const LIMITS = { maxOrder: 3, maxCoefficientMagnitude: null };
const STDS = Float64Array.of(1, 1);

Deno.test("fits that contribute positively stay", () => {
  const { seasons, reductions } = fitSeasons(fitterOf([[[0.5, 0.1]], [[0.4]]]), STDS, LIMITS);
  assert.deepEqual(seasons.map(({ coefficients }) => coefficients), [[0.5, 0.1], [0.4]]);
  assert.deepEqual(reductions, []);
});

Deno.test("a negative first coefficient leaves no lags", () => {
  const { seasons, reductions } = fitSeasons(fitterOf([[[-0.1, 0.5]], [[0.4]]]), STDS, LIMITS);
  assert.deepEqual(seasons[0], { coefficients: [], residualRatio: 1, annual: null });
  assert.deepEqual(reductions, [{
    place: 0,
    originalOrder: 2,
    reducedOrder: 0,
    contributions: [],
    reason: "phi1_negative",
  }]);
});

Deno.test("a coefficient beyond the given bound leaves no lags", () => {
  const limits = { maxOrder: 3, maxCoefficientMagnitude: 0.7 };
  const { seasons, reductions } = fitSeasons(fitterOf([[[0.5, 0.8]], [[0.7]]]), STDS, limits);
  assert.deepEqual(seasons.map(({ coefficients }) => coefficients), [[], [0.7]]);
  assert.deepEqual(reductions.map(({ reason }) => reason), ["magnitude_bound"]);
});

Deno.test("a negative contribution lowers the highest order step by step", () => {
  // Order 3 and 2 of season 0 bring −0.3 and −0.2 against 0.1·0.4 through season 1.
  const fitter = fitterOf([[[0.1, -0.3, 0.2], [0.1, -0.2], [0.6]], [[0.4]]]);
  const { seasons, reductions } = fitSeasons(fitter, STDS, LIMITS);
  assert.deepEqual(seasons[0]!.coefficients, [0.6]);
  assert.deepEqual(
    reductions.map(({ place, originalOrder, reducedOrder }) => [
      place,
      originalOrder,
      reducedOrder,
    ]),
    [[0, 3, 1], [0, 2, 1]],
  );
  assert.equal(reductions[0]!.reason, "negative_contribution");
  assert.ok(Math.abs(reductions[0]!.contributions[1]! - (0.04 - 0.3)) < 1e-12);
});

Deno.test("a season whose lower order begins negatively ends without lags", () => {
  const fitter = fitterOf([[[0.1, -0.3], [-0.2]], [[0.4]]]);
  const { seasons, reductions } = fitSeasons(fitter, STDS, LIMITS);
  assert.deepEqual(seasons[0]!.coefficients, []);
  assert.deepEqual(reductions.map(({ reason }) => reason), [
    // The highest order goes from 3 to 2, which changes nothing, and then to 1.
    "negative_contribution",
    "negative_contribution",
    "phi1_negative",
  ]);
});

Deno.test("a change in one season is seen by the contributions of the others", () => {
  // Season 1 gains 0.5·0.7 through season 0 and loses 0.2: once season 0 has no lags it loses.
  const fitter = fitterOf([[[0.7, -0.9], [-0.1]], [[0.5, -0.2], [0.3]]]);
  const { seasons } = fitSeasons(fitter, STDS, LIMITS);
  assert.deepEqual(seasons.map(({ coefficients }) => coefficients), [[], [0.3]]);
});
