/** Training and simulation of a policy by stochastic dual dynamic programming. */
export type { Cycle, GivenCuts, PhaseOptions, Study, StudyStage } from "./study.ts";
export { activeCuts, cutCount, type CutPool, storedCuts } from "./cut_pool.ts";
export type { FailureHelp } from "./solve_failure.ts";
export {
  SOLVE_COUNTS,
  SOLVE_PHASES,
  type SolveCount,
  type SolvePhase,
  type SolveSums,
  type StageSolves,
} from "./solve_statistics.ts";
export {
  startTraining,
  type TrainedPolicy,
  type TrainingOptions,
  type TrainingRun,
} from "./train.ts";
export type { TrainingState } from "./training_job.ts";
export { type SimulatedScenario, type SimulatedStage } from "./simulated_scenario.ts";
export {
  type SimulationOptions,
  type SimulationResult,
  type SimulationRun,
  startSimulation,
} from "./simulate.ts";
