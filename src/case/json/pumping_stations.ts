/** `system/pumping_stations.json`: pumps that lift water from one reservoir to another. */
import { z } from "zod";
import type { PumpingStation, Stage } from "../../model/mod.ts";
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
import { addFault, id, nonNegative, rootKeys } from "./primitives.ts";

const FILE = "system/pumping_stations.json";

const fields = {
  ...identity,
  bus_id: id.describe("Bus that supplies the pumps"),
  source_hydro_id: id.describe("Plant from whose reservoir the water is taken"),
  destination_hydro_id: id.describe("Plant whose reservoir receives the water"),
  ...lifeCycle,
  consumption_mw_per_m3s: nonNegative.describe("Power per pumped flow (MW per m³/s)"),
  flow: z.strictObject({
    min_m3s: nonNegative.describe("Least pumped flow (m³/s)"),
    max_m3s: nonNegative.describe("Greatest pumped flow (m³/s)"),
  }),
} as const;

interface CheckedFields {
  readonly id: number;
  readonly name: string;
  readonly source_hydro_id: number;
  readonly destination_hydro_id: number;
  readonly flow: { readonly min_m3s: number; readonly max_m3s: number };
}

function checkStation(station: CheckedFields, ctx: z.core.$RefinementCtx): void {
  const owner = ownerName("Station", station);
  checkOrder(ctx, {
    rule: "E12",
    owner,
    path: ["flow"],
    min: ["min_m3s", station.flow.min_m3s],
    max: ["max_m3s", station.flow.max_m3s],
  });
  if (station.source_hydro_id !== station.destination_hydro_id) return;
  addFault(ctx, {
    kind: "PhysicalConstraint",
    rule: "N-1.station",
    path: ["destination_hydro_id"],
    message: `${owner} pumps from hydro ${station.source_hydro_id} to itself, expected two plants`,
    context: { detail: "A pumping station has two different plants" },
  });
}

const schemaV05 = z.strictObject({
  ...rootKeys,
  pumping_stations: z.array(z.strictObject(fields).superRefine(checkStation)),
});
const schemaV18 = z.strictObject({
  ...rootKeys,
  pumping_stations: z.array(z.strictObject({ ...fields, ...startDate }).superRefine(checkStation)),
});

/** The file. */
export const PUMPING_STATIONS = jsonFile({
  file: FILE,
  noun: "Station",
  list: "pumping_stations",
  schemaV05,
  schemaV18,
  unique: [{ list: "pumping_stations", key: ["id"], rule: "E1" }],
  rules: [
    uniqueIds(FILE),
    entityRule(
      FILE,
      "E12",
      "OutOfRange",
      "Consumption and flows are not negative, and the least flow does not exceed the greatest",
      ["consumption_mw_per_m3s", "flow.*"],
    ),
    entityRule(FILE, "N-1.station", "PhysicalConstraint", "A station joins two different plants"),
  ],
});

/** The stations of the model, by id. */
export function toStations(
  value: z.output<typeof schemaV05> | z.output<typeof schemaV18>,
  stages: readonly Stage[],
): PumpingStation[] {
  return value.pumping_stations.map((station) => ({
    ...toEntity(station, stages),
    busId: station.bus_id,
    sourceHydroId: station.source_hydro_id,
    destinationHydroId: station.destination_hydro_id,
    consumptionMwPerM3s: station.consumption_mw_per_m3s,
    minFlowM3s: station.flow.min_m3s,
    maxFlowM3s: station.flow.max_m3s,
  })).sort((a, b) => a.id - b.id);
}
