/** Signals, sent to the program as a launcher sends them. */
import assert from "node:assert/strict";
import { TextLineStream } from "./text_lines.ts";
import { type Json, withCase } from "../support/case_files.ts";
import { baseEnv, RUN_ARGS } from "../cli/cobre.ts";
import { smallStudy } from "./study.ts";

const SKIP = Deno.build.os === "windows";
const ENDLESS = 10_000_000;

interface Ended {
  readonly status: Deno.CommandStatus;
  readonly lines: readonly Json[];
}

/** Starts a run and hands over its lines as they come. */
async function signalled(
  directory: string,
  onLine: (line: string, child: Deno.ChildProcess) => void | Promise<void>,
): Promise<Ended> {
  const child = new Deno.Command(Deno.execPath(), {
    args: [...RUN_ARGS, "run", directory, "--output-format", "json-lines"],
    clearEnv: true,
    env: baseEnv(),
    stdin: "null",
    stdout: "piped",
    stderr: "null",
  }).spawn();
  const lines: string[] = [];
  const text = child.stdout.pipeThrough(new TextDecoderStream());
  for await (const line of text.pipeThrough(new TextLineStream())) {
    lines.push(line);
    await onLine(line, child);
  }
  return { status: await child.status, lines: lines.map((line) => JSON.parse(line)) };
}

function passing(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

for (const [signal, code] of [["SIGTERM", 143], ["SIGINT", 130]] as const) {
  Deno.test({
    name: `${signal} stops a run after its iteration with exit code ${code}`,
    ignore: SKIP,
    fn: async () => {
      await withCase(smallStudy(ENDLESS, 1), async (directory) => {
        let sent = false;
        const { status, lines } = await signalled(directory, (line, child) => {
          if (sent || !line.includes('"iteration":2,')) return;
          sent = true;
          child.kill(signal);
        });
        assert.equal(status.code, code);
        const types = lines.map(({ type }) => type);
        assert.equal(types[0], "started");
        assert.deepEqual(types.slice(-2), ["terminated", "result"]);
        assert.ok(types.slice(1, -2).every((type) => type === "progress"));
        const [terminated, result] = lines.slice(-2);
        assert.equal(terminated.reason, "shutdown");
        assert.equal(terminated.iterations, types.length - 3);
        assert.equal(result.exit_code, code);
        assert.equal(result.errors[0].kind, "Interrupted");
        assert.equal(result.errors[0].context.signal, signal);
        assert.equal(result.data.training.iterations, terminated.iterations);
        assert.equal(result.summary.status, "partial");
        const names = [...Deno.readDirSync(`${directory}/output`)].map(({ name }) => name);
        assert.deepEqual(names, ["training"]);
      });
    },
  });
}

Deno.test({
  name: "a second SIGINT ends a run at once",
  ignore: SKIP,
  fn: async () => {
    // The first iteration takes a minute or so.
    await withCase(smallStudy(1, 50_000), async (directory) => {
      let asked = 0;
      const { status, lines } = await signalled(directory, async (line, child) => {
        if (!line.includes('"started"')) return;
        await passing(2000);
        child.kill("SIGINT");
        await passing(500);
        asked = performance.now();
        child.kill("SIGINT");
      });
      assert.ok(performance.now() - asked < 5000);
      assert.equal(status.code, 130);
      assert.deepEqual(lines.map(({ type }) => type), ["started"]);
    });
  },
});

Deno.test({
  name: "a run goes on when its reader has gone away",
  ignore: SKIP,
  fn: async () => {
    await withCase(smallStudy(20, 1), async (directory) => {
      const child = new Deno.Command(Deno.execPath(), {
        args: [...RUN_ARGS, "run", directory],
        clearEnv: true,
        env: baseEnv(),
        stdin: "null",
        stdout: "piped",
        stderr: "null",
      }).spawn();
      const reader = child.stdout.getReader();
      await reader.read();
      await reader.cancel();
      assert.equal((await child.status).code, 0);
      const text = await Deno.readTextFile(`${directory}/output/training/metadata.json`);
      assert.equal(JSON.parse(text).iterations.completed, 20);
    });
  },
});
