import assert from "node:assert/strict";
import { COMMANDS } from "../../src/protocol/mod.ts";
import {
  COMMAND_DATA,
  DetailedErrorRecordSchema,
  EnvelopeSchema,
  EventSchema,
  LineSchema,
  protocolSchemas,
  ValidationReportSchema,
} from "../../src/protocol/schemas.ts";
import { EXAMPLES } from "./examples.ts";

const python = Deno.env.get("COBRE_PYTHON");
const schemas = Object.fromEntries(
  protocolSchemas().map(({ file, schema }) => [file.replace(/\.schema\.json$/, ""), schema]),
);

/** The program's own verdict. */
function accepts(schema: string, value: unknown): boolean {
  const types = {
    envelope: EnvelopeSchema,
    error_record: DetailedErrorRecordSchema,
    lines: LineSchema,
    events: EventSchema,
    validation_report: ValidationReportSchema,
  };
  if (schema in types) return types[schema as keyof typeof types].safeParse(value).success;
  const command = COMMANDS.find((name) => schema === `data_${name}`);
  assert.ok(command, `no schema ${schema}`);
  const answer = value as { command: unknown; data: unknown; summary: unknown };
  const { data, summary } = COMMAND_DATA[command];
  return answer.command === command && data.nullable().safeParse(answer.data).success &&
    summary.nullable().safeParse(answer.summary).success;
}

Deno.test("the program accepts the good documents and refuses the bad ones", () => {
  for (const { schema, name, value, good } of EXAMPLES) {
    assert.equal(accepts(schema, value), good, `${schema}: ${name}`);
  }
});

Deno.test("every schema has a file, a title and an id of its own", () => {
  const ids = Object.values(schemas).map((schema) => (schema as { $id: string }).$id);
  assert.equal(new Set(ids).size, ids.length);
  assert.equal(ids.length, COMMANDS.length + 5);
  for (const id of ids) assert.match(id, /^urn:cobre:schema:[a-z-]+:v1$/);
  for (const schema of Object.values(schemas)) {
    assert.equal(
      (schema as { $schema: string }).$schema,
      "https://json-schema.org/draft/2020-12/schema",
    );
    assert.equal(typeof (schema as { title: unknown }).title, "string");
  }
});

Deno.test({
  name: "a foreign validator agrees on every document (needs COBRE_PYTHON with jsonschema)",
  ignore: python === undefined,
  fn: async () => {
    const child = new Deno.Command(python!, {
      args: [new URL("check_examples.py", import.meta.url).pathname],
      stdin: "piped",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    const writer = child.stdin.getWriter();
    await writer.write(new TextEncoder().encode(JSON.stringify({ schemas, examples: EXAMPLES })));
    await writer.close();
    const { success, stdout, stderr } = await child.output();
    assert.ok(success, new TextDecoder().decode(stderr));
    const verdicts: boolean[] = JSON.parse(new TextDecoder().decode(stdout));
    assert.deepEqual(
      EXAMPLES.filter(({ good }, index) => verdicts[index] !== good)
        .map(({ schema, name }) => `${schema}: ${name}`),
      [],
    );
    assert.equal(verdicts.length, EXAMPLES.length);
  },
});
