import assert from "node:assert/strict";
import { listFiles } from "./listing.ts";
import { withFolder } from "./test_folder.ts";

Deno.test("every expected path is told by what stands there", async () => {
  await withFolder(async (folder) => {
    await Deno.mkdir(`${folder}/system`);
    await Deno.writeTextFile(`${folder}/system/buses.json`, "{}");
    await Deno.mkdir(`${folder}/stages.json`);
    await Deno.symlink(`${folder}/system/buses.json`, `${folder}/link.json`);
    await Deno.symlink(`${folder}/nowhere`, `${folder}/broken.json`);
    await Deno.symlink(`${folder}/loop.json`, `${folder}/loop.json`);
    const paths = [
      "system/buses.json",
      "stages.json",
      "link.json",
      "broken.json",
      "loop.json",
      "config.json",
      "link.json/below.json",
    ];
    const states = await listFiles(folder, paths);
    assert.deepEqual([...states], [
      ["system/buses.json", { is: "file", size: 2 }],
      ["stages.json", { is: "folder" }],
      ["link.json", { is: "file", size: 2 }],
      ["broken.json", { is: "missing" }],
      ["loop.json", { is: "unreadable", reason: "symbolic links lead in a circle" }],
      ["config.json", { is: "missing" }],
      ["link.json/below.json", { is: "missing" }],
    ]);
  });
});

Deno.test("a pipe is neither file nor folder, and looking at it does not block", {
  ignore: Deno.build.os === "windows",
}, async () => {
  await withFolder(async (folder) => {
    await new Deno.Command("mkfifo", { args: [`${folder}/pipe.json`] }).output();
    assert.deepEqual((await listFiles(folder, ["pipe.json"])).get("pipe.json"), { is: "other" });
  });
});

Deno.test("a file without permission is unreadable, with the reason", {
  // The administrator may read everything.
  ignore: Deno.build.os === "windows" || Deno.uid() === 0,
}, async () => {
  await withFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/a.json`, "{}");
    await Deno.chmod(`${folder}/a.json`, 0);
    const state = (await listFiles(folder, ["a.json"])).get("a.json");
    assert.deepEqual(state, { is: "unreadable", reason: "permission is denied" });
  });
});
