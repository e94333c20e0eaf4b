import assert from "node:assert/strict";
import { COBRE_VERSION, COMMANDS, type Envelope } from "../../src/protocol/mod.ts";
import {
  COMMAND_DATA,
  DetailedErrorRecordSchema,
  EnvelopeSchema,
  LineSchema,
  protocolSchemas,
} from "../../src/protocol/schemas.ts";
import { smallCase } from "../support/small_case.ts";
import { withCase } from "../support/case_files.ts";
import { cobre, inNewFolder, template } from "./cobre.ts";

interface Sample {
  readonly args: readonly string[];
  readonly code: number;
  readonly command: string;
}

/** Every command, succeeding and failing; `$` is a new folder, `#` a broken case. */
const SAMPLES: readonly Sample[] = [
  { args: ["init", "--list"], code: 0, command: "init" },
  { args: ["init", "$/toy", "--template", "1dtoy"], code: 0, command: "init" },
  { args: ["init", "$/toy", "--template", "2dtoy"], code: 1, command: "init" },
  { args: ["validate", template("regional")], code: 0, command: "validate" },
  { args: ["fit", template("1dtoy")], code: 0, command: "fit" },
  { args: ["fit", "#"], code: 3, command: "fit" },
  { args: ["fit", template("1dtoy"), "--hydro", "7"], code: 1, command: "fit" },
  { args: ["validate", "#"], code: 3, command: "validate" },
  { args: ["validate", "$/nothing"], code: 3, command: "validate" },
  { args: ["run", template("1dtoy"), "--validate-only"], code: 0, command: "run" },
  { args: ["run", template("deterministic"), "--output", "$/out"], code: 0, command: "run" },
  { args: [template("deterministic"), "--output=$/out"], code: 0, command: "run" },
  { args: ["schema", "export", "--output-dir", "$/schemas"], code: 0, command: "schema" },
  { args: ["version"], code: 0, command: "version" },
  { args: ["--version"], code: 0, command: "version" },
  { args: ["help"], code: 0, command: "help" },
  { args: ["init", "--help"], code: 0, command: "help" },
  { args: ["completion", "bash"], code: 0, command: "completion" },
  { args: ["completion", "cmd"], code: 1, command: "completion" },
  { args: ["nonsense"], code: 1, command: "run" },
];

function checkEnvelope(value: unknown, sample: Sample): Envelope {
  const name = sample.args.join(" ");
  const envelope = EnvelopeSchema.parse(value);
  assert.equal(envelope.exit_code, sample.code, name);
  assert.equal(envelope.success, sample.code === 0, name);
  assert.equal(envelope.errors.length === 0, envelope.success, name);
  assert.equal(envelope.command, sample.command, name);
  assert.equal(envelope.cobre_version, COBRE_VERSION);
  const { data, summary } = COMMAND_DATA[envelope.command];
  data.nullable().parse(envelope.data);
  summary.nullable().parse(envelope.summary);
  for (const record of [...envelope.errors, ...envelope.warnings]) {
    DetailedErrorRecordSchema.parse(record);
  }
  return envelope;
}

/** Runs a sample in a folder and with a broken case of its own. */
function runSample(sample: Sample, flags: readonly string[]): ReturnType<typeof cobre> {
  const broken = smallCase();
  broken["system/thermals.json"].thermals[0].bus_id = 77;
  return withCase(broken, (broken) =>
    inNewFolder((folder) => {
      const args = sample.args.map((word) => word === "#" ? broken : word.replace("$", folder));
      return cobre([...args, ...flags], { cwd: folder });
    }));
}

