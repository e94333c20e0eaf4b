/** What each subcommand answers: the shapes of `data` and `summary` in its envelope. */
import { z } from "zod";
import type { Command } from "./command_names.ts";
import { count, milliseconds, real, timestamp } from "./fields.ts";
import { TERMINATION_REASONS } from "./termination.ts";

const text = z.string();
const path = z.string();
const nothing = z.null();

const training = z.object({
  iterations: count,
  final_lower_bound: real,
  final_upper_bound: real,
  final_gap: real.describe("(upper − lower) / |upper|"),
  termination_reason: z.enum(TERMINATION_REASONS),
  total_cuts: count.describe("Generated, over all stages"),
  wall_time_ms: milliseconds,
});

const simulation = z.object({
  scenarios: count,
  output_files: z.array(path).describe("Files and folders, relative to the output directory"),
  wall_time_ms: milliseconds,
});

const init = {
  data: z.union([
    z.object({
      directory: path,
      template: text,
      files_created: z.array(path),
      files_overwritten: z.array(path),
    }),
    z.object({ templates: z.array(z.object({ name: text, description: text })) }),
  ]),
  summary: z.object({ file_count: count }),
};

const run = {
  data: z.object({
    output_directory: path.describe("Absolute"),
    training: training.nullable().describe("null if training was disabled"),
    simulation: simulation.nullable().describe("null if simulation was disabled"),
    cold_check: z.object({
      problems: count,
      largest_difference: real.describe("Relative difference of optimal costs"),
      stage: z.int().describe("Where it is largest"),
      scenario: count,
    }).optional().describe("Only with --check-cold"),
  }),
  summary: z.object({ status: z.enum(["completed", "partial"]), total_time_ms: milliseconds }),
};

const validate = {
  data: z.object({
    case_directory: path.describe("Absolute"),
    timestamp,
    layers_completed: z.int().min(0).max(5).describe("Layers that were gone through completely"),
    files_checked: count,
    entities_validated: count,
  }),
  summary: z.object({
    files_checked: count,
    entities_validated: count,
    error_count: count,
    warning_count: count,
  }),
};

const reportData = z.object({
  output_directory: path.describe("Absolute"),
  case_name: text,
  status: z.enum(["completed", "partial"]),
  cobre_version: text.describe("Version that wrote the outputs"),
  training: training.extend({ ranks: count, threads_per_rank: count }).nullable(),
  simulation: simulation.nullable(),
  metadata: z.object({
    config_hash: text.nullable().describe("`sha256:` and the digest"),
    system_hash: text.nullable().describe("`sha256:` and the digest"),
    started_at: timestamp.nullable(),
    finished_at: timestamp.nullable(),
  }),
});

const report = { data: reportData, summary: nothing };

const summary = {
  data: reportData.extend({
    simulation: simulation.extend({ completed: count, failed: count }).nullable(),
    initial_gap: real.describe("Gap of the first iteration"),
    cuts_active: count,
    cuts_generated: count,
    lp_solves: count,
    avg_iteration_ms: real,
  }),
  summary: z.object({ text: z.array(text).describe("The lines that people see") }),
};

const compare = {
  data: z.object({
    run_a: path.describe("Absolute"),
    run_b: path.describe("Absolute"),
    compatible: z.boolean(),
    training: z.object({
      iterations_a: count,
      iterations_b: count,
      final_lb_a: real,
      final_lb_b: real,
      final_lb_delta: real.describe("b − a"),
      final_lb_delta_pct: real.describe("Fraction of |a|; null if a is 0"),
      final_ub_a: real,
      final_ub_b: real,
      final_ub_delta: real,
      final_ub_delta_pct: real,
      final_gap_a: real,
      final_gap_b: real,
    }).nullable().describe("null unless both runs trained"),
    simulation: z.object({
      mean_cost_a: real,
      mean_cost_b: real,
      mean_cost_delta: real,
      mean_cost_delta_pct: real,
      std_a: real,
      std_b: real,
    }).nullable().describe("null unless both runs simulated"),
  }),
  summary: nothing,
};

const schema = {
  data: z.object({ output_directory: path, files: z.array(path) }),
  summary: z.object({ file_count: count }),
};

const version = {
  data: z.object({
    version: text,
    git_commit: text.nullable().describe("null when run from the sources"),
    build_date: text.nullable().describe("null when run from the sources"),
    rustc_version: text.nullable().describe("Always null: kept for readers of the first version"),
    solver_backend: text,
    solver_version: text,
    solver_library: text.nullable().describe("File of the native library; null for the built-in"),
    solver_reason: text.describe("Why this solver was chosen"),
    mpi_available: z.boolean(),
    features: z.array(text),
    deno_version: text,
    v8_version: text,
    typescript_version: text,
    target: text,
  }),
  summary: nothing,
};

