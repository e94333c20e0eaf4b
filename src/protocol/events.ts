/**
 * What the engine tells while it works. An iteration has seven steps, and each ends with its
 * event; the other events frame training and simulation. Everything that watches a run (log,
 * lines, dashboard, agents, Python, the convergence table) lives on these and nothing else.
 */
import { z } from "zod";
import { count, iteration, milliseconds, real, timestamp } from "./fields.ts";
import { TERMINATION_REASONS } from "./termination.ts";

function event<N extends string, S extends z.ZodRawShape>(name: N, description: string, fields: S) {
  return z.object({ event: z.literal(name), ...fields }).meta({ title: name, description });
}

const size = {
  case_name: z.string(),
  stages: count,
  hydros: count,
  thermals: count,
  ranks: count,
  threads_per_rank: count,
  timestamp,
};

const TrainingStarted = event("TrainingStarted", "Training begins", {
  ...size,
});

const ForwardPassComplete = event(
  "ForwardPassComplete",
  "Step 1: this rank has walked its trajectories",
  {
    iteration,
    scenarios: count.describe("Trajectories of this rank"),
    lb_candidate: real.describe("Objective of the first stage"),
    ub_mean: real.describe("Mean cost of this rank's trajectories"),
    ub_std: real,
    elapsed_ms: milliseconds,
  },
);

const ForwardSyncComplete = event("ForwardSyncComplete", "Step 2: all ranks know the bounds", {
  iteration,
  global_lb: real,
  global_ub_mean: real,
  global_ub_std: real,
  sync_time_ms: milliseconds.describe("0 with a single rank"),
});

const BackwardPassComplete = event("BackwardPassComplete", "Step 3: new cuts at every stage", {
  iteration,
  cuts_generated: count,
  stages_processed: count,
  elapsed_ms: milliseconds,
});

const CutSyncComplete = event("CutSyncComplete", "Step 4: all ranks hold the same cuts", {
  iteration,
  cuts_distributed: count,
  cuts_active: count,
  cuts_removed: count,
  sync_time_ms: milliseconds.describe("0 with a single rank"),
  cuts_active_per_stage: z.array(count).optional(),
});

const StageSelection = z.object({
  stage: count,
  cuts_populated: count.describe("Ever generated"),
  cuts_active_before: count,
  cuts_deactivated: count,
  cuts_reactivated: count,
  cuts_active_after: count,
  selection_time_ms: z.number().nonnegative(),
  budget_evicted: count.nullable().describe("null without a budget"),
  active_after_budget: count.nullable().describe("null without a budget"),
});

const CutSelectionComplete = event(
  "CutSelectionComplete",
  "Within step 4: cuts were chosen; only where selection ran",
  {
    iteration,
    cuts_deactivated: count,
    stages_processed: count,
    selection_time_ms: milliseconds,
    allgatherv_time_ms: milliseconds,
    per_stage: z.array(StageSelection),
  },
);

const RuleResult = z.object({
  rule_name: z.string(),
  triggered: z.boolean(),
  detail: z.string(),
}).describe("What a stopping rule found");

const ConvergenceUpdate = event("ConvergenceUpdate", "Step 5: bounds, gap and stopping rules", {
  iteration,
  lower_bound: real,
  upper_bound: real,
  upper_bound_std: real,
  ci_95: real.describe("Half width: 1.96 standard errors of the mean"),
  gap: real.describe("(upper − lower) / |upper|"),
  wall_time_ms: milliseconds.describe("Since training began"),
  iteration_time_ms: milliseconds,
  upper_bound_kind: z.enum(["statistical", "exact"]).optional(),
  rules_evaluated: z.array(RuleResult),
});

const CheckpointComplete = event(
  "CheckpointComplete",
  "Step 6: a checkpoint is on disk; only where one was due",
  {
    iteration,
    checkpoint_path: z.string(),
    elapsed_ms: milliseconds,
  },
);

const IterationSummary = event("IterationSummary", "Step 7: the iteration in one record", {
  iteration,
  lower_bound: real,
  upper_bound: real,
  gap: real,
  wall_time_ms: milliseconds,
  iteration_time_ms: milliseconds,
  forward_ms: milliseconds,
  backward_ms: milliseconds,
  lp_solves: count.describe("In this iteration, over all ranks"),
  memory_peak_mb: count,
  forward_passes: count.describe("Trajectories over all ranks"),
  mean_rows_in_lp: z.number().nonnegative().optional().describe("Cut rows in the LP per solve"),
});

const WorkerTiming = event("WorkerTiming", "Where the time of a worker or a rank went", {
  iteration,
  rank: count,
  worker_id: count.nullable().describe("null: sums of the rank"),
  timings: z.record(z.string(), milliseconds).describe(
    "Milliseconds by column of the timing table",
  ),
});

const RankTiming = event("RankTiming", "What a rank did in an iteration", {
  iteration,
  rank: count,
  forward_time_ms: milliseconds,
  backward_time_ms: milliseconds,
  communication_time_ms: milliseconds,
  idle_time_ms: milliseconds,
  lp_solves: count,
  scenarios_processed: count,
});

const TrainingFinished = event("TrainingFinished", "Training is over", {
  reason: z.enum(TERMINATION_REASONS),
  iterations: count,
  final_lb: real,
  final_ub: real,
  total_time_ms: milliseconds,
  total_cuts: count.describe("Generated, over all stages"),
});

const SimulationStarted = event("SimulationStarted", "Simulation begins", {
  ...size,
  scenarios: count,
});

const SimulationProgress = event("SimulationProgress", "Some more scenarios are simulated", {
  scenarios_complete: count,
  scenarios_total: count,
  elapsed_ms: milliseconds,
  scenario_cost: real.optional().describe("Of the scenario that finished last"),
  lp_solves: count.optional(),
});

const SimulationFinished = event("SimulationFinished", "Simulation is over", {
  scenarios: count,
  output_dir: z.string(),
  elapsed_ms: milliseconds,
});

/** Every event, told apart by `event`. */
export const EventSchema = z.discriminatedUnion("event", [
  TrainingStarted,
  ForwardPassComplete,
  ForwardSyncComplete,
  BackwardPassComplete,
  CutSyncComplete,
  CutSelectionComplete,
  ConvergenceUpdate,
  CheckpointComplete,
  IterationSummary,
  WorkerTiming,
  RankTiming,
  TrainingFinished,
  SimulationStarted,
  SimulationProgress,
  SimulationFinished,
]);

/** See {@link EventSchema}. */
export type CobreEvent = z.infer<typeof EventSchema>;

/** Name of an event. */
export type EventName = CobreEvent["event"];

/** The event of a name. */
export type EventOf<N extends EventName> = Extract<CobreEvent, { event: N }>;
