/** `system/hydros.json`: hydro plants with their reservoirs. */
import { z } from "zod";
import type { Hydro, ProductionSpan, Stage, UnitGroup } from "../../model/mod.ts";
import {
  entityRule,
  identity,
  lifeCycle,
  startDate,
  toEntity,
  uniqueIds,
} from "./entity_fields.ts";
import { checkFillingEntry, checkFillingV05, checkHydro, checkUnitGroups } from "./hydro_checks.ts";
import {
  diversion,
  efficiency,
  evaporation,
  fillingV05,
  fillingV18,
  generationV05,
  generationV18,
  hydraulicLosses,
  outflow,
  penaltiesV05,
  penaltiesV18,
  reservoir,
  tailrace,
  toEvaporation,
  toHydraulicLosses,
  toHydroCosts,
  toTailrace,
  unitGroup,
} from "./hydro_parts.ts";
import { jsonFile } from "./issues.ts";
import type { GlobalPenalties } from "./penalties.ts";
import { id, nonNegative, opt, rootKeys } from "./primitives.ts";

const FILE = "system/hydros.json";

const fields = {
  ...identity,
  downstream_id: opt(id).describe("Plant that receives the outflow; null: the sea"),
  ...lifeCycle,
  reservoir,
  outflow,
  tailrace: opt(tailrace).describe("Level below the dam"),
  hydraulic_losses: opt(hydraulicLosses).describe("Lost head; null: none"),
  efficiency: opt(efficiency).describe("Null: 1"),
  evaporation: opt(evaporation).describe("Null: none"),
  diversion: opt(diversion).describe("A second outlet into another plant"),
} as const;

const hydroV05 = z.strictObject({
  ...fields,
  bus_id: id.describe("Bus that receives the generation"),
  generation: generationV05,
  filling: opt(fillingV05).describe("First filling of the reservoir"),
  penalties: opt(penaltiesV05).describe("Costs that replace those of penalties.json"),
}).superRefine(checkHydro).superRefine(checkFillingV05);

const hydroV18 = z.strictObject({
  ...fields,
  ...startDate,
  generation: generationV18,
  unit_groups: z.array(unitGroup).min(1).describe("The units of the plant, by bus"),
  filling: opt(fillingV18).describe("First filling of the reservoir"),
  penalties: opt(penaltiesV18).describe("Costs that replace those of penalties.json"),
  travel_time_hours: opt(nonNegative).describe("Hours that the outflow travels downstream"),
  specific_productivity_mw_per_m3s_per_m: opt(nonNegative).describe(
    "Generation per turbined flow and metre of head",
  ),
}).superRefine(checkHydro).superRefine(checkUnitGroups).superRefine(checkFillingEntry);

const schemaV05 = z.strictObject({ ...rootKeys, hydros: z.array(hydroV05) });
const schemaV18 = z.strictObject({ ...rootKeys, hydros: z.array(hydroV18) });

/** An entry of the file in either layout. */
export type HydroEntry = z.output<typeof hydroV05> | z.output<typeof hydroV18>;

