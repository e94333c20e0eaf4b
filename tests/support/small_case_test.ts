import assert from "node:assert/strict";
import { readCase } from "../../src/case/mod.ts";
import { type CaseFiles, withCase } from "./case_files.ts";
import { smallCase } from "./small_case.ts";
import { smallCaseV18 } from "./small_case_v18.ts";

async function modelOf(files: CaseFiles) {
  const reading = await withCase(files, readCase);
  assert.deepEqual(reading.problems, []);
  return reading.case!;
}

Deno.test("the small case is one study in either layout", async () => {
  const older = await modelOf(smallCase());
  const newer = await modelOf(smallCaseV18());
  assert.equal(older.dialect, "v0.5");
  assert.equal(newer.dialect, "v0.18");
  assert.deepEqual(newer.config, older.config);

  // The older layout has no field for it, and names the season of a lag where the newer has dates.
  const hydros = newer.system.hydros.map((hydro) => ({
    ...hydro,
    specificProductivityMwPerM3sPerM: null,
  }));
  const pastInflows = older.system.initial.pastInflows.map((past) => ({
    ...past,
    seasonIds: null,
  }));
  assert.deepEqual(
    { ...newer.system, hydros },
    { ...older.system, initial: { ...older.system.initial, pastInflows } },
  );
});
