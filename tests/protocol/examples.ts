/** Documents of the protocol, and whether their schema has to accept them. */
import { CobreError, envelope, errorRecord, KIND_NAMES } from "../../src/protocol/mod.ts";

/** A document for the schema in `schemas/<schema>.schema.json`. */
export interface Example {
  readonly schema: string;
  readonly name: string;
  readonly value: unknown;
  readonly good: boolean;
}

const good = (schema: string, name: string, value: unknown): Example => (
  { schema, name, value, good: true }
);
const bad = (schema: string, name: string, value: unknown): Example => (
  { schema, name, value, good: false }
);

function without(value: object, field: string): object {
  return Object.fromEntries(Object.entries(value).filter(([key]) => key !== field));
}

const missingBus = {
  kind: "MissingReference",
  message: "bus_id 'BUS_99' not found in buses.json",
  context: {
    file: "system/hydros.json",
    entity_id: "ITAIPU",
    field: "bus_id",
    referenced_value: "BUS_99",
    referenced_registry: "buses.json",
  },
  suggestion: "Check that bus_id 'BUS_99' exists in system/buses.json",
};
const idleThermal = {
  kind: "PhysicalConstraint",
  message: "Thermal 'THERMAL_OLD' has max_generation=0 for all stages",
  context: { file: "system/thermals.json", entity_id: "THERMAL_OLD" },
  suggestion: null,
};
const infeasible = {
  kind: "SolverFailure",
  message: "LP infeasible at stage 5, iteration 23, opening 7",
  context: {
    stage: 5,
    iteration: 23,
    opening: 7,
    solver_status: "infeasible",
    active_penalty_slacks: ["deficit_SE", "deficit_S"],
  },
  suggestion: null,
};

const training = {
  iterations: 87,
  final_lower_bound: 72105.4,
  final_upper_bound: 73211.8,
  final_gap: 0.0151,
  termination_reason: "bound_stalling",
  total_cuts: 10440,
  wall_time_ms: 1082400,
} as const;
const simulation = {
  scenarios: 2000,
  output_files: ["simulation/costs/", "simulation/hydros/"],
  wall_time_ms: 245000,
};
const run = { output_directory: "/data/case_001/output", training, simulation };
const counts = { files_checked: 24, entities_validated: 456, error_count: 1, warning_count: 1 };

const success = envelope({
  command: "run",
  data: run,
  summary: { status: "completed", total_time_ms: 1327400 },
});
const failure = {
  ...envelope({ command: "validate", errors: [errorRecord("MissingFile", "Gone", {})] }),
  errors: [missingBus],
  warnings: [idleThermal],
  summary: counts,
};

const envelopes = [
  good("envelope", "success", success),
  good("envelope", "failure", failure),
  good("envelope", "success with a warning", { ...success, warnings: [idleThermal] }),
  good("envelope", "a field of a later version", { ...success, elapsed_ms: 4 }),
  bad("envelope", "success with errors", { ...success, errors: [missingBus] }),
  bad("envelope", "success with exit code 3", { ...success, exit_code: 3 }),
  bad("envelope", "failure without errors", { ...failure, errors: [] }),
  bad("envelope", "failure with exit code 0", { ...failure, exit_code: 0 }),
  bad("envelope", "failure that calls itself a success", { ...failure, success: true }),
  bad("envelope", "data as a list", { ...success, data: [] }),
  bad("envelope", "another URN", { ...success, $schema: "urn:cobre:response:v2" }),
  bad("envelope", "unknown command", { ...success, command: "drain" }),
  bad("envelope", "a version that is none", { ...success, cobre_version: "two" }),
  bad("envelope", "a warning without suggestion", {
    ...success,
    warnings: [without(idleThermal, "suggestion")],
  }),
  ...Object.keys(success).map((field) => bad("envelope", `no ${field}`, without(success, field))),
];

const records = [
  ...KIND_NAMES.map((kind) =>
    good("error_record", `an empty ${kind}`, CobreError.of(kind, "Message", {}).records[0])
  ),
  good("error_record", "a missing bus", missingBus),
  good("error_record", "an idle thermal", idleThermal),
  good("error_record", "an infeasible LP", infeasible),
  bad("error_record", "unknown kind", { ...missingBus, kind: "BadLuck" }),
  bad("error_record", "a stage in words", { ...infeasible, context: { stage: "five" } }),
  bad("error_record", "half a stage", { ...infeasible, context: { stage: 5.5 } }),
  bad("error_record", "an unknown direction", {
    ...infeasible,
    kind: "CheckpointFailed",
    context: { operation: "append" },
  }),
  bad("error_record", "no context", without(missingBus, "context")),
];

