/**
 * A stage whose future is bounded from above: by the values that are known at visited states
 * (vertices), mixed, and by slopes away from the mixture,
 *
 *     V̄(y) = min Σ λ_i·v_i + Σ_s L_s·(u⁺_s + u⁻_s)   over  y = Σ λ_i·x_i + u⁺ − u⁻,  Σ λ = 1,  λ, u ≥ 0.
 *
 * For a convex V with v_i ≥ V(x_i) and slopes of at most L_s, V ≤ V̄: V(Σ λ_i·x_i) ≤ Σ λ_i·V(x_i), and
 * the way from there to y costs at most Σ L_s·|u_s| (A. Philpott, V. de Matos and E. Finardi, "On
 * solving multistage stochastic programs with coherent risk measures", 2013). The problem is the whole
 * one of the stage with these columns and rows; few of them are solved, so nothing is trimmed.
 */
import { knownCutParts, shiftedState } from "../lp/mod.ts";
import {
  type LpData,
  type LpModel,
  type LpSolver,
  type RetryCounters,
  solveWithRetry,
  WARM_OPTIONS,
} from "../solver/mod.ts";
import { cutCount, type CutPool } from "./cut_pool.ts";
import { nextStage } from "./future_shape.ts";
import { type SolveContext, solveFailure } from "./solve_failure.ts";
import type { StageSite } from "./stage_site.ts";
import type { Study } from "./study.ts";

/** Values at states: row i of `states` is where the future costs at most `values[i]` ($). */
export interface Vertices {
  readonly count: number;
  readonly states: Float64Array;
  readonly values: Float64Array;
}

/** One problem in a solver, which becomes that of one stage after the other. */
export class InnerStage implements Disposable {
  readonly #study: Study;
  readonly #model: LpModel;
  readonly #counters: RetryCounters;
  #site: StageSite | null = null;
  /** Cuts on what follows the study; null where nothing does. */
  #cuts: CutPool | null = null;
  #shifted = new Float64Array(0);
  #cutParts = new Float64Array(0);
  #unlimited = new Float64Array(0);
  #costScale = 1;

  constructor(lp: LpSolver, study: Study, counters: RetryCounters) {
    this.#study = study;
    this.#counters = counters;
    this.#model = lp.createModel({ ...WARM_OPTIONS, presolve: true });
  }

  /**
   * Becomes the problem of the stage of a site. `vertices` and `slopes` bound its future; both are
   * null for the last stage, whose future is what `pool` says, if anything.
   */
  load(
    site: StageSite,
    vertices: Vertices | null,
    slopes: Float64Array | null,
    pool: CutPool | null,
  ): void {
    const { template } = site.solver;
    this.#site = site;
    this.#costScale = template.costScale;
    this.#cuts = nextStage(this.#study, site.position) < 0 ? pool : null;
    const cuts = this.#cuts === null ? 0 : cutCount(this.#cuts);
    const slots = template.map.outgoing.slots.length;
    this.#shifted = new Float64Array(slots);
    this.#cutParts = new Float64Array(cuts);
    this.#unlimited = new Float64Array(cuts).fill(Infinity);
    const { discount } = this.#study.stages[site.position]!;
    this.#model.load(innerLp(site, discount, vertices, slopes, this.#cuts));
  }

  /** Begins a task: nothing of what was solved before matters. */
  reset(): void {
    this.#model.reset();
  }

