import assert from "node:assert/strict";
import { z } from "zod";
import { parseJsonDocument } from "../../files/mod.ts";
import { Problems } from "../problem.ts";
import { jsonFile } from "./issues.ts";
import { parseJson } from "./parse.ts";
import {
  addFault,
  date,
  def,
  f64,
  i32,
  i64,
  id,
  nonNegative,
  opt,
  rootKeys,
} from "./primitives.ts";
import { MAX_RECORDS_PER_RULE } from "./report.ts";

const Dam = z.strictObject({
  id,
  name: z.string(),
  level: z.strictObject({ min: nonNegative, max: opt(f64) }).superRefine((level, ctx) => {
    if (level.max === null || level.min <= level.max) return;
    addFault(ctx, {
      kind: "CapacityViolation",
      rule: "Q2",
      path: ["min"],
      message: `min ${level.min} above max ${level.max}`,
    });
  }),
  built: opt(date),
  shape: opt(z.discriminatedUnion("type", [
    z.strictObject({ type: z.literal("arch"), radius: f64 }),
    z.strictObject({ type: z.literal("earth") }),
  ])),
  risk: def(z.union([z.enum(["low", "high"]), z.strictObject({ share: f64 })]), "low"),
  months: def(z.array(i32).min(2), [1, 2]),
});
const schema = z.strictObject({ ...rootKeys, dams: z.array(Dam), seed: opt(i64) });
const file = jsonFile({
  file: "dams.json",
  noun: "Dam",
  list: "dams",
  schemaV05: schema,
  schemaV18: schema,
  unique: [{ list: "dams", key: ["id"], rule: "Q1" }],
  rules: [{
    id: "Q3",
    layer: 2,
    kind: "OutOfRange",
    severity: "error",
    file: "dams.json",
    description: "",
    fields: ["level.*"],
  }],
});

function read(text: string, dialect: "v0.5" | "v0.18" = "v0.18") {
  const problems = new Problems();
  const document = parseJsonDocument(text, "dams.json");
  const value = parseJson(file, schema, document, dialect, problems);
  const records = problems.all.map(({ severity, record }) => ({
    severity,
    kind: record.kind,
    message: record.message,
    suggestion: record.suggestion,
    context: record.context,
  }));
  return { value, records };
}

const dam = (fields: string) => `{"dams":[{"id":3,"name":"A","level":{"min":0},${fields}}]}`;

Deno.test("a good document gives its value with defaults filled in", () => {
  const { value, records } = read(`{"dams":[{"id":3,"name":"A","level":{"min":0,"max":null}}]}`);
  assert.deepEqual(records, []);
  assert.deepEqual(value, {
    $schema: null,
    seed: null,
    dams: [{
      id: 3,
      name: "A",
      level: { min: 0, max: null },
      built: null,
      shape: null,
      risk: "low",
      months: [1, 2],
    }],
  });
});

