/** The same bits for any number of threads and any order of declaration. */
import assert from "node:assert/strict";
import { type CaseFiles, type Json, ParquetFile, withCase } from "../support/case_files.ts";
import { trainCase } from "../support/train_case.ts";
import { smallStudy } from "./study.ts";

/** Every number that a run tells, but for times. */
async function figures(files: CaseFiles, threads: number): Promise<Json> {
  return await withCase(files, async (directory) => {
    const { outcome, events } = await trainCase(directory, threads);
    return {
      updates: events.flatMap((event) => {
        if (event.event !== "ConvergenceUpdate") return [];
        const { lower_bound, upper_bound, upper_bound_std } = event;
        return [[lower_bound, upper_bound, upper_bound_std]];
      }),
      rows: events.flatMap((event) =>
        event.event === "IterationSummary" ? [[event.lp_solves, event.mean_rows_in_lp]] : []
      ),
      scenarios: events.flatMap((event) =>
        event.event === "SimulationProgress" ? [event.scenario_cost] : []
      ),
      cost: outcome.simulation!.cost,
    };
  });
}

/** The same study with every list of entities and every table declared backwards. */
function backwards(files: CaseFiles): CaseFiles {
  const turned: CaseFiles = {};
  for (const [file, content] of Object.entries(files)) {
    if (content instanceof ParquetFile) {
      const columns = Object.entries(content.columns).map(([name, column]) => [
        name,
        { ...column, values: column.values.toReversed() },
      ]);
      turned[file] = new ParquetFile(Object.fromEntries(columns));
    } else turned[file] = file.startsWith("system/") ? listsTurned(content) : content;
  }
  return turned;
}

/** A document whose main list is turned round. */
function listsTurned(document: Json): Json {
  return Object.fromEntries(
    Object.entries(document).map(([key, value]) => [
      key,
      Array.isArray(value) ? value.toReversed() : value,
    ]),
  );
}

const VARIANTS: Readonly<Record<string, (config: Json) => void>> = {
  "single cuts": () => {},
  "cuts by opening and a dropping of cuts": ({ training }) => {
    training.cut_formulation = "multi";
    training.cut_selection = {
      enabled: true,
      method: "lml1",
      memory_window: 1,
      check_frequency: 2,
    };
  },
};

for (const [name, change] of Object.entries(VARIANTS)) {
  Deno.test(`threads and order of declaration change no bit: ${name}`, async () => {
    const study = (): CaseFiles => {
      const files = smallStudy(4, 5);
      change(files["config.json"]);
      return files;
    };
    const one = await figures(study(), 1);
    assert.equal(one.updates.length, 4);
    for (const threads of [2, 4]) assert.deepEqual(await figures(study(), threads), one);
    assert.deepEqual(await figures(backwards(study()), 3), one);
  });
}
