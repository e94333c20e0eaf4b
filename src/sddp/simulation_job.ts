/** What the threads of a simulation are told, and what they tell. */
import type { CutPool } from "./cut_pool.ts";
import type { SimulatedScenario } from "./simulated_scenario.ts";
import type { StageSolves } from "./solve_statistics.ts";
import { solveCounters } from "./solve_statistics.ts";
import { type StartStore, startStore } from "./start_store.ts";
import type { Study } from "./study.ts";

/** What the threads share. */
export interface SimulationMemory {
  /** A basis for each stage, the same for all scenarios, which the leader finds first. */
  readonly starts: readonly StartStore[];
  /** Cost of each scenario ($). */
  readonly costs: Float64Array;
  /** Number of scenarios that the owner has taken; see {@link SimulationJob.ahead}. */
  readonly taken: Int32Array;
  readonly counters: Float64Array;
}

/** A simulation. */
export interface SimulationJob {
  readonly kind: "simulation";
  readonly study: Study;
  readonly pools: readonly (CutPool | null)[];
  readonly memory: SimulationMemory;
  /** Scenarios that may be simulated before the owner has taken those before them. */
  readonly ahead: number;
}

/** What threads tell. */
export type SimulationNews = { readonly type: "scenario"; readonly result: SimulatedScenario };

/** How the leader ends. */
export interface SimulationEnd {
  readonly solves: readonly StageSolves[];
}

/** Memory for a simulation. */
export function simulationMemory(study: Study, threads: number): SimulationMemory {
  return {
    starts: study.stages.map(({ template }) => startStore(template, 1)),
    costs: new Float64Array(new SharedArrayBuffer(8 * study.scenarios)),
    taken: new Int32Array(new SharedArrayBuffer(4)),
    counters: solveCounters(threads, study.stages.length),
  };
}
