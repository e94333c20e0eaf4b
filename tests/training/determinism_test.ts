/** The same bits for any number of threads and any order in which a case declares things. */
import assert from "node:assert/strict";
import { type CaseFiles, type Json, ParquetFile, withCase } from "../support/case_files.ts";
import { smallCase } from "../support/small_case.ts";
import { policyBits } from "./policy_bits.ts";

/** The small case with more trajectories than threads, and a selection that looks at activity. */
function case_(): CaseFiles {
  const files = smallCase();
  Object.assign(files["config.json"].training, {
    forward_passes: 5,
    stopping_rules: [{ type: "iteration_limit", limit: 6 }],
    cut_selection: { enabled: true, method: "lml1", memory_window: 1, check_frequency: 2 },
  });
  files["config.json"].simulation.num_scenarios = 9;
  return files;
}

/** Lists of things that are told apart by an id; the order of other lists means something. */
function reversed(value: Json): Json {
  if (Array.isArray(value)) {
    const items = value.map(reversed);
    const named = items.length > 1 && items.every((item) => typeof item?.id === "number");
    return named ? items.reverse() : items;
  }
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, reversed(inner)]));
}

Deno.test("policy, bounds and simulation are the same bits for 1, 2 and 4 threads", async () => {
  await withCase(case_(), async (directory) => {
    const alone = await policyBits(directory, 1);
    assert.deepEqual(await policyBits(directory, 1), alone, "again with one thread");
    for (const threads of [2, 4]) {
      assert.deepEqual(await policyBits(directory, threads), alone, `${threads} threads`);
    }
  });
});

Deno.test("the order of declaration changes nothing", async () => {
  const files = case_();
  const shuffled = Object.fromEntries(
    Object.entries(files).map(([file, content]) => {
      if (content instanceof ParquetFile) {
        const rows = content.rows().reverse();
        return [file, content.without(() => true).with(...rows)];
      }
      // The rows of a correlation matrix are in the order of its entities.
      return [file, file === "scenarios/correlation.json" ? content : reversed(content)];
    }),
  );
  assert.notDeepEqual(shuffled["system/hydros.json"], files["system/hydros.json"]);
  const straight = await withCase(files, (directory) => policyBits(directory, 2));
  const backwards = await withCase(shuffled, (directory) => policyBits(directory, 2));
  assert.deepEqual(backwards, straight);
});
