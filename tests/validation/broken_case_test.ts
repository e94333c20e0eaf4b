import assert from "node:assert/strict";
import fc from "fast-check";
import { readCase } from "../../src/case/mod.ts";
import { validate } from "../../src/validation/mod.ts";
import { type CaseFiles, type Json, ParquetFile, withCase } from "../support/case_files.ts";
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

/** A number of a case: a path in a JSON file, or an integer column and a row of a table. */
type Spot = (value: number) => void;

function spotsOf(files: CaseFiles): Spot[] {
  const spots: Spot[] = [];
  const walk = (holder: Json): void => {
    for (const [key, value] of Object.entries(holder)) {
      if (typeof value === "number") spots.push((changed) => holder[key] = changed);
      else if (typeof value === "object" && value !== null) walk(value);
    }
  };
  for (const [file, content] of Object.entries(files)) {
    if (!(content instanceof ParquetFile)) {
      walk(content);
      continue;
    }
    for (const [name, column] of Object.entries(content.columns)) {
      if (column.type !== "i32") continue;
      spots.push((changed) => {
        const values = column.values.with(0, changed);
        const columns = { ...content.columns, [name]: { type: column.type, values } };
        files[file] = new ParquetFile(columns);
      });
    }
  }
  return spots;
}

for (const [layout, base] of [["v0.5", smallCase], ["v0.18", smallCaseV18]] as const) {
  Deno.test(`whatever numbers a case holds, it is judged in the ${layout} layout`, async () => {
    const count = spotsOf(base()).length;
    const changes = fc.array(
      fc.record({ spot: fc.nat(count - 1), value: fc.integer({ min: -3, max: 60 }) }),
      { minLength: 1, maxLength: 4 },
    );
    await fc.assert(
      fc.asyncProperty(changes, async (list) => {
        const files = base();
        const spots = spotsOf(files);
        for (const { spot, value } of list) spots[spot]!(value);
        await withCase(files, async (directory) => {
          const reading = await readCase(directory);
          if (reading.case !== null) validate(reading.case);
          else assert.ok(reading.problems.some(({ severity }) => severity === "error"));
        });
      }),
      { numRuns: 60, seed: 7 },
    );
  });
}
