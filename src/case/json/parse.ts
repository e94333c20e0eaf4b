/** Checks a JSON document against the description of its file. */
import { z } from "zod";
import type { JsonDocument } from "../../files/mod.ts";
import type { Dialect } from "../case.ts";
import type { Problems } from "../problem.ts";
import type { FileReport, JsonFile, Path } from "./issues.ts";
import { barePath, type OpenReport, openReport, pathText, valueAt } from "./report.ts";
import { type SchemaTree, schemaTree } from "./schema_tree.ts";
import { flatten, ignoredKey, reportIssue, shown, typeName, unknownKey } from "./wording.ts";

/** A check of a file as a whole; the paths of its faults start at the root. */
export type FileCheck<T> = (value: T, report: FileReport) => void;

/**
 * Checks a document against one schema of its file and reports all that is wrong with it. Returns
 * the parsed value, or null when there was an error. `check` runs only on values without errors.
 */
export function parseJson<S extends z.ZodObject>(
  file: JsonFile,
  schema: S,
  document: JsonDocument,
  dialect: Dialect,
  problems: Problems,
  check?: FileCheck<z.output<S>>,
): z.output<S> | null {
  const report = openReport(file, dialect, document, problems);
  const value = parseRoot(file, schema, document, report);
  if (value !== null && !report.failed) check?.(value as z.output<S>, report);
  report.close();
  return report.failed ? null : value as z.output<S>;
}

interface Parsing {
  readonly file: JsonFile;
  readonly tree: SchemaTree;
  readonly root: Record<string, unknown>;
  readonly report: OpenReport;
}

function parseRoot(
  file: JsonFile,
  schema: z.ZodObject,
  document: JsonDocument,
  report: OpenReport,
): Record<string, unknown> | null {
  const root = document.value;
  if (typeof root !== "object" || root === null || Array.isArray(root)) {
    const context = { field: "", expected_type: "object", actual_type: typeName(root) };
    report.found(
      "TypeMismatch",
      "L2.type",
      [],
      ` holds ${shown(root)}, expected an object`,
      context,
    );
    return null;
  }
  const tree = schemaTree(schema);
  const parsing: Parsing = { file, tree, root: root as Record<string, unknown>, report };
  checkIntegers(document, parsing);
  for (const key of Object.keys(root)) {
    if (Object.hasOwn(schema.shape, key)) continue;
    if (ignoresUnknownKeys(parsing, [])) ignoredKey(key, [], tree, report);
    else unknownKey(key, [], tree, report);
  }
  const out: Record<string, unknown> = {};
  for (const [key, field] of Object.entries(schema.shape as Record<string, z.ZodType>)) {
    const raw = Object.hasOwn(root, key) ? parsing.root[key] : undefined;
    const element = elementOf(field);
    if (element !== null && Array.isArray(raw) && raw.length > 0) {
      out[key] = raw.map((item, index) => parseValue(element, item, [key, index], parsing));
    } else out[key] = parseValue(field, raw, [key], parsing);
  }
  checkUnique(parsing);
  return out;
}

/** The schema of the items when a field is a list, whatever it is wrapped in. */
function elementOf(schema: z.core.$ZodType): z.core.$ZodType | null {
  if (schema instanceof z.ZodArray) return schema.element;
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodNullable) {
    return elementOf(schema.def.innerType);
  }
  return null;
}

function parseValue(
  schema: z.core.$ZodType,
  raw: unknown,
  base: Path,
  parsing: Parsing,
): unknown {
  const first = z.core.safeParse(schema, raw);
  if (first.success) return first.data;
  const { tree, root, report } = parsing;
  let issues = flatten(first.error.issues, raw);
  const inert = (issue: z.core.$ZodIssue) =>
    issue.code === "unrecognized_keys" &&
    ignoresUnknownKeys(parsing, [...base, ...issue.path as Path]);
  let value: unknown = undefined;
  let rest = raw;
  // Removing the keys may uncover the option of a union that was meant, so this may take a few
  // rounds; every round removes at least one key.
  while (issues.some(inert)) {
    rest = structuredClone(rest);
    for (const issue of issues.filter(inert)) {
      if (issue.code !== "unrecognized_keys") continue;
      const holder = valueAt(rest, issue.path as Path) as Record<string, unknown>;
      for (const key of issue.keys) {
        ignoredKey(key, [...base, ...issue.path as Path], tree, report);
        delete holder[key];
      }
    }
    const again = z.core.safeParse(schema, rest);
    issues = again.success ? [] : flatten(again.error.issues, rest);
    value = again.data;
  }
  for (const issue of issues) reportIssue(issue, base, root, tree, report);
  return value;
}

function ignoresUnknownKeys(parsing: Parsing, path: Path): boolean {
  const { file, report } = parsing;
  return report.dialect === "v0.5" && !(file.strictV05?.includes(barePath(path)) ?? false);
}

/**
 * Refuses integers that are written as `1.0` or `1e3`, and puts exact bigints where a field takes
 * integers beyond 2^53.
 */
function checkIntegers(document: JsonDocument, { root, tree, report }: Parsing): void {
  const visit = (value: unknown, tree: SchemaTree, path: (string | number)[]): void => {
    if (typeof value !== "object" || value === null || !tree.anyInteger) return;
    const steps = Array.isArray(value) ? value.keys() : Object.keys(value);
    const holder = value as Record<string | number, unknown>;
    for (const step of steps) {
      const below = (typeof step === "string" ? tree.keys.get(step) : undefined) ?? tree.items;
      if (below === null || !below.anyInteger) continue;
      const item = holder[step];
      path.push(step);
      if (typeof item === "object") visit(item, below, path);
      else if (typeof item === "number" && below.integer) {
        if (document.isFloatLiteral(value, step)) {
          const context = {
            field: pathText(path),
            expected_type: "integer",
            actual_type: "number with a point or an exponent",
          };
          const wanted = Number.isSafeInteger(item) ? `the integer ${item}` : "an integer";
          const text = ` is written with a point or an exponent, expected ${wanted}`;
          report.found("TypeMismatch", "L2.type", [...path], text, context);
        } else if (below.wide) {
          const wide = document.wideInteger(value, step);
          if (wide !== null) holder[step] = wide;
        }
      }
      path.pop();
    }
  };
  visit(root, tree, []);
}

/** Reports keys that come twice in a list, on the later item. */
function checkUnique({ file, root, report }: Parsing): void {
  for (const { list, key, rule } of file.unique) {
    const items = root[list];
    if (!Array.isArray(items)) continue;
    const seen = new Map<string | number, number>();
    items.forEach((item, index) => {
      const parts = key.map((field) => valueAt(item, [field]));
      if (parts.some((part) => typeof part !== "number")) return;
      const text = parts.length === 1 ? parts[0] as number : parts.join(",");
      const earlier = seen.get(text);
      if (earlier === undefined) {
        seen.set(text, index);
        return;
      }
      const named = key.map((field, k) => `${field} ${parts[k]}`).join(", ");
      report.fault({
        kind: "DuplicateId",
        rule,
        path: [list, index, key[0]!],
        message: `${file.file}: ${list}[${index}] repeats ${named} of ${list}[${earlier}]`,
        context: { registry: list },
      });
    });
  }
}
