/** One stage on one thread: its solver, and the numbers that a solve is given. */
import {
  gradientWorkspace,
  inflowsOf,
  knownCutParts,
  knownLayout,
  knownOutgoing,
  setStateQuantities,
  StageSolver,
  type StageSolverSettings,
  stateGradient,
} from "../lp/mod.ts";
import type { LpSolver } from "../solver/mod.ts";
import { realisedAvailability, realisedLoad } from "../stochastic/mod.ts";
import type { NoiseParts } from "./noise_parts.ts";
import { type SolveContext, solveFailure } from "./solve_failure.ts";
import type { Study } from "./study.ts";

/**
 * Solves one stage for a state and a noise. The order of calls is `beginTask`, then for each noise
 * `setNoise`, `solve` and whatever of the results is wanted.
 */
export class StageSite implements Disposable {
  readonly position: number;
  readonly solver: StageSolver;
  /** The known quantities of the last solve. */
  readonly known: Float64Array;
  /** Inflows of the last solve (m³/s), by hydro. */
  readonly inflows: Float64Array;
  readonly #study: Study;
  /** The part of the outgoing state that is known before the solve. */
  readonly #outgoing: Float64Array;
  readonly #cutParts: Float64Array;
  /** Known parts of the cuts for the first opening, before any truncation. */
  readonly #firstParts: Float64Array;
  #hasFirstParts = false;
  readonly #load: Float64Array;
  readonly #available: Float64Array;
  readonly #layout: ReturnType<typeof knownLayout>;
  readonly #gradientWorkspace: ReturnType<typeof gradientWorkspace>;
  /** Columns of the trimmed problem that make up the cost of the future, and their costs ($). */
  readonly #futureColumns: Int32Array;
  readonly #futureCosts: Float64Array;
  #state: Float64Array = new Float64Array(0);
  #cutCount = 0;

  constructor(lp: LpSolver, study: Study, position: number, settings: StageSolverSettings) {
    const { template } = settings;
    const { model, map } = template;
    this.position = position;
    this.solver = new StageSolver(lp, settings);
    this.#study = study;
    this.known = new Float64Array(model.parameters);
    this.inflows = new Float64Array(map.inflow.base.length);
    this.#outgoing = new Float64Array(map.outgoing.slots.length);
    this.#cutParts = new Float64Array(settings.cuts.active.length);
    this.#firstParts = new Float64Array(settings.cuts.active.length);
    this.#load = new Float64Array(study.loads.entities);
    this.#available = new Float64Array(study.availabilities.entities);
    this.#layout = knownLayout(model);
    this.#gradientWorkspace = gradientWorkspace(this.solver);
    const future = futureColumns(template);
    this.#futureColumns = Int32Array.from(future, ([column]) => column);
    this.#futureCosts = Float64Array.from(future, ([, cost]) => cost);
  }

  /** Begins a task whose solves share an incoming state; see {@link StageSolver.startTask}. */
  beginTask(
    state: Float64Array,
    cutCount: number,
    start: Parameters<StageSolver["startTask"]>[1],
    extra: Int32Array,
    extraCount: number,
  ): void {
    this.setState(state, cutCount);
    this.solver.startTask(cutCount, start, extra, extraCount);
  }

  /** Sets the incoming state, and how many cuts the next solves see. */
  setState(state: Float64Array, cutCount = 0): void {
    this.#state = state;
    this.#cutCount = cutCount;
    this.#hasFirstParts = false;
    setStateQuantities(this.solver.template.map, state, this.known);
  }

