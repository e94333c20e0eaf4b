/** Schemas of `config.json` in both layouts. */
import { z } from "zod";
import { cutSelectionV05, cutSelectionV18 } from "./cut_selection.ts";
import {
  addFault,
  bool,
  count,
  def,
  f64,
  i64,
  nonNegative,
  opt,
  positive,
  rootKeys,
  section,
  text,
  u32,
} from "./primitives.ts";
import { scenarioSourceV05, scenarioSourceV18, trainingSourceV18 } from "./scenario_source.ts";

const INFLOW_METHODS = ["none", "penalty", "truncation", "truncation_with_penalty"] as const;

const method = def(z.enum(INFLOW_METHODS), "penalty").describe("What becomes of negative inflows");

const iterationLimit = z.strictObject({
  type: z.literal("iteration_limit"),
  limit: count.describe("Most iterations"),
});
const timeLimit = z.strictObject({
  type: z.literal("time_limit"),
  seconds: positive.describe("Most seconds of training (s)"),
});
const boundStalling = z.strictObject({
  type: z.literal("bound_stalling"),
  iterations: count.describe("Iterations that are looked back"),
  tolerance: nonNegative.describe("Least relative gain of the lower bound"),
});
const simulationRule = z.strictObject({
  type: z.literal("simulation"),
  replications: count.describe("Trajectories that are simulated"),
  period: count.describe("Iterations between two simulations"),
  bound_window: count.describe("Iterations over which the lower bound must rest"),
  distance_tol: nonNegative.describe("Largest relative change of the simulated costs"),
  bound_tol: nonNegative.describe("Largest relative change of the lower bound"),
});
const gapRule = z.strictObject({
  type: z.literal("gap"),
  tolerance: opt(nonNegative).describe("Largest gap ($)"),
  relative_tolerance: opt(nonNegative).describe("Largest gap (%)"),
});

const retry = {
  retry_max_attempts: def(u32, 5).describe("Attempts after a solve that failed"),
  retry_time_budget_seconds: def(nonNegative, 30).describe("Time for these attempts (s)"),
} as const;

/** In v0.5 the letter case of the word does not matter. */
function anyOrAll(word: string, ctx: z.core.$RefinementCtx): void {
  if (/^(any|all)$/i.test(word)) return;
  addFault(ctx, {
    kind: "InvalidEnum",
    rule: "C3",
    path: [],
    message: `training.stopping_mode is ${JSON.stringify(word)}, expected any or all`,
    context: { value: word, allowed_values: ["any", "all"] },
  });
}

const trainingFields = {
  enabled: def(bool, true).describe("Whether a policy is trained, or only read"),
  tree_seed: opt(i64).describe("Seed of the opening tree; its absolute value is used; absent: 42"),
} as const;

const historicalPaths = ["training", "simulation"].flatMap((phase) =>
  ["inflow", "load", "ncs"].map((noise) => `${phase}.scenario_source.${noise}`)
);

/** Objects in which v0.5 refuses unknown keys. */
export const STRICT_V05: readonly string[] = historicalPaths;

const upper_bound_evaluation = section(z.strictObject({
  enabled: opt(bool).describe("Whether an upper bound is computed from inner approximations"),
  initial_iteration: opt(u32).describe("First iteration with an upper bound"),
  interval_iterations: opt(count).describe("Iterations between two upper bounds"),
  lipschitz: section(z.strictObject({
    mode: opt(z.enum(["auto"])).describe("How the Lipschitz constant is found"),
    fallback_value: opt(positive).describe("Lipschitz constant where none can be derived"),
    scale_factor: opt(positive).describe("Factor on the Lipschitz constant"),
  })),
}));

const policyFields = {
  path: def(text.min(1), "./policy").describe("Policy folder, inside the output folder"),
  mode: def(z.enum(["fresh", "warm_start", "resume"]), "fresh").describe("How training begins"),
} as const;

const checkpointing = section(z.strictObject({
  enabled: opt(bool).describe("Whether checkpoints are written during training"),
  initial_iteration: opt(u32).describe("Iteration of the first checkpoint"),
  interval_iterations: opt(u32).describe("Iterations between two checkpoints"),
  store_basis: opt(bool).describe("Whether bases are stored; absent: they are"),
  compress: opt(bool).describe("Whether files are compressed; absent: they are not"),
}));

const exportFields = {
  states: def(bool, false).describe("Whether visited states are stored with the policy"),
  stochastic: def(bool, false).describe("Whether the fitted inflow models are written"),
} as const;

const estimationFields = {
  max_order: def(u32, 6).describe("Highest order of the inflow models that is tried"),
  min_observations_per_season: def(u32, 30).describe("Fewer observations bring a warning"),
  max_coefficient_magnitude: opt(positive).describe(
    "A model with a larger coefficient falls back to order 0",
  ),
} as const;

const io_channel_capacity = def(count, 64).describe("Results that may wait to be written");

