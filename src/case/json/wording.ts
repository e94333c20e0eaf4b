/** Sentences about what zod found in a value, and the records that carry them. */
import type { z } from "zod";
import { type ContextInput, counted, type Kind, nearest } from "../../protocol/mod.ts";
import type { Path } from "./issues.ts";
import type { Fault } from "./primitives.ts";
import { type OpenReport, pathText, valueAt } from "./report.ts";
import { knownKeys, type SchemaTree } from "./schema_tree.ts";

type Issue = z.core.$ZodIssue;

/** Names of JSON types in messages and records. */
const TYPE_NAMES: Readonly<Record<string, string>> = {
  int: "integer",
  bigint: "integer",
  number: "number",
  string: "text",
  boolean: "true or false",
  array: "list",
  tuple: "list",
  object: "object",
  record: "object",
  null: "null",
};

/** The same names inside a sentence. */
const TYPE_PHRASES: Readonly<Record<string, string>> = {
  integer: "an integer",
  number: "a number",
  text: "a text",
  list: "a list",
  object: "an object",
};

/** The name of the type of a raw value. */
export function typeName(value: unknown): string {
  if (value === undefined) return "missing";
  if (value === null) return "null";
  if (Array.isArray(value)) return "list";
  if (typeof value === "number") return Number.isInteger(value) ? "integer" : "number";
  return TYPE_NAMES[typeof value === "boolean" ? "boolean" : typeof value] ?? typeof value;
}

/** A raw value inside a sentence. */
export function shown(value: unknown): string {
  if (value === null || typeof value === "number" || typeof value === "boolean") return `${value}`;
  if (typeof value === "bigint") return value.toString();
  if (typeof value === "string") {
    return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value);
  }
  return Array.isArray(value) ? "a list" : "an object";
}

function contextValue(value: unknown): string | number | boolean {
  if (typeof value === "number" || typeof value === "boolean") return value;
  if (typeof value === "string") return value.slice(0, 200);
  return shown(value);
}

/**
 * Issues with those inside unions brought to the surface: of the options that could have been
 * meant, the one with the right type of value and the fewest faults.
 */
export function flatten(issues: readonly Issue[], raw: unknown): Issue[] {
  return issues.flatMap((issue): Issue[] => {
    if (issue.code !== "invalid_union" || issue.errors.length === 0) return [issue];
    const value = valueAt(raw, issue.path as Path);
    const wrongType = (inner: Issue) =>
      inner.path.length === 0 &&
      (inner.code === "invalid_type" ||
        inner.code === "invalid_value" && typeof value !== typeof inner.values[0]);
    const candidates = issue.errors.map((option) => flatten(option, value))
      .filter((option) => !option.some(wrongType)).sort((a, b) => a.length - b.length);
    const best = candidates[0];
    if (best === undefined) return [issue];
    return best.map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] }));
  });
}

/** Reports one issue; `base` leads from the root of the document to the value that was parsed. */
export function reportIssue(
  issue: Issue,
  base: Path,
  root: unknown,
  tree: SchemaTree,
  report: OpenReport,
): void {
  const path: Path = [...base, ...issue.path as Path];
  const raw = valueAt(root, path);
  const field = pathText(path);
  switch (issue.code) {
    case "invalid_type":
      return wrongType(raw, path, [issue.expected], report);
    case "invalid_value": {
      const words = issue.values.map((value) => String(value));
      if (raw === undefined) return missing(path, `one of ${words.join(", ")}`, report);
      if (typeof raw !== typeof issue.values[0]) {
        return wrongType(raw, path, [typeof issue.values[0]], report);
      }
      return unknownWord(raw, path, words, report);
    }
    case "invalid_union": {
      if (issue.discriminator !== undefined) {
        const { options: values = [] } = issue as { options?: readonly unknown[] };
        const options = values.map((value) => String(value));
        if (raw === undefined) return missing(path, `one of ${options.join(", ")}`, report);
        if (typeof raw !== "string") return wrongType(raw, path, ["string"], report);
        return unknownWord(raw, path, options, report);
      }
      const expected = issue.errors.flatMap((option) =>
        option.flatMap((inner) =>
          inner.code === "invalid_type"
            ? [inner.expected]
            : inner.code === "invalid_value"
            ? [typeof inner.values[0]]
            : []
        )
      );
      return wrongType(raw, path, expected, report);
    }
    case "too_small":
    case "too_big": {
      const small = issue.code === "too_small";
      const limit = Number(small ? issue.minimum : issue.maximum);
      const side = small
        ? issue.inclusive ? "at least" : "above"
        : issue.inclusive
        ? "at most"
        : "below";
      if (typeof raw === "number") {
        const context = { field, value: raw, [small ? "min" : "max"]: limit };
        const rest = ` is ${raw}, expected ${side} ${limit}`;
        return report.found("OutOfRange", "L2.range", path, rest, context);
      }
      const length = (raw as { length?: number } | undefined)?.length ?? 0;
      const unit = typeof raw === "string" ? "character" : "item";
      const expected = `${side} ${counted(limit, unit)}`;
      const actual = counted(length, unit);
      const rest = ` has ${actual}, expected ${expected}`;
      const context = { field, expected, actual };
      return report.found("SchemaViolation", "L2.shape", path, rest, context);
    }
    case "invalid_format": {
      const expected = issue.format === "date"
        ? "a date YYYY-MM-DD"
        : `text of form ${issue.format}`;
      const context = { field, expected, actual: shown(raw) };
      const rest = ` is ${shown(raw)}, expected ${expected}`;
      return report.found("SchemaViolation", "L2.shape", path, rest, context);
    }
    case "unrecognized_keys":
      for (const key of issue.keys) unknownKey(key, path, tree, report);
      return;
    case "custom":
      return custom(issue, path, raw, report);
    default: {
      const context = { field, expected: issue.message, actual: shown(raw) };
      return report.found("SchemaViolation", "L2.shape", path, `: ${issue.message}`, context);
    }
  }
}

