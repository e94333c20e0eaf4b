/** The lists of elements that ids may refer to. */
import type { System } from "../../model/mod.ts";

/** A list of elements with ids, and the file that declares them. */
export interface Registry {
  /** How a sentence calls one of its elements. */
  readonly noun: string;
  readonly file: string;
  readonly elements: (
    system: System,
  ) => readonly { readonly id: number; readonly name: string }[];
}

/** Every registry of a case. */
export const REGISTRIES = {
  bus: { noun: "bus", file: "system/buses.json", elements: (system) => system.buses },
  line: { noun: "line", file: "system/lines.json", elements: (system) => system.lines },
  hydro: { noun: "hydro", file: "system/hydros.json", elements: (system) => system.hydros },
  thermal: {
    noun: "thermal",
    file: "system/thermals.json",
    elements: (system) => system.thermals,
  },
  source: {
    noun: "non-controllable source",
    file: "system/non_controllable_sources.json",
    elements: (system) => system.sources,
  },
  station: {
    noun: "pumping station",
    file: "system/pumping_stations.json",
    elements: (system) => system.stations,
  },
  contract: {
    noun: "contract",
    file: "system/energy_contracts.json",
    elements: (system) => system.contracts,
  },
  constraint: {
    noun: "constraint",
    file: "constraints/generic_constraints.json",
    elements: (system) => system.genericConstraints,
  },
} as const satisfies Record<string, Registry>;

/** Name of a registry. */
export type RegistryName = keyof typeof REGISTRIES;
