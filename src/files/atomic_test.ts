import assert from "node:assert/strict";
import { CobreError } from "../protocol/mod.ts";
import {
  recoverSwappedFolder,
  replaceFolderAtomic,
  writeFailed,
  writeFileAtomic,
} from "./atomic.ts";
import { withFolder } from "./test_folder.ts";

const namesIn = (folder: string) => [...Deno.readDirSync(folder)].map(({ name }) => name).sort();

function folderWith(path: string, text: string) {
  Deno.mkdirSync(`${path}/cuts`, { recursive: true });
  Deno.writeTextFileSync(`${path}/cuts/000.bin`, text);
}

const contentOf = (path: string) => Deno.readTextFileSync(`${path}/cuts/000.bin`);

Deno.test("a file is written whole and replaced whole, and nothing else stays", async () => {
  await withFolder(async (folder) => {
    await writeFileAtomic(`${folder}/a.json`, "ação\n");
    assert.equal(Deno.readTextFileSync(`${folder}/a.json`), "ação\n");
    await writeFileAtomic(`${folder}/a.json`, new Uint8Array([1, 2]));
    assert.deepEqual(Deno.readFileSync(`${folder}/a.json`), new Uint8Array([1, 2]));
    assert.deepEqual(namesIn(folder), ["a.json"]);
  });
});

Deno.test("concurrent writers of one file leave one of their contents", async () => {
  await withFolder(async (folder) => {
    const texts = Array.from({ length: 20 }, (_, i) => `${i}`.repeat(10_000));
    await Promise.all(texts.map((text) => writeFileAtomic(`${folder}/a`, text)));
    assert(texts.includes(Deno.readTextFileSync(`${folder}/a`)));
    assert.deepEqual(namesIn(folder), ["a"]);
  });
});

Deno.test("a write that fails says where and why and leaves no temporary file", async () => {
  await withFolder(async (folder) => {
    Deno.mkdirSync(`${folder}/taken`);
    Deno.writeTextFileSync(`${folder}/taken/x`, "");
    Deno.writeTextFileSync(`${folder}/file`, "");
    const cases: [string, string, RegExp][] = [
      [`${folder}/none/a`, "create", /the folder does not exist/],
      [`${folder}/file/a`, "create", /a part of its path is not a folder/],
      [`${folder}/taken`, "rename", /folder/],
    ];
    for (const [path, operation, detail] of cases) {
      const error = await writeFileAtomic(path, "text").catch((e) => e);
      assert(error instanceof CobreError);
      assert.equal(error.kind, "OutputWriteFailed");
      assert.equal(error.context["path"], path);
      assert.equal(error.context["operation"], operation);
      assert.match(String(error.context["detail"]), detail);
    }
    assert.deepEqual(namesIn(folder), ["file", "taken"]);
  });
});

Deno.test("a full disk is told in words", {
  // A device that is always full stands in for the disk; only Linux has it.
  ignore: Deno.build.os !== "linux",
}, () => {
  try {
    Deno.writeTextFileSync("/dev/full", "text");
    assert.fail("/dev/full took the text");
  } catch (thrown) {
    const error = writeFailed("out/a.json", "write", thrown);
    assert.equal(error.message, "Cannot write out/a.json: the disk is full");
  }
});

Deno.test("a folder is put in place, new or over an older one", async () => {
  await withFolder(async (folder) => {
    const target = `${folder}/policy`;
    for (const text of ["first", "second"]) {
      folderWith(`${folder}/fresh`, text);
      await replaceFolderAtomic(`${folder}/fresh`, target);
      assert.equal(contentOf(target), text);
      assert.deepEqual(namesIn(folder), ["policy"]);
    }
  });
});

Deno.test("a failed swap leaves the old folder in place", async () => {
  await withFolder(async (folder) => {
    folderWith(`${folder}/policy`, "old");
    const error = await replaceFolderAtomic(`${folder}/none`, `${folder}/policy`).catch((e) => e);
    assert(error instanceof CobreError);
    assert.equal(error.kind, "OutputWriteFailed");
    assert.equal(contentOf(`${folder}/policy`), "old");
  });
});

Deno.test("a swap that was cut off is mended from whichever names are left", async () => {
  await withFolder(async (folder) => {
    const target = `${folder}/policy`;
    assert.equal(await recoverSwappedFolder(target), "nothing");

    folderWith(`${target}.old`, "old");
    assert.equal(await recoverSwappedFolder(target), "restored");
    assert.equal(contentOf(target), "old");

    folderWith(`${target}.old`, "older");
    assert.equal(await recoverSwappedFolder(target), "cleaned");
    assert.equal(contentOf(target), "old");
    assert.deepEqual(namesIn(folder), ["policy"]);

    await Deno.rename(target, `${target}.old`);
    folderWith(`${folder}/fresh`, "new");
    await replaceFolderAtomic(`${folder}/fresh`, target);
    assert.equal(contentOf(target), "new");
    assert.deepEqual(namesIn(folder), ["policy"]);
  });
});
