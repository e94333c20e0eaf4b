/** `penalties.json`: what violations and regularisation cost where nothing else is said. */
import { z } from "zod";
import type { DeficitSegment, HydroCosts } from "../../model/mod.ts";
import { deficitSegments, toDeficitSegments } from "./deficit_segments.ts";
import { jsonFile } from "./issues.ts";
import { nonNegative, opt, positive, rootKeys, text } from "./primitives.ts";

const FLOW = "$ per m³/s and hour";

const bus = z.strictObject({
  deficit_segments: deficitSegments({ cost: "P3", depth: "P4" }),
  excess_cost: positive.describe("Cost of surplus energy ($/MWh)"),
}).describe("Costs of buses");

const line = z.strictObject({
  exchange_cost: positive.describe("Cost of exchange in either direction ($/MWh)"),
}).describe("Costs of lines");

const hydroCosts = {
  spillage_cost: positive.describe(`Spilled flow (${FLOW})`),
  diversion_cost: positive.describe(`Diverted flow (${FLOW})`),
  storage_violation_below_cost: positive.describe("Storage below its minimum ($/hm³)"),
  filling_target_violation_cost: positive.describe("Storage below its filling target ($/hm³)"),
  turbined_violation_below_cost: positive.describe(`Turbined flow below its minimum (${FLOW})`),
  outflow_violation_below_cost: positive.describe(`Outflow below its minimum (${FLOW})`),
  outflow_violation_above_cost: positive.describe(`Outflow above its maximum (${FLOW})`),
  generation_violation_below_cost: positive.describe("Generation below its minimum ($/MWh)"),
  evaporation_violation_cost: positive.describe(`Wrong evaporation, either way (${FLOW})`),
  water_withdrawal_violation_cost: positive.describe(`Wrong withdrawal, either way (${FLOW})`),
  water_withdrawal_violation_pos_cost: opt(nonNegative).describe(
    `Too much withdrawal (${FLOW}); else water_withdrawal_violation_cost`,
  ),
  water_withdrawal_violation_neg_cost: opt(nonNegative).describe(
    `Too little withdrawal (${FLOW}); else water_withdrawal_violation_cost`,
  ),
  evaporation_violation_pos_cost: opt(nonNegative).describe(
    `Too much evaporation (${FLOW}); else evaporation_violation_cost`,
  ),
  evaporation_violation_neg_cost: opt(nonNegative).describe(
    `Too little evaporation (${FLOW}); else evaporation_violation_cost`,
  ),
  inflow_nonnegativity_cost: opt(nonNegative).describe(
    `Inflow raised to zero (${FLOW}); else 1000`,
  ),
} as const;

const non_controllable_source = z.strictObject({
  curtailment_cost: positive.describe("Curtailed energy ($/MWh)"),
}).describe("Costs of non-controllable sources");

const schemaV05 = z.strictObject({
  ...rootKeys,
  version: opt(text).describe("Has no effect"),
  bus,
  line,
  hydro: z.strictObject({
    ...hydroCosts,
    fpha_turbined_cost: nonNegative.describe(`Turbined flow of FPHA plants (${FLOW})`),
  }).describe("Costs of hydros"),
  non_controllable_source,
});

const schemaV18 = z.strictObject({
  ...rootKeys,
  bus,
  line,
  hydro: z.strictObject({
    ...hydroCosts,
    turbined_cost: nonNegative.describe(`Turbined flow (${FLOW})`),
  }).describe("Costs of hydros"),
  non_controllable_source,
});

const FILE = "penalties.json";

/** The file. */
export const PENALTIES = jsonFile({
  file: FILE,
  noun: null,
  list: null,
  schemaV05,
  schemaV18,
  unique: [],
  rules: [
    {
      id: "P1",
      layer: 2,
      kind: "OutOfRange",
      severity: "error",
      file: FILE,
      description: "Costs are positive; the turbined cost and the directional costs may be zero",
      fields: [
        "bus.excess_cost",
        "line.exchange_cost",
        "hydro.*",
        "non_controllable_source.curtailment_cost",
      ],
    },
    {
      id: "P2",
      layer: 2,
      kind: "SchemaViolation",
      severity: "error",
      file: FILE,
      description: "There is at least one deficit segment",
      fields: ["bus.deficit_segments"],
    },
    {
      id: "P3",
      layer: 2,
      kind: "PhysicalConstraint",
      severity: "error",
      file: FILE,
      description: "Deficit costs are positive and rise from segment to segment",
      fields: ["bus.deficit_segments.cost"],
    },
    {
      id: "P4",
      layer: 2,
      kind: "SchemaViolation",
      severity: "error",
      file: FILE,
      description: "Every deficit segment but the last has a depth; the last one has none",
      fields: ["bus.deficit_segments.depth_mw"],
    },
  ],
});

/** Costs of the global tier. */
export interface GlobalPenalties {
  readonly deficitSegments: readonly DeficitSegment[];
  /** $/MWh. */
  readonly excessCost: number;
  /** $/MWh. */
  readonly exchangeCost: number;
  /**
   * Costs of a hydro, directional ones resolved. `turbined` is as written: in the v0.5 layout it is
   * meant for FPHA plants only.
   */
  readonly hydro: HydroCosts;
  /** $/MWh. */
  readonly curtailmentCost: number;
}

/** What the file says, in the terms of the model. */
export function toPenalties(
  value: z.output<typeof schemaV05> | z.output<typeof schemaV18>,
): GlobalPenalties {
  const { hydro } = value;
  const evaporation = hydro.evaporation_violation_cost;
  const withdrawal = hydro.water_withdrawal_violation_cost;
  return {
    deficitSegments: toDeficitSegments(value.bus.deficit_segments),
    excessCost: value.bus.excess_cost,
    exchangeCost: value.line.exchange_cost,
    hydro: {
      spillage: hydro.spillage_cost,
      turbined: "turbined_cost" in hydro ? hydro.turbined_cost : hydro.fpha_turbined_cost,
      diversion: hydro.diversion_cost,
      storageBelow: hydro.storage_violation_below_cost,
      fillingTarget: hydro.filling_target_violation_cost,
      turbinedBelow: hydro.turbined_violation_below_cost,
      outflowBelow: hydro.outflow_violation_below_cost,
      outflowAbove: hydro.outflow_violation_above_cost,
      generationBelow: hydro.generation_violation_below_cost,
      evaporationPos: hydro.evaporation_violation_pos_cost ?? evaporation,
      evaporationNeg: hydro.evaporation_violation_neg_cost ?? evaporation,
      withdrawalPos: hydro.water_withdrawal_violation_pos_cost ?? withdrawal,
      withdrawalNeg: hydro.water_withdrawal_violation_neg_cost ?? withdrawal,
      inflowNonNegativity: hydro.inflow_nonnegativity_cost ?? 1000,
    },
    curtailmentCost: value.non_controllable_source.curtailment_cost,
  };
}
