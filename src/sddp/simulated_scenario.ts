/** What a simulation tells of a scenario: the whole solution of every stage. */
import { type FullSolution, fullSolution, readBack } from "../lp/mod.ts";
import type { Study } from "./study.ts";
import type { WalkStep } from "./walk.ts";

/** One stage of a scenario. Columns and rows are those of the stage's model, in its units and $. */
export interface SimulatedStage {
  readonly position: number;
  /** Opening of the tree that the inflows are from, or −1. */
  readonly opening: number;
  /** State before the stage, by slot. */
  readonly state: Float64Array;
  readonly columns: Float64Array;
  /** ∂cost/∂(right-hand side) of each row. */
  readonly duals: Float64Array;
  /** Cost of the stage alone ($). */
  readonly stageCost: number;
  /** Cost of the future as the stage sees it, discounted to the stage ($). */
  readonly futureCost: number;
  /** Factor on costs of the stage, seen from the start of the study. */
  readonly discount: number;
}

/** One scenario; its arrays lie in one buffer. */
export interface SimulatedScenario {
  readonly scenario: number;
  readonly stages: readonly SimulatedStage[];
  /** Σ discount · stage cost ($). */
  readonly cost: number;
}

/** Gathers the stages of one scenario after the other. */
export class ScenarioRecorder {
  readonly #study: Study;
  readonly #solutions: readonly FullSolution[];
  readonly #length: number;
  #values = new Float64Array(0);
  #stages: SimulatedStage[] = [];
  #used = 0;

  constructor(study: Study) {
    this.#study = study;
    this.#solutions = study.stages.map(({ template }) => fullSolution(template));
    this.#length = study.stages.reduce(
      (sum, { template: { map, model } }) =>
        sum + map.incoming.slots.length + model.columnCosts.length + model.rowLower.length,
      0,
    );
  }

  /** Begins a scenario in a buffer of its own, which its reader gets. */
  begin(): void {
    this.#values = new Float64Array(this.#length);
    this.#stages = [];
    this.#used = 0;
  }

  /** Takes a solve of the walk over. */
  add({ position, site, state, opening, cost, stageCost, discount }: WalkStep): void {
    const full = this.#solutions[position]!;
    const { solution, outgoingPrices } = site.solver;
    readBack(this.#study.stages[position]!.template, solution, site.known, outgoingPrices, full);
    this.#stages.push({
      position,
      opening,
      state: this.#copy(state),
      columns: this.#copy(full.columns),
      duals: this.#copy(full.duals),
      stageCost,
      futureCost: cost - stageCost,
      discount,
    });
  }

  /** The scenario, and the buffer to transfer. */
  end(scenario: number, cost: number): [SimulatedScenario, Transferable[]] {
    return [{ scenario, stages: this.#stages, cost }, [this.#values.buffer]];
  }

  #copy(values: Float64Array): Float64Array {
    const copy = this.#values.subarray(this.#used, this.#used += values.length);
    copy.set(values);
    return copy;
  }
}
