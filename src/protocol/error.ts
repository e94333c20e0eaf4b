/** The one error class of the program and the record that it becomes at every boundary. */
import type { z } from "zod";
import type { ErrorRecordSchema } from "./error_schemas.ts";
import { type ContextInput, ExitCode, type Kind, KINDS } from "./kinds.ts";

/** An error or a warning as data: the same shape in every front end. */
export type ErrorRecord = z.infer<typeof ErrorRecordSchema>;

/** Makes a record; context fields of the kind that are not given are null. */
export function errorRecord<K extends Kind>(
  kind: K,
  message: string,
  context: ContextInput<K>,
  suggestion: string | null = null,
): ErrorRecord {
  const full: Record<string, unknown> = {};
  for (const field of Object.keys(KINDS[kind].context)) full[field] = null;
  for (const [field, value] of Object.entries(context)) {
    if (value !== undefined) full[field] = value;
  }
  return { kind, message, context: full, suggestion };
}

/** The only error that rooms throw on purpose. Several records may travel in one throw. */
export class CobreError extends Error {
  override readonly name = "CobreError";
  /** The records, never empty; the first one gives `kind`, `message` and the rest. */
  readonly records: readonly [ErrorRecord, ...ErrorRecord[]];

  constructor(records: readonly [ErrorRecord, ...ErrorRecord[]], options?: { cause?: unknown }) {
    super(records[0].message, options);
    this.records = records;
  }

  /** An error with one record. */
  static of<K extends Kind>(
    kind: K,
    message: string,
    context: ContextInput<K>,
    suggestion?: string | null,
    cause?: unknown,
  ): CobreError {
    return new CobreError([errorRecord(kind, message, context, suggestion ?? null)], { cause });
  }

  get kind(): Kind {
    return this.records[0].kind;
  }
  get context(): Readonly<Record<string, unknown>> {
    return this.records[0].context;
  }
  get suggestion(): string | null {
    return this.records[0].suggestion;
  }
}

/** Any thrown value as a `CobreError`; what is not one is a fault of the program. */
export function toCobreError(thrown: unknown): CobreError {
  if (thrown instanceof CobreError) return thrown;
  const inner = thrown instanceof Error ? thrown : new Error(String(thrown));
  const location = inner.stack?.split("\n").find((line) => /^\s+at /.test(line))?.trim() ?? null;
  return CobreError.of(
    "InternalPanic",
    `Unexpected ${inner.name}: ${inner.message}`,
    { location },
    "This is a fault in Cobre. Please report it with the command and, if possible, the case",
    inner,
  );
}

/**
 * The exit code for a list of errors: that of the gravest first by layer. Problems in `config.json`
 * come before problems in the data; runtime kinds keep the code of the first record.
 */
export function exitCodeOf(errors: readonly ErrorRecord[]): number {
  const first = errors[0];
  if (first === undefined) return ExitCode.success;
  const entry = KINDS[first.kind];
  if (entry.category === "runtime") {
    const terminated = first.kind === "Interrupted" && first.context["signal"] === "SIGTERM";
    return terminated ? ExitCode.terminated : entry.exitCode;
  }
  return errors.some((error) => error.context["file"] === "config.json")
    ? ExitCode.config
    : ExitCode.data;
}
