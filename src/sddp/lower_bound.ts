/** The lower bound: the cost of the study under the cuts of the first stage, over all its openings. */
import type { CutRows } from "../lp/mod.ts";
import { makeSweep, type Sweep, sweepOpenings } from "./opening_sweep.ts";
import { riskWeights, weightedSum } from "./risk_measure.ts";
import { StageSite } from "./stage_site.ts";
import type { StudyThread } from "./thread.ts";
import { copyStart, startAt } from "./start_store.ts";
import type { TrainingMemory } from "./training_memory.ts";

/**
 * The first stage on the leading thread. It takes part in all cuts, those that were dropped too: each
 * of them is valid, so the bound never falls.
 */
export class LowerBound implements Disposable {
  readonly #thread: StudyThread;
  readonly #site: StageSite;
  readonly #sweep: Sweep;

  constructor(thread: StudyThread) {
    this.#thread = thread;
    const { study, lp, counters, sites } = thread;
    const { template, cuts } = sites[0]!.solver;
    const all: CutRows = { ...cuts, active: new Uint8Array(cuts.active.length).fill(1) };
    this.#site = new StageSite(lp, study, 0, { template, cuts: all, counters });
    this.#sweep = makeSweep(thread, 0);
  }

  /** The bound ($). */
  evaluate(memory: TrainingMemory, iteration: number): number {
    const thread = this.#thread;
    const { study, context } = thread;
    thread.phase = "lower_bound";
    context.iteration = iteration;
    context.scenario = -1;
    const { costs, weights, ranking, openings, firstStart } = this.#sweep;
    const start = startAt(memory.boundStart, 0);
    sweepOpenings(
      thread,
      this.#site,
      this.#sweep,
      study.initialState,
      start,
      -1,
      memory.noiseParts[0] ?? null,
      () => {},
    );
    copyStart(firstStart, start);
    riskWeights(study.stages[0]!.risk, costs, openings, weights, ranking);
    return weightedSum(costs, weights, openings);
  }

  [Symbol.dispose](): void {
    this.#site[Symbol.dispose]();
  }
}