  /** Solves for the state and noise that the site is set to; returns the cost ($). */
  solve(state: Float64Array, context: SolveContext): number {
    const model = this.#model;
    const site = this.#site!;
    const { template } = site.solver;
    const { map, model: { parameters, rowLower } } = template;
    model.setColumnBounds(0, parameters, site.known, site.known);
    shiftedState(map, state, site.inflows, this.#shifted);
    if (this.#cuts !== null) {
      const all = Int32Array.of(0, this.#shifted.length);
      knownCutParts(this.#cuts.rows, this.#cutParts.length, all, this.#shifted, this.#cutParts);
      for (let cut = 0; cut < this.#cutParts.length; cut++) this.#cutParts[cut]! /= this.#costScale;
      model.setRowBounds(rowLower.length, this.#cutParts.length, this.#cutParts, this.#unlimited);
    } else if (model.rows > rowLower.length) {
      for (let slot = 0; slot < this.#shifted.length; slot++) this.#shifted[slot]! *= -1;
      model.setRowBounds(rowLower.length, this.#shifted.length, this.#shifted, this.#shifted);
    }
    const status = solveWithRetry(model, this.#counters);
    if (status !== "optimal") {
      throw solveFailure(this.#study, site.position, site.known, context, status);
    }
    return model.objective() * this.#costScale;
  }

  [Symbol.dispose](): void {
    this.#model.close();
  }
}

/** Columns: those of the stage, mixture, away, back. Rows: those of the stage, slots, mixture. */
function innerLp(
  site: StageSite,
  discount: number,
  vertices: Vertices | null,
  slopes: Float64Array | null,
  cuts: CutPool | null,
): LpData {
  const { model, map, costScale } = site.solver.template;
  const ownRows = model.rowLower.length;
  const slots = map.outgoing.slots.length;
  const columns = new ColumnList();
  model.columnCosts.forEach((cost, column) => {
    const { starts, indices, values } = model.matrix;
    const { kind } = model.columnKeys[column]!;
    const future = kind === "future" || kind === "tail_threshold" || kind === "tail_excess";
    const gone = future && cuts === null;
    // A future column in the money of the solver, for its values are of the size of whole studies.
    const unit = future ? costScale : 1;
    columns.begin(
      gone ? 0 : cost * unit / costScale,
      gone ? 0 : model.columnLower[column]! / unit,
      gone ? 0 : model.columnUpper[column]! / unit,
    );
    for (let k = starts[column]!; k < starts[column + 1]!; k++) {
      columns.entry(indices[k]!, values[k]! * unit);
    }
    if (cuts !== null && kind === "future") {
      for (let cut = 0; cut < cutCount(cuts); cut++) {
        if (cuts.rows.future[cut] === model.columnKeys[column]!.sub) {
          columns.entry(ownRows + cut, 1);
        }
      }
    }
    map.outgoingColumn.forEach((outgoing, slot) => {
      if (outgoing !== column) return;
      if (cuts !== null) {
        for (let cut = 0; cut < cutCount(cuts); cut++) {
          columns.entry(ownRows + cut, -cuts.rows.coefficients[cut * slots + slot]! / costScale);
        }
      } else if (vertices !== null) columns.entry(ownRows + slot, 1);
    });
  });
  if (vertices !== null && slopes !== null) {
    for (let at = 0; at < vertices.count; at++) {
      columns.begin(discount * vertices.values[at]! / costScale, 0, Infinity);
      for (let slot = 0; slot < slots; slot++) {
        columns.entry(ownRows + slot, -vertices.states[at * slots + slot]!);
      }
      columns.entry(ownRows + slots, 1);
    }
    for (const direction of [-1, 1]) {
      slopes.forEach((slope, slot) => {
        columns.begin(discount * slope / costScale, 0, Infinity);
        columns.entry(ownRows + slot, direction);
      });
    }
  }
  const more = cuts !== null ? cutCount(cuts) : vertices !== null ? slots + 1 : 0;
  const rowLower = new Float64Array(ownRows + more);
  const rowUpper = new Float64Array(ownRows + more);
  rowLower.set(model.rowLower);
  rowUpper.set(model.rowUpper);
  if (cuts !== null) rowUpper.fill(Infinity, ownRows);
  else if (vertices !== null) rowLower[ownRows + slots] = rowUpper[ownRows + slots] = 1;
  return { ...columns.finish(), rowLower, rowUpper, offset: 0 };
}

/** Columns of a problem in the making. */
class ColumnList {
  readonly #costs: number[] = [];
  readonly #lower: number[] = [];
  readonly #upper: number[] = [];
  readonly #starts: number[] = [];
  readonly #indices: number[] = [];
  readonly #values: number[] = [];

  begin(cost: number, lower: number, upper: number): void {
    this.#costs.push(cost);
    this.#lower.push(lower);
    this.#upper.push(upper);
    this.#starts.push(this.#indices.length);
  }

  entry(row: number, value: number): void {
    if (value === 0) return;
    this.#indices.push(row);
    this.#values.push(value);
  }

  finish(): Omit<LpData, "rowLower" | "rowUpper" | "offset"> {
    return {
      columnCosts: Float64Array.from(this.#costs),
      columnLower: Float64Array.from(this.#lower),
      columnUpper: Float64Array.from(this.#upper),
      matrix: {
        orientation: "columns",
        starts: Int32Array.from([...this.#starts, this.#indices.length]),
        indices: Int32Array.from(this.#indices),
        values: Float64Array.from(this.#values),
      },
    };
  }
}
