import assert from "node:assert/strict";
import type { SeasonCycle } from "../../model/mod.ts";
import { seasonCycles } from "./season_cycles.ts";
import { monthlyHorizon } from "./test_tables.ts";

Deno.test("the seasons that stages use follow each other by id", () => {
  const cycles = seasonCycles(monthlyHorizon([3, 4, 4, 9, 3]));
  assert.deepEqual(cycles.lengths, [3]);
  assert.deepEqual([0, 1, 2, 3, 4].map((id) => cycles.placeOf(id).place), [0, 1, 1, 2, 0]);
});

Deno.test("a stage beyond the horizon is counted from the first one", () => {
  const cycles = seasonCycles(monthlyHorizon([2, 3, 0, 1]));
  assert.deepEqual(cycles.placeOf(-1), { cycle: 0, place: 1 });
  assert.deepEqual(cycles.placeOf(5), { cycle: 0, place: 3 });
});

Deno.test("quarters beside months make a cycle of their own", () => {
  const seasons: SeasonCycle = {
    type: "custom",
    seasons: [[1, 1], [2, 2], [3, 3], [1, 3], [4, 6]].map(([monthStart, monthEnd], id) => ({
      id,
      label: `S${id}`,
      monthStart: monthStart!,
      dayStart: null,
      monthEnd: monthEnd!,
      dayEnd: null,
    })),
  };
  const cycles = seasonCycles(monthlyHorizon([0, 1, 2, 3, 4], seasons));
  assert.equal(cycles.placeOf(2).cycle, 0);
  assert.deepEqual(cycles.placeOf(3), { cycle: 1, place: 0 });
});

Deno.test("a stage without season is a season of its own", () => {
  const cycles = seasonCycles(monthlyHorizon([null, null]));
  assert.deepEqual(cycles.lengths, [1, 1]);
  assert.notEqual(cycles.placeOf(0).cycle, cycles.placeOf(1).cycle);
});
