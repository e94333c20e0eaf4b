import assert from "node:assert/strict";
import { envelope, type EnvelopeInput, formatEnvelope } from "./envelope.ts";
import { EnvelopeSchema } from "./envelope_schema.ts";
import { CobreError, errorRecord } from "./error.ts";
import { COBRE_VERSION } from "./version.ts";

const FIELDS = [
  "$schema",
  "command",
  "success",
  "exit_code",
  "cobre_version",
  "errors",
  "warnings",
  "data",
  "summary",
];
const missing = errorRecord("MissingFile", "Cannot read stages.json", { file: "stages.json" });
const table = { columns: [], rows: [], total_rows: 0, truncated: false };
const doubtful = errorRecord("PhysicalConstraint", "Thermal 'OLD' never runs", { entity_id: 3 });

Deno.test("an envelope has its nine fields in order, whatever was given", () => {
  for (const input of [{}, { errors: [missing] }, { data: table, warnings: [doubtful] }]) {
    const answer = envelope({ command: "query", ...input });
    assert.deepEqual(Object.keys(answer), FIELDS);
    assert.equal(EnvelopeSchema.safeParse(answer).success, true);
  }
});

Deno.test("no errors mean success with exit code 0, and warnings do not matter", () => {
  const answer = envelope({ command: "validate", warnings: [doubtful] });
  assert.equal(answer.success, true);
  assert.equal(answer.exit_code, 0);
  assert.deepEqual(answer.warnings, [doubtful]);
  assert.equal(answer.cobre_version, COBRE_VERSION);
});

Deno.test("errors mean failure with the exit code they ask for", () => {
  const answer = envelope({ command: "validate", errors: [missing], warnings: [doubtful] });
  assert.equal(answer.success, false);
  assert.equal(answer.exit_code, 3);
  assert.equal(answer.data, null);
});

Deno.test("a given exit code replaces that of the errors", () => {
  const stopped = errorRecord("Interrupted", "Stopped by SIGINT", { signal: "SIGINT" });
  const data = { output_directory: "/data/out", training: null, simulation: null };
  const answer = envelope({ command: "run", data, errors: [stopped], exitCode: 4 });
  assert.equal(answer.exit_code, 4);
  assert.deepEqual(answer.data, data);
});

Deno.test("an exit code that contradicts the errors is refused", () => {
  const inputs: EnvelopeInput<"run">[] = [
    { command: "run", exitCode: 3 },
    { command: "run", errors: [missing], exitCode: 0 },
    { command: "run", errors: [missing], exitCode: 256 },
    { command: "run", errors: [missing], exitCode: 1.5 },
  ];
  for (const input of inputs) {
    assert.throws(
      () => envelope(input),
      (thrown) => thrown instanceof CobreError && thrown.kind === "InternalPanic",
    );
  }
});

Deno.test("the schema refuses what breaks an invariant", () => {
  const good = envelope({ command: "run" });
  const bad = envelope({ command: "run", errors: [missing] });
  const broken = [
    { ...good, errors: [missing] },
    { ...good, exit_code: 3 },
    { ...bad, errors: [] },
    { ...bad, exit_code: 0 },
    { ...good, success: "yes" },
    { ...good, command: "drain" },
    { ...good, $schema: "urn:cobre:response:v2" },
    ...FIELDS.map((field) =>
      Object.fromEntries(Object.entries(good).filter(([key]) => key !== field))
    ),
  ];
  for (const answer of broken) {
    assert.equal(EnvelopeSchema.safeParse(answer).success, false, JSON.stringify(answer));
  }
});

Deno.test("both layouts end in a line feed and hold the same answer", () => {
  const data = { columns: ["a\u2028b\nc"], rows: [[NaN]], total_rows: 1, truncated: false };
  const answer = envelope({ command: "query", data });
  const line = formatEnvelope(answer, "line");
  const pretty = formatEnvelope(answer, "pretty");
  assert.match(line, /^[^\n\u2028]+\n$/);
  assert.match(pretty, /^\{\n {2}"\$schema": [^\u2028]+\}\n$/);
  assert.deepEqual(JSON.parse(line), JSON.parse(pretty));
  assert.deepEqual(JSON.parse(line).data, { ...data, rows: [[null]] });
});
