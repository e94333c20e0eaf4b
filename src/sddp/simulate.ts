/** Simulates a policy on a team of threads. */
import { Team } from "../parallel/mod.ts";
import { CobreError, toCobreError } from "../protocol/mod.ts";
import type { CutPool } from "./cut_pool.ts";
import type { SimulatedScenario } from "./simulated_scenario.ts";
import {
  type SimulationEnd,
  type SimulationJob,
  simulationMemory,
  type SimulationNews,
} from "./simulation_job.ts";
import { rankShare } from "../comm/mod.ts";
import { explained, type FailureHelp } from "./solve_failure.ts";
import type { StageSolves } from "./solve_statistics.ts";
import type { Study } from "./study.ts";

/** How a simulation is run. */
export interface SimulationOptions extends FailureHelp {
  readonly threads: number;
  /**
   * Takes the scenarios in order, one at a time: the next one is handed over when the promise of the
   * last one is kept.
   */
  readonly sink: (scenario: SimulatedScenario) => void | Promise<void>;
  /** Scenarios that may wait for the sink. */
  readonly capacity: number;
  /** This rank among all; the only one by default. */
  readonly rank?: number;
  readonly ranks?: number;
  /** The module of the threads, where it does not lie beside this one. */
  readonly worker?: URL;
}

/** What a simulation leaves besides the scenarios that the sink took. */
export interface SimulationResult {
  /** Discounted cost of each scenario, over all ranks ($). */
  readonly costs: Float64Array;
  readonly solves: readonly StageSolves[];
}

/** A simulation that runs. */
export interface SimulationRun {
  readonly result: Promise<SimulationResult>;
  /** Ends the simulation at once; the result is rejected with `error`. */
  abandon(error: CobreError): void;
}

const NO_LIMIT = 0x3fffffff;

/** Starts a simulation of the policy that the cuts of `pools` describe. */
export function startSimulation(
  study: Study,
  pools: readonly (CutPool | null)[],
  options: SimulationOptions,
): SimulationRun {
  const { threads, capacity, worker, rank = 0, ranks = 1 } = options;
  const memory = simulationMemory(study, threads);
  const ahead = Math.max(threads, capacity);
  const waiting = new Map<number, SimulatedScenario>();
  let next = rankShare(study.scenarios, rank, ranks).first;
  let handing = false;
  const team: Team<SimulationEnd> = Team.start<SimulationJob, SimulationNews, SimulationEnd>({
    module: worker ?? new URL("./engine_worker.ts", import.meta.url),
    threads,
    job: { kind: "simulation", study, pools, memory, ahead },
    onTold: ({ result }) => {
      waiting.set(result.scenario, result);
      if (!handing) handOver();
    },
    // Threads that wait for the sink must not wait for a scenario that never comes.
    onFailure: () => {
      Atomics.store(memory.taken, 0, NO_LIMIT);
      Atomics.notify(memory.taken, 0);
    },
  });
  return { result: outcome(), abandon: (error) => team.terminate(error) };

  /** Hands all scenarios over whose turn it is. */
  async function handOver(): Promise<void> {
    handing = true;
    try {
      for (;;) {
        const scenario = waiting.get(next);
        if (scenario === undefined) break;
        waiting.delete(next++);
        await options.sink(scenario);
        Atomics.add(memory.taken, 0, 1);
        Atomics.notify(memory.taken, 0);
      }
    } catch (thrown) {
      team.terminate(toCobreError(thrown));
    }
    // Not in a later turn: a scenario that comes before it would wait for ever.
    handing = false;
  }

  async function outcome(): Promise<SimulationResult> {
    try {
      const { solves } = await team.result;
      return { costs: memory.costs, solves };
    } catch (thrown) {
      throw await explained(toCobreError(thrown), study, options);
    }
  }
}
