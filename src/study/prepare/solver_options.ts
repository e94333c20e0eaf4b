/** What the solver section of the settings means for the solver in use. */
import type { Config, SolverProfile } from "../../model/mod.ts";
import { CobreError, type ErrorRecord, errorRecord } from "../../protocol/mod.ts";
import type { PhaseOptions } from "../../sddp/mod.ts";
import type { LpOptions } from "../../solver/mod.ts";

/** Defaults of the settings that say when to give a failed solve up. */
const RETRY_ATTEMPTS = 5;
const RETRY_SECONDS = 30;

type Changes = { -readonly [Option in keyof LpOptions]?: LpOptions[Option] };

/** Settings that no solver of the program offers; all of them trade time, not results. */
const NOT_OFFERED = {
  price: "price",
  simplexUpdateLimit: "simplex_update_limit",
  refactorErrorTolerance: "refactor_error_tolerance",
  factorPivotThreshold: "factor_pivot_threshold",
  useWarmStart: "use_warm_start",
  steepestEdgeDevexFallbackThreshold: "steepest_edge_devex_fallback_threshold",
} as const satisfies Partial<Record<keyof SolverProfile, string>>;

/**
 * The options of each phase that differ from the measured defaults, and warnings about settings of
 * the retry that have no effect. Throws `IncompatibleSettings` for what cannot be had.
 */
export function phaseOptions(
  { training: { solver }, simulation }: Pick<Config, "training" | "simulation">,
): { readonly options: PhaseOptions; readonly warnings: readonly ErrorRecord[] } {
  const problems: ErrorRecord[] = [];
  const options = {
    forward: optionsOf(solver.forward, "training.solver.forward", problems),
    backward: optionsOf(solver.backward, "training.solver.backward", problems),
    simulation: optionsOf(simulation.solver, "simulation.solver", problems),
  };
  const [first, ...more] = problems;
  if (first !== undefined) throw new CobreError([first, ...more]);
  const warnings: ErrorRecord[] = [];
  const detail = "a failed solve is repeated within a number of simplex iterations, which gives " +
    "the same result on every machine";
  for (
    const [field, value, usual] of [
      ["retry_max_attempts", solver.retryMaxAttempts, RETRY_ATTEMPTS],
      ["retry_time_budget_seconds", solver.retryTimeBudgetSeconds, RETRY_SECONDS],
    ] as const
  ) {
    if (value === usual) continue;
    warnings.push(errorRecord(
      "IgnoredInput",
      `config.json: training.solver.${field} has no effect: ${detail}`,
      { file: "config.json", field: `training.solver.${field}`, detail },
    ));
  }
  return { options, warnings };
}

function optionsOf(
  profile: SolverProfile | null,
  path: string,
  problems: ErrorRecord[],
): Partial<LpOptions> {
  if (profile === null) return {};
  for (const [key, name] of Object.entries(NOT_OFFERED)) {
    if (profile[key as keyof typeof NOT_OFFERED] === null) continue;
    const detail = "the solver is used without this option";
    problems.push(errorRecord(
      "IncompatibleSettings",
      `config.json: ${path}.${name} is not supported: ${detail}`,
      { file: "config.json", settings: [`${path}.${name}`], detail },
      "Remove the setting: the result does not depend on it",
    ));
  }
  const changes: Changes = {};
  if (profile.dualEdgeWeight !== null) changes.pricing = profile.dualEdgeWeight;
  if (profile.scale !== null) changes.scaling = profile.scale === "off" ? "off" : "choose";
  if (profile.primalFeasibilityTolerance !== null) {
    changes.primalTolerance = profile.primalFeasibilityTolerance;
  }
  if (profile.dualFeasibilityTolerance !== null) {
    changes.dualTolerance = profile.dualFeasibilityTolerance;
  }
  if (profile.presolve !== null) changes.presolve = profile.presolve !== "off";
  if (profile.costPerturbation !== null) changes.costPerturbation = profile.costPerturbation;
  return changes;
}
