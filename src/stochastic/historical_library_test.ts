import assert from "node:assert/strict";
import type { Horizon, ScenarioSource } from "../model/mod.ts";
import { daysFromCivil } from "../numeric/mod.ts";
import { CobreError } from "../protocol/mod.ts";
import { historicalLibrary } from "./historical_library.ts";
import { realisedInflow } from "./inflow_equation.ts";
import { buildInflowModels, type InflowModels } from "./inflow_model.ts";
import type { InflowModelRow } from "./inflow_rows.ts";
import { monthlyHorizon, monthlyStages, RULES, tableOf } from "./noise_test_helpers.ts";
import { seasonHistory } from "./season_history.ts";

const HYDROS = [{ id: 3 }, { id: 8 }];

function modelsOf(horizon: Horizon, changes: Partial<InflowModelRow> = {}): InflowModels {
  const rows = HYDROS.flatMap(({ id: hydroId }) =>
    horizon.stages.map(({ id: stageId }) => ({
      hydroId,
      stageId,
      meanM3s: 100 + stageId,
      stdM3s: 10 + hydroId,
      coefficients: [0.5, 0.2],
      residualRatio: 0.8,
      annual: null,
      ...changes,
    }))
  );
  return buildInflowModels(horizon, HYDROS, rows, RULES).models;
}

/** Inflows that tell hydro, year and month apart. */
function observed(hydro: number, year: number, month: number): number {
  return 1000 * hydro + (year - 1990) * 20 + month;
}

function historyOf(from: number, to: number, drop: (year: number, month: number) => boolean) {
  const rows: number[][] = [];
  for (const { id } of HYDROS) {
    for (let year = from; year <= to; year++) {
      for (let month = 1; month <= 12; month++) {
        if (drop(year, month)) continue;
        const start = daysFromCivil(year, month, 1)!;
        rows.push([id, start, start + 28, observed(id, year, month)]);
      }
    }
  }
  const table = tableOf(["hydro_id", "start_day", "end_day"], ["value_m3s"], rows);
  return seasonHistory(table, HYDROS, (day) => monthOf(day));
}

function monthOf(day: number): number {
  return new Date(day * 86_400_000).getUTCMonth();
}

function libraryOf(
  horizon: Horizon,
  years: ScenarioSource["historicalYears"] = null,
  drop: (year: number, month: number) => boolean = () => false,
  models = modelsOf(horizon),
) {
  return historicalLibrary(horizon, HYDROS, models, historyOf(1990, 1994, drop), years);
}

Deno.test("historical noises make the models repeat the past", () => {
  const horizon = monthlyHorizon(monthlyStages(14));
  const models = modelsOf(horizon);
  const library = libraryOf(horizon);
  // Lags reach into the year before, the last two stages into the year after.
  assert.deepEqual(library.years, [1991, 1992, 1993]);
  const out = new Float64Array(2);
  library.years.forEach((year, w) => {
    const lags = library.lags.slice(w * 4, w * 4 + 4);
    assert.deepEqual(
      [...lags],
      [12, 11].flatMap((m) => [3, 8].map((h) => observed(h, year - 1, m))),
    );
    for (let t = 0; t < 14; t++) {
      const noise = library.noise.subarray((w * 14 + t) * 2, (w * 14 + t) * 2 + 2);
      realisedInflow(models, t, lags, noise, out);
      HYDROS.forEach(({ id }, h) => {
        const wanted = observed(id, year + Math.floor(t / 12), t % 12 + 1);
        assert.ok(Math.abs(out[h]! - wanted) < 1e-9 * wanted);
      });
      lags.copyWithin(2, 0);
      lags.set(out);
    }
  });
});

Deno.test("a window needs every month of every hydro, and may be chosen", () => {
  const horizon = monthlyHorizon(monthlyStages(6));
  assert.deepEqual(libraryOf(horizon).years, [1991, 1992, 1993, 1994]);
  assert.deepEqual(libraryOf(horizon, null, (y, m) => y === 1992 && m === 3).years, [
    1991,
    1993,
    1994,
  ]);
  // December is a lag of January, October is not needed.
  assert.deepEqual(libraryOf(horizon, null, (y, m) => y === 1992 && m === 12).years, [
    1991,
    1992,
    1994,
  ]);
  assert.deepEqual(libraryOf(horizon, null, (y, m) => y === 1992 && m === 10).years.length, 4);
  assert.deepEqual(libraryOf(horizon, { from: 1992, to: 1993 }).years, [1992, 1993]);
  assert.deepEqual(libraryOf(horizon, [1994, 1990, 1992]).years, [1992, 1994]);
});

Deno.test("no window at all, stages without season, and impossible inflows are refused", () => {
  const horizon = monthlyHorizon(monthlyStages(3));
  const refused = (pattern: RegExp, attempt: () => void) =>
    assert.throws(attempt, (e) => e instanceof CobreError && pattern.test(e.message));
  refused(/No window .* 1990 to 1994/, () => libraryOf(horizon, [1990]));
  const lost = monthlyHorizon(monthlyStages(2, { seasonId: null }));
  refused(/stages 0, 1 have none/, () => libraryOf(lost, null, () => false, modelsOf(horizon)));
  const rigid = modelsOf(horizon, { stdM3s: 0, coefficients: [] });
  refused(/Hydro 3 had .* has no noise/, () => libraryOf(horizon, null, () => false, rigid));
});

Deno.test("weeks of one month repeat that month of one year", () => {
  const weeks = monthlyStages(4, { seasonId: 1 }).map((stage, week) => ({
    ...stage,
    startDay: daysFromCivil(2024, 2, 1)! + 7 * week,
    endDay: daysFromCivil(2024, 2, 1)! + 7 * week + 7,
  }));
  const library = libraryOf(monthlyHorizon(weeks));
  assert.deepEqual(library.years, [1990 + 1, 1992, 1993, 1994]);
  assert.equal(library.lags[0], observed(3, 1991, 1));
});
