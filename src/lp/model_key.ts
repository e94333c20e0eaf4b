/** What the columns and rows of a stage problem stand for, and how they are called in messages. */
import type { Entity, System } from "../model/mod.ts";

/** Whose thing a column or row is; `stage` is the stage as a whole. */
export type Registry =
  | "hydro"
  | "thermal"
  | "bus"
  | "line"
  | "source"
  | "station"
  | "contract"
  | "constraint"
  | "stage";

interface KindInfo {
  readonly of: Registry;
  /** Words before "of Hydro 3 'UPPER'". */
  readonly words: string;
}

/**
 * Columns known before a solve: in the full problem they are fixed, in the solved one they have
 * become right-hand sides and bounds.
 */
export const PARAMETER_KINDS = {
  /** Storage at the start of the stage (hm³). */
  storage_in: { of: "hydro", words: "initial storage" },
  /** Incremental inflow (m³/s). */
  inflow: { of: "hydro", words: "inflow" },
  /** Load per block, factors included (MW). */
  load: { of: "bus", words: "load" },
  /** Available generation per block, factors included (MW). */
  available: { of: "source", words: "available generation" },
  /** Water released upstream in earlier stages; the sub-index is the period of arrival (hm³). */
  arriving: { of: "hydro", words: "water arriving" },
  /** Dispatch committed in an earlier stage (MW). */
  committed: { of: "thermal", words: "committed generation" },
} as const satisfies Record<string, KindInfo>;

/** A kind of known quantity. */
export type ParameterKind = keyof typeof PARAMETER_KINDS;

/** Every kind of column; flows are in m³/s, volumes in hm³, powers in MW. */
export const COLUMN_KINDS = {
  ...PARAMETER_KINDS,
  /** At the end of the stage, or with a block, at the end of that block but the last. */
  storage: { of: "hydro", words: "storage" },
  turbined: { of: "hydro", words: "turbined flow" },
  spillage: { of: "hydro", words: "spillage" },
  diversion: { of: "hydro", words: "diverted flow" },
  /** Only where generation is not a multiple of the turbined flow. */
  generation: { of: "hydro", words: "generation" },
  /** Only where planes of the production function can lie below zero. */
  generation_negative: { of: "hydro", words: "power drawn at rest" },
  /** Only for plants of several unit groups; the sub-index is the group. */
  group_turbined: { of: "hydro", words: "turbined flow of a unit group" },
  /** Only for plants of several groups whose generation is a column. */
  group_generation: { of: "hydro", words: "generation of a unit group" },
  evaporation: { of: "hydro", words: "evaporation" },
  evaporation_below: { of: "hydro", words: "missing evaporation" },
  evaporation_above: { of: "hydro", words: "excessive evaporation" },
  withdrawal_below: { of: "hydro", words: "missing withdrawal" },
  withdrawal_above: { of: "hydro", words: "excessive withdrawal" },
  inflow_slack: { of: "hydro", words: "inflow added" },
  storage_below: { of: "hydro", words: "missing storage" },
  filling_below: { of: "hydro", words: "missing filling" },
  outflow_below: { of: "hydro", words: "missing outflow" },
  outflow_above: { of: "hydro", words: "excessive outflow" },
  turbined_below: { of: "hydro", words: "missing turbined flow" },
  generation_below: { of: "hydro", words: "missing generation" },
  group_turbined_below: { of: "hydro", words: "missing turbined flow of a unit group" },
  group_generation_below: { of: "hydro", words: "missing generation of a unit group" },
  /** Released here and now, arriving in a later stage; entity is the receiver (hm³). */
  transit: { of: "hydro", words: "water sent to arrive later" },
  thermal: { of: "thermal", words: "generation" },
  /** Generation of a later stage decided now; the sub-index is the number of stages ahead. */
  commitment: { of: "thermal", words: "commitment" },
  /** From source to target, as sent. */
  line_direct: { of: "line", words: "direct flow" },
  line_reverse: { of: "line", words: "reverse flow" },
  /** The sub-index is the cost segment. */
  deficit: { of: "bus", words: "deficit" },
  excess: { of: "bus", words: "excess" },
  source: { of: "source", words: "generation" },
  pumped: { of: "station", words: "pumped flow" },
  contract: { of: "contract", words: "contracted power" },
  /** The sub-index is the position of the row in the stage. */
  constraint_below: { of: "constraint", words: "shortfall" },
  constraint_above: { of: "constraint", words: "surplus" },
  /** Cost of the future ($); the sub-index is the opening where there is one for each. */
  future: { of: "stage", words: "future cost" },
  /** Value at risk of the future cost and its excess per opening ($). */
  tail_threshold: { of: "stage", words: "value at risk" },
  tail_excess: { of: "stage", words: "future cost beyond the value at risk" },
} as const satisfies Record<string, KindInfo>;

/** A kind of column. */
export type ColumnKind = keyof typeof COLUMN_KINDS;

