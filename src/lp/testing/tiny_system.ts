/** Small systems for tests: everything has a default, a test states what matters to it. */
import {
  type Bus,
  type Contract,
  type Hydro,
  HYDRO_BOUND_FIELDS,
  HYDRO_PENALTY_FIELDS,
  type HydroCosts,
  type Line,
  NO_VALUE,
  type NonControllableSource,
  type OverrideTables,
  type PumpingStation,
  type Stage,
  type System,
  type Table,
  type Thermal,
  UNIT_GROUP_BOUND_FIELDS,
} from "../../model/mod.ts";

const ALWAYS = { entryStageId: null, exitStageId: null } as const;

/** A table from rows; integers and reals that a row does not give are −1 and missing. */
export function tableOf<I extends string, F extends string>(
  integers: readonly I[],
  reals: readonly F[],
  rows: readonly { readonly [column in I | F]?: number }[] = [],
): Table<I, F> {
  const columns: Record<string, Int32Array | Float64Array> = {};
  for (const name of integers) columns[name] = Int32Array.from(rows, (row) => row[name] ?? -1);
  for (const name of reals) columns[name] = Float64Array.from(rows, (row) => row[name] ?? NO_VALUE);
  return { rows: rows.length, ...columns } as Table<I, F>;
}

const KEYS = ["entity_id", "stage_id", "block_id"] as const;

/** Override tables without rows. */
export function noOverrides(): OverrideTables {
  return {
    thermal: tableOf(KEYS, ["min_generation_mw", "max_generation_mw", "cost_per_mwh"]),
    hydro: tableOf(KEYS, HYDRO_BOUND_FIELDS),
    unitGroup: tableOf(
      ["hydro_id", "unit_group_id", "stage_id", "block_id"],
      UNIT_GROUP_BOUND_FIELDS,
    ),
    line: tableOf(KEYS, ["direct_mw", "reverse_mw"]),
    station: tableOf(KEYS, ["min_m3s", "max_m3s"]),
    contract: tableOf(KEYS, ["min_mw", "max_mw", "price_per_mwh"]),
    source: tableOf(KEYS, ["available_generation_mw"]),
    busPenalty: tableOf(KEYS, ["excess_cost"]),
    linePenalty: tableOf(KEYS, ["exchange_cost"]),
    hydroPenalty: tableOf(KEYS, HYDRO_PENALTY_FIELDS),
    sourcePenalty: tableOf(KEYS, ["curtailment_cost"]),
  };
}

/** Costs of violations are 10,000, those that only steer are small. */
export const TINY_COSTS: HydroCosts = {
  spillage: 0.01,
  turbined: 0,
  diversion: 0.01,
  storageBelow: 10_000,
  fillingTarget: 10_000,
  turbinedBelow: 10_000,
  outflowBelow: 10_000,
  outflowAbove: 10_000,
  generationBelow: 10_000,
  evaporationPos: 10_000,
  evaporationNeg: 10_000,
  withdrawalPos: 10_000,
  withdrawalNeg: 10_000,
  inflowNonNegativity: 1000,
};

/** A plant with 1 MW per m³/s, a reservoir of 0 to 200 hm³ and units of 50 MW on bus 0. */
export function tinyHydro(given: Partial<Hydro> = {}): Hydro {
  const id = given.id ?? 0;
  const maxTurbinedM3s = given.maxTurbinedM3s ?? 50;
  const maxGenerationMw = given.maxGenerationMw ?? 50;
  return {
    id,
    name: `H${id}`,
    ...ALWAYS,
    downstreamId: null,
    travelTimeHours: 0,
    minStorageHm3: 0,
    maxStorageHm3: 200,
    minOutflowM3s: 0,
    maxOutflowM3s: null,
    minTurbinedM3s: 0,
    maxTurbinedM3s,
    minGenerationMw: 0,
    maxGenerationMw,
    model: "constant_productivity",
    production: [],
    specificProductivityMwPerM3sPerM: null,
    unitGroups: [{
      id: 0,
      name: "G0",
      busId: 0,
      minGenerationMw: 0,
      maxGenerationMw,
      minTurbinedM3s: 0,
      maxTurbinedM3s,
    }],
    tailrace: null,
    hydraulicLosses: null,
    efficiency: null,
    evaporation: null,
    diversion: null,
    filling: null,
    costs: TINY_COSTS,
    ...given,
  };
}

/** 100 MW at 50 $/MWh on bus 0. */
export function tinyThermal(given: Partial<Thermal> = {}): Thermal {
  const id = given.id ?? 0;
  return {
    id,
    name: `T${id}`,
    ...ALWAYS,
    busId: 0,
    costPerMwh: 50,
    minMw: 0,
    maxMw: 100,
    anticipated: null,
    ...given,
  };
}

