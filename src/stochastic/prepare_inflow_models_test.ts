import assert from "node:assert/strict";
import type { InflowCoefficients, InflowStats } from "../model/mod.ts";
import { CobreError } from "../protocol/mod.ts";
import { prepare, simulatedHistory, systemOf, TRUTH } from "./inflow_study_test_helpers.ts";
import { monthlyHorizon, monthlyStages } from "./noise_test_helpers.ts";

function statsOf(rows: readonly (readonly [number, number, number, number])[]): InflowStats {
  return {
    rows: rows.length,
    hydro_id: Int32Array.from(rows, (row) => row[0]),
    stage_id: Int32Array.from(rows, (row) => row[1]),
    mean_m3s: Float64Array.from(rows, (row) => row[2]),
    std_m3s: Float64Array.from(rows, (row) => row[3]),
  };
}

function coefficientsOf(
  rows: readonly (readonly [number, number, number, number, number])[],
): InflowCoefficients {
  return {
    rows: rows.length,
    hydro_id: Int32Array.from(rows, (row) => row[0]),
    stage_id: Int32Array.from(rows, (row) => row[1]),
    lag: Int32Array.from(rows, (row) => row[2]),
    coefficient: Float64Array.from(rows, (row) => row[3]),
    residual_std_ratio: Float64Array.from(rows, (row) => row[4]),
  };
}

Deno.test("what a case has decides the path, and where each part comes from", () => {
  const inflowHistory = simulatedHistory(20, [4], 3);
  const inflowStats = statsOf(Array.from({ length: 12 }, (_, id) => [4, id, 100, 10] as const));
  const inflowCoefficients = coefficientsOf([[4, 3, 1, 0.5, 0.8]]);
  const paths = [
    [{}, "deterministic", "n/a", "n/a", "n/a", null],
    [{ inflowStats }, "user_stats_white_noise", "user_file", "n/a", "n/a", null],
    [
      { inflowStats, inflowCoefficients },
      "user_provided_no_history",
      "user_file",
      "user_file",
      "n/a",
      null,
    ],
    [{ inflowHistory }, "full_estimation", "estimated", "estimated", "estimated", "PACF"],
    [
      { inflowHistory, inflowCoefficients },
      "user_ar_history_stats",
      "estimated",
      "user_file",
      "estimated",
      null,
    ],
    [
      { inflowHistory, inflowStats },
      "partial_estimation",
      "user_file",
      "estimated",
      "estimated",
      "PACF",
    ],
    [
      { inflowHistory, inflowStats, inflowCoefficients },
      "user_provided_all",
      "user_file",
      "user_file",
      "n/a",
      null,
    ],
  ] as const;
  for (const [tables, path, stats, coefficients, correlation, method] of paths) {
    const { provenance } = prepare(systemOf([4], tables));
    assert.equal(provenance.estimation_path, path);
    assert.equal(provenance.seasonal_stats_source, stats);
    assert.equal(provenance.ar_coefficients_source, coefficients);
    assert.equal(provenance.correlation_source, correlation);
    assert.equal(provenance.ar_method, method);
    assert.equal(provenance.opening_tree_source, "estimated");
    assert.equal(provenance.n_hydros, 1);
  }
});

Deno.test("without tables there is no inflow", () => {
  const { models, rows, correlation, fitting } = prepare(systemOf([4], {}));
  assert.deepEqual([rows.length, correlation, fitting], [0, null, null]);
  assert.ok(models.base.every((value) => value === 0));
});

Deno.test("given coefficients are taken to the bit, on moments of the history", () => {
  const inflowCoefficients = coefficientsOf([[4, 3, 1, 0.123456789, 0.8], [4, 3, 2, 0.2, 0.8]]);
  const { rows, fitting } = prepare(
    systemOf([4], { inflowHistory: simulatedHistory(40, [4], 3), inflowCoefficients }),
  );
  const row = rows.find(({ stageId }) => stageId === 3)!;
  assert.deepEqual(row.coefficients, [0.123456789, 0.2]);
  assert.equal(row.residualRatio, 0.8);
  assert.ok(row.stdM3s > 0);
  assert.deepEqual(rows.find(({ stageId }) => stageId === 4)!.coefficients, []);
  assert.deepEqual(fitting, { hydros: {} });
});

Deno.test("given moments carry fitted coefficients, and a given deviation of 0 carries none", () => {
  const inflowHistory = simulatedHistory(60, [4], 3);
  const full = prepare(systemOf([4], { inflowHistory }));
  const inflowStats = statsOf(
    Array.from({ length: 12 }, (_, id) => [4, id, 100 + id, id === 5 ? 0 : 10] as const),
  );
  const { rows } = prepare(systemOf([4], { inflowHistory, inflowStats }));
  rows.forEach((row) => {
    const fitted = full.rows.find(({ stageId }) => stageId === row.stageId)!;
    assert.equal(row.meanM3s, 100 + row.stageId);
    assert.deepEqual(row.coefficients, row.stageId === 5 ? [] : fitted.coefficients);
  });
});

Deno.test("a hydro with given moments and no history is noise alone", () => {
  const inflowStats = statsOf(
    [4, 6].flatMap((hydro) => Array.from({ length: 12 }, (_, id) => [hydro, id, 100, 10] as const)),
  );
  const { provenance, rows } = prepare(
    systemOf([4, 6], { inflowHistory: simulatedHistory(40, [4], 3), inflowStats }),
  );
  assert.deepEqual(provenance.white_noise_fallbacks, [6]);
  assert.ok(rows.filter(({ hydroId }) => hydroId === 6).every((row) => row.residualRatio === 1));
});

