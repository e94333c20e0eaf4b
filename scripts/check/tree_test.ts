import assert from "node:assert/strict";
import { listIgnored, readTree } from "./tree.ts";

Deno.test("the tree holds new and tracked text files, without ignored, binary and deleted ones", async () => {
  const root = Deno.makeTempDirSync();
  try {
    const git = async (...args: string[]): Promise<void> => {
      const { success } = await new Deno.Command("git", { args, cwd: root, stdin: "null" })
        .output();
      assert.ok(success, `git ${args.join(" ")}`);
    };
    await git("init", "-q");
    Deno.writeTextFileSync(`${root}/.gitignore`, "ignored.txt\n");
    Deno.writeTextFileSync(`${root}/deleted.txt`, "d");
    Deno.writeTextFileSync(`${root}/tracked.txt`, "t");
    await git("add", ".gitignore", "deleted.txt", "tracked.txt");
    Deno.removeSync(`${root}/deleted.txt`);
    Deno.writeTextFileSync(`${root}/ignored.txt`, "i");
    Deno.writeTextFileSync(`${root}/new — file.txt`, "n");
    Deno.writeFileSync(`${root}/binary.parquet`, new Uint8Array([80, 65, 0, 1]));
    assert.deepEqual(await readTree(root), [
      { path: ".gitignore", text: "ignored.txt\n" },
      { path: "new — file.txt", text: "n" },
      { path: "tracked.txt", text: "t" },
    ]);
    assert.deepEqual(await listIgnored(root), ["ignored.txt"]);
  } finally {
    Deno.removeSync(root, { recursive: true });
  }
});

Deno.test("a folder that is no repository is an error", async () => {
  const root = Deno.makeTempDirSync();
  try {
    await assert.rejects(readTree(root), /Listing the files/);
  } finally {
    Deno.removeSync(root, { recursive: true });
  }
});