/** A bus with one step of deficit at 1,000 $/MWh. */
export function tinyBus(given: Partial<Bus> = {}): Bus {
  const id = given.id ?? 0;
  return {
    id,
    name: `B${id}`,
    ...ALWAYS,
    deficitSegments: [{ depthMw: null, cost: 1000 }],
    excessCost: 0.01,
    ...given,
  };
}

/** 20 MW either way from bus 0 to bus 1, without losses. */
export function tinyLine(given: Partial<Line> = {}): Line {
  const id = given.id ?? 0;
  return {
    id,
    name: `L${id}`,
    ...ALWAYS,
    sourceBusId: 0,
    targetBusId: 1,
    directMw: 20,
    reverseMw: 20,
    exchangeCost: 0.01,
    lossesPercent: 0,
    ...given,
  };
}

/** 100 MW on bus 0. */
export function tinySource(given: Partial<NonControllableSource> = {}): NonControllableSource {
  const id = given.id ?? 0;
  return {
    id,
    name: `S${id}`,
    ...ALWAYS,
    busId: 0,
    maxGenerationMw: 100,
    curtailmentCost: 0.001,
    allowCurtailment: true,
    ...given,
  };
}

/** Lifts 10 m³/s from hydro 1 to hydro 0 at 0.5 MW per m³/s. */
export function tinyStation(given: Partial<PumpingStation> = {}): PumpingStation {
  const id = given.id ?? 0;
  return {
    id,
    name: `P${id}`,
    ...ALWAYS,
    busId: 0,
    sourceHydroId: 1,
    destinationHydroId: 0,
    consumptionMwPerM3s: 0.5,
    minFlowM3s: 0,
    maxFlowM3s: 10,
    ...given,
  };
}

/** Up to 10 MW of import on bus 0 at 30 $/MWh. */
export function tinyContract(given: Partial<Contract> = {}): Contract {
  const id = given.id ?? 0;
  return {
    id,
    name: `C${id}`,
    ...ALWAYS,
    busId: 0,
    type: "import",
    pricePerMwh: 30,
    minMw: 0,
    maxMw: 10,
    ...given,
  };
}

/** A month of 30 days with the given blocks; default one block of 730 hours. */
export function tinyStage(
  id: number,
  hours: readonly number[] = [730],
  given: Partial<Stage> = {},
): Stage {
  return {
    id,
    startDay: 30 * id,
    endDay: 30 * (id + 1),
    seasonId: id % 12,
    blocks: hours.map((length, block) => ({ id: block, name: `K${block}`, hours: length })),
    blockMode: "parallel",
    stateStorage: true,
    stateInflowLags: false,
    risk: { type: "expectation" },
    openings: 1,
    sampling: "saa",
    annualDiscountRate: 0,
    ...given,
  };
}

/** What a test states of its system; volumes are those at the start, by hydro id. */
export type TinySystem =
  & Partial<Omit<System, "overrides" | "horizon" | "initial">>
  & {
    readonly stages: readonly Stage[];
    readonly overrides?: Partial<OverrideTables>;
    readonly volumes?: readonly (readonly [hydroId: number, hm3: number])[];
    readonly initial?: Partial<System["initial"]>;
  };

/** A system of one bus and what the test adds. */
export function tinySystem(given: TinySystem): System {
  const { stages, overrides, volumes = [], initial, ...rest } = given;
  return {
    buses: [tinyBus()],
    lines: [],
    hydros: [],
    thermals: [],
    sources: [],
    stations: [],
    contracts: [],
    horizon: {
      type: "finite_horizon",
      annualDiscountRate: 0,
      transitions: [],
      stages,
      preStudyStages: [],
      seasons: null,
    },
    initial: {
      storage: volumes.map(([hydroId, valueHm3]) => ({ hydroId, valueHm3 })),
      fillingStorage: [],
      pastInflows: [],
      recentObservations: [],
      pastCommitments: [],
      pastDefluences: [],
      ...initial,
    },
    geometry: tableOf(["hydro_id"], ["volume_hm3", "height_m", "area_km2"]),
    fphaPlanes: tableOf(["hydro_id", "stage_id", "plane_id"], [
      "gamma_0",
      "gamma_v",
      "gamma_q",
      "gamma_s",
      "kappa",
      "valid_v_min_hm3",
      "valid_v_max_hm3",
      "valid_q_max_m3s",
    ]),
    planeReduction: null,
    tailraceCurves: null,
    energyProductivity: null,
    scenarios: {
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
      loadFactors: tableOf(KEYS, ["factor"]),
      sourceFactors: tableOf(KEYS, ["factor"]),
    },
    correlation: null,
    overrides: { ...noOverrides(), ...overrides },
    genericConstraints: [],
    genericBounds: tableOf(["constraint_id", "stage_id", "block_id"], [
      "bound_lower",
      "bound_upper",
    ]),
    parameters: [],
    postStudy: null,
    ...rest,
  };
}
