/** The module that the threads of the engine run. */
import { localCommunicator } from "../comm/mod.ts";
import { joinTeam, type TeamMember } from "../parallel/mod.ts";
import { openSolver } from "../solver/mod.ts";
import { InnerBound } from "./inner_bound.ts";
import type { SimulationEnd, SimulationJob, SimulationNews } from "./simulation_job.ts";
import { simulationLead, simulationTasks } from "./simulation_tasks.ts";
import { countersOf } from "./solve_statistics.ts";
import { StudyThread } from "./thread.ts";
import type { TrainingEnd, TrainingJob, TrainingNews } from "./training_job.ts";
import { trainingLoop } from "./training_loop.ts";
import { trainingTasks } from "./training_tasks.ts";

type Job = TrainingJob | SimulationJob;
type News = TrainingNews | SimulationNews;
type End = TrainingEnd | SimulationEnd;

joinTeam<Job, News, End>(enlist);

async function enlist(
  job: Job,
  thread: number,
  threads: number,
  tell: (news: News, transfer?: Transferable[]) => void,
): Promise<TeamMember<End>> {
  const { study } = job;
  const lp = await openSolver(study.solver);
  const counts = countersOf(job.memory.counters, threads, thread);
  const pools = job.kind === "training" ? job.memory.pools : job.pools;
  const studyThread = new StudyThread(study, pools, lp, counts);
  const comm = localCommunicator();
  const close = (): void => studyThread[Symbol.dispose]();
  if (job.kind === "training") {
    const inner = study.upperBound.enabled ? new InnerBound(studyThread, job.memory) : null;
    return {
      runTask: trainingTasks(studyThread, job.memory, inner),
      lead: (team) => trainingLoop({ job, thread: studyThread, inner, team, comm, tell }),
      close: () => {
        inner?.[Symbol.dispose]();
        close();
      },
    };
  }
  return {
    runTask: simulationTasks(studyThread, job, tell),
    lead: (team) => simulationLead(studyThread, job, team, comm),
    close,
  };
}
