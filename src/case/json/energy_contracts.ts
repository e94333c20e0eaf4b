/** `system/energy_contracts.json`: energy bought and sold outside the system. */
import { z } from "zod";
import type { Contract, Stage } from "../../model/mod.ts";
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
import { f64, id, nonNegative, rootKeys } from "./primitives.ts";

const FILE = "system/energy_contracts.json";

const fields = {
  ...identity,
  bus_id: id.describe("Bus at which the energy enters or leaves"),
  type: z.enum(["import", "export"]).describe("Bought or sold"),
  ...lifeCycle,
  price_per_mwh: f64.describe("Price ($/MWh); negative is a revenue"),
  limits: z.strictObject({
    min_mw: nonNegative.describe("Least power (MW)"),
    max_mw: nonNegative.describe("Greatest power (MW)"),
  }),
} as const;

function checkContract(
  contract: { id: number; name: string; limits: { min_mw: number; max_mw: number } },
  ctx: z.core.$RefinementCtx,
): void {
  checkOrder(ctx, {
    rule: "E13",
    owner: ownerName("Contract", contract),
    path: ["limits"],
    min: ["min_mw", contract.limits.min_mw],
    max: ["max_mw", contract.limits.max_mw],
  });
}

const schemaV05 = z.strictObject({
  ...rootKeys,
  contracts: z.array(z.strictObject(fields).superRefine(checkContract)),
});
const schemaV18 = z.strictObject({
  ...rootKeys,
  contracts: z.array(z.strictObject({ ...fields, ...startDate }).superRefine(checkContract)),
});

/** The file. */
export const ENERGY_CONTRACTS = jsonFile({
  file: FILE,
  noun: "Contract",
  list: "contracts",
  schemaV05,
  schemaV18,
  unique: [{ list: "contracts", key: ["id"], rule: "E1" }],
  rules: [
    uniqueIds(FILE),
    entityRule(
      FILE,
      "E13",
      "OutOfRange",
      "The type is known, limits are not negative, and the lower does not exceed the upper",
      ["contracts.type", "limits.*"],
    ),
  ],
});

/** The contracts of the model, by id. */
export function toContracts(
  value: z.output<typeof schemaV05> | z.output<typeof schemaV18>,
  stages: readonly Stage[],
): Contract[] {
  return value.contracts.map((contract) => ({
    ...toEntity(contract, stages),
    busId: contract.bus_id,
    type: contract.type,
    pricePerMwh: contract.price_per_mwh,
    minMw: contract.limits.min_mw,
    maxMw: contract.limits.max_mw,
  })).sort((a, b) => a.id - b.id);
}
