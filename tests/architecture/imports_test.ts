/** The rooms of the program as they are, held against the table of what each may import. */
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { checkImportCycles } from "../../scripts/check/import_cycles.ts";
import { importsOf } from "../../scripts/check/imports.ts";
import { formatProblem, type SourceFile } from "../../scripts/check/problem.ts";
import { checkRoomImports } from "../../scripts/check/room_imports.ts";
import { readTree } from "../../scripts/check/tree.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

async function readSources(): Promise<SourceFile[]> {
  const files = (await readTree(ROOT)).filter((file) => /\.tsx?$/.test(file.path));
  assert.ok(
    files.some((file) => file.path === "src/protocol/mod.ts"),
    "the sources were not found",
  );
  return files;
}

Deno.test("imports between rooms only go down, and only through their doors", async () => {
  assert.deepEqual(checkRoomImports(await readSources()).map(formatProblem), []);
});

Deno.test("no file imports itself by a detour", async () => {
  assert.deepEqual(checkImportCycles(await readSources()).map(formatProblem), []);
});

Deno.test("an import that climbs is noticed among the real files", async () => {
  const climbing = { path: "src/protocol/climbing.ts", text: 'import "../numeric/mod.ts";' };
  const problems = checkRoomImports([...await readSources(), climbing]);
  assert.ok(problems.some((problem) => problem.file === climbing.path));
});

Deno.test("every import that the type checker follows is seen by the reader of imports", async () => {
  const sources = new Map((await readSources()).map((file) => [file.path, file]));
  const path = "scripts/check.ts";
  const { stdout, success } = await new Deno.Command(Deno.execPath(), {
    args: ["info", "--json", path],
    cwd: ROOT,
    stdin: "null",
    stderr: "null",
  }).output();
  assert.ok(success);
  const graph = JSON.parse(new TextDecoder().decode(stdout)) as ModuleGraph;
  const local = graph.modules.filter((module) => module.local?.startsWith(ROOT));
  assert.ok(local.length > 10);
  for (const module of local) {
    const file = sources.get(module.local!.slice(ROOT.length))!;
    const expected = (module.dependencies ?? []).map((dependency) => dependency.specifier);
    const seen = new Set(importsOf(file).map((found) => found.specifier));
    assert.deepEqual([...seen].sort(), expected.sort(), file.path);
  }
});

interface ModuleGraph {
  readonly modules: readonly {
    readonly local?: string;
    readonly dependencies?: readonly { readonly specifier: string }[];
  }[];
}
