import assert from "node:assert/strict";
import fc from "fast-check";
import { EnvelopeSchema } from "../../src/protocol/schemas.ts";
import { cobre, inNewFolder } from "./cobre.ts";
import { cobreInProcess } from "./in_process.ts";

async function faultOf(args: readonly string[], env = {}): Promise<{
  message: string;
  suggestion: string | null;
  argument: unknown;
}> {
  const { code, stdout } = await cobreInProcess(["--output-format", "json", ...args], env);
  const envelope = EnvelopeSchema.parse(JSON.parse(stdout));
  assert.equal(code, 1, stdout);
  const [error] = envelope.errors;
  assert.equal(error?.kind, "InvalidArguments");
  const { message, suggestion, context } = error!;
  return { message, suggestion, argument: context["argument"] };
}

Deno.test("a misspelled command, flag, value, template, shell is answered with the nearest one", async () => {
  const cases: readonly [readonly string[], RegExp][] = [
    [["vaildate", "x"], /cobre validate\?/],
    [["init", "x", "--templat", "1dtoy"], /--template\?/],
    [["validate", "x", "--quite"], /--quiet\?/],
    [["version", "--color", "allways"], /--color always\?/],
    [["init", "x", "--template", "regoinal"], /regional\?/],
    [["completion", "zhs"], /zsh\?/],
    [["help", "versoin"], /version\?/],
  ];
  for (const [args, expected] of cases) {
    assert.match((await faultOf(args)).suggestion ?? "", expected, args.join(" "));
  }
  assert.match((await faultOf(["qwertz"])).message, /init, run, validate, fit, schema, version/);
});

Deno.test("faults name the argument and what is wrong with it", async () => {
  const cases: readonly [readonly string[], string | null, RegExp][] = [
    [["validate"], "CASE_DIR", /CASE_DIR is missing/],
    [["validate", ""], "CASE_DIR", /CASE_DIR cannot be ""/],
    [["init", "", "--template", "1dtoy"], "DIRECTORY", /DIRECTORY cannot be ""/],
    [["validate", "a", "b"], null, /one argument too many, "b"/],
    [["init", "x", "--template"], "--template", /needs a value/],
    [["init", "x"], "--template", /a template must be named/],
    [["init", "--template", "1dtoy"], "DIRECTORY", /directory for the case is missing/],
    [["init", "--list", "--force"], "--force", /cannot be used with --force/],
    [["init", "x", "--template", "a", "--template", "b"], "--template", /given twice/],
    [["init", "x", "--force", "--force", "--template", "1dtoy"], "--force", /given twice/],
    [["version", "--no-progress", "--no-progress"], "--no-progress", /given twice/],
    [["version", "--no-progress=yes"], "--no-progress", /takes no value/],
    [["version", "--color"], "--color", /auto, always, never/],
    [["version", "--color="], "--color", /needs a value/],
    [["version", "-x"], "-x", /no flag -x/],
    [["schema"], "schema", /command is missing.*cobre schema export/],
    [["schema", "import"], "schema", /found "import".*cobre schema export/],
    [["--frob", "x"], "--frob", /no flag --frob/],
    [["version", "--constructor"], "--constructor", /no flag --constructor/],
    [["toString"], "toString", /neither a command/],
  ];
  for (const [args, argument, message] of cases) {
    const fault = await faultOf(args);
    assert.match(fault.message, message, args.join(" "));
    assert.equal(fault.argument, argument, args.join(" "));
  }
  assert.match((await faultOf(["version"], { COBRE_LOG: "loud" })).message, /COBRE_LOG/);
});

Deno.test("a wrong --output-format is itself answered for people", async () => {
  const { code, stdout, stderr } = await cobre(["version", "--output-format", "xml"]);
  assert.equal(code, 1);
  assert.equal(stdout, "");
  assert.match(stderr, /^error: .*human, json, json-lines/);
});

