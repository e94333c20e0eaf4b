import assert from "node:assert/strict";
import { cobre, inNewFolder } from "./cobre.ts";

Deno.test("every listed template makes a case that is valid", async () => {
  const { stdout } = await cobre(["init", "--list"]);
  const names = stdout.trim().split("\n").map((line) => line.split(" ")[0]!);
  assert.deepEqual(names, ["1dtoy", "deterministic", "regional"]);
  await inNewFolder(async (cwd) => {
    for (const name of names) {
      const made = await cobre(["init", name, "--template", name], { cwd });
      assert.deepEqual([made.code, made.stdout], [0, ""]);
      assert.match(
        made.stderr,
        new RegExp(`^Created ${name} from template ${name}: \\d+ files\\n`),
      );
      assert.match(made.stderr, new RegExp(`-> cobre validate ${name}$`, "m"));
      assert.ok(Deno.statSync(`${cwd}/${name}/README.md`).isFile);
      const validated = await cobre(["validate", name], { cwd });
      assert.deepEqual([validated.code, validated.stderr], [0, ""]);
    }
  });
});

Deno.test("files that are there are named and kept, or overwritten when that is asked for", async () => {
  await inNewFolder(async (cwd) => {
    Deno.mkdirSync(`${cwd}/old/system`, { recursive: true });
    Deno.writeTextFileSync(`${cwd}/old/notes.txt`, "mine");
    Deno.writeTextFileSync(`${cwd}/old/config.json`, "mine");
    Deno.writeTextFileSync(`${cwd}/old/system/buses.json`, "mine");
    const refused = await cobre(["init", "old", "--template", "1dtoy"], { cwd });
    assert.equal(refused.code, 4);
    assert.match(refused.stderr, /config\.json, system\/buses\.json exist already/);
    assert.match(refused.stderr, /-> .*--force/);
    assert.equal(Deno.readTextFileSync(`${cwd}/old/config.json`), "mine");
    assert.deepEqual([...Deno.readDirSync(`${cwd}/old`)].length, 3, "nothing was written");

    const forced = await cobre(
      ["init", "old", "--template", "1dtoy", "--force", "--output-format", "json"],
      { cwd },
    );
    const { data, summary } = JSON.parse(forced.stdout);
    assert.deepEqual(data.files_overwritten, ["config.json", "system/buses.json"]);
    assert.equal(summary.file_count, data.files_created.length + 2);
    assert.equal(data.directory, `${cwd}/old`);
    assert.equal(Deno.readTextFileSync(`${cwd}/old/notes.txt`), "mine");
    assert.equal((await cobre(["validate", "old"], { cwd })).code, 0);
  });
});

Deno.test("a folder with other things in it is no obstacle, a file in the way is one", async () => {
  await inNewFolder(async (cwd) => {
    Deno.writeTextFileSync(`${cwd}/notes.txt`, "");
    assert.equal((await cobre(["init", ".", "--template", "deterministic"], { cwd })).code, 0);
    const { code, stderr } = await cobre(["init", "notes.txt", "--template", "1dtoy"], { cwd });
    assert.equal(code, 4);
    assert.match(stderr, /^error: Cannot create /);
  });
});

Deno.test("the next step can be typed even when the path has spaces and quotes", async () => {
  await inNewFolder(async (cwd) => {
    const { stderr } = await cobre(["init", "it's here", "--template", "1dtoy"], { cwd });
    assert.match(stderr, /cobre validate 'it'\\''s here'$/m);
  });
});
