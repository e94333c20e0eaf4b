/** What the numbers mean that HiGHS returns. */
import { CobreError } from "../protocol/mod.ts";
import type { LpStatus } from "./lp_types.ts";

/**
 * Passes the status of a call through: 0 is fine, 1 a warning (HiGHS dropped tiny coefficients, or
 * a limit ended the run), anything else is an error and throws.
 */
export function unwrap(status: number, call: string): void {
  if (status === 0 || status === 1) return;
  throw CobreError.of(
    "SolverFailure",
    `HiGHS refused ${call}: it returned status ${status}, wanted 0 or 1`,
    { solver_status: `call_status_${status}`, call },
  );
}

/** HighsModelStatus of the C interface, by number. */
const MODEL_STATUS: readonly LpStatus[] = [
  "not_solved", // kNotset
  "error", // kLoadError
  "error", // kModelError
  "error", // kPresolveError
  "error", // kSolveError
  "error", // kPostsolveError
  "unknown", // kModelEmpty, which a model with columns never is
  "optimal", // kOptimal
  "infeasible", // kInfeasible
  "infeasible_or_unbounded", // kUnboundedOrInfeasible
  "unbounded", // kUnbounded
  "objective_bound", // kObjectiveBound
  "objective_bound", // kObjectiveTarget
  "time_limit", // kTimeLimit
  "iteration_limit", // kIterationLimit
  "unknown", // kUnknown
  "unknown", // kSolutionLimit, of integer programs only
  "interrupted", // kInterrupt
  "error", // kMemoryLimit
];

/**
 * The outcome of a run from the status of the call and that of the model. A failed call never
 * counts as solved, whatever the model says, and does not throw: it is for the retries to mend.
 */
export function runOutcome(callStatus: number, modelStatus: number): LpStatus {
  const outcome = MODEL_STATUS[modelStatus] ?? "unknown";
  if (callStatus !== 0 && callStatus !== 1) return "error";
  return outcome === "not_solved" ? "unknown" : outcome;
}
