/** What must hold of every answer about a case, whatever the case is. */
import assert from "node:assert/strict";
import { KNOWN_FILES } from "../../src/case/mod.ts";
import { type ErrorRecord, exitCodeOf, KINDS } from "../../src/protocol/mod.ts";
import { DetailedErrorRecordSchema } from "../../src/protocol/schemas.ts";
import { validateCase, type ValidationOutcome } from "../../src/study/mod.ts";

/** No case of ordinary size may take longer. */
const MOST_MS = 5000;

/** Fields of a context that say what was found and what was wanted, by kind. */
const TELLING: Readonly<Record<string, readonly string[]>> = {
  ParseError: ["detail"],
  SchemaViolation: ["expected", "actual"],
  TypeMismatch: ["field", "expected_type", "actual_type"],
  OutOfRange: ["field", "value"],
  InvalidEnum: ["field", "value", "allowed_values"],
  DuplicateId: ["registry"],
  MissingReference: ["field", "referenced_value", "referenced_registry"],
  CoverageMismatch: ["missing_dimension", "expected_coverage"],
  IncompatibleSettings: ["settings", "detail"],
  PhysicalConstraint: ["detail"],
  CapacityViolation: ["value_min", "value_max"],
  PenaltyConsistency: ["penalty_field", "value", "violated_rule"],
};

/** Validates a case and asserts that the answer is a good one, right or wrong as the case may be. */
export async function soundOutcome(directory: string): Promise<ValidationOutcome> {
  const start = performance.now();
  const outcome = await validateCase(directory);
  const elapsed = performance.now() - start;
  assert.ok(elapsed < MOST_MS, `validation took ${Math.round(elapsed)} ms`);
  const { errors, warnings, valid } = outcome;
  for (const record of errors) assertSound(record, directory);
  for (const record of warnings) assertSound(record, directory);
  assert.equal(valid, errors.length === 0);
  if (valid) assert.ok(outcome.case !== null, "a valid case was not read");
  assertExitCode(errors);
  return outcome;
}

/** Asserts that a record says what is wrong and where. */
export function assertSound(record: ErrorRecord, directory: string): void {
  const text = JSON.stringify(record);
  const parsed = DetailedErrorRecordSchema.safeParse(record);
  assert.ok(parsed.success, `${text} does not fit its schema: ${parsed.error?.message}`);
  assert.equal(KINDS[record.kind].category, "validation", text);
  const { file, rule } = record.context;
  const known = file === directory || (KNOWN_FILES as readonly unknown[]).includes(file);
  assert.ok(known, `${text} names no file of a case`);
  assert.equal(typeof rule, "string", `${text} names no rule`);
  assert.match(record.message, /^[^\n]{10,2000}$/, `${text} is not a sentence`);
  assert.doesNotMatch(record.message, /undefined|\[object|\.$/, text);
  if (/ \d+ more (places|problems)/.test(record.message)) return;
  for (const field of TELLING[record.kind] ?? []) {
    const value = record.context[field];
    assert.ok(value !== null && value !== undefined, `${text} does not say ${field}`);
  }
}

function assertExitCode(errors: readonly ErrorRecord[]): void {
  const ofConfig = errors.some((record) => record.context["file"] === "config.json");
  const expected = errors.length === 0 ? 0 : ofConfig ? 2 : 3;
  assert.equal(exitCodeOf(errors), expected);
}
