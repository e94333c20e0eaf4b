/** `system/lines.json`: transmission between buses. */
import { z } from "zod";
import type { Line, Stage } from "../../model/mod.ts";
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
import { def, f64, id, nonNegative, opt, rootKeys } from "./primitives.ts";

const FILE = "system/lines.json";

const fields = {
  ...identity,
  source_bus_id: id.describe("Bus at which the direct flow starts"),
  target_bus_id: id.describe("Bus at which the direct flow ends"),
  ...lifeCycle,
  capacity: z.strictObject({
    direct_mw: nonNegative.describe("Capacity from source to target (MW)"),
    reverse_mw: nonNegative.describe("Capacity from target to source (MW)"),
  }),
  exchange_cost: opt(f64).describe("Cost of either direction ($/MWh); null: of penalties.json"),
  losses_percent: def(nonNegative, 0).describe("Share of the sent energy that is lost (%)"),
} as const;

const schemaV05 = z.strictObject({
  ...rootKeys,
  lines: z.array(z.strictObject(fields)),
});
const schemaV18 = z.strictObject({
  ...rootKeys,
  lines: z.array(z.strictObject({ ...fields, ...startDate })),
});

/** The file. */
export const LINES = jsonFile({
  file: FILE,
  noun: "Line",
  list: "lines",
  schemaV05,
  schemaV18,
  unique: [{ list: "lines", key: ["id"], rule: "E1" }],
  rules: [
    uniqueIds(FILE),
    entityRule(FILE, "E3", "OutOfRange", "Capacities and losses are not negative", [
      "capacity.*",
      "losses_percent",
    ]),
  ],
});

/** The lines of the model, by id. */
export function toLines(
  value: z.output<typeof schemaV05> | z.output<typeof schemaV18>,
  stages: readonly Stage[],
  penalties: GlobalPenalties,
): Line[] {
  return value.lines.map((line) => ({
    ...toEntity(line, stages),
    sourceBusId: line.source_bus_id,
    targetBusId: line.target_bus_id,
    directMw: line.capacity.direct_mw,
    reverseMw: line.capacity.reverse_mw,
    exchangeCost: line.exchange_cost ?? penalties.exchangeCost,
    lossesPercent: line.losses_percent,
  })).sort((a, b) => a.id - b.id);
}
