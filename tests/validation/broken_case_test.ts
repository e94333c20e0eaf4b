import assert from "node:assert/strict";
import { readCase } from "../../src/case/mod.ts";
import { validate } from "../../src/validation/mod.ts";
import { type CaseFiles, withCase } from "../support/case_files.ts";
import { smallCase } from "../support/small_case.ts";
import { smallCaseV18 } from "../support/small_case_v18.ts";

const LISTS: Readonly<Record<string, string>> = {
  "system/buses.json": "buses",
  "system/lines.json": "lines",
  "system/hydros.json": "hydros",
  "system/thermals.json": "thermals",
  "system/non_controllable_sources.json": "non_controllable_sources",
  "system/pumping_stations.json": "pumping_stations",
  "system/energy_contracts.json": "contracts",
};

async function problems(files: CaseFiles) {
  return await withCase(files, async (directory) => {
    const reading = await readCase(directory);
    assert.deepEqual(reading.problems.filter(({ severity }) => severity === "error"), []);
    return validate(reading.case!);
  });
}

for (const [layout, base] of [["v0.5", smallCase], ["v0.18", smallCaseV18]] as const) {
  Deno.test(`no rule stumbles over a case without elements in the ${layout} layout`, async () => {
    const files = base();
    for (const [file, list] of Object.entries(LISTS)) files[file][list] = [];
    const found = await problems(files);
    assert.ok(found.some(({ record }) => record.context["rule"] === "R15"));
    assert.deepEqual(found.map(({ layer }) => layer), found.map(({ layer }) => layer).toSorted());
  });

  for (const [file, list] of Object.entries(LISTS)) {
    Deno.test(`no rule stumbles over renumbered ${list} in the ${layout} layout`, async () => {
      const files = base();
      for (const entry of files[file][list]) entry.id += 50;
      if (list === "hydros") {
        // The newer layout refuses plants without productivity before any rule is asked.
        const { production_models } = files["system/hydro_production_models.json"];
        for (const entry of production_models) entry.hydro_id += 50;
      }
      const found = await problems(files);
      assert.ok(found.some(({ record }) => record.kind === "MissingReference"));
    });
  }

  Deno.test(`no rule stumbles over a study of one stage in the ${layout} layout`, async () => {
    const files = base();
    files["stages.json"].stages.length = 1;
    const found = await problems(files);
    assert.ok(found.length > 0);
  });
}
