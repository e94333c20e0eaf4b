/** The upper bound by inner approximation: values at all visited states, from the last stage back. */
import { type Communicator, rankShare } from "../comm/mod.ts";
import type { Lead } from "../parallel/mod.ts";
import type { CutPool } from "./cut_pool.ts";
import { InnerStage, type Vertices } from "./inner_stage.ts";
import { riskOf } from "./risk_measure.ts";
import type { Study } from "./study.ts";
import type { StudyThread } from "./thread.ts";
import type { TrainingMemory } from "./training_memory.ts";
import { stateSlopes } from "./water_worth.ts";

/** Whether the bound is to be evaluated after an iteration. */
export function innerBoundDue({ upperBound }: Study, iteration: number): boolean {
  if (!upperBound.enabled) return false;
  const interval = upperBound.intervalIterations ?? DEFAULT_INTERVAL;
  const first = upperBound.initialIteration ?? interval;
  return iteration >= first && (iteration - first) % interval === 0;
}

/** Iterations between two evaluations, which take about as long as the iterations themselves. */
const DEFAULT_INTERVAL = 10;

/** One thread's part in the evaluation. */
export class InnerBound implements Disposable {
  readonly #thread: StudyThread;
  readonly #memory: TrainingMemory;
  readonly #pools: readonly (CutPool | null)[];
  readonly #stage: InnerStage;
  readonly #slopes: readonly Float64Array[];
  /** What the problem in the solver is about: stage, and the vertices that it knows. */
  #loaded = "";

  constructor(thread: StudyThread, memory: TrainingMemory) {
    const { study, lp, counters } = thread;
    this.#thread = thread;
    this.#memory = memory;
    this.#pools = thread.pools;
    this.#stage = new InnerStage(lp, study, counters);
    this.#slopes = stateSlopes(study, {
      fallback: study.upperBound.lipschitzFallback ?? 0,
      scale: study.upperBound.lipschitzScale ?? 1,
    });
  }

  /**
   * Values the state at a row of the archive: what may cost at most, as the stage `position` sees it,
   * what comes after it. The states of that stage's future must have been valued before.
   */
  valueState(position: number, row: number, iteration: number): void {
    const { archive, vertexValues } = this.#memory;
    const states = archive[position + 1]!;
    const slots = this.#thread.sites[position + 1]!.solver.template.map.incoming.slots.length;
    const state = states.subarray(row * slots, (row + 1) * slots);
    const costs = this.#costs(position + 1, state, iteration);
    vertexValues[position]![row] = riskOf(this.#thread.study.stages[position]!.risk, costs);
  }

  /** The bound ($). */
  evaluate(iteration: number): number {
    const { study } = this.#thread;
    return riskOf(study.stages[0]!.risk, this.#costs(0, study.initialState, iteration));
  }

  [Symbol.dispose](): void {
    this.#stage[Symbol.dispose]();
  }

  /** Costs of all openings of a stage at a state. */
  #costs(position: number, state: Float64Array, iteration: number): Float64Array {
    const thread = this.#thread;
    const { context, study } = thread;
    const site = thread.sites[position]!;
    this.#load(position);
    context.iteration = iteration;
    context.scenario = -1;
    site.setState(state);
    this.#stage.reset();
    return Float64Array.from({ length: study.tree.counts[position]! }, (_, opening) => {
      context.opening = opening;
      site.setNoise(thread.opening(position, opening));
      return this.#stage.solve(state, context);
    });
  }

  #load(position: number): void {
    const { archive, archived, vertexValues } = this.#memory;
    const { study, sites } = this.#thread;
    const count = archived[0]! * study.passes;
    const key = `${position} ${count}`;
    if (key === this.#loaded) return;
    this.#loaded = key;
    const last = position === study.stages.length - 1;
    const vertices: Vertices | null = last
      ? null
      : { count, states: archive[position + 1]!, values: vertexValues[position]! };
    const slopes = last ? null : this.#slopes[position + 1]!;
    this.#stage.load(sites[position]!, vertices, slopes, this.#pools[position] ?? null);
  }
}

/** Values all states that are not valued yet, and returns the bound ($). */
export function innerBoundRound(
  own: InnerBound,
  study: Study,
  memory: TrainingMemory,
  team: Lead,
  comm: Communicator,
  task: number,
  iteration: number,
): number {
  const from = memory.valued[0]! * study.passes;
  const fresh = memory.archived[0]! * study.passes - from;
  const shares = Array.from({ length: comm.size }, (_, rank) => rankShare(fresh, rank, comm.size));
  const { first, count } = shares[comm.rank]!;
  for (let position = study.stages.length - 2; position >= 0; position--) {
    team.run(count, task, iteration, position, 0, from + first);
    if (comm.size === 1) continue;
    const values = memory.vertexValues[position]!.subarray(from, from + fresh);
    const counts = Int32Array.from(shares, (share) => share.count);
    comm.allgatherv(values.slice(first, first + count), values, counts);
  }
  memory.valued[0] = memory.archived[0]!;
  return own.evaluate(iteration);
}
