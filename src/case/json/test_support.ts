/** For tests: checks a value as if it were a file of a case. */
import assert from "node:assert/strict";
import type { z } from "zod";
import { parseJsonDocument } from "../../files/mod.ts";
import type { ErrorRecord } from "../../protocol/mod.ts";
import type { Dialect } from "../case.ts";
import { Problems } from "../problem.ts";
import type { FileReport, JsonFile } from "./issues.ts";
import { type FileCheck, parseJson } from "./parse.ts";
import { openReport } from "./report.ts";

/** What `JSON.parse` gives: tests take documents of any shape apart and change them. */
export type Loose = ReturnType<typeof JSON.parse>;

/** The value of a document, or null, and the records about it. */
export function readValue(
  file: JsonFile,
  dialect: Dialect,
  value: unknown,
  check?: FileCheck<Loose>,
): { readonly value: Loose; readonly records: readonly ErrorRecord[] } {
  const schema = dialect === "v0.5" ? file.schemaV05 : file.schemaV18;
  assert.ok(schema !== null);
  const problems = new Problems();
  const document = parseJsonDocument(JSON.stringify(value), file.file);
  const parsed = parseJson(file, schema as z.ZodObject, document, dialect, problems, check);
  return { value: parsed, records: problems.all.map(({ record }) => record) };
}

/** A copy of a good entry with something changed. */
export function changed(good: Loose, change: (copy: Loose) => unknown): Loose {
  const copy = structuredClone(good);
  change(copy);
  return copy;
}

/** One way to break a rule: what to change, the rule, the kind, and a piece of the message. */
export type Breach = readonly [
  change: (copy: Loose) => unknown,
  rule: string,
  kind: string,
  message: RegExp,
];

/** The good document passes, and each breach gives one record of its rule and kind. */
export function assertRules(
  file: JsonFile,
  dialect: Dialect,
  good: Loose,
  breaches: readonly Breach[],
  check?: FileCheck<Loose>,
): void {
  assert.deepEqual(readValue(file, dialect, good, check).records, []);
  for (const [change, rule, kind, message] of breaches) {
    const { records, value } = readValue(file, dialect, changed(good, change), check);
    const found = records.map((record) => [record.context["rule"], record.kind]);
    assert.deepEqual(found, [[rule, kind]], `${change} gave ${JSON.stringify(records, null, 1)}`);
    assert.match(records[0]!.message, message);
    assert.equal(records[0]!.context["file"], file.file);
    if (kind !== "IgnoredInput") assert.equal(value, null);
    const known = file.rules.some(({ id }) => id === rule) || rule.startsWith("L2.");
    assert.ok(known, `${rule} is not among the rules of ${file.file}`);
  }
}

/** An open report on a document, and what was reported so far. */
export function openTestReport(
  file: JsonFile,
  dialect: Dialect,
  value: unknown,
): { readonly report: FileReport; records(): readonly ErrorRecord[] } {
  const problems = new Problems();
  const document = parseJsonDocument(JSON.stringify(value), file.file);
  const report = openReport(file, dialect, document, problems);
  return { report, records: () => problems.all.map(({ record }) => record) };
}