Deno.test("json: every command answers with one envelope and nothing else", async (t) => {
  for (const sample of SAMPLES) {
    await t.step(sample.args.join(" "), async () => {
      const { code, stdout, stderr } = await runSample(sample, ["--output-format", "json"]);
      assert.equal(code, sample.code, stdout + stderr);
      checkEnvelope(JSON.parse(stdout), sample);
      assert.match(stdout, /^\{\n {2}"\$schema"/);
      assert.equal(stderr, "");
    });
  }
});

Deno.test("json-lines: one line; a run streams, and its last line is the result", async (t) => {
  for (const sample of SAMPLES) {
    await t.step(sample.args.join(" "), async () => {
      const { code, stdout, stderr } = await runSample(sample, ["--output-format=json-lines"]);
      assert.equal(code, sample.code);
      assert.ok(stdout.endsWith("}\n"));
      const lines = stdout.trimEnd().split("\n");
      const last = lines.at(-1)!;
      const { type, ...rest } = JSON.parse(last);
      checkEnvelope(rest, sample);
      assert.equal(type, sample.command === "run" ? "result" : undefined);
      if (type === undefined) assert.equal(lines.length, 1);
      else {
        for (const line of lines) LineSchema.parse(JSON.parse(line));
        assert.match(last, /^\{"type":"result",/);
      }
      assert.equal(stderr, "");
    });
  }
});

Deno.test("human: data on stdout, errors on stderr, no colours in pipes", async (t) => {
  for (const sample of SAMPLES) {
    await t.step(sample.args.join(" "), async () => {
      const { code, stdout, stderr } = await runSample(sample, []);
      assert.equal(code, sample.code);
      assert.equal(/^error: /m.test(stderr), sample.code !== 0);
      assert.doesNotMatch(stdout, /^error: /m);
      assert.ok(!(stdout + stderr).includes("\x1b"));
      for (const text of [stdout, stderr]) assert.ok(text === "" || text.endsWith("\n"));
    });
  }
});

Deno.test("--quiet leaves stdout empty in every format and keeps the exit code", async () => {
  const some = SAMPLES.filter(({ command }) => command !== "completion" && command !== "help");
  const formats = [[], ["--output-format", "json"], ["--output-format", "json-lines"]];
  for (const [at, sample] of some.entries()) {
    const format = formats[at % formats.length]!;
    const { code, stdout, stderr } = await runSample(sample, [...format, "--quiet"]);
    assert.equal(code, sample.code);
    assert.equal(stdout, "", sample.args.join(" "));
    if (format.length === 0) assert.equal(/^error: /m.test(stderr), code !== 0);
  }
});

Deno.test({
  name: "a foreign validator accepts the envelopes (needs COBRE_PYTHON with jsonschema)",
  ignore: Deno.env.get("COBRE_PYTHON") === undefined,
  fn: async () => {
    const schemas = Object.fromEntries(
      protocolSchemas().map(({ file, schema }) => [file.replace(".schema.json", ""), schema]),
    );
    const examples: { schema: string; value: unknown }[] = [];
    for (const sample of SAMPLES) {
      const { stdout } = await runSample(sample, ["--output-format", "json"]);
      const value = JSON.parse(stdout);
      examples.push({ schema: "envelope", value }, { schema: `data_${value.command}`, value });
      for (const record of value.errors) examples.push({ schema: "error_record", value: record });
    }
    const child = new Deno.Command(Deno.env.get("COBRE_PYTHON")!, {
      args: [new URL("../protocol/check_examples.py", import.meta.url).pathname],
      stdin: "piped",
      stdout: "piped",
      stderr: "inherit",
    }).spawn();
    const writer = child.stdin.getWriter();
    await writer.write(new TextEncoder().encode(JSON.stringify({ schemas, examples })));
    await writer.close();
    const verdicts = JSON.parse(new TextDecoder().decode((await child.output()).stdout));
    assert.equal(verdicts.length, examples.length);
    verdicts.forEach((good: boolean, at: number) => assert.ok(good, examples[at]!.schema));
  },
});

Deno.test("the commands of the program are known to the protocol", async () => {
  const { stdout } = await cobre(["help"]);
  const section = stdout.slice(stdout.indexOf("Commands:"), stdout.indexOf("Flags of every"));
  const names = [...section.matchAll(/^ {2}(\w+) {2}/gm)].map((match) => match[1]!);
  assert.ok(names.length >= 7);
  for (const name of names) assert.ok((COMMANDS as readonly string[]).includes(name), name);
});