/** The v0.5 layout. */
export const configV05 = z.strictObject({
  ...rootKeys,
  modeling: section(z.strictObject({
    inflow_non_negativity: section(z.strictObject({
      method,
      penalty_cost: def(f64, 1000).describe("Has no effect: penalties.json says what it costs"),
    })),
  })),
  training: z.strictObject({
    ...trainingFields,
    forward_passes: count.describe("Trajectories per iteration"),
    stopping_rules: z.array(z.discriminatedUnion("type", [
      iterationLimit,
      timeLimit,
      boundStalling,
      simulationRule,
    ])).describe("When training ends; one of them is an iteration_limit"),
    stopping_mode: def(text.superRefine(anyOrAll), "any").describe(
      "Whether any or all of the rules must hold",
    ),
    cut_formulation: opt(z.enum(["single", "multi"])).describe(
      "One cut per trial point, or one per opening",
    ),
    forward_pass: opt(z.strictObject({ type: text })).describe("Has no effect"),
    cut_selection: section(cutSelectionV05),
    solver: section(z.strictObject(retry)),
    scenario_source: opt(scenarioSourceV05),
  }),
  upper_bound_evaluation,
  policy: section(z.strictObject({
    ...policyFields,
    validate_compatibility: def(bool, true).describe("Whether a policy must fit the case"),
    checkpointing,
    boundary: opt(z.strictObject({
      path: text.min(1).describe("Policy folder, from the output folder"),
      source_stage: u32.describe("Position of the stage whose cuts are taken, from 0"),
    })).describe("Cuts of another study that value the water at the end"),
  })),
  simulation: section(z.strictObject({
    enabled: def(bool, false).describe("Whether the policy is simulated"),
    num_scenarios: def(u32, 2000).describe("Trajectories; 0 means none"),
    policy_type: def(z.enum(["outer", "inner"]), "outer").describe("Which policy is simulated"),
    output_path: opt(text).describe("Has no effect"),
    output_mode: opt(text).describe("Has no effect"),
    io_channel_capacity,
    scenario_source: opt(scenarioSourceV05).describe("Absent: as in training"),
  })),
  exports: section(z.strictObject(exportFields)),
  estimation: section(z.strictObject({
    ...estimationFields,
    order_selection: def(z.enum(["pacf", "pacf_annual", "fixed"]), "pacf").describe(
      "How orders are chosen; fixed is an old name of pacf",
    ),
  })),
});

const profile = opt(z.strictObject({
  dual_edge_weight: opt(z.enum(["devex", "steepest_edge", "dantzig"])),
  scale: opt(z.enum(["off", "solver_scaling"])),
  price: opt(z.enum(["row", "row_hyper_sparse"])),
  primal_feasibility_tolerance: opt(positive),
  dual_feasibility_tolerance: opt(positive),
  presolve: opt(z.enum(["on", "off", "choose"])),
  simplex_update_limit: opt(u32),
  cost_perturbation: opt(nonNegative),
  refactor_error_tolerance: opt(f64),
  factor_pivot_threshold: opt(positive),
  use_warm_start: opt(bool),
  steepest_edge_devex_fallback_threshold: opt(positive),
})).describe("Options of the LP solver; what is absent keeps its measured default");

const enumerated = z.strictObject({ method: z.literal("enumerated") });

/** The v0.18 layout. */
export const configV18 = z.strictObject({
  ...rootKeys,
  modeling: section(z.strictObject({
    inflow_non_negativity: section(z.strictObject({ method })),
    cost_scale_factor: opt(positive).describe("Divisor of money inside the LPs"),
  })),
  training: z.strictObject({
    ...trainingFields,
    selection: z.discriminatedUnion("method", [
      z.strictObject({
        method: z.literal("sampled"),
        forward_passes: count.describe("Trajectories per iteration"),
      }),
      enumerated,
    ]).describe("Which trajectories an iteration follows"),
    stopping_rules: z.array(z.discriminatedUnion("type", [
      iterationLimit,
      timeLimit,
      boundStalling,
      gapRule,
    ])).describe("When training ends; one of them is an iteration_limit"),
    stopping_mode: def(z.enum(["any", "all"]), "any").describe(
      "Whether any or all of the rules must hold; the iteration limit always does",
    ),
    cut_selection: section(cutSelectionV18),
    solver: section(z.strictObject({ ...retry, forward: profile, backward: profile })),
    parallelism: section(z.strictObject({
      backward_scheduler: z.discriminatedUnion("method", [
        z.strictObject({ method: z.literal("by_scenario") }),
        z.strictObject({ method: z.literal("by_node"), block_size: opt(count) }),
      ]).default({ method: "by_scenario" }).describe("Unit of work of the backward pass"),
    })),
    scenario_source: opt(trainingSourceV18),
  }),
  upper_bound_evaluation,
  policy: section(z.strictObject({
    ...policyFields,
    checkpointing,
    boundary: opt(z.strictObject({
      path: text.min(1).describe("Policy folder, from the case folder"),
      strict: def(bool, false).describe("Whether the states must be the same"),
    })).describe("Cuts of another study that value the water at the end"),
  })),
  simulation: section(z.strictObject({
    enabled: def(bool, false).describe("Whether the policy is simulated"),
    selection: opt(z.discriminatedUnion("method", [
      z.strictObject({
        method: z.literal("sampled"),
        num_scenarios: u32.describe("Trajectories; 0 means none"),
      }),
      enumerated,
    ])).describe("Which trajectories are simulated; absent: 2000 sampled ones"),
    io_channel_capacity,
    scenario_source: opt(scenarioSourceV18).describe("Absent: as in training"),
    solver: profile,
  })),
  exports: section(z.strictObject({
    ...exportFields,
    fpha_deviation_points: def(bool, false).describe(
      "Whether the error of fitted production functions is written",
    ),
  })),
  estimation: section(z.strictObject({
    ...estimationFields,
    order_selection: def(z.enum(["pacf", "pacf_annual"]), "pacf").describe(
      "How orders are chosen",
    ),
  })),
});

/** What a v0.5 file says. */
export type ConfigV05 = z.output<typeof configV05>;
/** What a v0.18 file says. */
export type ConfigV18 = z.output<typeof configV18>;
