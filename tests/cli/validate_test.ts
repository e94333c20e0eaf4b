import assert from "node:assert/strict";
import { ValidationReportSchema } from "../../src/protocol/schemas.ts";
import { type CaseFiles, ParquetFile, withCase } from "../support/case_files.ts";
import { smallCase } from "../support/small_case.ts";
import { cobre, inNewFolder, template } from "./cobre.ts";

async function validate(
  files: CaseFiles,
  flags: readonly string[] = [],
): Promise<Awaited<ReturnType<typeof cobre>> & { directory: string; report: string }> {
  return await withCase(files, async (directory) => {
    const ending = await cobre(["validate", directory, ...flags]);
    const report = await Deno.readTextFile(`${directory}/validation_report.json`);
    return { ...ending, directory, report };
  });
}

Deno.test("a good case is described, and its report says that it is valid", async () => {
  const { code, stdout, stderr, report } = await validate(smallCase());
  assert.deepEqual([code, stderr], [0, ""]);
  assert.match(stdout, /^Valid case: 2 buses, 3 hydros, 2 thermals, 1 line, 1 non-controllable/);
  assert.match(stdout, /^ {2}12 stages from 2030-01-01 to 2031-01-01, 2 blocks and 4 openings/m);
  assert.match(stdout, /^ {2}layout v0\.5, \d+ files checked$/m);
  const parsed = ValidationReportSchema.parse(JSON.parse(report));
  assert.equal(parsed.valid, true);
  assert.equal(parsed.summary.entities_validated, 12);
});

Deno.test("the templates are valid without a warning", async () => {
  for (const name of ["1dtoy", "deterministic", "regional"]) {
    const { code, stdout } = await cobre(["run", template(name), "--validate-only"]);
    assert.equal(code, 0, name);
    assert.doesNotMatch(stdout, /Validation:/, name);
  }
});

Deno.test("all problems come at once, with file, line, column, entity and a hint", async () => {
  const files = smallCase();
  files["system/thermals.json"].thermals[0].bus_id = 77;
  files["system/hydros.json"].hydros[2].bus_id = 78;
  const { code, stdout, stderr, directory, report } = await validate(files);
  assert.equal(code, 3);
  assert.equal(stdout, `Validation: 2 errors, 0 warnings in ${directory}\n`);
  assert.match(stderr, /^error: system\/thermals\.json:\d+:\d+ \(0\): .*77/m);
  assert.match(stderr, /^error: system\/hydros\.json:\d+:\d+ \(2\): .*78/m);
  assert.match(stderr, /^ {2}-> /m);
  const parsed = ValidationReportSchema.parse(JSON.parse(report));
  assert.equal(parsed.valid, false);
  assert.deepEqual(parsed.errors.map(({ entity }) => entity).sort(), [0, 2]);
});

Deno.test("config.json gives exit code 2, another file 3, both together 2", async () => {
  const config = smallCase();
  config["config.json"].training.forward_passes = 0;
  assert.equal((await validate(config)).code, 2);
  const both = smallCase();
  both["config.json"].training.forward_passes = 0;
  both["system/buses.json"] = "{";
  assert.equal((await validate(both)).code, 2);
  const data = smallCase();
  data["system/buses.json"] = "{";
  assert.equal((await validate(data)).code, 3);
  delete data["stages.json"];
  const { code, stderr } = await validate(data);
  assert.equal(code, 3);
  assert.match(stderr, /^error: stages\.json: /m);
});

Deno.test("many warnings of one rule are held together for people and complete for programs", async () => {
  const files = smallCase();
  const stats = files["scenarios/inflow_seasonal_stats.parquet"] as ParquetFile;
  files["scenarios/inflow_seasonal_stats.parquet"] = stats.map((row) => [
    { ...row, std_m3s: row["hydro_id"] === 0 ? 0 : row["std_m3s"]! },
  ]);
  for (const hydro of files["system/hydros.json"].hydros) hydro.colour = "blue";
  for (const stage of files["stages.json"].stages) stage.colour = "red";
  const { stdout, stderr } = await validate(files);
  const counted = /(\d+) warnings in /.exec(stdout);
  const lines = stderr.match(/^warning: /gm) ?? [];
  assert.ok(counted !== null && Number(counted[1]) > lines.length, stdout + stderr);
  assert.match(stderr, /^warning: and \d+ more like this \(rule [\w.]+\)$/m);
  const json = JSON.parse((await validate(files, ["--output-format", "json"])).stdout);
  assert.equal(json.warnings.length, Number(counted[1]));
});

Deno.test("what is no case: nothing there, a file, an empty folder", async () => {
  await inNewFolder(async (folder) => {
    Deno.writeTextFileSync(`${folder}/file`, "");
    Deno.mkdirSync(`${folder}/empty`);
    // In an empty folder config.json is the first that is missed.
    for (const [name, expected] of [["nothing", 3], ["file", 3], ["empty", 2]] as const) {
      const { code, stdout, stderr } = await cobre(["validate", name], { cwd: folder });
      assert.equal(code, expected, name);
      assert.match(stdout, /^Validation: [1-9]\d* errors?, 0 warnings in \//);
      assert.match(stderr, /^error: /);
    }
    assert.deepEqual([...Deno.readDirSync(`${folder}/empty`)], [], "no report in a foreign folder");
  });
});

Deno.test({
  name: "a case in a place that cannot be written to is validated all the same",
  // A user who may write everywhere cannot see the difference.
  ignore: Deno.build.os === "windows" || Deno.uid() === 0,
  fn: () =>
    withCase(smallCase(), async (directory) => {
      Deno.chmodSync(directory, 0o555);
      try {
        const { code, stderr } = await cobre(["validate", directory]);
        assert.deepEqual([code, stderr], [0, ""]);
      } finally {
        Deno.chmodSync(directory, 0o755);
      }
    }),
});
