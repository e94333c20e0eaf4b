/** Studies with a history that the tests of inflow models share. */
import type { Config, InflowHistory, ScenarioTables } from "../model/mod.ts";
import { monthlyHistory, normals } from "./estimation/test_records.ts";
import { monthlyHorizon, monthlyStages, RULES } from "./noise_test_helpers.ts";
import {
  type InflowSystem,
  type PreparedInflows,
  prepareInflowModels,
} from "./prepare_inflow_models.ts";

const ESTIMATION: Config["estimation"] = {
  maxOrder: 3,
  orderSelection: "pacf",
  minObservationsPerSeason: 20,
  maxCoefficientMagnitude: null,
};

const NO_TABLES: ScenarioTables = {
  inflowHistory: null,
  inflowStats: null,
  inflowCoefficients: null,
  inflowAnnual: null,
  loadStats: null,
  sourceStats: null,
  externalInflow: null,
  externalLoad: null,
  externalSource: null,
  noiseOpenings: null,
  loadFactors: {
    rows: 0,
    entity_id: new Int32Array(0),
    stage_id: new Int32Array(0),
    block_id: new Int32Array(0),
    factor: new Float64Array(0),
  },
  sourceFactors: {
    rows: 0,
    entity_id: new Int32Array(0),
    stage_id: new Int32Array(0),
    block_id: new Int32Array(0),
    factor: new Float64Array(0),
  },
};

/** A system of hydros with these tables and twelve monthly stages. */
export function systemOf(
  hydroIds: readonly number[],
  tables: Partial<ScenarioTables>,
  changes: Partial<InflowSystem> = {},
): InflowSystem {
  return {
    hydros: hydroIds.map((id) => ({ id })) as unknown as InflowSystem["hydros"],
    buses: [],
    sources: [],
    horizon: monthlyHorizon(monthlyStages(12)),
    scenarios: { ...NO_TABLES, ...tables },
    correlation: null,
    initial: {
      storage: [],
      fillingStorage: [],
      pastInflows: [],
      recentObservations: [],
      pastCommitments: [],
      pastDefluences: [],
    },
    ...changes,
  };
}

/** Its models, fitted up to order 3 unless changed. */
export function prepare(
  system: InflowSystem,
  estimation: Partial<Config["estimation"]> = {},
): PreparedInflows {
  return prepareInflowModels(system, { estimation: { ...ESTIMATION, ...estimation } }, RULES);
}

/** Standardised coefficients of the months, mean and deviation of the inflow; stationary. */
export const TRUTH = Array.from({ length: 12 }, (_, month) => ({
  phi: [0.4 + 0.02 * month, 0.15, 0.1 + 0.01 * (month % 3)],
  mean: 150 + 60 * Math.cos(month / 2),
  std: 30 + 2 * month,
}));

/** Years of a periodic process of order 3, hydros with the correlation 0.5 between their noises. */
export function simulatedHistory(
  years: number,
  hydroIds: readonly number[],
  seed: number,
): InflowHistory {
  const draw = normals(seed);
  const standardised: number[][] = hydroIds.map(() => []);
  const warmUp = 120;
  for (let at = 0; at < 12 * years + warmUp; at++) {
    const { phi } = TRUTH[at % 12]!;
    const common = draw();
    for (const values of standardised) {
      let value = 0.6 * (Math.sqrt(0.5) * common + Math.sqrt(0.5) * draw());
      phi.forEach((coefficient, lag) => value += coefficient * (values[at - lag - 1] ?? 0));
      values.push(value);
    }
  }
  return monthlyHistory(
    2023 - years,
    new Map(hydroIds.map((id, h) => [
      id,
      standardised[h]!.slice(warmUp).map((value, at) =>
        TRUTH[at % 12]!.mean + TRUTH[at % 12]!.std * value
      ),
    ])),
  );
}
