/** Linear programs: one interface, solved by native HiGHS or by its WASM build. */
export {
  findSolver,
  openSolver,
  SOLVER_PREFERENCES,
  type SolverChoice,
  type SolverNotTaken,
  type SolverPreference,
} from "./find_solver.ts";
export type { LpModel, LpSolver, SolverIdentity } from "./lp_solver.ts";
export {
  CAUTIOUS_OPTIONS,
  defaultIterationLimit,
  type LpOptions,
  WARM_OPTIONS,
} from "./lp_options.ts";
export {
  type BasisArray,
  BasisStatus,
  LP_STATUSES,
  type LpData,
  type LpStatus,
  type SparseMatrix,
} from "./lp_types.ts";
export { formatMps, type LpNames } from "./lp_mps.ts";
export {
  addRetryCounters,
  RETRY_LADDER,
  type RetryableModel,
  type RetryCounters,
  retryCounters,
  type RetryStep,
  solveWithRetry,
} from "./retry.ts";
export type { WasmBytes } from "./highs_wasm_runtime.ts";
export type { LibraryOrigin } from "./library_search.ts";