Deno.test("a hydro with history and no given moments is refused by name", () => {
  const inflowStats = statsOf(Array.from({ length: 12 }, (_, id) => [4, id, 100, 10] as const));
  assert.throws(
    () =>
      prepare(systemOf([4, 6], { inflowHistory: simulatedHistory(40, [4, 6], 3), inflowStats })),
    (thrown) => thrown instanceof CobreError && /parquet: 6$/.test(thrown.message),
  );
});

Deno.test("given moments that the history contradicts are told", () => {
  const inflowHistory = simulatedHistory(60, [4], 3);
  const past = { hydroId: 4, valuesM3s: [200], seasonIds: null };
  const initial = { ...systemOf([], {}).initial, pastInflows: [past] };
  const inflowStats = statsOf(
    Array.from({ length: 12 }, (_, id) => [4, id, 500, id === 7 ? 200 : 30] as const),
  );
  const { warnings } = prepare(systemOf([4], { inflowHistory, inflowStats }, { initial }));
  assert.equal(warnings.length, 2);
  assert.match(warnings[0]!.message, /nearer to the mean of its history/);
  assert.match(warnings[1]!.message, /seasons 6\/7, 7\/8$/);
});

Deno.test("a given correlation counts, whatever the residuals say", () => {
  const correlation = {
    method: "spectral" as const,
    profiles: [{ name: "default", groups: [] }],
    schedule: [],
  };
  const prepared = prepare(
    systemOf([4], { inflowHistory: simulatedHistory(40, [4], 3) }, { correlation }),
  );
  assert.equal(prepared.correlation, correlation);
  assert.equal(prepared.provenance.correlation_source, "user_file");
});

Deno.test("the months before a short study have moments for its lags", () => {
  const inflowHistory = simulatedHistory(200, [4], 3);
  const year = prepare(systemOf([4], { inflowHistory }));
  const quarter = prepare(
    systemOf([4], { inflowHistory }, { horizon: monthlyHorizon(monthlyStages(3)) }),
  );
  assert.deepEqual(quarter.models.psi, year.models.psi.slice(0, quarter.models.psi.length));
  assert.deepEqual(quarter.models.base, year.models.base.slice(0, 3));
  assert.deepEqual(quarter.rows.map(({ stageId }) => stageId), [-3, -2, -1, 0, 1, 2]);
});

Deno.test("months and quarters of one study are both fitted", () => {
  const months = monthlyStages(6);
  const stages = [
    ...months,
    ...[14, 15].map((seasonId, at) => ({
      ...months[0]!,
      id: 6 + at,
      startDay: months[5]!.endDay + 92 * at,
      endDay: months[5]!.endDay + 92 * (at + 1),
      seasonId,
    })),
  ];
  const span = (id: number, monthStart: number, monthEnd: number) => ({
    id,
    label: `S${id}`,
    monthStart,
    dayStart: 1,
    monthEnd,
    dayEnd: 31,
  });
  const seasons = [
    ...Array.from({ length: 12 }, (_, id) => span(id, id + 1, id + 1)),
    ...Array.from({ length: 4 }, (_, q) => span(12 + q, 3 * q + 1, 3 * q + 3)),
  ];
  const horizon = monthlyHorizon(stages, { seasons: { type: "custom", seasons } });
  const { rows, correlation } = prepare(
    systemOf([4], { inflowHistory: simulatedHistory(60, [4], 3) }, { horizon }),
  );
  const third = rows.find(({ stageId }) => stageId === 6)!;
  const mean = [6, 7, 8].reduce((sum, month) => sum + TRUTH[month]!.mean, 0) / 3;
  assert.ok(Math.abs(third.meanM3s - mean) < 20);
  assert.ok(third.coefficients.length >= 1);
  const names = correlation!.profiles.map(({ name }) => name);
  assert.ok(names.includes("season_14") && names.includes("season_00"));
});

Deno.test("what cannot be fitted is told by hydro and season", () => {
  const oneYear = simulatedHistory(1, [4], 3);
  const messages = (run: () => unknown): readonly string[] => {
    try {
      run();
    } catch (thrown) {
      assert.ok(thrown instanceof CobreError);
      return thrown.records.map(({ message }) => message);
    }
    return [];
  };
  const few = messages(() => prepare(systemOf([4], { inflowHistory: oneYear })));
  assert.equal(few.length, 12);
  assert.match(few[3]!, /hydro 4 in season 3: only one year is observed, wanted at least two/);
  assert.match(
    messages(() => prepare(systemOf([4, 5], { inflowHistory: simulatedHistory(9, [4], 3) })))[0]!,
    /hydro 5: scenarios\/inflow_history.parquet has no observation of it/,
  );
  const noSeasons = monthlyHorizon(monthlyStages(3), { seasons: null });
  assert.match(
    messages(() => prepare(systemOf([4], { inflowHistory: oneYear }, { horizon: noSeasons })))[0]!,
    /no season_definitions/,
  );
  const seasonless = monthlyHorizon(monthlyStages(3, { seasonId: null }));
  const history = simulatedHistory(9, [4], 3);
  assert.match(
    messages(() => prepare(systemOf([4], { inflowHistory: history }, { horizon: seasonless })))[0]!,
    /stages that have no season: 0, 1, 2$/,
  );
});
