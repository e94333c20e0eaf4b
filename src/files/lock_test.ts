import assert from "node:assert/strict";
import { hostname } from "node:os";
import { CobreError } from "../protocol/mod.ts";
import { acquireFolderLock, LOCK_FILE } from "./lock.ts";
import { withFolder } from "./test_folder.ts";

const namesIn = (folder: string) => [...Deno.readDirSync(folder)].map(({ name }) => name);

function refusalOf(folder: string): CobreError {
  try {
    acquireFolderLock(folder).release();
  } catch (thrown) {
    assert(thrown instanceof CobreError, String(thrown));
    assert.equal(thrown.kind, "OutputWriteFailed");
    return thrown;
  }
  assert.fail("locked");
}

function leaveLock(folder: string, holder: unknown) {
  Deno.writeTextFileSync(`${folder}/${LOCK_FILE}`, JSON.stringify(holder));
}

async function deadPid(): Promise<number> {
  const child = new Deno.Command(Deno.execPath(), { args: ["--version"], stdout: "null" }).spawn();
  await child.status;
  return child.pid;
}

Deno.test("a locked folder is refused with its holder, and free again after release", async () => {
  await withFolder((folder) => {
    {
      using lock = acquireFolderLock(folder);
      assert.equal(lock.path, `${folder}/${LOCK_FILE}`);
      const error = refusalOf(folder);
      assert(error.message.includes(`process ${Deno.pid} on host ${hostname()}`));
      assert.equal(error.context["pid"], Deno.pid);
      assert.equal(error.context["operation"], "lock");
      assert.deepEqual(namesIn(folder), [LOCK_FILE]);
    }
    assert.deepEqual(namesIn(folder), []);
    const again = acquireFolderLock(folder);
    again.release();
    again.release();
    assert.deepEqual(namesIn(folder), []);
  });
});

Deno.test("the lock of a dead process is taken over", async () => {
  const pid = await deadPid();
  await withFolder((folder) => {
    leaveLock(folder, { host: hostname(), pid, started: null });
    using _lock = acquireFolderLock(folder);
    const text = Deno.readTextFileSync(`${folder}/${LOCK_FILE}`);
    assert.equal(JSON.parse(text).pid, Deno.pid);
    assert.deepEqual(namesIn(folder), [LOCK_FILE]);
  });
});

Deno.test("a process that only has the pid of the holder does not keep the lock", {
  ignore: Deno.build.os !== "linux",
}, async () => {
  await withFolder((folder) => {
    leaveLock(folder, { host: hostname(), pid: Deno.pid, started: "another-boot:1" });
    acquireFolderLock(folder).release();
    leaveLock(folder, { host: hostname(), pid: Deno.pid, started: null });
    refusalOf(folder);
  });
});

Deno.test("the lock of another host is refused with the way to remove it", async () => {
  const pid = await deadPid();
  await withFolder((folder) => {
    leaveLock(folder, { host: "another-host", pid, started: null });
    const error = refusalOf(folder);
    assert.match(error.message, new RegExp(`process ${pid} on host another-host`));
    assert(error.suggestion?.includes(`remove ${folder}/${LOCK_FILE}`));
  });
});

Deno.test("a lock that says nothing is respected", async () => {
  await withFolder((folder) => {
    for (const text of ["", "{", "[]", '{"host": 1}', '{"host": "x", "pid": -1}']) {
      Deno.writeTextFileSync(`${folder}/${LOCK_FILE}`, text);
      assert.match(refusalOf(folder).message, /unknown process/);
    }
  });
});

Deno.test("releasing does not remove a lock that somebody else took meanwhile", async () => {
  await withFolder((folder) => {
    const lock = acquireFolderLock(folder);
    leaveLock(folder, { host: "another-host", pid: 1, started: null });
    lock.release();
    assert.deepEqual(namesIn(folder), [LOCK_FILE]);
  });
});

Deno.test("a folder that does not exist cannot be locked", async () => {
  await withFolder((folder) => {
    assert.match(refusalOf(`${folder}/none`).message, /the folder does not exist/);
  });
});

Deno.test("of many processes that find a stale lock exactly one takes it", async () => {
  const pid = await deadPid();
  await withFolder(async (folder) => {
    leaveLock(folder, { host: hostname(), pid, started: null });
    const program = `
      import { acquireFolderLock } from ${JSON.stringify(import.meta.resolve("./lock.ts"))};
      try {
        acquireFolderLock(${JSON.stringify(folder)});
        console.log("taken");
        await new Promise((resolve) => setTimeout(resolve, 1500));
      } catch { console.log("refused"); }`;
    Deno.writeTextFileSync(`${folder}/main.ts`, program);
    const config = new URL("../../deno.json", import.meta.url).pathname;
    const runs = Array.from({ length: 4 }, () =>
      new Deno.Command(Deno.execPath(), {
        args: ["run", "-A", "--no-check", "--config", config, `${folder}/main.ts`],
      }).output());
    const said = (await Promise.all(runs)).map(({ stdout }) =>
      new TextDecoder().decode(stdout).trim()
    );
    assert.deepEqual(said.sort(), ["refused", "refused", "refused", "taken"]);
  });
});