  /** Sets what is random in the stage. */
  setNoise(noise: Float64Array): void {
    const { template } = this.solver;
    this.#setInflows(noise);
    if (this.#study.truncateInflow) this.#truncate();
    if (template.map.firstInflow >= 0) this.known.set(this.inflows, template.map.firstInflow);
    this.setLoads(noise, this.known);
    knownOutgoing(template, this.#state, this.known, this.inflows, this.#outgoing);
    this.#setCutParts(this.#cutParts);
  }

  /**
   * Sets what is random in the stage to an opening of the tree, with what the openings add to the
   * cuts; `first` is the noise of opening 0. Leaves the outgoing state unknown.
   */
  setOpening(noise: Float64Array, opening: number, first: Float64Array, parts: NoiseParts): void {
    const { template } = this.solver;
    if (!this.#hasFirstParts) {
      this.#setInflows(first);
      if (template.map.firstInflow >= 0) this.known.set(this.inflows, template.map.firstInflow);
      this.setLoads(first, this.known);
      knownOutgoing(template, this.#state, this.known, this.inflows, this.#outgoing);
      this.#setCutParts(this.#firstParts);
      this.#hasFirstParts = true;
    }
    this.#setInflows(noise);
    // Where inflows are cut off, the difference between openings depends on the state.
    if (this.#study.truncateInflow && this.inflows.some((inflow) => inflow < 0)) {
      this.setNoise(noise);
      return;
    }
    if (template.map.firstInflow >= 0) this.known.set(this.inflows, template.map.firstInflow);
    this.setLoads(noise, this.known);
    const from = opening * parts.capacity;
    for (let cut = 0; cut < this.#cutCount; cut++) {
      this.#cutParts[cut] = this.#firstParts[cut]! + parts.values[from + cut]!;
    }
  }

  /** Solves; returns the cost of the stage and its future ($). Throws where there is no optimum. */
  solve(context: SolveContext): number {
    const status = this.solver.solve(this.known, this.#cutParts);
    if (status !== "optimal") {
      throw solveFailure(this.#study, this.position, this.known, context, status);
    }
    return this.solver.cost(this.known);
  }

  /** The part of the last cost that lies in the future, discounted ($). */
  futureCost(): number {
    let sum = 0;
    const { columns } = this.solver.solution;
    for (let at = 0; at < this.#futureColumns.length; at++) {
      sum += this.#futureCosts[at]! * columns[this.#futureColumns[at]!]!;
    }
    return sum;
  }

  /** Leaves the outgoing state of the last solve in `target`. */
  outgoingState(target: Float64Array): void {
    const { decided } = this.solver;
    for (let slot = 0; slot < target.length; slot++) {
      target[slot] = this.#outgoing[slot]! + decided[slot]!;
    }
  }

  /** Leaves the derivative of the last cost in the incoming state in `target`. */
  gradient(target: Float64Array): void {
    stateGradient(this.solver, this.known, this.#gradientWorkspace, target);
  }

  [Symbol.dispose](): void {
    this.solver.close();
  }

  #setInflows(noise: Float64Array): void {
    inflowsOf(this.solver.template.map, this.#state, noise, this.inflows);
  }

  #truncate(): void {
    const { inflows } = this;
    for (let h = 0; h < inflows.length; h++) if (inflows[h]! < 0) inflows[h] = 0;
  }

  #setCutParts(parts: Float64Array): void {
    const { template, cuts, knownRanges } = this.solver;
    if (template.futureColumns.length === 0) return;
    knownCutParts(cuts, this.#cutCount, knownRanges, this.#outgoing, parts);
  }

  /** Puts loads and available generation into known quantities. */
  setLoads(noise: Float64Array, known: Float64Array): void {
    const { position } = this;
    const { loads, availabilities, stages } = this.#study;
    const { blocks, loadFactor, availableMw } = stages[position]!;
    const { load, available } = this.#layout;
    if (load >= 0) {
      realisedLoad(loads, position, noise, this.#load);
      for (let at = 0, bus = 0; bus < loads.entities; bus++) {
        for (let block = 0; block < blocks; block++, at++) {
          known[load + at] = this.#load[bus]! * loadFactor[at]!;
        }
      }
    }
    if (available >= 0) {
      realisedAvailability(availabilities, position, noise, this.#available);
      for (let at = 0, source = 0; source < availabilities.entities; source++) {
        for (let block = 0; block < blocks; block++, at++) {
          known[available + at] = this.#available[source]! * availableMw[at]!;
        }
      }
    }
  }
}

/** The future, and with several future columns the terms of the risk measure, with their costs. */
function futureColumns(
  { model, columns, lp, costScale }: StageSolver["template"],
): [column: number, cost: number][] {
  const found: [number, number][] = [];
  columns.forEach((column, at) => {
    const { kind } = model.columnKeys[column]!;
    if (kind !== "future" && kind !== "tail_threshold" && kind !== "tail_excess") return;
    const cost = lp.columnCosts[at]!;
    if (cost !== 0) found.push([at, cost * costScale]);
  });
  return found;
}
