import assert from "node:assert/strict";
import fc from "fast-check";
import { readCase } from "../../src/case/mod.ts";
import { fitCase } from "../../src/study/mod.ts";
import { type CaseFiles, type Json, ParquetFile, withCase } from "../support/case_files.ts";
import { estimatingCase } from "../validation/bases.ts";

const HISTORY = "scenarios/inflow_history.parquet";

/** A case fitted to a persistent record with neighbours that resemble each other. */
function fittedCase(): CaseFiles {
  const files = estimatingCase();
  delete files["scenarios/inflow_seasonal_stats.parquet"];
  delete files["scenarios/correlation.json"];
  let state = 1;
  const uniform = (): number => (state = state * 48_271 % 2_147_483_647) / 2_147_483_647;
  const before = [0, 0, 0];
  let shared = 0;
  files[HISTORY] = sortedByDate(files[HISTORY] as ParquetFile).map((row) => {
    const hydro = row["hydro_id"]!;
    if (hydro === 0) shared = uniform() - 0.5;
    before[hydro] = 0.7 * before[hydro]! + shared + 0.5 * (uniform() - 0.5);
    return [{ ...row, value_m3s: 60 + 10 * hydro + 20 * before[hydro]! }];
  });
  return files;
}

function sortedByDate(table: ParquetFile): ParquetFile {
  const rows = table.rows().sort((a, b) =>
    a["date"]! - b["date"]! || a["hydro_id"]! - b["hydro_id"]!
  );
  let at = 0;
  return table.map(() => [rows[at++]!]);
}

/** The same case with its lists and rows in another order. */
function shuffled(files: CaseFiles, seed: number): CaseFiles {
  let state = seed;
  const mix = <T>(list: readonly T[]): T[] => {
    const copy = [...list];
    for (let at = copy.length - 1; at > 0; at--) {
      state = state * 48_271 % 2_147_483_647;
      const other = state % (at + 1);
      [copy[at], copy[other]] = [copy[other]!, copy[at]!];
    }
    return copy;
  };
  return Object.fromEntries(
    Object.entries(files).map(([file, content]) => {
      if (content instanceof ParquetFile) {
        const rows = mix(content.rows());
        let at = 0;
        return [file, content.map(() => [rows[at++]!])];
      }
      const lists = file.startsWith("system/") || file === "stages.json";
      if (!lists || typeof content === "string" || content instanceof Uint8Array) {
        return [file, content];
      }
      const entries = Object.entries(content as Record<string, Json>);
      return [
        file,
        Object.fromEntries(
          entries.map(([key, value]) => [key, Array.isArray(value) ? mix(value) : value]),
        ),
      ];
    }),
  );
}

async function fitOf(files: CaseFiles) {
  return await withCase(files, async (directory) => {
    const { case: read, problems } = await readCase(directory);
    assert.deepEqual(problems.filter(({ severity }) => severity === "error"), []);
    const { data } = await fitCase(read!, { hydroIds: [], seasonIds: [] });
    return { ...data, case_directory: "" };
  });
}

Deno.test("models, correlations and draws do not depend on the order of lists and rows", async () => {
  const files = fittedCase();
  const expected = await fitOf(files);
  const { hydros, correlation } = expected;
  assert.ok(hydros.every(({ models }) => models.some(({ order }) => order > 0)));
  assert.ok(correlation[0]!.largest[0]!.value! > 0.3);
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 1e6 }), async (seed) => {
      assert.deepEqual(await fitOf(shuffled(files, seed)), expected);
    }),
    { numRuns: 5 },
  );
});
