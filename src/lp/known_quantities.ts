/** Fills in what a stage knows before it is solved, and what it hands on afterwards. */
import { addProduct } from "./inflow_map.ts";
import type { StageTemplate } from "./stage_template.ts";
import type { StateMap } from "./state_map.ts";
import { findColumn, type StageModel } from "./stage_model.ts";

/** Where the groups of known quantities begin; −1 for a group that the stage lacks. */
export interface KnownLayout {
  readonly count: number;
  /** By hydro. */
  readonly inflow: number;
  /** By bus and block. */
  readonly load: number;
  /** By source and block. */
  readonly available: number;
}

/** The layout of a stage problem. */
export function knownLayout(model: StageModel): KnownLayout {
  return {
    count: model.parameters,
    inflow: findColumn(model, "inflow", 0),
    load: findColumn(model, "load", 0, 0),
    available: findColumn(model, "available", 0, 0),
  };
}

/**
 * Inflows of the stage (m³/s) for an incoming state and a noise: z = base + lags·x + scale·η.
 * Truncated inflows are the business of the caller, who may change them afterwards.
 */
export function inflowsOf(
  { inflow }: StateMap,
  state: Float64Array,
  noise: Float64Array,
  z: Float64Array,
): void {
  const { base, scale } = inflow;
  for (let h = 0; h < base.length; h++) z[h] = base[h]! + scale[h]! * noise[h]!;
  addProduct(inflow.lags, state, z);
}

/** Sets the known quantities that come from the state. */
export function setStateQuantities(
  { incomingParameter }: StateMap,
  state: Float64Array,
  known: Float64Array,
): void {
  for (let i = 0; i < incomingParameter.length; i++) {
    const at = incomingParameter[i]!;
    if (at >= 0) known[at] = state[i]!;
  }
}

/**
 * The part of the outgoing state that is known before the solve: what merely moves. Slots that are
 * columns of the stage problem get this part too; {@link addDecided} adds the rest.
 */
export function shiftedState(
  map: StateMap,
  state: Float64Array,
  z: Float64Array,
  outgoing: Float64Array,
): void {
  outgoing.set(map.shiftConstant);
  addProduct(map.shift, state, outgoing);
  addProduct(map.shiftInflow, z, outgoing);
}

/**
 * The known part of the outgoing state for the trimmed problem: {@link shiftedState}, and the slots
 * whose columns are gone.
 */
export function knownOutgoing(
  { map, outgoingConstant, outgoingPatch }: StageTemplate,
  state: Float64Array,
  known: Float64Array,
  z: Float64Array,
  outgoing: Float64Array,
): void {
  shiftedState(map, state, z, outgoing);
  for (let slot = 0; slot < outgoingConstant.length; slot++) {
    outgoing[slot]! += outgoingConstant[slot]!;
  }
  addProduct(outgoingPatch, known, outgoing);
}

/** Adds what the stage decided, given the values of all columns of its problem. */
export function addDecided(map: StateMap, columns: Float64Array, outgoing: Float64Array): void {
  const { outgoingColumn } = map;
  for (let o = 0; o < outgoingColumn.length; o++) {
    const column = outgoingColumn[o]!;
    if (column >= 0) outgoing[o]! += columns[column]!;
  }
}
