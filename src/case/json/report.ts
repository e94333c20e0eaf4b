/** Turns what is found in one JSON file into records: places, entities, rules, and a limit. */
import type { JsonDocument } from "../../files/mod.ts";
import type { ContextInput, Kind } from "../../protocol/mod.ts";
import type { Dialect } from "../case.ts";
import type { Problems } from "../problem.ts";
import type { GenericRuleId, RuleInfo } from "../rule.ts";
import type { FileReport, JsonFile, Path } from "./issues.ts";
import type { Fault } from "./primitives.ts";

/** Records of one rule in one file; what exceeds this is only counted. */
export const MAX_RECORDS_PER_RULE = 1000;

/** A report that is being written. */
export interface OpenReport extends FileReport {
  /** Reports a record of a rule that is found by the field, or of the generic rule. */
  found<K extends Kind>(
    kind: K,
    generic: GenericRuleId,
    path: Path,
    rest: string,
    context: ContextInput<K>,
    suggestion?: string | null,
  ): void;
  /** Says how many records went beyond the limit; once, at the end. */
  close(): void;
}

/** Opens the report of a file. */
export function openReport(
  file: JsonFile,
  dialect: Dialect,
  document: JsonDocument,
  problems: Problems,
): OpenReport {
  const counts = new Map<string, { kind: Kind; severity: "error" | "warning"; count: number }>();
  const ruleOf = ruleFinder(file.rules);
  let failed = false;

  const add = (
    severity: "error" | "warning",
    kind: Kind,
    rule: string,
    path: Path,
    message: () => string,
    context: ContextInput<Kind>,
    suggestion: string | null,
  ) => {
    if (severity === "error") failed = true;
    const entry = counts.get(rule);
    if (entry === undefined) counts.set(rule, { kind, severity, count: 1 });
    else if (++entry.count > MAX_RECORDS_PER_RULE) return;
    const at = document.locate(path);
    const full = {
      file: file.file,
      entity_id: entityId(file, document, path),
      rule,
      line: at.line,
      column: at.column,
      field: pathText(path),
      ...context,
    };
    emit(problems, severity, kind, message(), full, suggestion);
  };

  return {
    dialect,
    get failed() {
      return failed;
    },
    fault<K extends Kind>(fault: Fault<K>) {
      const context = (fault.context ?? {}) as ContextInput<Kind>;
      add("error", fault.kind, fault.rule, fault.path, () => fault.message, context, null);
    },
    ignored(rule, path, message, detail) {
      add("warning", "IgnoredInput", rule, path, () => message, { detail }, null);
    },
    doubtful(rule, path, message, detail) {
      add("warning", "PhysicalConstraint", rule, path, () => message, { detail }, null);
    },
    found(kind, generic, path, rest, context, suggestion = null) {
      const severity = kind === "IgnoredInput" ? "warning" : "error";
      const rule = ruleOf(kind, path) ?? generic;
      const message = () => subject(file, document, path) + rest;
      add(severity, kind, rule, path, message, context as ContextInput<Kind>, suggestion);
    },
    close() {
      for (const [rule, { kind, severity, count }] of counts) {
        if (count <= MAX_RECORDS_PER_RULE) continue;
        const more = count - MAX_RECORDS_PER_RULE;
        const message = `${file.file} has ${more} more problems of rule ${rule}: ` +
          `the first ${MAX_RECORDS_PER_RULE} are listed`;
        emit(problems, severity, kind, message, { file: file.file, rule }, null);
      }
    },
  };
}

function emit(
  problems: Problems,
  severity: "error" | "warning",
  kind: Kind,
  message: string,
  context: ContextInput<Kind>,
  suggestion: string | null,
): void {
  if (severity === "error") problems.error(2, kind, message, context, suggestion);
  else {problems.warning(
      2,
      kind as "IgnoredInput" | "PhysicalConstraint",
      message,
      context,
      suggestion,
    );}
}

/** A path as people write it: `hydros[3].reservoir.min_storage_hm3`. */
export function pathText(path: Path): string {
  let out = "";
  for (const step of path) {
    if (typeof step === "number") out += `[${step}]`;
    else out += out === "" ? step : `.${step}`;
  }
  return out;
}

/** A path without indices, as the patterns of rules are written. */
export function barePath(path: Path): string {
  return path.filter((step) => typeof step === "string").join(".");
}

function ruleFinder(rules: readonly RuleInfo[]): (kind: Kind, path: Path) => string | null {
  const patterns = rules.flatMap((rule) => (rule.fields ?? []).map((field) => ({ rule, field })))
    .map(({ rule, field }) => ({
      rule,
      pattern: new RegExp(`(^|\\.)${field.replaceAll(".", "\\.").replaceAll("*", ".+")}$`),
    }));
  const found = new Map<string, string | null>();
  return (kind, path) => {
    const bare = barePath(path);
    const key = `${kind} ${bare}`;
    let id = found.get(key);
    if (id === undefined) {
      const matching = patterns.filter(({ pattern }) => pattern.test(bare)).map(({ rule }) => rule);
      const exact = matching.find((rule) => rule.kind === kind);
      // Presence, type and unknown keys are matters of their own: only a rule that names the very
      // kind claims them. Ranges, words and lengths belong to whatever rule speaks of the field.
      const lenient = kind === "OutOfRange" || kind === "InvalidEnum";
      id = exact?.id ?? (lenient ? matching[0]?.id : undefined) ?? null;
      found.set(key, id);
    }
    return id;
  };
}

/** The value at a path of the raw document; undefined where there is none. */
export function valueAt(value: unknown, path: Path): unknown {
  let at = value;
  for (const step of path) {
    if (typeof at !== "object" || at === null || !Object.hasOwn(at, step)) return undefined;
    at = (at as Record<string | number, unknown>)[step];
  }
  return at;
}

function listItem(file: JsonFile, document: JsonDocument, path: Path): unknown {
  if (file.list === null || path[0] !== file.list || typeof path[1] !== "number") return undefined;
  return valueAt(document.value, path.slice(0, 2));
}

function entityId(file: JsonFile, document: JsonDocument, path: Path): number | null {
  const value = valueAt(listItem(file, document, path), [file.idField ?? "id"]);
  return Number.isSafeInteger(value) ? value as number : null;
}

/** The beginning of a sentence about a field: `Hydro 3 'UPPER': outflow.min_outflow_m3s`. */
function subject(file: JsonFile, document: JsonDocument, path: Path): string {
  const item = listItem(file, document, path);
  const id = valueAt(item, [file.idField ?? "id"]);
  if (file.noun === null || typeof id !== "number" || path.length === 2) {
    return path.length === 0 ? file.file : `${file.file}: ${pathText(path)}`;
  }
  const name = valueAt(item, ["name"]);
  const label = typeof name === "string" ? ` '${name.slice(0, 60)}'` : "";
  return `${file.noun} ${id}${label}: ${pathText(path.slice(2))}`;
}
