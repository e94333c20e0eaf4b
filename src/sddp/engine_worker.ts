/** The module that the threads of the engine run. */
import { localCommunicator } from "../comm/mod.ts";
import { joinTeam, type TeamMember } from "../parallel/mod.ts";
import { openSolver } from "../solver/mod.ts";
import { countersOf } from "./solve_statistics.ts";
import { StudyThread } from "./thread.ts";
import type { TrainingEnd, TrainingJob, TrainingNews } from "./training_job.ts";
import { trainingLoop } from "./training_loop.ts";
import { trainingTasks } from "./training_tasks.ts";

joinTeam(enlist);

async function enlist(
  job: TrainingJob,
  thread: number,
  threads: number,
): Promise<TeamMember<TrainingNews, TrainingEnd>> {
  const { study, memory } = job;
  const lp = await openSolver(study.solver);
  const counts = countersOf(memory.counters, threads, thread);
  const studyThread = new StudyThread(study, memory.pools, lp, counts);
  return {
    runTask: trainingTasks(studyThread, memory),
    lead: (team, tell) =>
      trainingLoop({ job, thread: studyThread, team, comm: localCommunicator(), tell }),
    close: () => studyThread[Symbol.dispose](),
  };
}
