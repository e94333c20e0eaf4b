/**
 * How a stage turns the state that it receives into the one that it hands on.
 *
 * With x the incoming state, p the known quantities, z the inflows among them, c the columns of the
 * stage problem and y the outgoing state:
 *
 *     p[incomingParameter[i]] = x[i]                       where it is not negative
 *     z = base + lags·x + scale·η
 *     y[o] = c[outgoingColumn[o]] + shiftConstant[o] + shift[o]·x + shiftInflow[o]·z
 *
 * The first term of y[o] is absent where the column is −1. All but that term is known before the
 * solve: lags, accumulators, water and dispatch decided earlier merely move.
 */
import type { InflowMap, SparseRows } from "./inflow_map.ts";
import { sparseRows } from "./inflow_map.ts";
import { findSlot, slotRange, type StateManifest } from "./state_manifest.ts";
import { findColumn, type StageModel } from "./stage_model.ts";
import type { WaterClock } from "./water_clock.ts";

/** See the head of this file. */
export interface StateMap {
  readonly incoming: StateManifest;
  readonly outgoing: StateManifest;
  readonly inflow: InflowMap;
  /** Known quantity that each incoming slot sets, or −1. */
  readonly incomingParameter: Int32Array;
  /** Column of the stage problem that each outgoing slot contains, or −1. */
  readonly outgoingColumn: Int32Array;
  readonly shiftConstant: Float64Array;
  /** Rows are outgoing slots, columns incoming ones. */
  readonly shift: SparseRows;
  /** Rows are outgoing slots, columns hydros. */
  readonly shiftInflow: SparseRows;
  /** Position of the first inflow among the known quantities; the others follow by hydro. */
  readonly firstInflow: number;
}

/** The map of the stage of a model. */
export function stateMap(
  model: StageModel,
  clock: WaterClock,
  incoming: StateManifest,
  outgoing: StateManifest,
  inflow: InflowMap,
): StateMap {
  const periods = clock.first[model.position + 1]! - clock.first[model.position]!;
  const incomingParameter = Int32Array.from(incoming.slots, ({ kind, entity, sub }) => {
    switch (kind) {
      case "storage":
        return findColumn(model, "storage_in", entity);
      case "travelling_water":
        return sub < periods ? findColumn(model, "arriving", entity, -1, sub) : -1;
      case "commitment":
        return sub === 0 ? findColumn(model, "committed", entity) : -1;
      default:
        return -1;
    }
  });
  const outgoingColumn = Int32Array.from(outgoing.slots, ({ kind, entity, sub }) => {
    switch (kind) {
      case "storage":
        return findColumn(model, "storage", entity);
      case "travelling_water":
        return findColumn(model, "transit", entity, -1, sub);
      case "commitment":
        return findColumn(model, "commitment", entity, -1, sub + 1);
      default:
        return -1;
    }
  });
  const [firstLag] = slotRange(outgoing, "inflow_lag");
  const [, lastLag] = slotRange(outgoing, "lag_accumulator");
  const shiftConstant = new Float64Array(outgoing.slots.length);
  shiftConstant.set(inflow.shiftConstant, firstLag);
  const rowOf = (matrix: SparseRows, row: number): [number, number][] => {
    const pairs: [number, number][] = [];
    for (let k = matrix.starts[row]!; k < matrix.starts[row + 1]!; k++) {
      pairs.push([matrix.columns[k]!, matrix.values[k]!]);
    }
    return pairs;
  };
  const ofInflowModel = (at: number): boolean => at >= firstLag && at < lastLag;
  const shift = sparseRows(outgoing.slots.map(({ kind, entityId, sub }, at) => {
    if (ofInflowModel(at)) return rowOf(inflow.shift, at - firstLag);
    const before = kind === "travelling_water" ? sub + periods : sub + 1;
    const from = kind === "storage" ? -1 : findSlot(incoming, kind, entityId, before);
    return from < 0 ? [] : [[from, 1]];
  }));
  const shiftInflow = sparseRows(
    outgoing.slots.map((_, at) =>
      ofInflowModel(at) ? rowOf(inflow.shiftInflow, at - firstLag) : []
    ),
  );
  return {
    incoming,
    outgoing,
    inflow,
    incomingParameter,
    outgoingColumn,
    shiftConstant,
    shift,
    shiftInflow,
    firstInflow: findColumn(model, "inflow", 0),
  };
}
