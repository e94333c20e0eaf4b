/** Layer 5: buses, lines and what hangs on them. */
import type { System } from "../../model/mod.ts";
import { type Rule, rule } from "../rule.ts";
import { named } from "../wording.ts";
import { REGISTRIES } from "./registries.ts";

/** An element that can give, take or carry something, and what its entry says of how much. */
interface Capacity {
  readonly id: number;
  readonly name: string;
  readonly greatest: number;
  readonly fields: string;
}

/** Elements with their capacities and the columns that may raise them in single stages. */
function capacities(system: System): readonly {
  readonly registry: keyof typeof REGISTRIES;
  readonly elements: readonly Capacity[];
  readonly overrides: readonly (readonly [Int32Array, Float64Array])[];
}[] {
  const { line, thermal, source, station, contract } = system.overrides;
  return [
    {
      registry: "line",
      elements: system.lines.map(({ id, name, directMw, reverseMw }) => ({
        id,
        name,
        greatest: Math.max(directMw, reverseMw),
        fields: "capacity",
      })),
      overrides: [[line.entity_id, line.direct_mw], [line.entity_id, line.reverse_mw]],
    },
    {
      registry: "thermal",
      elements: system.thermals.map(({ id, name, maxMw }) => ({
        id,
        name,
        greatest: maxMw,
        fields: "generation.max_mw",
      })),
      overrides: [[thermal.entity_id, thermal.max_generation_mw]],
    },
    {
      registry: "source",
      elements: system.sources.map(({ id, name, maxGenerationMw }) => ({
        id,
        name,
        greatest: maxGenerationMw,
        fields: "max_generation_mw",
      })),
      overrides: [[source.entity_id, source.available_generation_mw]],
    },
    {
      registry: "station",
      elements: system.stations.map(({ id, name, maxFlowM3s }) => ({
        id,
        name,
        greatest: maxFlowM3s,
        fields: "flow.max_m3s",
      })),
      overrides: [[station.entity_id, station.max_m3s]],
    },
    {
      registry: "contract",
      elements: system.contracts.map(({ id, name, maxMw }) => ({
        id,
        name,
        greatest: maxMw,
        fields: "limits.max_mw",
      })),
      overrides: [[contract.entity_id, contract.max_mw]],
    },
  ];
}

/** Elements to which some stage gives a capacity. */
function raised(overrides: readonly (readonly [Int32Array, Float64Array])[]): ReadonlySet<number> {
  const ids = new Set<number>();
  for (const [entityIds, values] of overrides) {
    for (let row = 0; row < values.length; row++) if (values[row]! > 0) ids.add(entityIds[row]!);
  }
  return ids;
}

/** Whether something takes energy: a load in some stage or scenario, or a contract that exports. */
function hasDemand({ contracts, scenarios: { loadStats, externalLoad } }: System): boolean {
  const above = (values: Float64Array | undefined) => values?.some((value) => value > 0) === true;
  return contracts.some(({ type, maxMw }) => type === "export" && maxMw > 0) ||
    above(loadStats?.mean_mw) || above(loadStats?.std_mw) || above(externalLoad?.value);
}

/** Buses to which something is connected. */
function usedBuses(
  { hydros, thermals, sources, stations, contracts, lines, scenarios }: System,
): ReadonlySet<number> {
  const used = new Set<number>();
  for (const { unitGroups } of hydros) for (const { busId } of unitGroups) used.add(busId);
  for (const list of [thermals, sources, stations, contracts]) {
    for (const { busId } of list) used.add(busId);
  }
  for (const { sourceBusId, targetBusId } of lines) used.add(sourceBusId).add(targetBusId);
  // Tables are sorted or cycle through few buses: a set of ids costs little beside reading them.
  for (const id of scenarios.loadStats?.bus_id ?? []) used.add(id);
  for (const id of scenarios.externalLoad?.entity_id ?? []) used.add(id);
  return used;
}

/** The rules. */
export const rules: readonly Rule[] = [
  rule({
    id: "N-1",
    layer: 5,
    kind: "PhysicalConstraint",
    severity: "error",
    file: "system/lines.json",
    description: "A line joins two different buses",
    check({ system }, report) {
      for (const line of system.lines) {
        if (line.sourceBusId !== line.targetBusId) continue;
        const detail = `source_bus_id and target_bus_id are both ${line.sourceBusId}`;
        report.found(
          `${named("Line", line)} joins a bus with itself: ${detail}`,
          { entity_id: line.id, detail, at: ["target_bus_id"] },
          "Correct one of the two buses, or remove the line",
        );
      }
    },
  }),
  rule({
    id: "N-15",
    layer: 5,
    kind: "PhysicalConstraint",
    severity: "warning",
    file: "*",
    description: "A line, thermal, source, pumping station or contract has a capacity in a stage",
    check({ system }, report) {
      for (const { registry, elements, overrides } of capacities(system)) {
        const { noun, file } = REGISTRIES[registry];
        const subject = noun[0]!.toUpperCase() + noun.slice(1);
        const raisedIds = raised(overrides);
        for (const element of elements) {
          if (element.greatest > 0 || raisedIds.has(element.id)) continue;
          const detail = `${element.fields} is 0, and no stage overrides it`;
          report.found(
            `${named(subject, element)} has no effect: ${detail}`,
            { file, entity_id: element.id, detail, at: element.fields.split(".") },
            "Give a capacity, or remove the element",
          );
        }
      }
    },
  }),
  rule({
    id: "N-15.bus",
    layer: 5,
    kind: "PhysicalConstraint",
    severity: "warning",
    file: "system/buses.json",
    description: "A bus has a plant, a line, a contract or a load",
    check({ system }, report) {
      const used = usedBuses(system);
      for (const bus of system.buses) {
        if (used.has(bus.id)) continue;
        const detail = "no plant, line, contract or load is on it";
        report.found(
          `${named("Bus", bus)} has no effect: ${detail}`,
          { entity_id: bus.id, detail },
          "Remove the bus, or connect something to it",
        );
      }
    },
  }),
  rule({
    id: "N-15.load",
    layer: 5,
    kind: "PhysicalConstraint",
    severity: "warning",
    file: "scenarios/load_seasonal_stats.parquet",
    description: "Some bus has a load, or some contract exports",
    check({ system }, report) {
      if (hasDemand(system)) return;
      report.found(
        "No bus has a load and no contract exports: nothing takes the energy of this system",
        { detail: "the mean load of every bus is 0" },
        "Give the loads in scenarios/load_seasonal_stats.parquet",
      );
    },
  }),
];
