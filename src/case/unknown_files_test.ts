import assert from "node:assert/strict";
import { Problems } from "./problem.ts";
import { reportUnknownFiles } from "./unknown_files.ts";

/** What is said about a folder with some empty files. */
async function warningsOf(files: readonly string[]): Promise<[string, string | null][]> {
  const folder = await Deno.makeTempDir({ prefix: "cobre_unknown_" });
  try {
    for (const name of ["system", "scenarios", "output"]) await Deno.mkdir(`${folder}/${name}`);
    for (const file of files) await Deno.writeTextFile(`${folder}/${file}`, "");
    const problems = new Problems();
    await reportUnknownFiles(folder, problems);
    for (const { severity, record } of problems.all) {
      assert.deepEqual([severity, record.kind], ["warning", "IgnoredInput"]);
      assert.equal(record.context["rule"], "L2.unknown_file");
    }
    return problems.all.map(({ record }) => [
      record.context["file"] as string,
      record.suggestion,
    ]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("a misspelled, misplaced or unconverted file is told, with the one that may be meant", async () => {
  assert.deepEqual(
    await warningsOf([
      "scenarios/load_factor.json",
      "system/Hydros.json",
      "system/hydros.csv",
      "system/notes.json",
      "hydros.json",
      "stage.json",
    ]),
    [
      ["hydros.json", "Did you mean system/hydros.json?"],
      ["stage.json", "Did you mean stages.json?"],
      ["system/Hydros.json", "Did you mean system/hydros.json?"],
      ["system/hydros.csv", "Did you mean system/hydros.json?"],
      ["system/notes.json", null],
      ["scenarios/load_factor.json", "Did you mean scenarios/load_factors.json?"],
    ],
  );
});

Deno.test("files of the case, results, documents and scripts are left alone", async () => {
  assert.deepEqual(
    await warningsOf([
      "config.json",
      "validation_report.json",
      "README.md",
      "make_inputs.py",
      "system/hydros.json",
      "system/README.md",
      "output/hydros.parquet",
    ]),
    [],
  );
});

Deno.test("a folder that cannot be listed is no reason to stop", async () => {
  const problems = new Problems();
  await reportUnknownFiles("/nonexistent/case", problems);
  assert.deepEqual(problems.all, []);
});
