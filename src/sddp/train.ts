/** Trains a study on a team of threads. */
import { Team } from "../parallel/mod.ts";
import {
  CobreError,
  type CobreEvent,
  type TerminationReason,
  toCobreError,
} from "../protocol/mod.ts";
import type { CutPool } from "./cut_pool.ts";
import { cutsPerTrajectory } from "./future_shape.ts";
import { explained, type FailureHelp } from "./solve_failure.ts";
import type { StageSolves } from "./solve_statistics.ts";
import type { Study } from "./study.ts";
import type { TrainingEnd, TrainingJob, TrainingNews, TrainingState } from "./training_job.ts";
import { enlargedMemory, trainingMemory } from "./training_memory.ts";

/** How a training is run. */
export interface TrainingOptions extends FailureHelp {
  readonly threads: number;
  /** Called with every event, on the thread of the caller. */
  readonly onEvent: (event: CobreEvent) => void;
  /** Called after each iteration with what its solves cost. */
  readonly onIteration?: (state: TrainingState, solves: readonly StageSolves[]) => void;
  /**
   * Bytes of cuts for which there is room at first; when they are used up, the threads are started
   * anew with more.
   */
  readonly firstCutBytes?: number;
  /** The module of the threads, where it does not lie beside this one. */
  readonly worker?: URL;
}

/** What a training leaves. */
export interface TrainedPolicy {
  readonly reason: TerminationReason;
  readonly state: TrainingState;
  /** The cuts on the future of each stage; null where it has none. In shared memory. */
  readonly pools: readonly (CutPool | null)[];
  /** Visited states of all iterations, before each stage and after the last, if they were kept. */
  readonly states: readonly (Float64Array | null)[];
}

/** A training that runs. */
export interface TrainingRun {
  readonly result: Promise<TrainedPolicy>;
  /** Ends the training after the iteration that runs now. */
  stop(): void;
  /** Ends the training at once, as it was after the last whole iteration. */
  abandon(): void;
}

/** What ends the threads of a training that is given up; never seen outside. */
const ABANDONED = CobreError.of("Interrupted", "The training was abandoned", {});

/** Starts a training. */
export function startTraining(study: Study, options: TrainingOptions): TrainingRun {
  const { threads, onEvent, onIteration, worker, firstCutBytes = FIRST_CUT_BYTES } = options;
  const started = performance.now();
  let state: TrainingState = {
    iteration: study.startIteration,
    lowerBounds: [],
    upperBound: NaN,
    upperBoundStd: NaN,
    upperBoundHalfWidth: NaN,
    innerBound: null,
    elapsedMs: 0,
    simulations: [null, null],
    cutsMade: 0,
    filled: study.givenCuts.map((given) => given?.intercept.length ?? 0),
  };
  let memory = trainingMemory(study, iterationRoom(study, firstCutBytes), threads);
  let team = join();
  let stopping = false;
  return {
    result: outcome(),
    stop: () => {
      stopping = true;
      team.requestStop();
    },
    abandon: () => team.terminate(ABANDONED),
  };

  function join(): Team<TrainingEnd> {
    const elapsedMs = performance.now() - started;
    return Team.start<TrainingJob, TrainingNews, TrainingEnd>({
      module: worker ?? new URL("./engine_worker.ts", import.meta.url),
      threads,
      job: { kind: "training", study, memory, state: { ...state, elapsedMs } },
      onTold: (news) => {
        if (news.type === "event") {
          onEvent(news.event);
          return;
        }
        state = news.state;
        onIteration?.(news.state, news.solves);
      },
    });
  }

  async function outcome(): Promise<TrainedPolicy> {
    try {
      for (;;) {
        const end = await team.result;
        state = end.state;
        if (end.reason !== "no_room") return policy(end.reason);
        memory = enlargedMemory(study, memory, Math.max(1, state.iteration));
        team = join();
        if (stopping) team.requestStop();
      }
    } catch (thrown) {
      if (thrown !== ABANDONED) throw await explained(toCobreError(thrown), study, options);
      state.filled.forEach((count, position) => memory.pools[position]?.filled.fill(count));
      return policy("shutdown");
    }
  }

  function policy(reason: TerminationReason): TrainedPolicy {
    const { pools, archive, archived } = memory;
    const rows = archived[0]! * study.passes;
    const states = archive.map((values, at) => {
      const slots = memory.states[at]!.length / study.passes;
      return values?.subarray(0, rows * slots) ?? null;
    });
    return { reason, state, pools, states };
  }
}

/** Memory is only taken when it is written to, so this can be much. */
const FIRST_CUT_BYTES = 2e9;

/** Iterations for whose cuts there is room at first: all of them, unless that is very much. */
function iterationRoom(study: Study, firstBytes: number): number {
  const { stages, passes, training, startIteration } = study;
  const limits = training.stoppingRules.flatMap((rule) =>
    rule.type === "iteration_limit" ? [rule.limit] : []
  );
  const bytes = stages.reduce(
    (sum, { template: { map } }, position) =>
      sum + 8 * passes * cutsPerTrajectory(study, position) * (map.outgoing.slots.length + 4),
    0,
  );
  const room = Math.max(1, Math.floor(firstBytes / Math.max(1, bytes)));
  return Math.min(room, Math.max(0, Math.max(...limits) - startIteration));
}
