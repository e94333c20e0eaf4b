/** The training of a run: its events, its end, its files. */
import type { CommandData } from "../../protocol/mod.ts";
import { startTraining, type TrainedPolicy } from "../../sddp/mod.ts";
import { ConvergenceRows } from "./convergence_rows.ts";
import { stopOnAbort } from "./stop_request.ts";
import { sizeOf, type StudyRun } from "./study_run.ts";
import { writeTrainingFiles } from "./training_files.ts";

/** What training came to. */
export type TrainingOutcome = NonNullable<CommandData<"run">["training"]>;

/** Trains, and writes what there is of it; a training that was stopped is written too. */
export async function trainStudy(
  run: StudyRun,
): Promise<{ readonly policy: TrainedPolicy; readonly outcome: TrainingOutcome }> {
  const { read, prepared, solver, outputDirectory, request, onStep } = run;
  const { bus, threads } = request;
  const startedAt = new Date();
  const start = performance.now();
  bus.emit({ event: "TrainingStarted", ...sizeOf(run) });
  const rows = new ConvergenceRows();
  const training = startTraining(prepared.study, {
    threads,
    system: read.system,
    problemFolder: outputDirectory,
    onEvent: (event) => {
      rows.hear(event);
      bus.emit(event);
    },
  });
  const unwatch = stopOnAbort(request.stop, training);
  let policy: TrainedPolicy;
  try {
    policy = await training.result;
  } finally {
    unwatch();
  }
  const { reason, state } = policy;
  const { last } = rows;
  const wallTime = Math.round(performance.now() - start);
  const outcome: TrainingOutcome = {
    iterations: state.iteration,
    final_lower_bound: last?.lower_bound ?? null,
    final_upper_bound: last?.upper_bound ?? null,
    final_gap: last?.gap ?? null,
    termination_reason: reason,
    total_cuts: state.cutsMade,
    wall_time_ms: wallTime,
  };
  bus.emit({
    event: "TrainingFinished",
    reason,
    iterations: outcome.iterations,
    final_lb: outcome.final_lower_bound,
    final_ub: outcome.final_upper_bound,
    total_time_ms: wallTime,
    total_cuts: outcome.total_cuts,
  });
  const files = await writeTrainingFiles(outputDirectory, {
    read,
    solver,
    threads,
    startedAt,
    completedAt: new Date(),
    reason,
    iterations: state.iteration,
    cutsMade: state.cutsMade,
    rows,
  });
  onStep({ step: "wrote", files });
  return { policy, outcome };
}
