/** The training of a run: its events, its end, its files. */
import { type CobreError, toCobreError } from "../../protocol/mod.ts";
import { startTraining, type TrainedPolicy } from "../../sddp/mod.ts";
import { ConvergenceRows } from "./convergence_rows.ts";
import { stopOnAbort } from "./stop_request.ts";
import { sizeOf, type StudyRun, type TrainingOutcome } from "./study_run.ts";
import { writeTrainingFiles } from "./training_files.ts";

/** A training that has ended, one way or the other. */
export interface EndOfTraining {
  readonly outcome: TrainingOutcome;
  /** Null when training failed. */
  readonly policy: TrainedPolicy | null;
  /** Why it failed. */
  readonly failure: CobreError | null;
}

/** Trains, and writes what there is of it, also when it was stopped or failed. */
export async function trainStudy(run: StudyRun): Promise<EndOfTraining> {
  const { read, prepared: { study }, solver, outputDirectory, request, onStep } = run;
  const { bus, threads } = request;
  const startedAt = new Date();
  const start = performance.now();
  bus.emit({ event: "TrainingStarted", ...sizeOf(run) });
  const rows = new ConvergenceRows();
  const training = startTraining(study, {
    threads,
    system: read.system,
    problemFolder: outputDirectory,
    onEvent: (event) => {
      rows.hear(event);
      bus.emit(event);
    },
  });
  const unwatch = stopOnAbort(request.stop, training);
  let policy: TrainedPolicy | null = null;
  let failure: CobreError | null = null;
  try {
    policy = await training.result;
  } catch (thrown) {
    failure = toCobreError(thrown);
  } finally {
    unwatch();
  }
  const { last } = rows;
  const outcome: TrainingOutcome = {
    iterations: policy?.state.iteration ?? last?.iteration ?? study.startIteration,
    final_lower_bound: last?.lower_bound ?? null,
    final_upper_bound: last?.upper_bound ?? null,
    final_gap: last?.gap ?? null,
    termination_reason: policy?.reason ?? "error",
    total_cuts: policy?.state.cutsMade ?? rows.cutsMade,
    wall_time_ms: Math.round(performance.now() - start),
  };
  bus.emit({
    event: "TrainingFinished",
    reason: outcome.termination_reason,
    iterations: outcome.iterations,
    final_lb: outcome.final_lower_bound,
    final_ub: outcome.final_upper_bound,
    total_time_ms: outcome.wall_time_ms,
    total_cuts: outcome.total_cuts,
  });
  // Without an iteration there is nothing to say, and what an earlier run left stays.
  if (last !== null) {
    const completedAt = new Date();
    const ended = { read, solver, threads, startedAt, completedAt, outcome, rows };
    onStep({ step: "wrote", files: await writeTrainingFiles(outputDirectory, ended) });
  }
  return { outcome, policy, failure };
}