const started = {
  type: "started",
  case: "/data/case_001",
  stages: 120,
  hydros: 164,
  thermals: 82,
  ranks: 8,
  threads_per_rank: 16,
  timestamp: "2026-02-25T10:00:00Z",
  cobre_version: "0.1.0",
};
const progress = {
  type: "progress",
  iteration: 42,
  lower_bound: 72105.4,
  upper_bound: 73211.8,
  upper_bound_std: 1842.3,
  ci_95: 361.1,
  gap: 0.0151,
  wall_time_ms: 523400,
  iteration_time_ms: 12400,
};
const simulated = {
  type: "progress",
  phase: "simulation",
  scenarios_complete: 500,
  scenarios_total: 2000,
  elapsed_ms: 34200,
};
const terminated = {
  type: "terminated",
  reason: "bound_stalling",
  iterations: 87,
  final_lb: 72105.4,
  final_ub: 73211.8,
  total_time_ms: 1082400,
  total_cuts: 10440,
};
const cutSync = {
  event: "CutSyncComplete",
  iteration: 3,
  cuts_distributed: 40,
  cuts_active: 4000000000,
  cuts_removed: 0,
  sync_time_ms: 0,
};

const lines = [
  good("lines", "started", started),
  good("lines", "training progress", progress),
  good("lines", "progress without a finite bound", { ...progress, upper_bound: null }),
  good("lines", "simulation progress", simulated),
  good("lines", "terminated", terminated),
  good("lines", "simulation only", {
    ...terminated,
    reason: "completed",
    iterations: 0,
    final_lb: null,
    final_ub: null,
  }),
  good("lines", "result", { type: "result", ...success }),
  good("lines", "failed result", { type: "result", ...failure }),
  good("lines", "event", { type: "event", ...cutSync }),
  bad("lines", "a ninth field of training progress", { ...progress, lp_solves: 5 }),
  bad("lines", "iteration 0", { ...progress, iteration: 0 }),
  bad("lines", "another phase", { ...simulated, phase: "dreaming" }),
  bad("lines", "an unknown reason", { ...terminated, reason: "boredom" }),
  bad("lines", "a date without time", { ...started, timestamp: "2026-02-25" }),
  bad("lines", "an envelope without type", success),
  bad("lines", "a result that contradicts itself", { type: "result", ...success, exit_code: 4 }),
  bad("lines", "an unknown event", { type: "event", ...cutSync, event: "Coffee" }),
  ...[started, progress, simulated, terminated].flatMap((line) =>
    Object.keys(line).map((field) =>
      bad("lines", `${line.type} without ${field}`, without(line, field))
    )
  ),
  good("events", "an event", cutSync),
  good("events", "an event with a later field", { ...cutSync, cuts_merged: 3 }),
  bad("events", "a negative count", { ...cutSync, cuts_removed: -1 }),
  bad("events", "part of a cut", { ...cutSync, cuts_active: 1.5 }),
];

const report = {
  ...run,
  case_name: "case_001",
  status: "completed",
  cobre_version: "0.1.0",
  training: { ...training, ranks: 8, threads_per_rank: 16 },
  metadata: {
    config_hash: "sha256:a1b2c3",
    system_hash: "sha256:d4e5f6",
    started_at: "2026-02-25T10:00:00Z",
    finished_at: "2026-02-25T10:22:07.250+03:00",
  },
};

const answers = [
  good("data_run", "an envelope", success),
  good("data_run", "no training", { ...success, data: { ...run, training: null } }),
  good("data_run", "nothing produced", { ...success, data: null, summary: null }),
  bad("data_run", "no output directory", { ...success, data: without(run, "output_directory") }),
  bad("data_run", "training left out", { ...success, data: without(run, "training") }),
  bad("data_run", "another command", { ...success, command: "validate" }),
  good("data_validate", "a failed validation", failure),
  bad("data_validate", "a layer too many", {
    ...failure,
    data: {
      case_directory: "/data/case_001",
      timestamp: "2026-02-25T10:05:00Z",
      layers_completed: 6,
      files_checked: 24,
      entities_validated: 456,
    },
  }),
  good("data_report", "a report", { command: "report", data: report, summary: null }),
  bad("data_report", "a report with a summary", { command: "report", data: report, summary: {} }),
  bad("data_report", "no hash", {
    command: "report",
    data: { ...report, metadata: without(report.metadata, "config_hash") },
    summary: null,
  }),
  good("data_query", "rows of mixed values", {
    command: "query",
    data: { columns: ["a", "b"], rows: [[1, null], ["x", true]], total_rows: 9, truncated: true },
    summary: null,
  }),
  bad("data_query", "nested rows", {
    command: "query",
    data: { columns: ["a"], rows: [[{}]], total_rows: 1, truncated: false },
    summary: null,
  }),
  good("data_serve", "silence", { command: "serve", data: null, summary: null }),
  bad("data_serve", "talk", { command: "serve", data: {}, summary: null }),
];

const fileRecord = { ...missingBus, file: "system/hydros.json", entity: "ITAIPU" };
const validation = {
  valid: false,
  timestamp: "2026-02-25T10:05:00Z",
  case_directory: "/data/case_001",
  errors: [fileRecord],
  warnings: [{ ...idleThermal, file: null, entity: null }],
  summary: counts,
};

/** Documents by schema. */
export const EXAMPLES: readonly Example[] = [
  ...envelopes,
  ...records,
  ...lines,
  ...answers,
  good("validation_report", "a report", validation),
  bad("validation_report", "records without a file", { ...validation, errors: [missingBus] }),
  bad("validation_report", "no summary", without(validation, "summary")),
];