/** The file. */
export const HYDROS = jsonFile({
  file: FILE,
  noun: "Hydro",
  list: "hydros",
  schemaV05,
  schemaV18,
  unique: [{ list: "hydros", key: ["id"], rule: "E1" }],
  rules: [
    uniqueIds(FILE),
    entityRule(
      FILE,
      "E5",
      "CapacityViolation",
      "Storages are not negative, and the least storage does not exceed the greatest",
      ["reservoir.*"],
    ),
    entityRule(FILE, "E6", "OutOfRange", "The least outflow is not negative", [
      "outflow.min_outflow_m3s",
    ]),
    entityRule(
      FILE,
      "E7",
      "CapacityViolation",
      "Turbined flows are not negative; least turbined flow and generation do not exceed the " +
        "greatest",
      ["generation.min_turbined_m3s", "generation.max_turbined_m3s"],
    ),
    entityRule(FILE, "E8", "SchemaViolation", "Evaporation has a coefficient for each month", [
      "evaporation.coefficients_mm",
    ]),
    entityRule(
      FILE,
      "E9",
      "OutOfRange",
      "Reference volumes of evaporation are given for each month and lie inside the reservoir",
      ["evaporation.reference_volumes_hm3"],
    ),
    entityRule(
      FILE,
      "E10",
      "InvalidEnum",
      "The models of generation, tailrace, losses and efficiency are known; an efficiency lies in " +
        "(0, 1], a factor of losses in [0, 1]",
      ["generation.model", "tailrace.type", "hydraulic_losses.*", "efficiency.*"],
    ),
    entityRule(
      FILE,
      "A6",
      "OutOfRange",
      "A filling has an entry stage to lead to; in the v0.5 layout its inflow is above zero",
      ["filling.filling_min_rate_m3s"],
    ),
    entityRule(FILE, "E14", "OutOfRange", "A diversion has no negative capacity", [
      "diversion.max_flow_m3s",
    ]),
    entityRule(FILE, "travel_time.1", "OutOfRange", "A travel time is not negative", [
      "travel_time_hours",
    ]),
    entityRule(FILE, "semantic.5a.38a", "SchemaViolation", "A plant has at least one unit group", [
      "unit_groups",
    ]),
    entityRule(FILE, "semantic.5a.39", "DuplicateId", "Unit groups of a plant have different ids"),
    entityRule(
      FILE,
      "semantic.5a.40",
      "CapacityViolation",
      "Least values of a unit group do not exceed its greatest",
      ["unit_groups.min_turbined_m3s", "unit_groups.max_turbined_m3s"],
    ),
    entityRule(
      FILE,
      "semantic.5a.41",
      "CapacityViolation",
      "Unit groups together neither exceed the capacity of their plant nor fall below its least " +
        "values",
    ),
    entityRule(
      FILE,
      "productivity_resolution.1",
      "SchemaViolation",
      "The productivity of a plant in a stage is given once: in " +
        "system/hydro_production_models.json or in system/hydro_energy_productivity.parquet",
    ),
    entityRule(
      FILE,
      "productivity_resolution.2",
      "CoverageMismatch",
      "A plant has a productivity in every stage in which its model is not fpha",
    ),
  ],
});

/**
 * A plant of the model; its production over the stages is resolved elsewhere. The cost of turbined
 * flow is as written.
 */
export function toHydro(
  entry: HydroEntry,
  stages: readonly Stage[],
  penalties: GlobalPenalties,
  production: readonly ProductionSpan[],
): Hydro {
  const { reservoir, outflow, generation } = entry;
  return {
    ...toEntity(entry, stages),
    downstreamId: entry.downstream_id,
    travelTimeHours: "travel_time_hours" in entry ? entry.travel_time_hours ?? 0 : 0,
    minStorageHm3: reservoir.min_storage_hm3,
    maxStorageHm3: reservoir.max_storage_hm3,
    minOutflowM3s: outflow.min_outflow_m3s,
    maxOutflowM3s: outflow.max_outflow_m3s,
    minTurbinedM3s: generation.min_turbined_m3s,
    maxTurbinedM3s: generation.max_turbined_m3s,
    minGenerationMw: generation.min_generation_mw,
    maxGenerationMw: generation.max_generation_mw,
    model: generation.model,
    production,
    specificProductivityMwPerM3sPerM: "specific_productivity_mw_per_m3s_per_m" in entry
      ? entry.specific_productivity_mw_per_m3s_per_m
      : null,
    unitGroups: toUnitGroups(entry),
    tailrace: entry.tailrace && toTailrace(entry.tailrace),
    hydraulicLosses: entry.hydraulic_losses && toHydraulicLosses(entry.hydraulic_losses),
    efficiency: entry.efficiency?.value ?? null,
    evaporation: entry.evaporation && toEvaporation(entry.evaporation),
    diversion: entry.diversion && {
      downstreamId: entry.diversion.downstream_id,
      maxFlowM3s: entry.diversion.max_flow_m3s,
    },
    filling: entry.filling && {
      startStageId: entry.filling.start_stage_id,
      minRateM3s: "filling_min_rate_m3s" in entry.filling
        ? entry.filling.filling_min_rate_m3s
        : entry.filling.filling_inflow_m3s,
    },
    costs: toHydroCosts(entry.penalties, penalties.hydro),
  };
}

/** The groups by id; a plant of the older layout is one group on its bus. */
function toUnitGroups(entry: HydroEntry): UnitGroup[] {
  const groups = "unit_groups" in entry
    ? entry.unit_groups
    : [{ id: 0, name: entry.name, bus_id: entry.bus_id, ...entry.generation }];
  return groups.map((group) => ({
    id: group.id,
    name: group.name,
    busId: group.bus_id,
    minGenerationMw: group.min_generation_mw,
    maxGenerationMw: group.max_generation_mw,
    minTurbinedM3s: group.min_turbined_m3s,
    maxTurbinedM3s: group.max_turbined_m3s,
  })).sort((a, b) => a.id - b.id);
}
