/** `system/buses.json`: the nodes of the network. */
import { z } from "zod";
import type { Bus, Stage } from "../../model/mod.ts";
import { deficitSegments, toDeficitSegments } from "./deficit_segments.ts";
import { entityRule, identity, startDate, toEntity, uniqueIds } from "./entity_fields.ts";
import { jsonFile } from "./issues.ts";
import type { GlobalPenalties } from "./penalties.ts";
import { opt, rootKeys } from "./primitives.ts";

const FILE = "system/buses.json";

const fields = {
  ...identity,
  deficit_segments: opt(deficitSegments({ cost: "E2.cost", depth: "E2" })).describe(
    "Steps of the cost of unserved energy; null: those of penalties.json",
  ),
} as const;

const schemaV05 = z.strictObject({ ...rootKeys, buses: z.array(z.strictObject(fields)) });
const schemaV18 = z.strictObject({
  ...rootKeys,
  buses: z.array(z.strictObject({ ...fields, ...startDate })),
});

/** The file. */
export const BUSES = jsonFile({
  file: FILE,
  noun: "Bus",
  list: "buses",
  schemaV05,
  schemaV18,
  unique: [{ list: "buses", key: ["id"], rule: "E1" }],
  rules: [
    uniqueIds(FILE),
    entityRule(
      FILE,
      "E2",
      "SchemaViolation",
      "A list of deficit segments is not empty, and only its last segment has no depth",
      ["deficit_segments", "deficit_segments.depth_mw"],
    ),
    entityRule(
      FILE,
      "E2.cost",
      "PhysicalConstraint",
      "Deficit costs are positive and rise from segment to segment",
      ["deficit_segments.cost"],
    ),
  ],
});

/** The buses of the model, by id. */
export function toBuses(
  value: z.output<typeof schemaV05> | z.output<typeof schemaV18>,
  stages: readonly Stage[],
  penalties: GlobalPenalties,
): Bus[] {
  return value.buses.map((bus) => ({
    ...toEntity(bus, stages),
    deficitSegments: bus.deficit_segments === null
      ? penalties.deficitSegments
      : toDeficitSegments(bus.deficit_segments),
    excessCost: penalties.excessCost,
  })).sort((a, b) => a.id - b.id);
}
