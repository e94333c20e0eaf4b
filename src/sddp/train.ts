/** Trains a study on a team of threads. */
import { Team } from "../parallel/mod.ts";
import { type CobreEvent, type TerminationReason, toCobreError } from "../protocol/mod.ts";
import type { CutPool } from "./cut_pool.ts";
import { explained, type FailureHelp } from "./solve_failure.ts";
import type { StageSolves } from "./solve_statistics.ts";
import type { Study } from "./study.ts";
import type { TrainingEnd, TrainingJob, TrainingNews, TrainingState } from "./training_job.ts";
import { trainingMemory } from "./training_memory.ts";

/** How a training is run. */
export interface TrainingOptions extends FailureHelp {
  readonly threads: number;
  /** Called with every event, on the thread of the caller. */
  readonly onEvent: (event: CobreEvent) => void;
  /** Called after each iteration with what its solves cost. */
  readonly onIteration?: (state: TrainingState, solves: readonly StageSolves[]) => void;
  /** The module of the threads, where it does not lie beside this one. */
  readonly worker?: URL;
}

/** What a training leaves. */
export interface TrainedPolicy {
  readonly reason: TerminationReason;
  readonly state: TrainingState;
  /** The cuts on the future of each stage; null where it has none. In shared memory. */
  readonly pools: readonly (CutPool | null)[];
}

/** A training that runs. */
export interface TrainingRun {
  readonly result: Promise<TrainedPolicy>;
  /** Ends the training after the iteration that runs now. */
  stop(): void;
  /** Ends the training at once, as it was after the last whole iteration. */
  abandon(): void;
}

/** Starts a training. */
export function startTraining(study: Study, options: TrainingOptions): TrainingRun {
  const { threads, onEvent, onIteration, worker } = options;
  const memory = trainingMemory(study, iterationRoom(study), threads);
  let state: TrainingState = {
    iteration: study.startIteration,
    lowerBounds: [],
    upperBound: NaN,
    upperBoundStd: NaN,
    upperBoundHalfWidth: NaN,
    elapsedMs: 0,
    simulations: [null, null],
    cutsMade: 0,
  };
  const job: TrainingJob = { kind: "training", study, memory, state };
  const team = Team.start<TrainingJob, TrainingNews, TrainingEnd>({
    module: worker ?? new URL("./engine_worker.ts", import.meta.url),
    threads,
    job,
    onTold: (news) => {
      if (news.type === "event") {
        onEvent(news.event);
        return;
      }
      state = news.state;
      onIteration?.(news.state, news.solves);
    },
  });
  return {
    result: outcome(),
    stop: () => team.requestStop(),
    abandon: () => team.terminate(toCobreError(new Error("abandoned"))),
  };

  async function outcome(): Promise<TrainedPolicy> {
    try {
      const end = await team.result;
      if (end.reason === "no_room") throw new Error("no room");
      return { reason: end.reason, state: end.state, pools: memory.pools };
    } catch (thrown) {
      throw await explained(toCobreError(thrown), study, options);
    }
  }
}

/** Iterations for whose cuts there is room at first. */
function iterationRoom(study: Study): number {
  const limits = study.training.stoppingRules.flatMap((rule) =>
    rule.type === "iteration_limit" ? [rule.limit] : []
  );
  return Math.max(0, Math.max(...limits) - study.startIteration);
}
