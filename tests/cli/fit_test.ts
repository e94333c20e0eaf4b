import assert from "node:assert/strict";
import { COMMAND_DATA } from "../../src/protocol/schemas.ts";
import { type CaseFiles, ParquetFile, withCase } from "../support/case_files.ts";
import { smallCase } from "../support/small_case.ts";
import { estimatingCase } from "../validation/bases.ts";
import { template } from "./cobre.ts";
import { cobreInProcess } from "./in_process.ts";

/** A case whose models and correlation are all fitted to its history. */
function fittedCase(): CaseFiles {
  const files = estimatingCase();
  delete files["scenarios/inflow_seasonal_stats.parquet"];
  delete files["scenarios/correlation.json"];
  return files;
}

const fitSchema = COMMAND_DATA.fit.data;

Deno.test("fitted models are shown with the history beside what they draw", async () => {
  await withCase(fittedCase(), async (directory) => {
    const { code, stdout } = await cobreInProcess(["fit", directory, "--hydro", "1"]);
    assert.equal(code, 0);
    assert.match(stdout, /^Inflow models of 3 hydros\n {2}moments +fitted to the history\n/);
    assert.match(stdout, /^ {2}simulated +2000 years that follow each other, seed 42$/m);
    assert.match(stdout, /^Hydro 1 'MIDDLE'$/m);
    assert.doesNotMatch(stdout, /^Hydro 0/m);
    // One line of history and one of draws for each of twelve months.
    const lines = stdout.split("\n").filter((line) => !line.includes("Inflow in m³/s"));
    assert.equal(lines.filter((line) => line.includes("●")).length, 12);
    assert.equal(lines.filter((line) => line.includes("◆")).length, 12);
  });
});

Deno.test("what is drawn from fitted models has the moments of the history", async () => {
  await withCase(fittedCase(), async (directory) => {
    const { stdout } = await cobreInProcess(["fit", directory, "--output-format", "json"]);
    const { provenance, season_cycle, hydros, correlation } = fitSchema.parse(
      JSON.parse(stdout).data,
    );
    assert.equal(provenance.estimation_path, "full_estimation");
    assert.equal(season_cycle, "monthly");
    assert.deepEqual(hydros.map(({ hydro_id }) => hydro_id), [0, 1, 2]);
    for (const { models } of hydros) {
      assert.deepEqual(models.map(({ season_id }) => season_id), [...Array(12).keys()]);
      for (const { mean_m3s, std_m3s, observed, simulated } of models) {
        assert.ok(Math.abs(observed!.mean_m3s! - mean_m3s!) < 1e-9 * mean_m3s!);
        assert.ok(Math.abs(simulated!.mean_m3s! - mean_m3s!) < 0.1 * std_m3s!);
        assert.ok(Math.abs(simulated!.std_m3s! / std_m3s! - 1) < 0.1);
        assert.ok(simulated!.p10_m3s! < simulated!.p50_m3s!);
        assert.ok(simulated!.p50_m3s! < simulated!.p90_m3s!);
      }
    }
    for (const { hydro_ids, matrix, largest } of correlation) {
      assert.deepEqual(hydro_ids, [0, 1, 2]);
      const { hydro_a, hydro_b, value } = largest[0]!;
      assert.equal(matrix![hydro_a]![hydro_b], value);
      assert.ok(
        matrix!.flat().every((entry) => entry === 1 || Math.abs(entry!) <= Math.abs(value!)),
      );
    }
  });
});

Deno.test("a case with given models has no history to compare with", async () => {
  const { code, stdout, stderr } = await cobreInProcess(["fit", template("regional")]);
  assert.deepEqual([code, stderr], [0, ""]);
  assert.match(stdout, /^ {2}moments +given in scenarios\/inflow_seasonal_stats.parquet$/m);
  assert.match(stdout, /^ {2}0 'SERRA ALTA' .* – {2}222222222222$/m);
  assert.match(
    stdout,
    /^Largest correlations of the noises, by profile\n {2}default, stages 0–11$/m,
  );
  assert.doesNotMatch(stdout, /history, ╞/);
});

Deno.test("a case without inflows says so", async () => {
  const files = smallCase();
  for (const file of ["inflow_seasonal_stats", "inflow_ar_coefficients"]) {
    delete files[`scenarios/${file}.parquet`];
  }
  delete files["initial_conditions.json"].past_inflows;
  await withCase(files, async (directory) => {
    const { code, stdout } = await cobreInProcess(["fit", directory]);
    assert.equal(code, 0, stdout);
    assert.match(stdout, /^The case has neither a history .+, so every inflow is 0\.\n$/);
  });
});

Deno.test("hydros and seasons that there are not are refused with those that there are", async () => {
  const hydro = await cobreInProcess(["fit", template("regional"), "--hydro", "99"]);
  assert.equal(hydro.code, 1);
  assert.match(hydro.stderr, /^error: Cannot tell about hydro 99: .+ expected 0, 1, .+ and 7$/m);
  const season = await cobreInProcess(["fit", template("1dtoy"), "--season", "3"]);
  assert.equal(season.code, 1);
  assert.match(season.stderr, /expected there are none|season 3: .+/);
  assert.equal((await cobreInProcess(["fit", template("1dtoy"), "--hydro", "x"])).code, 1);
});

Deno.test("a case with errors is answered as by validate", async () => {
  const files = estimatingCase();
  files["scenarios/inflow_history.parquet"] =
    (files["scenarios/inflow_history.parquet"] as ParquetFile)
      .without((row) => row["hydro_id"] === 1);
  await withCase(files, async (directory) => {
    const { code, stdout, stderr } = await cobreInProcess(["fit", directory]);
    assert.equal(code, 3);
    assert.match(stdout, /^Validation: 1 error/);
    assert.match(stderr, /Hydro 1 'MIDDLE' has no observation/);
  });
});

Deno.test("charts fit the page, and so do tables from 80 columns on", async () => {
  for (const columns of [40, 60, 80, 132]) {
    const { stdout } = await cobreInProcess(["fit", template("regional"), "--hydro", "4"], {
      COLUMNS: String(columns),
    });
    const lines = stdout.split("\n");
    assert.equal(lines.filter((line) => line.includes("◆")).length, 13);
    for (const line of lines) {
      if (columns < 80 && !/[═◆]/.test(line)) continue;
      assert.ok(line.length <= columns, `${line.length} in ${columns}: ${line}`);
    }
  }
});
