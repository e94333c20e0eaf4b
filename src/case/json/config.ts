/** `config.json`: the settings of a run. */
import { resolve } from "node:path";
import type { Config, Selection, SolverProfile, StoppingRule } from "../../model/mod.ts";
import {
  type ConfigV05,
  configV05,
  type ConfigV18,
  configV18,
  STRICT_V05,
} from "./config_schema.ts";
import { toCutSelection } from "./cut_selection.ts";
import { CONFIG_RULES } from "./config_checks.ts";
import { jsonFile } from "./issues.ts";
import { toScenarioSource } from "./scenario_source.ts";

/** The file. */
export const CONFIG = jsonFile({
  file: "config.json",
  noun: null,
  list: null,
  schemaV05: configV05,
  schemaV18: configV18,
  unique: [],
  strictV05: STRICT_V05,
  rules: CONFIG_RULES,
});

/** The settings of a v0.5 file in the terms of the model. */
export function configFromV05(value: ConfigV05, noiseFile: boolean): Config {
  const { training, simulation, policy, estimation } = value;
  return {
    ...common(value),
    modeling: {
      inflowNonNegativity: value.modeling.inflow_non_negativity.method,
      costScaleFactor: null,
    },
    training: {
      ...commonTraining(value),
      selection: { method: "sampled", count: training.forward_passes },
      stoppingMode: training.stopping_mode.toLowerCase() as "any" | "all",
      cutFormulation: training.cut_formulation ?? "single",
      cutSelection: toCutSelection(training.cut_selection),
      cutActivityTolerance: training.cut_selection.cut_activity_tolerance ?? 0,
      solver: { ...toRetry(training.solver), forward: null, backward: null },
      // The layout has no field for this: the file is used because it is there.
      openings: noiseFile ? "file" : "generated",
    },
    policy: {
      ...commonPolicy(value),
      validateCompatibility: policy.validate_compatibility,
      boundary: policy.boundary &&
        { path: policy.boundary.path, sourceStage: policy.boundary.source_stage, strict: false },
    },
    simulation: {
      enabled: simulation.enabled && simulation.num_scenarios > 0,
      selection: { method: "sampled", count: simulation.num_scenarios },
      policyType: simulation.policy_type,
      ioChannelCapacity: simulation.io_channel_capacity,
      scenarioSource: simulation.scenario_source && toScenarioSource(simulation.scenario_source),
      solver: null,
    },
    exports: { ...value.exports, fphaDeviationPoints: false },
    estimation: {
      ...toEstimation(estimation),
      orderSelection: estimation.order_selection === "pacf_annual" ? "pacf_annual" : "pacf",
    },
  };
}

/** The settings of a v0.18 file in the terms of the model; `directory` is that of the case. */
export function configFromV18(value: ConfigV18, directory: string): Config {
  const { training, simulation, policy, estimation } = value;
  const selection: Selection = simulation.selection === null
    ? { method: "sampled", count: 2000 }
    : simulation.selection.method === "sampled"
    ? { method: "sampled", count: simulation.selection.num_scenarios }
    : { method: "enumerated" };
  const { states, stochastic, fpha_deviation_points } = value.exports;
  return {
    ...common(value),
    modeling: {
      inflowNonNegativity: value.modeling.inflow_non_negativity.method,
      costScaleFactor: value.modeling.cost_scale_factor,
    },
    training: {
      ...commonTraining(value),
      selection: training.selection.method === "sampled"
        ? { method: "sampled", count: training.selection.forward_passes }
        : { method: "enumerated" },
      stoppingMode: training.stopping_mode,
      cutFormulation: "single",
      cutSelection: toCutSelection(training.cut_selection),
      cutActivityTolerance: training.cut_selection.row_activity_tolerance ?? 0,
      solver: {
        ...toRetry(training.solver),
        forward: toProfile(training.solver.forward),
        backward: toProfile(training.solver.backward),
      },
      openings: training.scenario_source?.openings?.source ?? "generated",
    },
    policy: {
      ...commonPolicy(value),
      validateCompatibility: true,
      // Paths of the model start at the output folder, this one starts at the case.
      boundary: policy.boundary && {
        path: resolve(directory, policy.boundary.path),
        sourceStage: null,
        strict: policy.boundary.strict,
      },
    },
    simulation: {
      enabled: simulation.enabled &&
        (selection.method === "enumerated" || selection.count > 0),
      selection,
      policyType: "outer",
      ioChannelCapacity: simulation.io_channel_capacity,
      scenarioSource: simulation.scenario_source && toScenarioSource(simulation.scenario_source),
      solver: toProfile(simulation.solver),
    },
    exports: { states, stochastic, fphaDeviationPoints: fpha_deviation_points },
    estimation: {
      ...toEstimation(estimation),
      orderSelection: estimation.order_selection,
    },
  };
}

