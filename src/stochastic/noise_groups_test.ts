import assert from "node:assert/strict";
import { noiseGroups } from "./noise_groups.ts";
import { monthlyStages } from "./noise_test_helpers.ts";

Deno.test("stages of one season and year are a group, stages without season are alone", () => {
  const [january] = monthlyStages(1);
  const stages = [0, 0, 1, null, null, 0].map((seasonId, id) => ({ ...january!, id, seasonId }));
  stages.push({ ...january!, id: 6, seasonId: 0, startDay: january!.startDay + 366 });
  assert.deepEqual([...noiseGroups(stages)], [0, 0, 1, 2, 3, 0, 4]);
});