Deno.test("each fault of a value has its own kind, field and sentence", () => {
  const cases: [string, string, string, string][] = [
    [dam(`"built":"2023-02-30"`), "SchemaViolation", "L2.shape", "Dam 3 'A': built is"],
    [dam(`"built":5`), "TypeMismatch", "L2.type", "built is 5, expected a text"],
    [dam(`"shape":{"type":"arhc"}`), "InvalidEnum", "L2.word", "expected one of arch, earth"],
    [dam(`"shape":{}`), "SchemaViolation", "L2.missing", "shape.type is missing"],
    [dam(`"shape":{"type":"arch"}`), "SchemaViolation", "L2.missing", "shape.radius is missing"],
    [dam(`"shape":{"type":"earth","x":1}`), "SchemaViolation", "L2.unknown_key", "shape.x"],
    [dam(`"risk":{"share":"a"}`), "TypeMismatch", "L2.type", "risk.share is"],
    [dam(`"risk":"medium"`), "InvalidEnum", "L2.word", "one of low, high"],
    [dam(`"risk":null`), "TypeMismatch", "L2.type", "risk is null"],
    [dam(`"months":[1]`), "SchemaViolation", "L2.shape", "has 1 item, expected at least 2 items"],
    [dam(`"months":[1,2.0]`), "TypeMismatch", "L2.type", "months[1] is written with a point"],
    [dam(`"months":[1,2.5]`), "TypeMismatch", "L2.type", "expected an integer"],
    [dam(`"months":[1,3000000000]`), "OutOfRange", "L2.range", "at most 2147483647"],
    [`{"dams":3}`, "TypeMismatch", "L2.type", "dams is 3, expected a list"],
    [`{"dams":[3]}`, "TypeMismatch", "L2.type", "dams[0] is 3, expected an object"],
    [`{}`, "SchemaViolation", "L2.missing", "dams is missing"],
    [`[]`, "TypeMismatch", "L2.type", "dams.json holds a list, expected an object"],
    [`{"dams":[],"seed":1e300}`, "TypeMismatch", "L2.type", "seed"],
    [`{"dams":[],"seed":9223372036854775808}`, "OutOfRange", "L2.range", "64 bits"],
  ];
  for (const [text, kind, rule, words] of cases) {
    const { value, records } = read(text);
    assert.equal(value, null, text);
    const record = records[0]!;
    assert.ok(record.message.includes(words), `${text}: ${record.message}`);
    assert.deepEqual([record.kind, record.context["rule"]], [kind, rule], text);
    assert.equal(record.context["file"], "dams.json");
  }
});

Deno.test("a rule of the file claims the fields that its patterns name", () => {
  const { records } = read(`{"dams":[\n {"id":3,"name":"A","level":{"min":-1}}]}`);
  const { context } = records[0]!;
  assert.equal(context["rule"], "Q3");
  assert.equal(context["field"], "dams[0].level.min");
  assert.equal(context["entity_id"], 3);
  assert.equal(context["line"], 2);
  assert.equal(context["value"], -1);
  assert.equal(context["min"], 0);
});

Deno.test("checks between fields run even where another item is broken", () => {
  const { records } = read(
    `{"dams":[{"id":1},{"id":1,"name":"B","level":{"min":2,"max":1}}]}`,
  );
  assert.deepEqual(records.map((record) => record.context["rule"]), [
    "L2.missing",
    "L2.missing",
    "Q2",
    "Q1",
  ]);
});

Deno.test("unknown keys are refused in v0.18 and ignored with a warning in v0.5", () => {
  const text = dam(`"shape":{"type":"arch","radius":1,"radios":2},"nmae":"B"`);
  const strict = read(text);
  assert.equal(strict.value, null);
  assert.deepEqual(strict.records.map((record) => record.suggestion).sort(), [
    "Did you mean name?",
    "Did you mean radius?",
  ]);
  const lenient = read(text, "v0.5");
  assert.deepEqual(lenient.records.map((record) => [record.severity, record.kind]), [
    ["warning", "IgnoredInput"],
    ["warning", "IgnoredInput"],
  ]);
  assert.deepEqual(lenient.value?.dams[0]?.shape, { type: "arch", radius: 1 });
});

Deno.test("seeds keep every digit", () => {
  const { value } = read(`{"dams":[],"seed":9007199254740993}`);
  assert.equal(value?.seed, 9007199254740993n);
});

Deno.test("a hundred thousand broken items give a thousand records and a count", () => {
  const item = `{"id":"x"}`;
  const { value, records } = read(`{"dams":[${Array(100_000).fill(item).join(",")}]}`);
  assert.equal(value, null);
  const types = records.filter((record) => record.context["rule"] === "L2.type");
  assert.equal(types.length, MAX_RECORDS_PER_RULE + 1);
  assert.match(types.at(-1)!.message, /has 99000 more problems of rule L2\.type/);
});
