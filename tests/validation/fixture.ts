/** Cases that break one rule and nothing else. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { readCase } from "../../src/case/mod.ts";
import type { Kind } from "../../src/protocol/mod.ts";
import { validate } from "../../src/validation/mod.ts";
import { type CaseFiles, withCase } from "../support/case_files.ts";
import { smallCase } from "../support/small_case.ts";

/** What a broken rule must report. */
export interface Expectation {
  /** An error where not given. */
  readonly severity?: "error" | "warning";
  readonly kind: Kind;
  readonly file: string;
  /** The entity that the record names; null for none. */
  readonly entity_id: number | string | null;
  /** Text on the line that the record points at; needed for JSON files, null for no line. */
  readonly line?: string | null;
  /** What the message says. */
  readonly message: RegExp;
  /** Further fields of the context. */
  readonly context?: Readonly<Record<string, unknown>>;
  /** Records of the rule; all are alike but for the first, which the fields above describe. */
  readonly count?: number;
}

/** A change to a sound case that breaks exactly one rule. */
export interface Fixture {
  readonly rule: string;
  /** Tells apart several fixtures of one rule. */
  readonly what?: string;
  /** The sound case; the small case of the v0.5 layout where not given. */
  readonly base?: () => CaseFiles;
  readonly change: (files: CaseFiles) => void;
  readonly expect: Expectation;
}

interface Found {
  readonly severity: string;
  readonly kind: string;
  readonly message: string;
  readonly context: Readonly<Record<string, unknown>>;
}

/** Every problem of a case, whichever layer found it. */
export async function problemsOf(directory: string): Promise<Found[]> {
  const reading = await readCase(directory);
  const later = reading.case === null ? [] : validate(reading.case);
  return [...reading.problems, ...later].map(({ severity, record }) => ({ severity, ...record }));
}

/** Breaks the rule and asserts that its record is the only one and says what it should. */
export async function checkFixture(fixture: Fixture): Promise<void> {
  const { rule, base = smallCase, change, expect } = fixture;
  const files = base();
  change(files);
  await withCase(files, async (directory) => {
    const problems = await problemsOf(directory);
    const rules = problems.map(({ context, message }) => `${context["rule"]}: ${message}`);
    assert.deepEqual(
      problems.map(({ context }) => context["rule"]),
      Array(expect.count ?? 1).fill(rule),
      rules.join("\n"),
    );
    const [{ severity, kind, message, context }] = problems as [Found];
    assert.match(message, expect.message);
    assert.match(message, /^([A-Z0-9]|[a-z]+[_/.])[^\n]*[^.\n]$/);
    assert.equal(severity, expect.severity ?? "error");
    assert.equal(kind, expect.kind);
    assert.equal(context["file"], expect.file);
    assert.equal(context["entity_id"], expect.entity_id);
    for (const [field, value] of Object.entries(expect.context ?? {})) {
      assert.deepEqual(context[field], value, field);
    }
    if (!expect.file.endsWith(".json")) return;
    assert.notEqual(expect.line, undefined, "A fixture about a JSON file names the line");
    if (expect.line === null) return assert.equal(context["line"], null);
    assert.ok(typeof context["line"] === "number", "The record has no line");
    const lines = (await Deno.readTextFile(join(directory, expect.file))).split("\n");
    assert.ok(
      lines[context["line"] - 1]!.includes(expect.line!),
      `Line ${context["line"]} is ${lines[context["line"] - 1]}, expected ${expect.line}`,
    );
  });
}
