import assert from "node:assert/strict";
import { KNOWN_FILES, REQUIRED_FILES } from "../../src/case/mod.ts";
import { withCase } from "../support/case_files.ts";
import { smallCase } from "../support/small_case.ts";
import { soundOutcome } from "./outcome.ts";

const encoder = new TextEncoder();

/** What stands at a path where a file belongs. */
const OBSTACLES: Readonly<Record<string, (path: string) => Promise<void>>> = {
  "a folder": (path) => Deno.mkdir(path),
  "a broken link": (path) => Deno.symlink("nowhere", path),
  "a link to itself": (path) => Deno.symlink(path, path),
  "a link to a folder": (path) => Deno.symlink(".", path),
  "a pipe": async (path) => {
    await new Deno.Command("mkfifo", { args: [path] }).output();
  },
};

/** Obstacles that are as good as no file. */
const ABSENT = new Set(["a broken link"]);

async function filesOnDisk(directory: string): Promise<string[]> {
  const found: string[] = [];
  for (const file of KNOWN_FILES) {
    try {
      if ((await Deno.stat(`${directory}/${file}`)).isFile) found.push(file);
    } catch {
      continue;
    }
  }
  return found;
}

for (const [what, put] of Object.entries(OBSTACLES)) {
  Deno.test(`${what} in the place of a file is told by the name of the file`, async () => {
    await withCase(smallCase(), async (directory) => {
      for (const file of await filesOnDisk(directory)) {
        const path = `${directory}/${file}`;
        await Deno.rename(path, `${path}.aside`);
        await put(path);
        const { errors } = await soundOutcome(directory);
        const told = errors.some(({ kind, context }) =>
          kind === "MissingFile" && context["file"] === file
        );
        const required = (REQUIRED_FILES as readonly string[]).includes(file);
        assert.equal(told, required || !ABSENT.has(what), file);
        await Deno.remove(path);
        await Deno.rename(`${path}.aside`, path);
      }
      assert.ok((await soundOutcome(directory)).valid);
    });
  });
}

Deno.test({
  name: "a file that nobody may read is told by its name",
  // The superuser reads what nobody may read.
  ignore: Deno.uid() === 0,
  fn: async () => {
    await withCase(smallCase(), async (directory) => {
      for (const file of ["config.json", "scenarios/load_seasonal_stats.parquet"]) {
        await Deno.chmod(`${directory}/${file}`, 0);
        const { errors } = await soundOutcome(directory);
        assert.match(errors[0]!.message, /permission is denied/);
        await Deno.chmod(`${directory}/${file}`, 0o644);
      }
    });
  },
});

Deno.test("files in the place of folders lack what the folders held", async () => {
  await withCase(smallCase(), async (directory) => {
    for (const folder of ["scenarios", "constraints", "system"]) {
      await Deno.remove(`${directory}/${folder}`, { recursive: true });
      await Deno.writeFile(`${directory}/${folder}`, encoder.encode("not a folder"));
      const { errors } = await soundOutcome(directory);
      const missing = errors.filter(({ kind }) => kind === "MissingFile");
      const required = REQUIRED_FILES.filter((file) => file.startsWith(`${folder}/`));
      assert.deepEqual(missing.map(({ context }) => context["file"]), required);
    }
  });
});

Deno.test("links to good files and folders are followed", async () => {
  await withCase(smallCase(), async (directory) => {
    await Deno.rename(`${directory}/system`, `${directory}/elsewhere`);
    await Deno.symlink("elsewhere", `${directory}/system`);
    await Deno.rename(`${directory}/config.json`, `${directory}/settings`);
    await Deno.symlink("settings", `${directory}/config.json`);
    assert.ok((await soundOutcome(directory)).valid);
  });
});

Deno.test("a case that is no folder, or holds nothing, is told as such", async () => {
  const root = await Deno.makeTempDir({ prefix: "cobre_bad_input_" });
  try {
    await Deno.writeTextFile(`${root}/file`, "text");
    await Deno.symlink(`${root}/circle`, `${root}/circle`);
    await Deno.mkdir(`${root}/empty`);
    for (const name of ["missing", "file", "circle", "file/below", "n".repeat(300)]) {
      const { errors, filesChecked } = await soundOutcome(`${root}/${name}`);
      assert.deepEqual(errors.map(({ kind }) => kind), ["MissingFile"], name);
      assert.equal(filesChecked, 0);
    }
    const { errors } = await soundOutcome(`${root}/empty`);
    assert.deepEqual(errors.map(({ context }) => context["file"]), [...REQUIRED_FILES]);
  } finally {
    await Deno.remove(root, { recursive: true });
  }
});
