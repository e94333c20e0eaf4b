/** `system/thermals.json`: thermal plants. */
import { z } from "zod";
import type { AnticipatedConfig, Stage, Thermal } from "../../model/mod.ts";
import {
  checkOrder,
  entityRule,
  identity,
  lifeCycle,
  ownerName,
  startDate,
  toEntity,
  uniqueIds,
} from "./entity_fields.ts";
import { jsonFile } from "./issues.ts";
import { count, i32, id, nonNegative, opt, positive, rootKeys } from "./primitives.ts";

const FILE = "system/thermals.json";

const fields = {
  ...identity,
  bus_id: id.describe("Bus that receives the generation"),
  ...lifeCycle,
  cost_per_mwh: nonNegative.describe("Cost of generation ($/MWh)"),
  generation: z.strictObject({
    min_mw: nonNegative.describe("Least generation (MW)"),
    max_mw: nonNegative.describe("Greatest generation (MW)"),
  }),
} as const;

const gnlConfig = z.strictObject({
  lag_stages: i32.min(1).describe("Stages between decision and generation"),
});

const anticipatedConfig = z.union([
  z.strictObject({ lead_stages: count.describe("Stages between decision and generation") }),
  z.strictObject({ lead_time_hours: positive.describe("Hours between decision and generation") }),
]);

function checkThermal(
  thermal: { id: number; name: string; generation: { min_mw: number; max_mw: number } },
  ctx: z.core.$RefinementCtx,
): void {
  const { min_mw, max_mw } = thermal.generation;
  checkOrder(ctx, {
    rule: "E4",
    owner: ownerName("Thermal", thermal),
    path: ["generation"],
    min: ["min_mw", min_mw],
    max: ["max_mw", max_mw],
  });
}

const schemaV05 = z.strictObject({
  ...rootKeys,
  thermals: z.array(
    z.strictObject({
      ...fields,
      gnl_config: opt(gnlConfig).describe("For a plant whose dispatch is decided in advance"),
    }).superRefine(checkThermal),
  ),
});
const schemaV18 = z.strictObject({
  ...rootKeys,
  thermals: z.array(
    z.strictObject({
      ...fields,
      ...startDate,
      anticipated_config: opt(anticipatedConfig).describe(
        "For a plant whose dispatch is decided in advance",
      ),
    }).superRefine(checkThermal),
  ),
});

/** The file. */
export const THERMALS = jsonFile({
  file: FILE,
  noun: "Thermal",
  list: "thermals",
  schemaV05,
  schemaV18,
  unique: [{ list: "thermals", key: ["id"], rule: "E1" }],
  rules: [
    uniqueIds(FILE),
    entityRule(
      FILE,
      "E4",
      "OutOfRange",
      "Cost and generation are not negative, and the least generation does not exceed the greatest",
      ["cost_per_mwh", "generation.*"],
    ),
    entityRule(
      FILE,
      "E4.lead",
      "OutOfRange",
      "A dispatch decided in advance is decided at least one stage, or some time, before",
      ["gnl_config.*", "anticipated_config.*"],
    ),
  ],
});

/** The thermals of the model, by id. */
export function toThermals(
  value: z.output<typeof schemaV05> | z.output<typeof schemaV18>,
  stages: readonly Stage[],
): Thermal[] {
  return value.thermals.map((thermal) => ({
    ...toEntity(thermal, stages),
    busId: thermal.bus_id,
    costPerMwh: thermal.cost_per_mwh,
    minMw: thermal.generation.min_mw,
    maxMw: thermal.generation.max_mw,
    anticipated: toAnticipated(thermal),
  })).sort((a, b) => a.id - b.id);
}

function toAnticipated(thermal: {
  readonly gnl_config?: z.output<typeof gnlConfig> | null;
  readonly anticipated_config?: z.output<typeof anticipatedConfig> | null;
}): AnticipatedConfig | null {
  const { gnl_config: old, anticipated_config: config } = thermal;
  if (old !== undefined && old !== null) return { leadStages: old.lag_stages };
  if (config === undefined || config === null) return null;
  return "lead_stages" in config
    ? { leadStages: config.lead_stages }
    : { leadTimeHours: config.lead_time_hours };
}
