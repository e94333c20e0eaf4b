/** Training and simulation of a policy by stochastic dual dynamic programming. */
export type { Cycle, GivenCuts, PhaseOptions, Study, StudyStage } from "./study.ts";
