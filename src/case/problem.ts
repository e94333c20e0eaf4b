/** Problems found in a case: records with the layer that found them and how grave they are. */
import {
  CobreError,
  type ContextInput,
  type ErrorRecord,
  errorRecord,
  type Kind,
  type Layer,
} from "../protocol/mod.ts";

/** A problem of a case directory. */
export interface Problem {
  readonly severity: "error" | "warning";
  readonly layer: Layer;
  readonly record: ErrorRecord;
}

/** Collects the problems of a case; nothing stops at the first one. */
export class Problems {
  readonly #list: Problem[] = [];

  /** Adds an error. `context.file` and `context.rule` belong in every record. */
  error<K extends Kind>(
    layer: Layer,
    kind: K,
    message: string,
    context: ContextInput<K>,
    suggestion: string | null = null,
  ): void {
    this.#add("error", layer, errorRecord(kind, message, context, suggestion));
  }

  /** Adds a warning: kind `PhysicalConstraint` for doubtful data, `IgnoredInput` for inert input. */
  warning<K extends "PhysicalConstraint" | "IgnoredInput">(
    layer: Layer,
    kind: K,
    message: string,
    context: ContextInput<K>,
    suggestion: string | null = null,
  ): void {
    this.#add("warning", layer, errorRecord(kind, message, context, suggestion));
  }

  /** Adds the records of a caught error; what is not a `CobreError` is thrown on. */
  caught(layer: Layer, thrown: unknown): void {
    if (!(thrown instanceof CobreError)) throw thrown;
    for (const record of thrown.records) this.#add("error", layer, record);
  }

  #add(severity: Problem["severity"], layer: Layer, record: ErrorRecord): void {
    this.#list.push({ severity, layer, record: readable(record) });
  }

  /** In the order found. */
  get all(): readonly Problem[] {
    return this.#list;
  }

  /** Whether a layer at or below the given one found an error. */
  hasErrors(upTo: Layer = 5): boolean {
    return this.#list.some((problem) => problem.severity === "error" && problem.layer <= upTo);
  }
}

/** Longest message, and longest text of a context. */
const MOST_CHARACTERS = 1000;
/** What stays of a longer one from its beginning and its end. */
const HEAD = 600;
const TAIL = 300;
// deno-lint-ignore no-control-regex -- these are the very characters to be found
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/g;

/**
 * The record in a form that people can read, whatever they have written into their files: names and
 * expressions may be a megabyte long, or hold line breaks and orders to the terminal.
 */
function readable(record: ErrorRecord): ErrorRecord {
  const { message, context } = record;
  const line = clipped(message).replace(CONTROL, escaped);
  const long = Object.entries(context).filter((entry): entry is [string, string] =>
    typeof entry[1] === "string" && entry[1].length > MOST_CHARACTERS
  );
  if (line === message && long.length === 0) return record;
  const shortened = Object.fromEntries(long.map(([field, text]) => [field, clipped(text)]));
  return { ...record, message: line, context: { ...context, ...shortened } };
}

/** Long texts keep their ends: what is said of a name stands after it. */
function clipped(text: string): string {
  if (text.length <= MOST_CHARACTERS) return text;
  return `${text.slice(0, HEAD)} … ${text.slice(-TAIL)}`;
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
