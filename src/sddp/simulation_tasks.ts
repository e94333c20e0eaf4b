/** The tasks of a simulation, as every thread does them. */
import type { Lead, RunTask } from "../parallel/mod.ts";
import { type Communicator, rankShare } from "../comm/mod.ts";
import { findStarts } from "./find_starts.ts";
import { ScenarioRecorder } from "./simulated_scenario.ts";
import type { SimulationEnd, SimulationJob, SimulationNews } from "./simulation_job.ts";
import { stageSolves } from "./solve_statistics.ts";
import { startAt } from "./start_store.ts";
import type { StudyThread } from "./thread.ts";
import { walk, walkRoom } from "./walk.ts";

/** Simulations draw as iteration 0. */
const SIMULATION = 0;

/** The function that simulates scenarios on a thread; the round's argument is the first of them. */
export function simulationTasks(
  thread: StudyThread,
  { study, memory, ahead }: SimulationJob,
  tell: (news: SimulationNews, transfer: Transferable[]) => void,
): RunTask {
  const samplers = thread.samplers(study.simulationNoise);
  const room = walkRoom(study);
  const recorder = new ScenarioRecorder(study);
  return (task, [first]) => {
    // The first scenario that is not taken yet may always go on, so this wait has an end.
    for (;;) {
      const taken = Atomics.load(memory.taken, 0);
      if (task < taken + ahead) break;
      Atomics.wait(memory.taken, 0, taken);
    }
    const scenario = first! + task;
    thread.phase = "simulation";
    recorder.begin();
    const cost = walk(thread, room, {
      samplers,
      iteration: SIMULATION,
      scenario,
      start: (position) => startAt(memory.starts[position]!, 0),
      visit: (step) => {
        if (step.round === 0) recorder.add(step);
      },
    });
    memory.costs[scenario] = cost;
    const [result, transfer] = recorder.end(scenario, cost);
    tell({ type: "scenario", result }, transfer);
  };
}

/** Simulates the scenarios of this rank. */
export function simulationLead(
  thread: StudyThread,
  { study, memory }: SimulationJob,
  team: Lead,
  comm: Communicator,
): SimulationEnd {
  findStarts(thread, memory.starts, thread.samplers(study.simulationNoise), SIMULATION);
  const { first, count } = rankShare(study.scenarios, comm.rank, comm.size);
  team.run(count, first);
  // The owner must have heard of all scenarios before it hears that all is over.
  for (;;) {
    const taken = Atomics.load(memory.taken, 0);
    if (taken >= count) break;
    Atomics.wait(memory.taken, 0, taken);
  }
  const counts = Int32Array.from(
    { length: comm.size },
    (_, rank) => rankShare(study.scenarios, rank, comm.size).count,
  );
  comm.allgatherv(memory.costs.slice(first, first + count), memory.costs, counts);
  return { solves: stageSolves(memory.counters, team.threads, study.stages.length) };
}
