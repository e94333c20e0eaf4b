import assert from "node:assert/strict";
import { periodOfDay, seasonOfDay } from "../../case/mod.ts";
import type { Horizon, InflowHistory, Season } from "../../model/mod.ts";
import { isoWeek, parseIsoDate } from "../../numeric/mod.ts";
import { monthlyHorizon } from "../noise_test_helpers.ts";
import { cycleCalendars } from "../season_calendar.ts";
import { type SeasonalRecord, seasonalRecords, valueAt } from "./seasonal_record.ts";

function historyOf(rows: readonly (readonly [string, string, number])[]): InflowHistory {
  return {
    rows: rows.length,
    hydro_id: new Int32Array(rows.length),
    start_day: Int32Array.from(rows, ([from]) => parseIsoDate(from)!),
    end_day: Int32Array.from(rows, ([, to]) => parseIsoDate(to)!),
    value_m3s: Float64Array.from(rows, ([, , value]) => value),
  };
}

function record(
  history: InflowHistory,
  horizon: Horizon,
  cycle = 0,
): { readonly record: SeasonalRecord; readonly period: (date: string) => number } {
  const calendars = cycleCalendars(horizon, { periodOfDay, seasonOfDay });
  const complete = calendars.length === 1;
  return {
    record: seasonalRecords(history, horizon, calendars, cycle, complete).get(0)!,
    period: (date) => calendars[cycle]!.periodAt(parseIsoDate(date)!)!,
  };
}

function season(
  id: number,
  monthStart: number,
  monthEnd: number,
  changes: Partial<Season> = {},
): Season {
  return { id, label: `S${id}`, monthStart, dayStart: 1, monthEnd, dayEnd: 31, ...changes };
}

const MONTHLY = monthlyHorizon([]);

Deno.test("a month keeps its value to the bit, gaps stay open", () => {
  const { record: found, period } = record(
    historyOf([
      ["2000-01-01", "2000-02-01", 0.1],
      ["2000-03-01", "2000-04-01", 0.3],
    ]),
    MONTHLY,
  );
  assert.equal(valueAt(found, period("2000-01-31")), 0.1);
  assert.ok(Number.isNaN(valueAt(found, period("2000-02-10"))));
  assert.equal(valueAt(found, period("2000-03-01")), 0.3);
  assert.ok(Number.isNaN(valueAt(found, period("2001-03-01"))));
  assert.equal(found.values.length, 3);
});

Deno.test("weeks become the mean of their month by days, across its end too", () => {
  const { record: found, period } = record(
    historyOf([
      ["2000-02-01", "2000-02-22", 10],
      ["2000-02-22", "2000-03-10", 40],
      ["2000-03-10", "2000-04-01", 70],
    ]),
    MONTHLY,
  );
  assert.ok(Math.abs(valueAt(found, period("2000-02-01")) - (21 * 10 + 8 * 40) / 29) < 1e-12);
  assert.ok(Math.abs(valueAt(found, period("2000-03-01")) - (9 * 40 + 22 * 70) / 31) < 1e-12);
});

Deno.test("a month of which less than half is known does not count", () => {
  const { record: found } = record(
    historyOf([["2000-01-18", "2000-02-01", 10], ["2000-02-14", "2000-03-01", 20]]),
    MONTHLY,
  );
  assert.deepEqual(Array.from(found.values), [20]);
});

Deno.test("quarters beside months are fitted to the means of three months", () => {
  const horizon = monthlyHorizon([], {
    seasons: {
      type: "custom",
      seasons: [
        ...Array.from({ length: 12 }, (_, id) => season(id, id + 1, id + 1)),
        ...Array.from({ length: 4 }, (_, q) => season(12 + q, 3 * q + 1, 3 * q + 3)),
      ],
    },
  });
  const history = historyOf([
    ["2001-01-01", "2001-02-01", 10],
    ["2001-02-01", "2001-03-01", 20],
    ["2001-03-01", "2001-04-01", 30],
    ["2001-04-01", "2001-05-01", 40],
  ]);
  assert.deepEqual(Array.from(record(history, horizon, 0).record.values), [10, 20, 30, 40]);
  const { record: quarters, period } = record(history, horizon, 1);
  assert.equal(quarters.seasons, 4);
  assert.ok(
    Math.abs(valueAt(quarters, period("2001-02-01")) - (31 * 10 + 28 * 20 + 31 * 30) / 90) < 1e-12,
  );
  // One month of the second quarter is not enough.
  assert.equal(quarters.values.length, 1);
});

Deno.test("a wet season across the new year is one period", () => {
  const horizon = monthlyHorizon([], {
    seasons: { type: "custom", seasons: [season(0, 11, 4), season(1, 5, 10)] },
  });
  const { record: found, period } = record(
    historyOf([["2000-11-01", "2001-01-01", 60], ["2001-01-01", "2001-05-01", 120]]),
    horizon,
  );
  assert.equal(period("2000-11-15"), period("2001-04-30"));
  assert.equal(period("2000-10-31"), period("2000-11-01") - 1);
  assert.ok(Math.abs(found.values[0]! - (61 * 60 + 120 * 120) / 181) < 1e-12);
});

Deno.test("weeks 52 and 53 are one season, and week 1 may begin in December", () => {
  const horizon = monthlyHorizon([], {
    seasons: {
      type: "weekly",
      seasons: Array.from({ length: 52 }, (_, id) => season(id, 1, 1)),
    },
  });
  assert.deepEqual(isoWeek(parseIsoDate("2020-12-28")!), { year: 2020, week: 53 });
  const { record: found, period } = record(
    historyOf([
      ["2019-12-30", "2020-01-06", 1],
      ["2020-12-21", "2020-12-28", 52],
      ["2020-12-28", "2021-01-04", 54],
      ["2021-01-04", "2021-01-11", 7],
    ]),
    horizon,
  );
  assert.equal(valueAt(found, period("2019-12-31")), 1);
  assert.equal(valueAt(found, period("2020-12-22")), 53);
  assert.equal(valueAt(found, period("2020-12-22") + 1), 7);
  assert.equal(found.values.length, 53);
});

Deno.test("a day inside a stage before the study has the season of that stage", () => {
  const horizon = monthlyHorizon([], {
    preStudyStages: [{
      id: -1,
      startDay: parseIsoDate("2000-01-29")!,
      endDay: parseIsoDate("2000-02-05")!,
      seasonId: 1,
    }],
  });
  const { record: found, period } = record(
    historyOf([
      ["2000-01-01", "2000-01-29", 10],
      ["2000-01-29", "2000-02-05", 40],
      ["2000-02-05", "2000-03-01", 70],
    ]),
    horizon,
  );
  assert.equal(valueAt(found, period("2000-01-10")), 10);
  assert.ok(Math.abs(valueAt(found, period("2000-02-10")) - (7 * 40 + 25 * 70) / 32) < 1e-12);
});

Deno.test("an observation that no season holds is an error that names it", () => {
  const horizon = monthlyHorizon([], {
    seasons: { type: "custom", seasons: [season(0, 1, 6)] },
  });
  assert.throws(
    () => record(historyOf([["2000-08-01", "2000-09-01", 10]]), horizon),
    /row 0 of scenarios\/inflow_history.parquet, of hydro 0/,
  );
});
