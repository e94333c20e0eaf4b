import assert from "node:assert/strict";
import type { DatedValue, Horizon, InflowHistory, SeasonCycle, Stage } from "../model/mod.ts";
import { formatIsoDate, parseIsoDate } from "../numeric/mod.ts";
import { lagDepth, lagPeriods, pastInflowsFromRecords, runsOfPeriod } from "./past_inflows.ts";

const day = (text: string) => parseIsoDate(text)!;
const entry = (from: string, to: string, value: number, entityId = 1): DatedValue => ({
  entityId,
  startDay: day(from),
  endDay: day(to),
  value,
});
const history = (...entries: DatedValue[]): InflowHistory => ({
  rows: entries.length,
  hydro_id: Int32Array.from(entries, (e) => e.entityId),
  start_day: Int32Array.from(entries, (e) => e.startDay),
  end_day: Int32Array.from(entries, (e) => e.endDay),
  value_m3s: Float64Array.from(entries, (e) => e.value),
});

const monthly: SeasonCycle = { type: "monthly", seasons: [] };

function horizon(
  from: string,
  to: string,
  seasons: SeasonCycle | null,
  preStudy: readonly [string, string][] = [],
): Horizon {
  const stage: Stage = {
    id: 0,
    startDay: day(from),
    endDay: day(to),
    seasonId: null,
    blocks: [],
    blockMode: "parallel",
    stateStorage: true,
    stateInflowLags: true,
    risk: { type: "expectation" },
    openings: 1,
    sampling: "saa",
    annualDiscountRate: 0,
  };
  return {
    type: "finite_horizon",
    annualDiscountRate: 0,
    transitions: [],
    stages: [stage],
    preStudyStages: preStudy.map(([start, end], k) => ({
      id: -1 - k,
      startDay: day(start),
      endDay: day(end),
      seasonId: null,
    })),
    seasons,
  };
}

function periods(value: Horizon, depth: number): string[] {
  const { running, past } = lagPeriods(value, depth);
  return [running, ...past].map(({ startDay, endDay }) =>
    `${formatIsoDate(startDay)} ${formatIsoDate(endDay)}`
  );
}

Deno.test("lags are months before the month that is running", () => {
  assert.deepEqual(periods(horizon("2030-03-11", "2030-03-18", monthly), 2), [
    "2030-03-01 2030-03-11",
    "2030-02-01 2030-03-01",
    "2030-01-01 2030-02-01",
  ]);
  assert.deepEqual(periods(horizon("2030-03-01", "2030-04-01", null), 1), [
    "2030-03-01 2030-03-01",
    "2030-02-01 2030-03-01",
  ]);
});

Deno.test("without a cycle lags are pre-study stages, else periods like the first stage", () => {
  const declared = horizon("2030-01-08", "2030-01-15", null, [["2029-12-29", "2030-01-08"]]);
  assert.deepEqual(periods(declared, 2).slice(1), [
    "2029-12-29 2030-01-08",
    "2029-12-22 2029-12-29",
  ]);
});

Deno.test("a lag is the mean of its days, and observations replace the history", () => {
  const { past } = lagPeriods(horizon("2030-03-01", "2030-04-01", monthly), 3);
  const months = history(
    entry("2029-12-01", "2030-01-01", 7),
    entry("2030-01-01", "2030-02-01", 10),
    entry("2030-02-01", "2030-03-01", 20),
  );
  const seen = [entry("2030-02-01", "2030-02-15", 40)];
  assert.deepEqual(pastInflowsFromRecords(months, seen, past), [
    { hydroId: 1, valuesM3s: [30, 10, 7], seasonIds: null },
  ]);
});

Deno.test("lags end where a period is not covered day by day", () => {
  const { past } = lagPeriods(horizon("2030-03-01", "2030-04-01", monthly), 3);
  const records = [entry("2030-01-02", "2030-02-01", 10), entry("2030-02-01", "2030-03-01", 0.1)];
  assert.deepEqual(pastInflowsFromRecords(null, records, past), [
    { hydroId: 1, valuesM3s: [0.1], seasonIds: null },
  ]);
  assert.deepEqual(pastInflowsFromRecords(null, records, []), []);
});

Deno.test("what is known of the running period are runs of days", () => {
  const { running } = lagPeriods(horizon("2030-03-11", "2030-03-18", monthly), 0);
  const records = [
    entry("2030-02-20", "2030-03-03", 5),
    entry("2030-03-05", "2030-03-20", 6),
    entry("2030-03-01", "2030-03-11", 9, 0),
  ];
  assert.deepEqual(runsOfPeriod(null, records, running), [
    entry("2030-03-01", "2030-03-11", 9, 0),
    entry("2030-03-01", "2030-03-03", 5),
    entry("2030-03-05", "2030-03-11", 6),
  ]);
});

Deno.test("the depth is that of the deepest model", () => {
  const none = {
    inflowHistory: null,
    inflowStats: null,
    inflowCoefficients: null,
    inflowAnnual: null,
  };
  const estimation = {
    maxOrder: 4,
    orderSelection: "pacf" as const,
    minObservationsPerSeason: 30,
    maxCoefficientMagnitude: null,
  };
  const coefficients = {
    rows: 2,
    hydro_id: new Int32Array(2),
    stage_id: new Int32Array(2),
    lag: Int32Array.of(1, 3),
    coefficient: new Float64Array(2),
    residual_std_ratio: new Float64Array(2),
  };
  assert.equal(lagDepth(none, estimation), 0);
  assert.equal(lagDepth({ ...none, inflowCoefficients: coefficients }, estimation), 3);
  const estimated = { ...none, inflowHistory: history() };
  assert.equal(lagDepth(estimated, estimation), 4);
  assert.equal(lagDepth(estimated, { ...estimation, orderSelection: "pacf_annual" }), 12);
  assert.equal(
    lagDepth({ ...estimated, inflowCoefficients: coefficients }, estimation),
    3,
    "given coefficients are not estimated",
  );
});
