import assert from "node:assert/strict";
import { readCase } from "../../src/case/mod.ts";
import { validate } from "../../src/validation/mod.ts";
import { type CaseFiles, withCase } from "../support/case_files.ts";
import { estimatingCase } from "./bases.ts";

async function brokenRules(files: CaseFiles): Promise<readonly unknown[]> {
  return await withCase(files, async (directory) => {
    const { case: read } = await readCase(directory);
    return validate(read!).map(({ record }) => record.context["rule"]);
  });
}

Deno.test("a quarter beside months is observed through its months", async () => {
  const files = estimatingCase();
  const span = (id: number, month_start: number, month_end: number) => ({
    id,
    label: `S${id}`,
    month_start,
    day_start: 1,
    month_end,
    day_end: 31,
  });
  files["stages.json"].season_definitions = {
    cycle_type: "custom",
    seasons: [
      ...Array.from({ length: 12 }, (_, month) => span(month, month + 1, month + 1)),
      span(15, 10, 12),
    ],
  };
  files["stages.json"].stages.at(-1).season_id = 15;
  assert.ok(!(await brokenRules(files)).includes("S28"));
});

Deno.test("openings may be selected without a tree of the user", async () => {
  const files = estimatingCase();
  for (const stage of files["stages.json"].stages) stage.sampling_method = "selective";
  assert.deepEqual(await brokenRules(files), await brokenRules(estimatingCase()));
});
