/** What the steps of a shared suite are given. */
import type { LpSolver } from "./lp_solver.ts";

/** Steps of a test, each with a solver that outlives it. */
export interface SuiteContext {
  readonly solver: LpSolver;
  step(name: string, check: () => void | Promise<void>): Promise<void>;
}
