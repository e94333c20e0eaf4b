/**
 * What a stage receives from the one before, slot by slot. Cuts, policy files and messages all
 * speak in these slots.
 */
import { isActive, type System } from "../model/mod.ts";
import { deliveries, type Delivery } from "./commitment_calendar.ts";
import { type WaterClock, waterClock } from "./water_clock.ts";

/** Kinds of slots, in the order in which a manifest holds them. */
export const STATE_KINDS = [
  /** Storage of a hydro (hm³); sub-index 0. */
  "storage",
  /** Inflow of an earlier period (m³/s); the sub-index is the lag, from 1. */
  "inflow_lag",
  /** What a running period has gathered of its inflow (m³/s times share of the period). */
  "lag_accumulator",
  /** Water that arrives at a hydro (hm³); the sub-index counts periods from the start of the stage. */
  "travelling_water",
  /** Generation of a thermal decided before (MW); the sub-index counts stages ahead. */
  "commitment",
] as const;

/** A kind of slot. */
export type StateKind = (typeof STATE_KINDS)[number];

/** One number of the state. */
export interface StateSlot {
  readonly kind: StateKind;
  readonly entityId: number;
  /** Position of the hydro or thermal in its list of the system. */
  readonly entity: number;
  readonly sub: number;
}

/** The state at the start of a stage; slots by kind, then sub-index, then id. */
export interface StateManifest {
  readonly slots: readonly StateSlot[];
  /** The slots of kind k of {@link STATE_KINDS} are at `[starts[k], starts[k + 1])`. */
  readonly starts: Int32Array;
}

/** A slot that the inflow model asks for. */
export type InflowSlot = StateSlot & { readonly kind: "inflow_lag" | "lag_accumulator" };

/** Range of the slots of a kind. */
export function slotRange(manifest: StateManifest, kind: StateKind): [from: number, to: number] {
  const at = STATE_KINDS.indexOf(kind);
  return [manifest.starts[at]!, manifest.starts[at + 1]!];
}

/** Where a slot is; −1 if the state has none such. */
export function findSlot(
  manifest: StateManifest,
  kind: StateKind,
  entityId: number,
  sub: number,
): number {
  const [from, to] = slotRange(manifest, kind);
  for (let at = from; at < to; at++) {
    const slot = manifest.slots[at]!;
    if (slot.entityId === entityId && slot.sub === sub) return at;
  }
  return -1;
}

/**
 * The manifests of the states before each study stage and of that after the last one. `inflow`
 * holds what the inflow model needs at each of these times, in any order.
 */
export function stateManifests(
  system: System,
  inflow: readonly (readonly InflowSlot[])[] = [],
): StateManifest[] {
  const stages = system.horizon.stages.length;
  const clock = waterClock(system.horizon.stages);
  const orders = deliveries(system);
  return Array.from({ length: stages + 1 }, (_, stage) =>
    manifestOf([
      ...system.hydros.map((hydro, entity): StateSlot => ({
        kind: "storage",
        entityId: hydro.id,
        entity,
        sub: 0,
      })),
      ...inflow[stage] ?? [],
      ...travelling(system, clock, stage),
      ...committed(system, orders, stage),
    ]));
}

/** A manifest of slots, put in order. */
export function manifestOf(slots: readonly StateSlot[]): StateManifest {
  const rank = (slot: StateSlot): number => STATE_KINDS.indexOf(slot.kind);
  const sorted = slots.toSorted((a, b) =>
    rank(a) - rank(b) || a.sub - b.sub || a.entityId - b.entityId
  );
  const starts = new Int32Array(STATE_KINDS.length + 1);
  for (const slot of sorted) starts[rank(slot) + 1]!++;
  for (let kind = 0; kind < STATE_KINDS.length; kind++) starts[kind + 1]! += starts[kind]!;
  return { slots: sorted, starts };
}

/** Periods at and after a stage that water released before it can still reach, by receiver. */
function travelling(system: System, clock: WaterClock, stage: number): StateSlot[] {
  const longest = longestTravel(system);
  const start = clock.stageStartHour[stage]!;
  const first = clock.first[stage]!;
  const slots: StateSlot[] = [];
  system.hydros.forEach((hydro, entity) => {
    const reach = start + longest[entity]!;
    for (let at = first; at < clock.periods.length; at++) {
      if (clock.periods[at]!.startHour >= reach) break;
      slots.push({ kind: "travelling_water", entityId: hydro.id, entity, sub: at - first });
    }
  });
  return slots;
}

/** Longest travel time to each plant from those directly above. */
function longestTravel(system: System): Float64Array {
  const hours = new Float64Array(system.hydros.length);
  for (const hydro of system.hydros) {
    const below = system.hydros.findIndex(({ id }) => id === hydro.downstreamId);
    if (below >= 0) hours[below] = Math.max(hours[below]!, hydro.travelTimeHours);
  }
  return hours;
}

function committed(system: System, orders: readonly Delivery[], at: number): StateSlot[] {
  return orders.filter((order) => order.decidedAt < at && order.stage >= at)
    .filter((order) => deliversIn(system, order))
    .map(({ thermal, stage }) => ({
      kind: "commitment",
      entityId: system.thermals[thermal]!.id,
      entity: thermal,
      sub: stage - at,
    }));
}

/** Whether the plant of a delivery operates when it is due. */
export function deliversIn(system: System, { thermal, stage }: Delivery): boolean {
  const due = system.horizon.stages[stage];
  return due === undefined || isActive(system.thermals[thermal]!, due.id);
}