function common(value: ConfigV05 | ConfigV18): Pick<Config, "upperBoundEvaluation"> {
  const evaluation = value.upper_bound_evaluation;
  return {
    upperBoundEvaluation: {
      enabled: evaluation.enabled ?? false,
      initialIteration: evaluation.initial_iteration,
      intervalIterations: evaluation.interval_iterations,
      lipschitzMode: evaluation.lipschitz.mode,
      lipschitzFallback: evaluation.lipschitz.fallback_value,
      lipschitzScale: evaluation.lipschitz.scale_factor,
    },
  };
}

type CommonTraining =
  | "enabled"
  | "treeSeed"
  | "stoppingRules"
  | "maxActiveCutsPerStage"
  | "scenarioSource";

function commonTraining(value: ConfigV05 | ConfigV18): Pick<Config["training"], CommonTraining> {
  const { training } = value;
  return {
    enabled: training.enabled,
    treeSeed: training.tree_seed === null ? null : BigInt(training.tree_seed),
    stoppingRules: training.stopping_rules.map(toStoppingRule),
    maxActiveCutsPerStage: training.cut_selection.max_active_per_stage,
    scenarioSource: toScenarioSource(training.scenario_source),
  };
}

function toStoppingRule(
  rule: (ConfigV05 | ConfigV18)["training"]["stopping_rules"][number],
): StoppingRule {
  switch (rule.type) {
    case "simulation":
      return {
        type: "simulation",
        replications: rule.replications,
        period: rule.period,
        boundWindow: rule.bound_window,
        distanceTol: rule.distance_tol,
        boundTol: rule.bound_tol,
      };
    case "gap":
      return {
        type: "gap",
        tolerance: rule.tolerance,
        relativeTolerance: rule.relative_tolerance,
      };
    default:
      return rule;
  }
}

function toRetry(
  solver: ConfigV05["training"]["solver"],
): Pick<Config["training"]["solver"], "retryMaxAttempts" | "retryTimeBudgetSeconds"> {
  return {
    retryMaxAttempts: solver.retry_max_attempts,
    retryTimeBudgetSeconds: solver.retry_time_budget_seconds,
  };
}

function toProfile(value: ConfigV18["simulation"]["solver"]): SolverProfile | null {
  if (value === null) return null;
  return {
    dualEdgeWeight: value.dual_edge_weight,
    scale: value.scale,
    price: value.price,
    primalFeasibilityTolerance: value.primal_feasibility_tolerance,
    dualFeasibilityTolerance: value.dual_feasibility_tolerance,
    presolve: value.presolve,
    simplexUpdateLimit: value.simplex_update_limit,
    costPerturbation: value.cost_perturbation,
    refactorErrorTolerance: value.refactor_error_tolerance,
    factorPivotThreshold: value.factor_pivot_threshold,
    useWarmStart: value.use_warm_start,
    steepestEdgeDevexFallbackThreshold: value.steepest_edge_devex_fallback_threshold,
  };
}

function commonPolicy(
  value: ConfigV05 | ConfigV18,
): Pick<Config["policy"], "path" | "mode" | "checkpointing"> {
  const { path, mode, checkpointing } = value.policy;
  return {
    path,
    mode,
    checkpointing: {
      enabled: checkpointing.enabled ?? false,
      initialIteration: checkpointing.initial_iteration,
      intervalIterations: checkpointing.interval_iterations,
      storeBasis: checkpointing.store_basis ?? true,
      compress: checkpointing.compress ?? false,
    },
  };
}

function toEstimation(
  value: ConfigV05["estimation"] | ConfigV18["estimation"],
): Omit<Config["estimation"], "orderSelection"> {
  return {
    maxOrder: value.max_order,
    minObservationsPerSeason: value.min_observations_per_season,
    maxCoefficientMagnitude: value.max_coefficient_magnitude,
  };
}