function missing(path: Path, expected: string, report: OpenReport): void {
  const context = { field: pathText(path), expected, actual: "missing" };
  report.found("SchemaViolation", "L2.missing", path, ` is missing, expected ${expected}`, context);
}

function wrongType(raw: unknown, path: Path, types: readonly string[], report: OpenReport): void {
  const names = [...new Set(types.map((type) => TYPE_NAMES[type] ?? type))];
  const expected = names.map((name) => TYPE_PHRASES[name] ?? name).join(" or ");
  if (raw === undefined) return missing(path, expected, report);
  const context = {
    field: pathText(path),
    expected_type: names.join(" or "),
    actual_type: typeName(raw),
  };
  report.found("TypeMismatch", "L2.type", path, ` is ${shown(raw)}, expected ${expected}`, context);
}

function unknownWord(raw: unknown, path: Path, words: readonly string[], report: OpenReport): void {
  const context = { field: pathText(path), value: contextValue(raw), allowed_values: words };
  const rest = ` is ${shown(raw)}, expected one of ${words.join(", ")}`;
  const near = typeof raw === "string" ? nearest(raw, words) : null;
  const suggestion = near === null ? null : `Did you mean ${near}?`;
  report.found("InvalidEnum", "L2.word", path, rest, context, suggestion);
}

/** Refuses a key that the schema does not know. */
export function unknownKey(key: string, parent: Path, tree: SchemaTree, report: OpenReport): void {
  const path = [...parent, key];
  const near = nearest(key, knownKeys(tree, parent));
  const suggestion = near === null ? null : `Did you mean ${near}?`;
  const context = { field: pathText(path), expected: "a known key", actual: "an unknown key" };
  const rest = " is not a known key";
  report.found("SchemaViolation", "L2.unknown_key", path, rest, context, suggestion);
}

/** Warns of a key without effect in the v0.5 layout. */
export function ignoredKey(key: string, parent: Path, tree: SchemaTree, report: OpenReport): void {
  const path = [...parent, key];
  const near = nearest(key, knownKeys(tree, parent));
  const suggestion = near === null ? null : `Did you mean ${near}?`;
  const context = { field: pathText(path), detail: "Unknown key" };
  const rest = " is not a known key and has no effect";
  report.found("IgnoredInput", "L2.ignored_key", path, rest, context, suggestion);
}

function custom(
  issue: z.core.$ZodIssueCustom,
  path: Path,
  raw: unknown,
  report: OpenReport,
): void {
  const params = issue.params as Partial<Fault<Kind>> | undefined;
  if (params?.kind !== undefined && params.rule !== undefined) {
    const { kind, rule, context } = params;
    const fault = { kind, rule, path, message: issue.message, ...(context && { context }) };
    return report.fault(fault);
  }
  const rest = ` is ${shown(raw)}, ${issue.message}`;
  const field = pathText(path);
  if (params?.kind === "OutOfRange") {
    const context: ContextInput<"OutOfRange"> = { field, value: contextValue(raw) };
    return report.found("OutOfRange", "L2.range", path, rest, context);
  }
  const context = { field, expected: issue.message, actual: shown(raw) };
  report.found("SchemaViolation", "L2.shape", path, rest, context);
}
