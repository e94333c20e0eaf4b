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
    const record = errorRecord(kind, message, context, suggestion);
    this.#list.push({ severity: "error", layer, record });
  }

  /** Adds a warning: kind `PhysicalConstraint` for doubtful data, `IgnoredInput` for inert input. */
  warning<K extends "PhysicalConstraint" | "IgnoredInput">(
    layer: Layer,
    kind: K,
    message: string,
    context: ContextInput<K>,
    suggestion: string | null = null,
  ): void {
    const record = errorRecord(kind, message, context, suggestion);
    this.#list.push({ severity: "warning", layer, record });
  }

  /** Adds the records of a caught error; what is not a `CobreError` is thrown on. */
  caught(layer: Layer, thrown: unknown): void {
    if (!(thrown instanceof CobreError)) throw thrown;
    for (const record of thrown.records) this.#list.push({ severity: "error", layer, record });
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
