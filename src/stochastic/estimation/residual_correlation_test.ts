import assert from "node:assert/strict";
import { periodOfDay, seasonOfDay } from "../../case/mod.ts";
import { monthlyHorizon, monthlyStages } from "../noise_test_helpers.ts";
import { estimateInflows } from "./estimate_inflows.ts";
import { residualCorrelation } from "./residual_correlation.ts";
import { monthlyHistory, normals } from "./test_records.ts";

const RULES = { periodOfDay, seasonOfDay };
const SETTINGS = {
  maxOrder: 3,
  orderSelection: "pacf" as const,
  minObservationsPerSeason: 20,
  maxCoefficientMagnitude: null,
};

/** Two hydros whose noises have the correlation `rho`; `alpha` weighs the mean of the year before. */
function correlatedHistory(years: number, rho: number, alpha = 0, seed = 3) {
  const draw = normals(seed);
  const series: number[][] = [[], []];
  for (let at = 0; at < 12 * years; at++) {
    const first = draw();
    const noises = [first, rho * first + Math.sqrt(1 - rho * rho) * draw()];
    series.forEach((values, h) => {
      let year = 0;
      for (let back = 1; back <= 12; back++) year += (values[at - back] ?? 100) - 100;
      values.push(
        100 + 0.5 * ((values[at - 1] ?? 100) - 100) + alpha * year / 12 + 10 * noises[h]!,
      );
    });
  }
  return monthlyHistory(2000 - years, new Map(series.map((values, h) => [h + 1, values])));
}

Deno.test("noises of two hydros have the correlation with which they were drawn", () => {
  const horizon = monthlyHorizon(monthlyStages(3));
  const history = correlatedHistory(400, 0.6);
  const estimates = estimateInflows(history, horizon, [{ id: 1 }, { id: 2 }], SETTINGS, RULES);
  const { profiles, schedule, method } = residualCorrelation(estimates, horizon);
  assert.equal(method, "spectral");
  assert.deepEqual(profiles.map(({ name }) => name).slice(0, 3), [
    "default",
    "season_00",
    "season_01",
  ]);
  assert.equal(profiles.length, 13);
  for (const { name, groups: [group] } of profiles) {
    const [[one, value], [mirrored]] = group!.matrix as [[number, number], [number, number]];
    assert.equal(one, 1);
    assert.equal(mirrored, value);
    assert.ok(Math.abs(value - 0.6) < (name === "default" ? 0.03 : 0.12), `${name}: ${value}`);
  }
  assert.deepEqual(schedule, [
    { stageId: 0, profile: "season_00" },
    { stageId: 1, profile: "season_01" },
    { stageId: 2, profile: "season_02" },
  ]);
});

Deno.test("fewer than thirty pairs leave a season with the matrix of all seasons", () => {
  const horizon = monthlyHorizon(monthlyStages(2));
  for (const [years, profiles] of [[29, 1], [31, 13]] as const) {
    const estimates = estimateInflows(
      correlatedHistory(years, 0.6),
      horizon,
      [{ id: 1 }, { id: 2 }],
      { ...SETTINGS, maxOrder: 1 },
      RULES,
    );
    assert.equal(residualCorrelation(estimates, horizon).profiles.length, profiles);
  }
});

Deno.test("the annual mean, which hydros share, is no part of the noise", () => {
  const horizon = monthlyHorizon(monthlyStages(1));
  const estimates = estimateInflows(
    correlatedHistory(600, 0.2, 0.45),
    horizon,
    [{ id: 1 }, { id: 2 }],
    { ...SETTINGS, orderSelection: "pacf_annual" },
    RULES,
  );
  const [pooled] = residualCorrelation(estimates, horizon).profiles;
  assert.ok(Math.abs(pooled!.groups[0]!.matrix[0]![1]! - 0.2) < 0.03);
});

Deno.test("given coefficients take the place of fitted ones", () => {
  const horizon = monthlyHorizon(monthlyStages(1));
  const estimates = estimateInflows(
    correlatedHistory(60, 0.6),
    horizon,
    [{ id: 1 }, { id: 2 }],
    SETTINGS,
    RULES,
  );
  const own = estimates[0]!;
  const fitted = residualCorrelation(estimates, horizon);
  const same = residualCorrelation(
    estimates,
    horizon,
    (hydroId, seasonId) =>
      own.hydros.find((hydro) => hydro.hydroId === hydroId)!.fit.seasons[seasonId]!.coefficients,
  );
  assert.deepEqual(same, fitted);
  assert.notDeepEqual(residualCorrelation(estimates, horizon, () => [0.9]), fitted);
});