/** Every kind of row. */
export const ROW_KINDS = {
  /** Per stage in parallel blocks, per block in chronological ones (hm³). */
  water_balance: { of: "hydro", words: "water balance" },
  /** Defines water that arrives later; the entity is the receiver. */
  transit: { of: "hydro", words: "water on its way" },
  /** Holds the storage of a plant that does not exist yet or any more. */
  storage_hold: { of: "hydro", words: "unchanged storage" },
  storage_min: { of: "hydro", words: "minimum storage" },
  filling_target: { of: "hydro", words: "filling target" },
  /** One plane of the production function, which is the sub-index. */
  plane: { of: "hydro", words: "production function" },
  /** Generation at the head of the initial storage. */
  head: { of: "hydro", words: "generation at the initial head" },
  evaporation: { of: "hydro", words: "evaporation" },
  outflow_min: { of: "hydro", words: "minimum outflow" },
  outflow_max: { of: "hydro", words: "maximum outflow" },
  turbined_min: { of: "hydro", words: "minimum turbined flow" },
  generation_min: { of: "hydro", words: "minimum generation" },
  group_turbined_sum: { of: "hydro", words: "turbined flow of all unit groups" },
  group_generation_sum: { of: "hydro", words: "generation of all unit groups" },
  group_turbined_min: { of: "hydro", words: "minimum turbined flow of a unit group" },
  group_generation_min: { of: "hydro", words: "minimum generation of a unit group" },
  /** Power balance (MW). */
  load_balance: { of: "bus", words: "load balance" },
  availability: { of: "source", words: "availability" },
  delivery: { of: "thermal", words: "delivery of the commitment" },
  /** The sub-index is the position of the row in the stage. */
  constraint: { of: "constraint", words: "constraint" },
  tail_excess: { of: "stage", words: "tail of the future cost" },
} as const satisfies Record<string, KindInfo>;

/** A kind of row. */
export type RowKind = keyof typeof ROW_KINDS;

/** Names one column or row. `entity` is a position in its list of the system. */
export interface ModelKey<K extends string> {
  readonly kind: K;
  readonly entity: number;
  /** −1 for the stage as a whole. */
  readonly block: number;
  readonly sub: number;
}

/** Names a column. */
export type ColumnKey = ModelKey<ColumnKind>;
/** Names a row. */
export type RowKey = ModelKey<RowKind>;

/** A key as text, for maps. */
export function keyText(kind: string, entity: number, block: number, sub: number): string {
  return `${kind} ${entity} ${block} ${sub}`;
}

/** A column in the user's terms: "turbined flow of Hydro 3 'UPPER', block 1". */
export function columnName(system: System, key: ColumnKey): string {
  return nameOf(system, COLUMN_KINDS[key.kind], key);
}

/** A row in the user's terms. */
export function rowName(system: System, key: RowKey): string {
  return nameOf(system, ROW_KINDS[key.kind], key);
}

const TITLES: Readonly<Record<Exclude<Registry, "stage">, string>> = {
  hydro: "Hydro",
  thermal: "Thermal",
  bus: "Bus",
  line: "Line",
  source: "NonControllableSource",
  station: "PumpingStation",
  contract: "EnergyContract",
  constraint: "GenericConstraint",
};

/** Kinds whose sub-index says something to a reader, and what it counts. */
const SUBS: Readonly<Record<string, string>> = {
  arriving: "period",
  transit: "period",
  deficit: "segment",
  commitment: "stages ahead",
  plane: "plane",
  future: "opening",
  tail_excess: "opening",
  group_turbined: "group",
  group_generation: "group",
  group_turbined_below: "group",
  group_generation_below: "group",
  group_turbined_min: "group",
  group_generation_min: "group",
};

function nameOf(system: System, info: KindInfo, key: ModelKey<string>): string {
  const parts: string[] = [];
  if (info.of === "stage") parts.push(info.words);
  else {
    const entity = entitiesOf(system, info.of)[key.entity];
    const owner = entity === undefined ? `${key.entity}` : `${entity.id} '${entity.name}'`;
    parts.push(`${info.words} of ${TITLES[info.of]} ${owner}`);
  }
  if (key.block >= 0) parts.push(`block ${key.block}`);
  const counted = SUBS[key.kind];
  if (counted !== undefined && (info.of !== "stage" || key.sub > 0)) {
    parts.push(`${counted} ${key.sub}`);
  }
  return parts.join(", ");
}

/** The list of the system that a registry means. */
export function entitiesOf(
  system: System,
  registry: Exclude<Registry, "stage">,
): readonly Pick<Entity, "id" | "name">[] {
  switch (registry) {
    case "hydro":
      return system.hydros;
    case "thermal":
      return system.thermals;
    case "bus":
      return system.buses;
    case "line":
      return system.lines;
    case "source":
      return system.sources;
    case "station":
      return system.stations;
    case "contract":
      return system.contracts;
    case "constraint":
      return system.genericConstraints;
  }
}
