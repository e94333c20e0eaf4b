/** A small system for tests. */
import type { Hydro, HydroCosts } from "./entity.ts";
import type { Stage } from "./horizon.ts";
import type { System } from "./system.ts";
import {
  type GenericBounds,
  HYDRO_BOUND_FIELDS,
  HYDRO_PENALTY_FIELDS,
  type Overrides,
  UNIT_GROUP_BOUND_FIELDS,
} from "./table.ts";

/** A row of overrides. */
export type Row = readonly [
  entity: number,
  stage: number,
  block: number,
  values: Readonly<Record<string, number>>,
];

/** A table of overrides; rows in key order. */
function overrides<F extends string>(fields: readonly F[], rows: readonly Row[]): Overrides<F> {
  const table: Record<string, unknown> = {
    rows: rows.length,
    entity_id: Int32Array.from(rows, (row) => row[0]),
    stage_id: Int32Array.from(rows, (row) => row[1]),
    block_id: Int32Array.from(rows, (row) => row[2]),
  };
  for (const field of fields) table[field] = Float64Array.from(rows, (row) => row[3][field] ?? NaN);
  return table as unknown as Overrides<F>;
}

/** The costs of a hydro; those of the test's hydros count from 1 in this order. */
export const COST_NAMES: readonly (keyof HydroCosts)[] = [
  "spillage",
  "turbined",
  "diversion",
  "storageBelow",
  "fillingTarget",
  "turbinedBelow",
  "outflowBelow",
  "outflowAbove",
  "generationBelow",
  "evaporationPos",
  "evaporationNeg",
  "withdrawalPos",
  "withdrawalNeg",
  "inflowNonNegativity",
];

/** A hydro like any other. */
export function hydro(id: number, more: Partial<Hydro> = {}): Hydro {
  return {
    id,
    name: `H${id}`,
    entryStageId: null,
    exitStageId: null,
    downstreamId: null,
    travelTimeHours: 0,
    minStorageHm3: 10,
    maxStorageHm3: 200,
    minOutflowM3s: 2,
    maxOutflowM3s: null,
    minTurbinedM3s: 1,
    maxTurbinedM3s: 60,
    minGenerationMw: 0,
    maxGenerationMw: 54,
    model: "constant_productivity",
    production: [],
    specificProductivityMwPerM3sPerM: null,
    unitGroups: [{
      id: 0,
      name: "G",
      busId: 0,
      minGenerationMw: 0,
      maxGenerationMw: 54,
      minTurbinedM3s: 0,
      maxTurbinedM3s: 60,
    }],
    tailrace: null,
    hydraulicLosses: null,
    efficiency: null,
    evaporation: null,
    diversion: null,
    filling: null,
    costs: Object.fromEntries(COST_NAMES.map((name, i) => [name, i + 1])) as unknown as HydroCosts,
    ...more,
  };
}

function stage(id: number, hours: readonly number[]): Stage {
  return {
    id,
    startDay: 30 * id,
    endDay: 30 * (id + 1),
    seasonId: null,
    blocks: hours.map((value, block) => ({ id: block, name: `B${block}`, hours: value })),
    blockMode: "parallel",
    stateStorage: true,
    stateInflowLags: false,
    risk: { type: "expectation" },
    openings: 1,
    sampling: "saa",
    annualDiscountRate: 0,
  };
}

const NO_BOUNDS: GenericBounds = {
  rows: 0,
  constraint_id: new Int32Array(0),
  stage_id: new Int32Array(0),
  block_id: new Int32Array(0),
  bound_lower: new Float64Array(0),
  bound_upper: new Float64Array(0),
};

/**
 * A system with one element of each kind but two hydros, and stages 0 (two blocks), 1 (one block)
 * and 5 (two blocks); `rows` are by name of the table.
 */
export function systemWith(
  rows: Partial<Record<string, readonly Row[]>> = {},
  more: Partial<System> = {},
): System {
  const table = <F extends string>(name: string, fields: readonly F[]): Overrides<F> =>
    overrides(fields, rows[name] ?? []);
  const unitGroup = table("unitGroup", UNIT_GROUP_BOUND_FIELDS);
  const life = { entryStageId: null, exitStageId: null };
  const system: Omit<System, "tailraceCurves"> = {
    buses: [{ id: 4, name: "N", ...life, deficitSegments: [], excessCost: 20 }],
    lines: [{
      id: 8,
      name: "L",
      ...life,
      sourceBusId: 4,
      targetBusId: 4,
      directMw: 100,
      reverseMw: 50,
      exchangeCost: 0.5,
      lossesPercent: 0,
    }],
    hydros: [hydro(3), hydro(7)],
    thermals: [
      {
        id: 2,
        name: "T",
        entryStageId: 1,
        exitStageId: 5,
        busId: 4,
        costPerMwh: 70,
        minMw: 5,
        maxMw: 60,
        anticipated: null,
      },
    ],
    sources: [{
      id: 6,
      name: "W",
      ...life,
      busId: 4,
      maxGenerationMw: 30,
      curtailmentCost: 0.01,
      allowCurtailment: true,
    }],
    stations: [{
      id: 9,
      name: "P",
      ...life,
      busId: 4,
      sourceHydroId: 3,
      destinationHydroId: 7,
      consumptionMwPerM3s: 0.4,
      minFlowM3s: 0,
      maxFlowM3s: 15,
    }],
    contracts: [{
      id: 5,
      name: "C",
      ...life,
      busId: 4,
      type: "import",
      pricePerMwh: 95,
      minMw: 0,
      maxMw: 25,
    }],
    horizon: {
      type: "finite_horizon",
      annualDiscountRate: 0,
      transitions: [],
      stages: [stage(0, [120, 624]), stage(1, [672]), stage(5, [300, 444])],
      preStudyStages: [],
      seasons: null,
    },
    initial: {
      storage: [],
      fillingStorage: [],
      pastInflows: [],
      recentObservations: [],
      pastCommitments: [],
      pastDefluences: [],
    },
    geometry: {
      rows: 0,
      hydro_id: new Int32Array(0),
      volume_hm3: new Float64Array(0),
      height_m: new Float64Array(0),
      area_km2: new Float64Array(0),
    },
    fphaPlanes: { rows: 0 } as System["fphaPlanes"],
    planeReduction: null,
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
      loadFactors: table("loadFactors", ["factor"]),
      sourceFactors: table("sourceFactors", ["factor"]),
    },
    correlation: null,
    overrides: {
      thermal: table("thermal", ["min_generation_mw", "max_generation_mw", "cost_per_mwh"]),
      hydro: table("hydro", HYDRO_BOUND_FIELDS),
      unitGroup: {
        ...unitGroup,
        hydro_id: unitGroup.entity_id,
        unit_group_id: Int32Array.from(rows["unitGroup"] ?? [], (row) => row[3]["group"]!),
      },
      line: table("line", ["direct_mw", "reverse_mw"]),
      station: table("station", ["min_m3s", "max_m3s"]),
      contract: table("contract", ["min_mw", "max_mw", "price_per_mwh"]),
      source: table("source", ["available_generation_mw"]),
      busPenalty: table("busPenalty", ["excess_cost"]),
      linePenalty: table("linePenalty", ["exchange_cost"]),
      hydroPenalty: table("hydroPenalty", HYDRO_PENALTY_FIELDS),
      sourcePenalty: table("sourcePenalty", ["curtailment_cost"]),
    },
    genericConstraints: [],
    genericBounds: NO_BOUNDS,
    parameters: [],
    postStudy: null,
  };
  return { tailraceCurves: null, ...system, ...more };
}
