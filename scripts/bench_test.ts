import assert from "node:assert/strict";
import { collectBenchmarks, splitArguments } from "./bench.ts";

Deno.test("modules that export run are benchmarks, their helpers are not", async () => {
  const folder = Deno.makeTempDirSync();
  try {
    const bench = (name: string): string =>
      `export const name = "${name}"; export const description = "d"; export async function run() {}`;
    Deno.writeTextFileSync(`${folder}/solver.ts`, bench("solver"));
    Deno.writeTextFileSync(`${folder}/files.ts`, bench("files"));
    Deno.writeTextFileSync(`${folder}/measure.ts`, "export const median = 1;");
    const found = await collectBenchmarks(new URL(`file://${folder}/`));
    assert.deepEqual(found.map((benchmark) => benchmark.name), ["files", "solver"]);
    Deno.writeTextFileSync(`${folder}/nameless.ts`, "export async function run() {}");
    await assert.rejects(
      collectBenchmarks(new URL(`file://${folder}/`)),
      /nameless\.ts exports run/,
    );
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
});

Deno.test("names come before a double dash and arguments after it", () => {
  assert.deepEqual(splitArguments([]), { names: [], rest: [] });
  assert.deepEqual(splitArguments(["solver"]), { names: ["solver"], rest: [] });
  assert.deepEqual(splitArguments(["--", "solver"]), { names: ["solver"], rest: [] });
  assert.deepEqual(splitArguments(["solver", "--", "--rounds", "3"]), {
    names: ["solver"],
    rest: ["--rounds", "3"],
  });
});
