import assert from "node:assert/strict";
import fc from "fast-check";
import type { Horizon, InflowAnnual, InflowCoefficients, InflowStats } from "../../model/mod.ts";
import { deriveResidualRatios, seasonAutocorrelations } from "./residual_ratio.ts";
import { monthlyHorizon, readCells } from "./test_tables.ts";

/** Coefficients of hydro 0: one list per stage. */
function coefficientsOf(phi: readonly (readonly number[])[]): InflowCoefficients {
  const rows = phi.flatMap((lags, stage) => lags.map((value, index) => [stage, index + 1, value]));
  return {
    rows: rows.length,
    hydro_id: new Int32Array(rows.length),
    stage_id: Int32Array.from(rows, (row) => row[0]!),
    lag: Int32Array.from(rows, (row) => row[1]!),
    coefficient: Float64Array.from(rows, (row) => row[2]!),
    residual_std_ratio: new Float64Array(rows.length).fill(NaN),
  };
}

const NO_TABLES = { inflowStats: null, inflowAnnual: null };

/** Ratio of each stage that has coefficients. */
function ratiosOf(phi: readonly (readonly number[])[], horizon: Horizon): number[] {
  const { table, unstable } = deriveResidualRatios(coefficientsOf(phi), NO_TABLES, horizon);
  assert.deepEqual(unstable, []);
  return Array.from(table.residual_std_ratio).filter((_, row) => table.lag[row] === 1);
}

function close(actual: number, expected: number): void {
  assert.ok(Math.abs(actual - expected) < 1e-12, `${actual} is not ${expected}`);
}

Deno.test("PAR(1): the ratio is √(1 − φ²) in every season", () => {
  const phi = [0.3, -0.8, 0.95];
  const ratios = ratiosOf(phi.map((value) => [value]), monthlyHorizon([0, 1, 2]));
  phi.forEach((value, stage) => close(ratios[stage]!, Math.sqrt(1 - value * value)));
});

Deno.test("AR(2) with one season: the ratio has its closed form", () => {
  const [one, two] = [0.5, 0.2];
  const rho = one / (1 - two);
  const expected = Math.sqrt(1 - one * rho - two * (one * rho + two));
  close(ratiosOf([[one, two]], monthlyHorizon([4]))[0]!, expected);
  const autocorrelations = seasonAutocorrelations([[one, two]], 3)!;
  close(autocorrelations[0]![3]!, one * autocorrelations[0]![2]! + two * rho);
});

Deno.test("PAR(2) with two seasons: the ratio has its closed form", () => {
  // ρ(0,1) = a1 + a2 ρ(1,1) and ρ(1,1) = b1 + b2 ρ(0,1).
  const [a, b] = [[0.4, 0.3], [0.6, -0.2]] as const;
  const first = (a[0] + a[1] * b[0]) / (1 - a[1] * b[1]);
  const second = b[0] + b[1] * first;
  const ratios = ratiosOf([a, b], monthlyHorizon([0, 1]));
  close(ratios[0]!, Math.sqrt(1 - a[0] ** 2 - a[1] ** 2 - 2 * a[0] * a[1] * second));
  close(ratios[1]!, Math.sqrt(1 - b[0] ** 2 - b[1] ** 2 - 2 * b[0] * b[1] * first));
});

Deno.test("a process run with the ratios has variance one in every season", () => {
  const order = 3;
  const lags = fc.array(fc.double({ min: -0.3, max: 0.3, noNaN: true }), {
    minLength: 1,
    maxLength: order,
  });
  fc.assert(fc.property(fc.array(lags, { minLength: 1, maxLength: 5 }), (phi) => {
    const ratios = ratiosOf(phi, monthlyHorizon(phi.map((_, season) => season)));
    // Covariance of the last values, newest first, carried through many years from zero.
    let covariance = Array.from({ length: order }, () => new Array<number>(order).fill(0));
    for (let step = 0; step < 400; step++) {
      const season = step % phi.length;
      const row = Array.from(
        { length: order },
        (_, j) => phi[season]!.reduce((sum, value, i) => sum + value * covariance[i]![j]!, 0),
      );
      const variance = phi[season]!.reduce((sum, value, i) => sum + value * row[i]!, 0) +
        ratios[season]! ** 2;
      if (step >= 400 - phi.length) assert.ok(Math.abs(variance - 1) < 1e-9, `${variance}`);
      covariance = [
        [variance, ...row.slice(0, -1)],
        ...covariance.slice(0, -1).map((old, i) => [row[i]!, ...old.slice(0, -1)]),
      ];
    }
  }));
});

Deno.test("a season without coefficients is white noise to the others", () => {
  const ratios = ratiosOf([[], [0.5, 0.4]], monthlyHorizon([0, 1, 2]));
  close(ratios[0]!, Math.sqrt(1 - 0.25 - 0.16));
});

Deno.test("stages of one season share its past; the first one stands for it", () => {
  const phi = [[0.5, 0.1], [0.3, 0.2]];
  const weekly = monthlyHorizon([0, 1, 1, 1]);
  const ratios = ratiosOf([...phi, phi[1]!, phi[1]!], weekly);
  assert.deepEqual(ratios.slice(0, 2), ratiosOf(phi, monthlyHorizon([0, 1])));
  assert.equal(ratios[3], ratios[1]);
});

Deno.test("the annual part counts as a twelfth on each of twelve periods", () => {
  const stats: InflowStats = {
    rows: 1,
    hydro_id: Int32Array.of(0),
    stage_id: Int32Array.of(0),
    mean_m3s: Float64Array.of(100),
    std_m3s: Float64Array.of(30),
  };
  const annual: InflowAnnual = {
    rows: 1,
    hydro_id: Int32Array.of(0),
    stage_id: Int32Array.of(0),
    annual_coefficient: Float64Array.of(0.2),
    annual_mean_m3s: Float64Array.of(100),
    annual_std_m3s: Float64Array.of(15),
  };
  const { table } = deriveResidualRatios(
    coefficientsOf([[0.3]]),
    { inflowStats: stats, inflowAnnual: annual },
    monthlyHorizon([0]),
  );
  // ψ·s/σ^A = 0.4 spread over twelve lags.
  const phi = Array.from({ length: 12 }, (_, index) => 0.4 / 12 + (index === 0 ? 0.3 : 0));
  close(table.residual_std_ratio[0]!, ratiosOf([phi], monthlyHorizon([0]))[0]!);
});

Deno.test("coefficients that leave no variance for the noise are refused, for all such hydros", async () => {
  const { problems } = await readCells("v0.18", {
    "scenarios/inflow_ar_coefficients.parquet": {
      hydro_id: [0, 1, 2, 2],
      stage_id: [0, 0, 0, 0],
      lag: [1, 1, 1, 2],
      coefficient: [1.2, 0.9, 0, -1.1],
    },
  }, { horizon: monthlyHorizon([0]) });
  assert.deepEqual(
    problems.map(({ record }) => [record.context["rule"], record.context["entity_id"]]),
    [["N4.stationary", 0], ["N4.stationary", 2]],
  );
  assert.match(problems[0]!.record.message, /hydro 0 is not stationary/);
});

Deno.test("ratios that the table gives stay", () => {
  const given = coefficientsOf([[0.5], [0.5]]);
  given.residual_std_ratio[0] = 0.7;
  const { table } = deriveResidualRatios(given, NO_TABLES, monthlyHorizon([0, 1]));
  assert.equal(table.residual_std_ratio[0], 0.7);
  close(table.residual_std_ratio[1]!, Math.sqrt(0.75));
});
