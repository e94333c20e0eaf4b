/** The options of a model in the names and numbers of HiGHS. */
import type { HighsInstance } from "./highs_instance.ts";
import { unwrap } from "./highs_unwrap.ts";
import { defaultIterationLimit, type LpOptions } from "./lp_options.ts";

const PRICING = { choose: -1, dantzig: 0, devex: 1, steepest_edge: 2 } as const;
const SCALING = {
  off: 0,
  choose: 1,
  equilibration: 2,
  forced_equilibration: 3,
  max_value: 4,
} as const;
const MAX_INT = 2_147_483_647;

/**
 * What every instance gets before anything else. Instances with different thread counts on one
 * thread of the system make `run` fail, and parallel work is done outside.
 */
export function applyFixedOptions(instance: HighsInstance): void {
  bool(instance, "output_flag", false);
  int(instance, "threads", 1);
  string(instance, "parallel", "off");
  // Row-wise pricing suits hyper-sparse right-hand sides.
  int(instance, "simplex_price_strategy", 1);
  double(instance, "rebuild_refactor_solution_error_tolerance", 1e-6);
  int(instance, "ipm_iteration_limit", 10_000);
}

/** Passes on the options that differ from `before` (all of them when it is null). */
export function applyOptions(
  instance: HighsInstance,
  before: LpOptions | null,
  after: LpOptions,
): void {
  const differs = (field: keyof LpOptions) => before === null || before[field] !== after[field];
  if (differs("method")) {
    string(instance, "solver", after.method === "simplex" ? "simplex" : "ipm");
  }
  if (differs("simplex")) int(instance, "simplex_strategy", after.simplex === "dual" ? 1 : 4);
  if (differs("pricing")) {
    int(instance, "simplex_dual_edge_weight_strategy", PRICING[after.pricing]);
  }
  if (differs("costPerturbation")) {
    double(instance, "dual_simplex_cost_perturbation_multiplier", after.costPerturbation);
  }
  if (differs("scaling")) int(instance, "simplex_scale_strategy", SCALING[after.scaling]);
  if (differs("presolve")) string(instance, "presolve", after.presolve ? "on" : "off");
  if (differs("primalTolerance")) {
    double(instance, "primal_feasibility_tolerance", after.primalTolerance);
  }
  if (differs("dualTolerance")) {
    double(instance, "dual_feasibility_tolerance", after.dualTolerance);
  }
  if (differs("objectiveScale")) int(instance, "user_objective_scale", after.objectiveScale);
  if (differs("boundScale")) int(instance, "user_bound_scale", after.boundScale);
}

/** Goes from one set of options to another; when HiGHS refuses one, all go back to the first set. */
export function changeOptions(instance: HighsInstance, before: LpOptions, after: LpOptions): void {
  try {
    applyOptions(instance, before, after);
  } catch (error) {
    applyOptions(instance, null, before);
    throw error;
  }
}

/** Sets the limit of simplex iterations per solve. */
export function applyIterationLimit(
  instance: HighsInstance,
  options: LpOptions,
  columns: number,
): void {
  const limit = options.iterationLimit ?? defaultIterationLimit(columns);
  int(instance, "simplex_iteration_limit", Math.min(limit, MAX_INT));
}

function bool(instance: HighsInstance, name: string, value: boolean): void {
  unwrap(instance.setBoolOption(name, value), `option ${name} = ${value}`);
}
function int(instance: HighsInstance, name: string, value: number): void {
  unwrap(instance.setIntOption(name, value), `option ${name} = ${value}`);
}
function double(instance: HighsInstance, name: string, value: number): void {
  unwrap(instance.setDoubleOption(name, value), `option ${name} = ${value}`);
}
function string(instance: HighsInstance, name: string, value: string): void {
  unwrap(instance.setStringOption(name, value), `option ${name} = ${value}`);
}
