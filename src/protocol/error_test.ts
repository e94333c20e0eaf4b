import assert from "node:assert/strict";
import { CobreError, errorRecord, exitCodeOf, toCobreError } from "./error.ts";
import { CONTEXT_SCHEMAS, DetailedErrorRecordSchema } from "./error_schemas.ts";
import { type ContextFieldTypes, type Kind, KIND_NAMES, KINDS } from "./kinds.ts";

const SAMPLES: ContextFieldTypes = {
  text: "x",
  texts: ["x", "y"],
  number: 1.5,
  integer: 7,
  entity: "TUCURUI",
  value: true,
  direction: "read",
};

function fullContext(kind: Kind): Record<string, unknown> {
  const fields = Object.entries(KINDS[kind].context);
  return Object.fromEntries(fields.map(([field, type]) => [field, SAMPLES[type]]));
}

Deno.test("every kind's record satisfies the schema of its context, empty or full", () => {
  for (const kind of KIND_NAMES) {
    for (const context of [{}, fullContext(kind)]) {
      const record = errorRecord(kind, "Message", context);
      assert.deepEqual(Object.keys(record.context), Object.keys(KINDS[kind].context));
      const checked = DetailedErrorRecordSchema.safeParse(record);
      assert.equal(checked.success, true, `${kind}: ${checked.error?.message}`);
    }
  }
});

Deno.test("a context field of the wrong type is refused in every kind", () => {
  for (const kind of KIND_NAMES) {
    for (const field of Object.keys(KINDS[kind].context)) {
      const context = { ...fullContext(kind), [field]: { nested: true } };
      assert.equal(CONTEXT_SCHEMAS[kind].safeParse(context).success, false, `${kind}.${field}`);
    }
  }
});

Deno.test("readers bear with absent and with further context fields", () => {
  const record = {
    kind: "PhysicalConstraint",
    message: "Thermal 'OLD' never runs",
    context: { file: "system/thermals.json", entity_id: "OLD", season: 3 },
    suggestion: null,
  };
  assert.deepEqual(DetailedErrorRecordSchema.parse(record), record);
});

Deno.test("a record keeps what it is given and fills the rest with null", () => {
  const record = errorRecord(
    "SolverFailure",
    "No optimum",
    { stage: 5, opening: undefined },
    "Look",
  );
  assert.deepEqual(record, {
    kind: "SolverFailure",
    message: "No optimum",
    context: {
      stage: 5,
      iteration: null,
      opening: null,
      solver_status: null,
      active_penalty_slacks: null,
    },
    suggestion: "Look",
  });
});

Deno.test("the exit code says where the first problem lies", () => {
  const record = (kind: Kind, context: Record<string, unknown> = {}) =>
    errorRecord(kind, "Message", context);
  const cases: [number, ReturnType<typeof record>[]][] = [
    [0, []],
    [1, [record("InvalidArguments")]],
    [2, [record("OutOfRange", { file: "config.json" })]],
    [2, [
      record("MissingFile", { file: "stages.json" }),
      record("OutOfRange", {
        file: "config.json",
      }),
    ]],
    [3, [record("MissingFile", { file: "stages.json" })]],
    [4, [record("SolverFailure")]],
    [5, [record("CheckpointFailed")]],
    [130, [record("Interrupted", { signal: "SIGINT" })]],
    [143, [record("Interrupted", { signal: "SIGTERM" })]],
  ];
  for (const [code, errors] of cases) assert.equal(exitCodeOf(errors), code);
});

Deno.test("no kind of error can end with success", () => {
  for (const kind of KIND_NAMES) assert.notEqual(exitCodeOf([errorRecord(kind, "", {})]), 0, kind);
});

Deno.test("what is thrown unexpectedly becomes a fault of the program that keeps its cause", () => {
  const cause = new TypeError("x is undefined");
  const error = toCobreError(cause);
  assert.equal(error.kind, "InternalPanic");
  assert.match(error.message, /TypeError: x is undefined/);
  assert.match(String(error.context["location"]), /error_test\.ts/);
  assert.equal(error.cause, cause);
  assert.equal(toCobreError(error), error);
  assert.match(toCobreError("plain text").message, /plain text/);
});

Deno.test("one throw carries several records and speaks with the first", () => {
  const first = errorRecord("MissingFile", "First", { file: "a.json" }, "Look");
  const error = new CobreError([first, errorRecord("ParseError", "Second", {})]);
  assert.equal(error.message, "First");
  assert.equal(error.suggestion, "Look");
  assert.equal(error.records.length, 2);
});
