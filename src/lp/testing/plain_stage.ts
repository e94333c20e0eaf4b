/**
 * The problem of a stage with nothing taken out: the incoming state, inflows and the outgoing state
 * are columns, the inflow model and every cut are rows. What the trimmed problem with lags and cuts
 * on its right-hand side must agree with.
 */
import type { LpData } from "../../solver/mod.ts";
import type { CutRows } from "../cut_rows.ts";
import { findColumn, type StageModel } from "../stage_model.ts";
import type { StateMap } from "../state_map.ts";

/** The problem, and where its incoming state is. */
export interface PlainStage {
  readonly lp: LpData;
  /** First of the columns of the incoming state, which follow each other in slot order. */
  readonly firstState: number;
}

/** Builds the plain problem for one incoming state and noise; other known quantities are given. */
export function plainStage(
  model: StageModel,
  map: StateMap,
  cuts: CutRows,
  cutCount: number,
  state: Float64Array,
  noise: Float64Array,
  known: Float64Array,
): PlainStage {
  const columns = model.columnCosts.length;
  const incoming = map.incoming.slots.length;
  const outgoing = map.outgoing.slots.length;
  const lower = [...model.columnLower];
  const upper = [...model.columnUpper];
  const costs = [...model.columnCosts];
  for (let p = 0; p < model.parameters; p++) lower[p] = upper[p] = known[p]!;
  const firstState = columns;
  for (const value of state) add(value, value);
  for (let slot = 0; slot < outgoing; slot++) add(-Infinity, Infinity);
  const rows: { entries: Map<number, number>; lower: number; upper: number }[] = [];
  model.rowLower.forEach((low, row) =>
    rows.push({ entries: new Map(), lower: low, upper: model.rowUpper[row]! })
  );
  const { matrix } = model;
  for (let column = 0; column < columns; column++) {
    for (let k = matrix.starts[column]!; k < matrix.starts[column + 1]!; k++) {
      rows[matrix.indices[k]!]!.entries.set(column, matrix.values[k]!);
    }
  }
  map.incomingParameter.forEach((quantity, slot) => {
    if (quantity < 0) return;
    free(quantity);
    equation(0, [[quantity, 1], [firstState + slot, -1]]);
  });
  map.inflow.base.forEach((base, hydro) => {
    const z = map.firstInflow + hydro;
    free(z);
    const { starts, columns: slots, values } = map.inflow.lags;
    const terms: [number, number][] = [[z, 1]];
    for (let k = starts[hydro]!; k < starts[hydro + 1]!; k++) {
      terms.push([firstState + slots[k]!, -values[k]!]);
    }
    equation(base + map.inflow.scale[hydro]! * noise[hydro]!, terms);
  });
  const firstOutgoing = firstState + incoming;
  map.outgoingColumn.forEach((column, slot) => {
    const terms: [number, number][] = [[firstOutgoing + slot, 1]];
    if (column >= 0) terms.push([column, -1]);
    const { shift, shiftInflow } = map;
    for (let k = shift.starts[slot]!; k < shift.starts[slot + 1]!; k++) {
      terms.push([firstState + shift.columns[k]!, -shift.values[k]!]);
    }
    for (let k = shiftInflow.starts[slot]!; k < shiftInflow.starts[slot + 1]!; k++) {
      terms.push([map.firstInflow + shiftInflow.columns[k]!, -shiftInflow.values[k]!]);
    }
    equation(map.shiftConstant[slot]!, terms);
  });
  for (let cut = 0; cut < cutCount; cut++) {
    const entries = new Map([[findColumn(model, "future", 0, -1, cuts.future[cut]!), 1]]);
    for (let slot = 0; slot < outgoing; slot++) {
      entries.set(firstOutgoing + slot, -cuts.coefficients[cut * cuts.slots + slot]!);
    }
    rows.push({ entries, lower: cuts.intercept[cut]!, upper: Infinity });
  }
  const starts = [0];
  const indices: number[] = [];
  const values: number[] = [];
  for (const { entries } of rows) {
    for (const [column, value] of entries) {
      indices.push(column);
      values.push(value);
    }
    starts.push(indices.length);
  }
  return {
    firstState,
    lp: {
      columnCosts: Float64Array.from(costs),
      columnLower: Float64Array.from(lower),
      columnUpper: Float64Array.from(upper),
      rowLower: Float64Array.from(rows, (row) => row.lower),
      rowUpper: Float64Array.from(rows, (row) => row.upper),
      matrix: {
        orientation: "rows",
        starts: Int32Array.from(starts),
        indices: Int32Array.from(indices),
        values: Float64Array.from(values),
      },
      offset: 0,
    },
  };

  function add(low: number, high: number): void {
    lower.push(low);
    upper.push(high);
    costs.push(0);
  }

  function free(column: number): void {
    lower[column] = -Infinity;
    upper[column] = Infinity;
  }

  function equation(rhs: number, terms: readonly (readonly [number, number])[]): void {
    const entries = new Map<number, number>();
    for (const [column, value] of terms) {
      entries.set(column, (entries.get(column) ?? 0) + value);
    }
    rows.push({ entries, lower: rhs, upper: rhs });
  }
}