Deno.test("global flags are heeded anywhere, and left alone after --", async () => {
  const before = await cobreInProcess(["--output-format", "json", "--color=never", "version"]);
  const after = await cobreInProcess(["version", "--color", "never", "--output-format=json"]);
  assert.deepEqual(JSON.parse(before.stdout), JSON.parse(after.stdout));
  const { message } = await faultOf(["validate", "--"]);
  assert.match(message, /CASE_DIR is missing/);
  const { code, stderr } = await cobreInProcess(["validate", "--", "--quiet"]);
  assert.equal(code, 3);
  assert.match(stderr, /--quiet/);
});

Deno.test("whatever is typed is answered with a valid envelope and its exit code", async () => {
  const word = fc.oneof(
    fc.constantFrom(
      "init",
      "run",
      "schema",
      "help",
      "completion",
      "version",
      "--list",
      "--force",
      "--template",
      "--validate-only",
      "--quiet",
      "--help",
      "-h",
      "--color",
      "always",
      "--",
      "-",
      "--=",
      "=",
      "",
      "--no-force",
      "__proto__",
      "--__proto__",
      "--hasOwnProperty",
      "/no/such/place",
      "é\u0000x",
    ),
    fc.string({ maxLength: 8 }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(word, { maxLength: 5 }), async (words) => {
      const { code, stdout } = await cobreInProcess(["--output-format=json", ...words]);
      if (stdout === "") return;
      const envelope = EnvelopeSchema.parse(JSON.parse(stdout));
      assert.equal(envelope.exit_code, code);
      assert.notEqual(envelope.errors[0]?.kind, "InternalPanic", stdout);
    }),
    { numRuns: 300 },
  );
});

Deno.test("a line that begins with a case is a run of it", async () => {
  await inNewFolder(async (folder) => {
    await cobre(["init", "run", "--template", "1dtoy"], { cwd: folder });
    const legacy = await cobre(["./run", "--validate-only"], { cwd: folder });
    assert.deepEqual([legacy.code, legacy.stderr], [0, ""]);
    assert.match(legacy.stdout, /^Valid case: 1 bus/);
    const flagFirst = await cobre(["--validate-only", "./run", "--quiet"], { cwd: folder });
    assert.deepEqual(flagFirst, { code: 0, stdout: "", stderr: "" });
    const asCommand = await cobre(["run"], { cwd: folder });
    assert.equal(asCommand.code, 1);
    assert.match(asCommand.stderr, /CASE_DIR is missing/);
  });
});

Deno.test("a run that is asked for nothing validates and is done", async () => {
  await inNewFolder(async (folder) => {
    await cobre(["init", "toy", "--template", "1dtoy"], { cwd: folder });
    const path = `${folder}/toy/config.json`;
    const config = JSON.parse(Deno.readTextFileSync(path));
    config.training.enabled = false;
    config.simulation.enabled = false;
    Deno.writeTextFileSync(path, JSON.stringify(config));
    const { code, stdout } = await cobre(["run", "toy"], { cwd: folder });
    assert.equal(code, 0);
    assert.match(stdout, /^Valid case/);
    assert.deepEqual(
      [...Deno.readDirSync(`${folder}/toy`)].filter(({ name }) => name === "output"),
      [],
    );
  });
});

Deno.test("every command explains itself, with and without being named to help", async () => {
  const { stdout } = await cobreInProcess(["--help"]);
  assert.equal((await cobreInProcess([])).stdout, stdout);
  assert.equal((await cobreInProcess(["-h"])).stdout, stdout);
  const commands = [
    "init",
    "run",
    "validate",
    "fit",
    "schema",
    "schema export",
    "version",
    "completion",
  ];
  for (const command of [...commands, "help"]) {
    const words = command.split(" ");
    const flag = await cobreInProcess([...words, "--help"]);
    assert.equal(flag.code, 0);
    assert.match(flag.stdout, new RegExp(`^Usage:\\n {2}cobre ${command}`, "m"), command);
    assert.equal((await cobreInProcess(["help", ...words])).stdout, flag.stdout);
    for (const line of flag.stdout.split("\n")) assert.ok(line.length <= 100, line);
  }
});
