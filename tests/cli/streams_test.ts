import assert from "node:assert/strict";
import { withCase } from "../support/case_files.ts";
import { smallCase } from "../support/small_case.ts";
import { baseEnv, cobre, inNewFolder, RUN_ARGS, template } from "./cobre.ts";
import { cobreInProcess } from "./in_process.ts";

const ESCAPE = "\x1b[";

Deno.test("colours: the flag, then COBRE_COLOR, FORCE_COLOR, NO_COLOR, then the terminal", async () => {
  const cases: readonly [readonly string[], Record<string, string>, boolean, boolean][] = [
    [[], {}, false, false],
    [[], {}, true, true],
    [[], { NO_COLOR: "1" }, true, false],
    [[], { TERM: "dumb" }, true, false],
    [[], { FORCE_COLOR: "1", NO_COLOR: "1" }, false, true],
    [[], { FORCE_COLOR: "0" }, true, false],
    [[], { COBRE_COLOR: "never", FORCE_COLOR: "1" }, true, false],
    [[], { COBRE_COLOR: "always", NO_COLOR: "1" }, false, true],
    [["--color", "always"], { COBRE_COLOR: "never" }, false, true],
    [["--color", "never"], { COBRE_COLOR: "always" }, true, false],
    [["--color", "auto"], { COBRE_COLOR: "always" }, false, true],
  ];
  for (const [flags, env, isTerminal, coloured] of cases) {
    const name = JSON.stringify([flags, env, isTerminal]);
    const help = await cobreInProcess(["help", ...flags], env, isTerminal);
    assert.equal(help.stdout.includes(ESCAPE), coloured, name);
    const fault = await cobreInProcess(["nonsense", ...flags], env, isTerminal);
    assert.equal(fault.stderr.includes(ESCAPE), coloured, name);
  }
  const json = await cobreInProcess(["version", "--output-format=json", "--color=always"]);
  assert.ok(!json.stdout.includes(ESCAPE));
});

Deno.test("help is broken to the width of the terminal, or of COLUMNS in a pipe", async () => {
  const widest = (text: string): number => Math.max(...text.split("\n").map((line) => line.length));
  assert.ok(widest((await cobreInProcess(["help", "init"], { COLUMNS: "60" })).stdout) <= 72);
  assert.ok(widest((await cobreInProcess(["help", "init"], { COLUMNS: "x" })).stdout) > 80);
  assert.ok(widest((await cobreInProcess(["help", "init"], {}, true)).stdout) <= 80);
});

Deno.test({
  name: "a reader that goes away does not disturb the command",
  ignore: Deno.build.os === "windows",
  fn: async () => {
    // The reader is gone before the program writes; the exit code is that of the program.
    const words = [Deno.execPath(), ...RUN_ARGS, "completion", "bash"].map((word) => `'${word}'`);
    const { stdout, stderr } = await new Deno.Command("bash", {
      args: ["-c", `(sleep 0.3; ${words.join(" ")}; echo "code $?" >&2) | true`],
      clearEnv: true,
      env: baseEnv(),
    }).output();
    assert.equal(new TextDecoder().decode(stdout), "");
    assert.equal(new TextDecoder().decode(stderr), "code 0\n");
  },
});

Deno.test({
  name: "nothing is lost or doubled in a full pipe that does not block (needs COBRE_PYTHON)",
  ignore: Deno.env.get("COBRE_PYTHON") === undefined || Deno.build.os === "windows",
  fn: async () => {
    const files = smallCase();
    for (const stage of files["stages.json"].stages) {
      for (const key of "abcdefgh") stage[key] = 0;
    }
    await withCase(files, async (directory) => {
      for (const format of ["json", "json-lines"]) {
        const args = ["run", directory, "--validate-only", "--output-format", format];
        const { stdout: expected } = await cobre(args);
        assert.ok(expected.length > 20_000);
        const { stdout } = await new Deno.Command(Deno.env.get("COBRE_PYTHON")!, {
          args: [
            new URL("full_pipe.py", import.meta.url).pathname,
            Deno.execPath(),
            ...RUN_ARGS,
            ...args,
          ],
          clearEnv: true,
          env: baseEnv(),
        }).output();
        const timeless = (text: string) => text.replace(/"total_time_ms": ?\d+/, "");
        assert.equal(timeless(new TextDecoder().decode(stdout)), timeless(expected));
      }
    });
  },
});

Deno.test("the log tells what is done, on stderr, for people or for programs", async () => {
  await withCase(smallCase(), async (directory) => {
    const args = ["validate", directory];
    assert.equal((await cobre(args)).stderr, "");
    const text = await cobre(args, { env: { COBRE_LOG: "debug" } });
    assert.match(text.stderr, /^\S+Z DEBUG found file file=stages\.json$/m);
    assert.match(text.stderr, /^\S+Z INFO {2}read case dialect=v0\.5 files=\d+ problems=0 /m);
    const info = await cobre([...args, "--output-format", "json"], { env: { COBRE_LOG: "INFO" } });
    const records = info.stderr.trim().split("\n").map((line) => JSON.parse(line));
    assert.deepEqual(
      records.map(({ message }) => message),
      ["read case", "checked rules", "wrote the report"],
    );
    for (const { level, time } of records) {
      assert.equal(level, "info");
      assert.equal(new Date(time).toISOString(), time);
    }
    JSON.parse(info.stdout);
  });
});

Deno.test("--log-file takes the log away from stderr, and is appended to", async () => {
  await inNewFolder(async (cwd) => {
    const args = ["run", template("1dtoy"), "--validate-only", "--log-file", "log.txt"];
    for (const round of [1, 2]) {
      const { code, stderr } = await cobre(args, { cwd, env: { COBRE_LOG: "info" } });
      assert.deepEqual([code, stderr], [0, ""]);
      const lines = Deno.readTextFileSync(`${cwd}/log.txt`).trim().split("\n");
      assert.equal(lines.length, 2 * round);
    }
    const bad = await cobre(["version", "--log-file", "no/such/folder"], { cwd });
    assert.equal(bad.code, 4);
    assert.match(bad.stderr, /^error: Cannot open the log file no\/such\/folder/);
  });
});

Deno.test("a fault of the program is an answer like any other, its stack only for those who debug", async () => {
  // Without the right to read, the templates cannot be had: nobody foresees that.
  const start = async (env: Record<string, string>) => {
    const args = RUN_ARGS.filter((word) => word !== "--allow-read");
    const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: [...args, "init", "x", "--template", "1dtoy", "--output-format", "json"],
      clearEnv: true,
      env: { ...baseEnv(), ...env },
    }).output();
    const decoder = new TextDecoder();
    return { code, answer: JSON.parse(decoder.decode(stdout)), stderr: decoder.decode(stderr) };
  };
  const quiet = await start({});
  assert.equal(quiet.code, 4);
  assert.equal(quiet.answer.errors[0].kind, "InternalPanic");
  assert.match(quiet.answer.errors[0].suggestion, /report/);
  assert.equal(quiet.stderr, "");
  const debug = await start({ COBRE_LOG: "debug" });
  assert.match(JSON.parse(debug.stderr).stack, /\n\s+at /);
});
