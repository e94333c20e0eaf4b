/** The tasks of a training, as every thread does them. */
import type { RunTask } from "../parallel/mod.ts";
import { makeCuts } from "./backward_pass.ts";
import { walkForward } from "./forward_pass.ts";
import type { InnerBound } from "./inner_bound.ts";
import { makeSweep, type Sweep } from "./opening_sweep.ts";
import { selectAtStage } from "./select_round.ts";
import { replicate } from "./test_simulation.ts";
import type { StudyThread } from "./thread.ts";
import type { TrainingMemory } from "./training_memory.ts";
import { walkRoom } from "./walk.ts";

/**
 * The kinds of tasks. Arguments of a round: kind, iteration, stage, stage that follows it, first
 * trajectory of the rank. Task i is about trajectory first + i; in a selection, about stage i;
 * in a test simulation, about replication first + i;
 * in a valuation, about state first + i of the archive.
 */
export const TrainingTask = { forward: 0, backward: 1, select: 2, replicate: 3, value: 4 } as const;

/** The function that does tasks on a thread. */
export function trainingTasks(
  thread: StudyThread,
  memory: TrainingMemory,
  inner: InnerBound | null,
): RunTask {
  const { study } = thread;
  const samplers = thread.samplers(study.trainingNoise);
  const room = walkRoom(study);
  const sweeps: (Sweep | undefined)[] = [];
  return (task, [kind, iteration, position, next, first]) => {
    if (kind === TrainingTask.select) {
      selectAtStage(study, memory, iteration!, task);
      return;
    }
    const trajectory = first! + task;
    if (kind === TrainingTask.value) {
      inner!.valueState(position!, trajectory, iteration!);
      return;
    }
    if (kind === TrainingTask.replicate) {
      replicate(thread, memory, samplers, room, trajectory);
      return;
    }
    if (kind === TrainingTask.forward) {
      walkForward(thread, memory, samplers, room, iteration!, trajectory);
      return;
    }
    const sweep = sweeps[next!] ??= makeSweep(thread, next!);
    makeCuts(thread, memory, sweep, iteration!, trajectory, position!, next!);
  };
}
