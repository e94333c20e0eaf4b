/** `system/non_controllable_sources.json`: wind, sun and small hydro. */
import { z } from "zod";
import type { NonControllableSource, Stage } from "../../model/mod.ts";
import {
  entityRule,
  identity,
  lifeCycle,
  startDate,
  toEntity,
  uniqueIds,
} from "./entity_fields.ts";
import { jsonFile } from "./issues.ts";
import type { GlobalPenalties } from "./penalties.ts";
import { bool, def, f64, id, nonNegative, opt, rootKeys } from "./primitives.ts";

const FILE = "system/non_controllable_sources.json";

const fields = {
  ...identity,
  bus_id: id.describe("Bus that receives the generation"),
  ...lifeCycle,
  max_generation_mw: nonNegative.describe("Installed capacity (MW)"),
  curtailment_cost: opt(f64).describe("Cost of curtailment ($/MWh); null: of penalties.json"),
} as const;

const schemaV05 = z.strictObject({
  ...rootKeys,
  non_controllable_sources: z.array(z.strictObject(fields)),
});
const schemaV18 = z.strictObject({
  ...rootKeys,
  non_controllable_sources: z.array(z.strictObject({
    ...fields,
    ...startDate,
    allow_curtailment: def(bool, true).describe("False for a source that must run"),
  })),
});

/** The file. */
export const NON_CONTROLLABLE_SOURCES = jsonFile({
  file: FILE,
  noun: "Source",
  list: "non_controllable_sources",
  schemaV05,
  schemaV18,
  unique: [{ list: "non_controllable_sources", key: ["id"], rule: "E1" }],
  rules: [
    uniqueIds(FILE),
    entityRule(FILE, "E11", "OutOfRange", "Capacities are not negative", ["max_generation_mw"]),
  ],
});

/** The sources of the model, by id. */
export function toSources(
  value: z.output<typeof schemaV05> | z.output<typeof schemaV18>,
  stages: readonly Stage[],
  penalties: GlobalPenalties,
): NonControllableSource[] {
  return value.non_controllable_sources.map((source) => ({
    ...toEntity(source, stages),
    busId: source.bus_id,
    maxGenerationMw: source.max_generation_mw,
    curtailmentCost: source.curtailment_cost ?? penalties.curtailmentCost,
    allowCurtailment: "allow_curtailment" in source ? source.allow_curtailment : true,
  })).sort((a, b) => a.id - b.id);
}
