/**
 * The registry of error kinds: the single list of what can go wrong, the fields that each kind's
 * context carries, where it belongs and which exit code it asks for. Kinds are stable names:
 * adding one is harmless, renaming or removing one breaks every consumer.
 *
 * The table is plain data because every start of the program reads it; the schemas that are
 * derived from it live in `error_schemas.ts`.
 */

/** Exit codes of the program. */
export const ExitCode = {
  success: 0,
  usage: 1,
  config: 2,
  data: 3,
  runtime: 4,
  checkpoint: 5,
  interrupted: 130,
  terminated: 143,
} as const;

/** A layer of validation: structure, schema, references, coverage, meaning. */
export type Layer = 1 | 2 | 3 | 4 | 5;

/** What a field of a context may hold. Every field may also be null: not known, or not applicable. */
export interface ContextFieldTypes {
  text: string;
  texts: readonly string[];
  number: number;
  integer: number;
  /** An entity, by number or by name. */
  entity: string | number;
  /** A value as it was found in a file or on the command line. */
  value: string | number | boolean;
  /** Which way a checkpoint was going. */
  direction: "read" | "write";
}

/** The fields of a context, by name. */
export type ContextFields = Readonly<Record<string, keyof ContextFieldTypes>>;

/**
 * Where in the inputs a problem lies. Every validation kind carries these besides its own fields;
 * `rule` is the id in `docs/validation-rules.md`, `line` and `column` count from 1 in JSON files,
 * `row` counts from 0 in Parquet files.
 */
const location = {
  file: "text",
  entity_id: "entity",
  rule: "text",
  line: "integer",
  column: "integer",
  row: "integer",
} as const;

function validation<L extends Layer, const F extends ContextFields>(
  layer: L,
  description: string,
  fields: F,
) {
  return {
    category: "validation",
    layer,
    description,
    context: { ...location, ...fields },
  } as const;
}

function runtime<const F extends ContextFields>(exitCode: number, description: string, fields: F) {
  return { category: "runtime", layer: null, exitCode, description, context: fields } as const;
}

/** Every kind, by name. The order is that of the documentation. */
export const KINDS = {
  MissingFile: validation(1, "A required input file or folder is missing or unreadable", {}),
  ParseError: validation(1, "A file exists but its content cannot be parsed", { detail: "text" }),
  SchemaViolation: validation(2, "A field does not conform to the expected schema", {
    field: "text",
    expected: "text",
    actual: "text",
  }),
  TypeMismatch: validation(2, "A field's value has the wrong data type", {
    field: "text",
    expected_type: "text",
    actual_type: "text",
  }),
  OutOfRange: validation(2, "A number lies outside its valid range", {
    field: "text",
    value: "value",
    min: "number",
    max: "number",
  }),
  InvalidEnum: validation(2, "A word is not one of the allowed ones", {
    field: "text",
    value: "value",
    allowed_values: "texts",
  }),
  DuplicateId: validation(2, "An id or key appears more than once", { registry: "text" }),
  MissingReference: validation(3, "A reference names something that does not exist", {
    field: "text",
    referenced_value: "value",
    referenced_registry: "text",
  }),
  CoverageMismatch: validation(4, "A table does not cover what another file needs", {
    missing_dimension: "text",
    expected_coverage: "text",
  }),
  StageMismatch: validation(4, "Stages disagree between files", {
    stage_id: "integer",
    detail: "text",
  }),
  IncompatibleSettings: validation(5, "Settings contradict each other or are not supported", {
    settings: "texts",
    detail: "text",
  }),
  PhysicalConstraint: validation(5, "A rule of the domain is broken, or the data look doubtful", {
    detail: "text",
  }),
  CapacityViolation: validation(5, "A lower bound exceeds its upper bound", {
    field_min: "text",
    value_min: "number",
    field_max: "text",
    value_max: "number",
  }),
  PenaltyConsistency: validation(5, "A penalty breaks the required order of costs", {
    penalty_field: "text",
    value: "number",
    violated_rule: "text",
  }),
  IgnoredInput: validation(2, "An input that has no effect, such as a misspelled key", {
    field: "text",
    detail: "text",
  }),
  SolverFailure: runtime(ExitCode.runtime, "The LP solver did not find an optimum", {
    stage: "integer",
    iteration: "integer",
    opening: "integer",
    solver_status: "text",
    active_penalty_slacks: "texts",
  }),
  MpiError: runtime(ExitCode.runtime, "Communication between ranks failed", {
    operation: "text",
    rank: "integer",
    error_code: "integer",
    detail: "text",
  }),
  CheckpointFailed: runtime(ExitCode.checkpoint, "A checkpoint could not be written or read", {
    checkpoint_path: "text",
    operation: "direction",
    detail: "text",
  }),
  OutputCorrupted: runtime(ExitCode.runtime, "An output file exists but is damaged", {
    file: "text",
    detail: "text",
  }),
  OutputNotFound: runtime(ExitCode.runtime, "An output file or folder is missing", {
    path: "text",
    expected_content: "text",
  }),
  IncompatibleRuns: runtime(ExitCode.runtime, "Two runs cannot be compared", {
    field: "text",
    run_a_value: "value",
    run_b_value: "value",
    detail: "text",
  }),
  WorkerFailed: runtime(ExitCode.runtime, "A worker or rank ended unexpectedly", {
    rank: "integer",
    exit_code: "integer",
    inner: "text",
  }),
  InternalPanic: runtime(ExitCode.runtime, "A fault of the program itself", { location: "text" }),
  InvalidArguments: runtime(ExitCode.usage, "The command line cannot be understood", {
    argument: "text",
    value: "value",
    detail: "text",
  }),
  Interrupted: runtime(ExitCode.interrupted, "The run was stopped from outside", {
    signal: "text",
    completed_iterations: "integer",
    checkpoint_path: "text",
  }),
  OutputWriteFailed: runtime(ExitCode.runtime, "An output could not be written", {
    path: "text",
    operation: "text",
    detail: "text",
  }),
} as const;

/** Name of an error kind. */
export type Kind = keyof typeof KINDS;

/** The context that records of a kind carry. */
export type ContextOf<K extends Kind> = {
  [F in keyof (typeof KINDS)[K]["context"]]:
    | ContextFieldTypes[(typeof KINDS)[K]["context"][F] & keyof ContextFieldTypes]
    | null;
};

/** The fields of a context, each optional: what is left out is reported as null. */
export type ContextInput<K extends Kind> =
  & { [F in keyof ContextOf<K>]?: ContextOf<K>[F] | undefined }
  & { readonly [extra: string]: unknown };

/** Kind names, in registry order. */
export const KIND_NAMES = Object.keys(KINDS) as [Kind, ...Kind[]];
