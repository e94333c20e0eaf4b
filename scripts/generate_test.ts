import assert from "node:assert/strict";
import { collectFiles, staleFiles, writeFiles } from "./generate.ts";
import { type GeneratedFile, jsonText } from "./generated_file.ts";

function file(path: string, text: string): GeneratedFile {
  return { path, content: () => Promise.resolve(text) };
}

async function inFolder(body: (root: string) => Promise<void>): Promise<void> {
  const root = Deno.makeTempDirSync();
  try {
    await body(root);
  } finally {
    Deno.removeSync(root, { recursive: true });
  }
}

Deno.test("files are written once and then found up to date", async () => {
  await inFolder(async (root) => {
    const files = [file("schemas/a.schema.json", jsonText({ a: [1] })), file("docs/b.md", "# B\n")];
    assert.equal((await staleFiles(files, root)).length, 2);
    assert.deepEqual(await writeFiles(files, root), ["schemas/a.schema.json", "docs/b.md"]);
    const json = Deno.readTextFileSync(`${root}/schemas/a.schema.json`);
    assert.equal(json, '{\n  "a": [\n    1\n  ]\n}\n');
    assert.deepEqual(await staleFiles(files, root), []);
    assert.deepEqual(await writeFiles(files, root), []);
  });
});

Deno.test("an edited and a missing file are told apart", async () => {
  await inFolder(async (root) => {
    Deno.writeTextFileSync(`${root}/a.txt`, "old");
    const stale = await staleFiles([file("a.txt", "new"), file("b.txt", "new")], root);
    assert.match(stale[0]!, /^a\.txt: is out of date/);
    assert.match(stale[1]!, /^b\.txt: is missing/);
  });
});

Deno.test("a schema that nothing writes any more is reported", async () => {
  await inFolder(async (root) => {
    Deno.mkdirSync(`${root}/schemas`);
    Deno.writeTextFileSync(`${root}/schemas/old.schema.json`, "{}");
    Deno.writeTextFileSync(`${root}/schemas/policy.fbs`, "");
    assert.deepEqual(await staleFiles([], root), [
      "schemas/old.schema.json: no provider writes this file: delete it",
    ]);
  });
});

Deno.test("Markdown is formatted as the formatter of the repository does", async () => {
  await inFolder(async (root) => {
    await writeFiles([file("a.md", "| a | b |\n|-|-|\n| long cell | c |\n")], root);
    const text = Deno.readTextFileSync(`${root}/a.md`);
    assert.equal(text, "| a         | b |\n| --------- | - |\n| long cell | c |\n");
  });
});

Deno.test("two providers cannot write the same file", async () => {
  await inFolder(async (root) => {
    const provider = 'export const files = [{ path: "a", content: () => Promise.resolve("") }];';
    Deno.writeTextFileSync(`${root}/one.ts`, provider);
    Deno.writeTextFileSync(`${root}/two.ts`, provider);
    await assert.rejects(collectFiles(new URL(`file://${root}/`)), /Two providers write a/);
  });
});
