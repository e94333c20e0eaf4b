/** Layer 3: ids of elements that other elements name. */
import type { Case } from "../../case/mod.ts";
import type { Hydro, System } from "../../model/mod.ts";
import { rawList, type RawObject } from "../raw_json.ts";
import { REGISTRIES, type RegistryName } from "./registries.ts";
import { type Rule, rule } from "../rule.ts";
import { named } from "../wording.ts";

/** A field of an element that names another element. */
interface Reference {
  readonly id: number | null;
  /** Path of the field in the entry of the element, asked for only in messages. */
  readonly at: () => readonly (string | number)[];
}

function elementRule<E extends { readonly id: number; readonly name: string }>(
  id: string,
  owner: RegistryName,
  target: RegistryName,
  field: string,
  elements: (system: System) => readonly E[],
  referencesIn: (input: Case) => (element: E) => readonly Reference[],
): Rule {
  const { file, noun } = REGISTRIES[owner];
  const registry = REGISTRIES[target];
  const subject = noun[0]!.toUpperCase() + noun.slice(1);
  return rule({
    id,
    layer: 3,
    kind: "MissingReference",
    severity: "error",
    file,
    description: `${field} of a ${noun} is the id of a ${registry.noun}`,
    check(input, report) {
      const { system } = input;
      const references = referencesIn(input);
      const known = new Set<number>(registry.elements(system).map((element) => element.id));
      for (const element of elements(system)) {
        for (const { id: missing, at } of references(element)) {
          if (missing === null || known.has(missing)) continue;
          report.found(
            `${named(subject, element)} has ${field} ${missing}, but ${registry.file} has no ` +
              `${registry.noun} ${missing}`,
            {
              entity_id: element.id,
              field,
              referenced_value: missing,
              referenced_registry: registry.file,
              at: at(),
            },
            `Correct ${field}, or add the ${registry.noun} to ${registry.file}`,
          );
        }
      }
    },
  });
}

/** A rule about a field that every element of the list has at most once. */
function fieldRule<E extends { readonly id: number; readonly name: string }>(
  id: string,
  owner: RegistryName,
  target: RegistryName,
  field: string,
  elements: (system: System) => readonly E[],
  value: (element: E) => number | null,
): Rule {
  const at = field.split(".");
  return elementRule(
    id,
    owner,
    target,
    field,
    elements,
    () => (element) => [
      { id: value(element), at: () => at },
    ],
  );
}

/** In the older layout a plant has one group, which stands for its own `bus_id`. */
function groupBuses(input: Case): (hydro: Hydro) => Reference[] {
  let entries: ReadonlyMap<unknown, RawObject> | null = null;
  const groupIndex = (hydroId: number, groupId: number): number => {
    entries ??= new Map(
      rawList(input, REGISTRIES.hydro.file, "hydros").map((entry) => [entry["id"], entry]),
    );
    const groups = (entries.get(hydroId)?.["unit_groups"] ?? []) as readonly RawObject[];
    return groups.findIndex((group) => group["id"] === groupId);
  };
  return (hydro) =>
    hydro.unitGroups.map(({ id, busId }) => ({
      id: busId,
      at: () =>
        input.dialect === "v0.5" ? ["bus_id"] : ["unit_groups", groupIndex(hydro.id, id), "bus_id"],
    }));
}

/** The rules. */
export const rules: readonly Rule[] = [
  fieldRule("R1", "line", "bus", "source_bus_id", (s) => s.lines, (line) => line.sourceBusId),
  fieldRule("R2", "line", "bus", "target_bus_id", (s) => s.lines, (line) => line.targetBusId),
  elementRule("R3", "hydro", "bus", "bus_id", (system) => system.hydros, groupBuses),
  fieldRule("R4", "hydro", "hydro", "downstream_id", (s) => s.hydros, (h) => h.downstreamId),
  fieldRule(
    "R5",
    "hydro",
    "hydro",
    "diversion.downstream_id",
    (s) => s.hydros,
    (hydro) => hydro.diversion?.downstreamId ?? null,
  ),
  fieldRule("R6", "thermal", "bus", "bus_id", (s) => s.thermals, (thermal) => thermal.busId),
  fieldRule("R7", "source", "bus", "bus_id", (s) => s.sources, (source) => source.busId),
  fieldRule("R8", "station", "bus", "bus_id", (s) => s.stations, (station) => station.busId),
  fieldRule(
    "R9",
    "station",
    "hydro",
    "source_hydro_id",
    (s) => s.stations,
    (station) => station.sourceHydroId,
  ),
  fieldRule(
    "R10",
    "station",
    "hydro",
    "destination_hydro_id",
    (s) => s.stations,
    (station) => station.destinationHydroId,
  ),
  fieldRule("R11", "contract", "bus", "bus_id", (s) => s.contracts, (contract) => contract.busId),
];
