/**
 * What happens when a solve does not end in a verdict: a ladder of ever more careful attempts. No
 * step looks at a clock, for a result that depends on the time of day cannot be repeated; budgets
 * count simplex iterations.
 */
import { CAUTIOUS_OPTIONS, defaultIterationLimit, type LpOptions } from "./lp_options.ts";
import type { LpModel } from "./lp_solver.ts";
import type { LpStatus } from "./lp_types.ts";

/** One attempt, always from an empty solver and the slack basis. */
export interface RetryStep {
  readonly name: string;
  /** What the options below are laid over: those of the model, or the solver's own defaults. */
  readonly base: "model" | "defaults";
  readonly options: Partial<LpOptions>;
}

const PERTURB = { costPerturbation: 1, scaling: "equilibration" } as const;
const PRESOLVE = { ...PERTURB, presolve: true } as const;
const LOOSE = { primalTolerance: 1e-6, dualTolerance: 1e-6 } as const;

/**
 * The steps in order: first what mends a warm start that went astray (nearly all cases), then
 * presolve, tolerances and another method, then the solver's defaults with stronger scaling.
 */
export const RETRY_LADDER: readonly RetryStep[] = [
  { name: "cold", base: "model", options: {} },
  { name: "perturb", base: "model", options: PERTURB },
  { name: "presolve", base: "model", options: PRESOLVE },
  { name: "loose", base: "model", options: { ...PRESOLVE, ...LOOSE } },
  {
    name: "interior_point",
    base: "model",
    options: { ...PRESOLVE, ...LOOSE, method: "interior_point" },
  },
  { name: "forced_scaling", base: "defaults", options: { scaling: "forced_equilibration" } },
  { name: "primal", base: "defaults", options: { simplex: "primal", scaling: "max_value" } },
  {
    name: "forced_scaling_loose",
    base: "defaults",
    options: { scaling: "forced_equilibration", ...LOOSE },
  },
  { name: "objective_scale", base: "defaults", options: { objectiveScale: -10 } },
  {
    name: "both_scales",
    base: "defaults",
    options: { simplex: "primal", objectiveScale: -10, boundScale: -5 },
  },
  {
    name: "both_scales_loose",
    base: "defaults",
    options: { objectiveScale: -13, boundScale: -8, ...LOOSE },
  },
  {
    name: "interior_point_scales",
    base: "defaults",
    options: { method: "interior_point", objectiveScale: -10, boundScale: -5, ...LOOSE },
  },
];

/** Counts over many solves. Plain numbers, so that they can be added up over workers. */
export interface RetryCounters {
  /** Solves asked for. */
  solves: number;
  /** Solves whose first attempt found no optimum. */
  retried: number;
  /** Retried solves that ended without a verdict all the same. */
  failed: number;
  /** Simplex iterations of all attempts. */
  iterations: number;
  /** Retried solves that this step of the ladder ended, by step. */
  readonly endedBy: Float64Array;
}

/** Counters at zero. */
export function retryCounters(ladder: readonly RetryStep[] = RETRY_LADDER): RetryCounters {
  return {
    solves: 0,
    retried: 0,
    failed: 0,
    iterations: 0,
    endedBy: new Float64Array(ladder.length),
  };
}

/** Adds `more` to `total`, step by step. */
export function addRetryCounters(total: RetryCounters, more: RetryCounters): void {
  total.solves += more.solves;
  total.retried += more.retried;
  total.failed += more.failed;
  total.iterations += more.iterations;
  more.endedBy.forEach((count, step) => {
    total.endedBy[step] = (total.endedBy[step] ?? 0) + count;
  });
}

/** What {@link solveWithRetry} needs of a model. */
export type RetryableModel = Pick<
  LpModel,
  | "columns"
  | "rows"
  | "options"
  | "iterations"
  | "setOptions"
  | "reset"
  | "solve"
  | "readDualRay"
  | "readPrimalRay"
>;

/** The ladder takes up to this many times the simplex iterations that one solve may take. */
const LADDER_BUDGET = 10;

/**
 * Solves, and climbs the ladder while there is no verdict. `optimal` is one at once, `infeasible` when
 * a cold start agrees, for it ends a run and a warm start may have gone astray; `unbounded` only when
 * the whole ladder agrees, because a bounded model is now and then called unbounded for numerical
 * reasons. The model's options are the same afterwards; its solution
 * and basis are those of the last attempt. Costs nothing beyond a solve when that succeeds.
 */
export function solveWithRetry(
  model: RetryableModel,
  counters: RetryCounters,
  ladder: readonly RetryStep[] = RETRY_LADDER,
): LpStatus {
  counters.solves++;
  const first = model.solve();
  counters.iterations += model.iterations;
  if (first === "optimal" || first === "interrupted") return first;
  return climb(model, counters, ladder, first);
}

function climb(
  model: RetryableModel,
  counters: RetryCounters,
  ladder: readonly RetryStep[],
  first: LpStatus,
): LpStatus {
  let status = decided(model, first);
  counters.retried++;
  const before = model.options;
  const perStep = before.iterationLimit ?? defaultIterationLimit(model.columns);
  let budget = LADDER_BUDGET * perStep;
  try {
    for (let at = 0; at < ladder.length && budget > 0; at++) {
      const step = ladder[at]!;
      const base = step.base === "model" ? before : CAUTIOUS_OPTIONS;
      const iterationLimit = Math.min(perStep, budget);
      model.reset();
      model.setOptions({ ...base, ...step.options, iterationLimit });
      status = decided(model, model.solve());
      counters.iterations += model.iterations;
      budget -= model.iterations;
      if (status === "optimal" || status === "infeasible") {
        counters.endedBy[at] = counters.endedBy[at]! + 1;
        return status;
      }
      if (status === "interrupted") return status;
    }
  } finally {
    model.setOptions(before);
  }
  counters.failed++;
  return status;
}

/**
 * Presolve and the interior-point method may leave open whether a model is infeasible or unbounded:
 * a dual ray proves the one, a primal ray the other. Without either the model counts as infeasible.
 */
function decided(model: RetryableModel, status: LpStatus): LpStatus {
  if (status !== "infeasible_or_unbounded") return status;
  if (model.readDualRay(new Float64Array(model.rows))) return "infeasible";
  return model.readPrimalRay(new Float64Array(model.columns)) ? "unbounded" : "infeasible";
}