const query = {
  data: z.object({
    columns: z.array(text),
    rows: z.array(z.array(z.union([z.string(), z.number(), z.boolean(), z.null()]))),
    total_rows: count.describe("Before the limit"),
    truncated: z.boolean(),
  }),
  summary: nothing,
};

const policy = {
  data: z.union([
    z.object({
      stages: count,
      total_cuts: count,
      state_dimension: count,
      cuts_per_stage: z.array(count),
    }),
    z.object({
      stage: z.int().positive().describe("Counted from 1"),
      cuts: count,
      state_dimension: count,
      intercepts: z.array(real),
      coefficients_sample: z.array(z.array(real)).describe("Of the first cuts"),
      coefficients_truncated: z.boolean(),
    }),
  ]),
  summary: nothing,
};

const id = z.int();
const source = z.enum(["estimated", "user_file", "n/a"]);

const inflowSample = z.object({
  count: count.describe("Periods of the history, or simulated values"),
  mean_m3s: real,
  std_m3s: real.describe("Divisor n"),
  p10_m3s: real,
  p50_m3s: real,
  p90_m3s: real,
});

const inflowModel = z.object({
  season_id: id.nullable(),
  season_label: text.nullable(),
  stage_ids: z.array(id).describe("Stages with this model; negative ones lie before the study"),
  mean_m3s: real,
  std_m3s: real,
  order: count,
  coefficients: z.array(real).describe("Standardised, lag 1 first"),
  residual_std_ratio: real.describe("Share of the deviation that the noise brings"),
  annual: z.object({ coefficient: real, mean_m3s: real, std_m3s: real }).nullable()
    .describe("null in a model without annual term"),
  observed: inflowSample.nullable().describe("The history in the season; null without one"),
  simulated: inflowSample.extend({
    negative_share: real.describe("Fraction of the values that are below 0"),
  }).nullable().describe("null for a model that no repeated stage has"),
});

const fit = {
  data: z.object({
    case_directory: path.describe("Absolute"),
    provenance: z.object({
      estimation_path: z.enum([
        "deterministic",
        "user_stats_white_noise",
        "user_provided_no_history",
        "full_estimation",
        "user_ar_history_stats",
        "partial_estimation",
        "user_provided_all",
      ]),
      seasonal_stats_source: source,
      ar_coefficients_source: source,
      correlation_source: source,
      opening_tree_source: source,
      n_hydros: count,
      ar_method: z.enum(["PACF", "PACF_ANNUAL"]).nullable(),
      ar_max_order: count.nullable(),
      white_noise_fallbacks: z.array(id).describe("Hydros without history beside fitted ones"),
    }),
    season_cycle: z.enum(["monthly", "weekly", "custom"]).nullable(),
    simulation: z.object({
      start: z.enum(["stationary", "known_inflows"]).describe(
        "known_inflows: each draw begins with the inflows before the study",
      ),
      rounds: count.describe("Times that the stages were gone through"),
      years: count.nullable().describe("Years of a stationary simulation"),
      seed: id,
    }).nullable().describe("null without models"),
    hydros: z.array(z.object({
      hydro_id: id,
      name: text,
      models: z.array(inflowModel).describe("In the order of their first stage"),
      reductions: z.array(z.object({
        season_id: id,
        original_order: count,
        reduced_order: count,
        contributions: z.array(real),
        reason: z.enum(["magnitude_bound", "phi1_negative", "negative_contribution"]),
      })).describe("Orders that were lowered while fitting"),
    })),
    correlation: z.array(z.object({
      profile: text,
      stage_ids: z.array(id).describe("Stages with this profile"),
      hydro_ids: z.array(id),
      matrix: z.array(z.array(real)).nullable().describe("null for more than 40 hydros"),
      largest: z.array(z.object({ hydro_a: id, hydro_b: id, value: real })).describe(
        "The entries of largest size off the diagonal, at most ten",
      ),
    })),
  }),
  summary: nothing,
};

const silent = { data: nothing, summary: nothing };

/** By subcommand: the shapes of `data` and `summary`. A failure may leave either null. */
export const COMMAND_DATA = {
  init,
  run,
  validate,
  report,
  summary,
  compare,
  schema,
  serve: silent,
  tui: silent,
  version,
  help: { data: z.object({ text }), summary: nothing },
  query,
  policy,
  fit,
  completion: { data: z.object({ shell: text, script: text }), summary: nothing },
} as const satisfies Record<Command, { data: z.ZodType; summary: z.ZodType }>;

/** `data` of a command. */
export type CommandData<C extends Command> = z.infer<(typeof COMMAND_DATA)[C]["data"]>;

/** `summary` of a command. */
export type CommandSummary<C extends Command> = z.infer<(typeof COMMAND_DATA)[C]["summary"]>;
