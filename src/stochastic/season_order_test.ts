import assert from "node:assert/strict";
import type { Season } from "../model/mod.ts";
import { monthlyHorizon, monthlyStages } from "./noise_test_helpers.ts";
import { seasonOrder } from "./season_order.ts";

function season(id: number, monthStart: number, monthEnd: number): Season {
  return { id, label: "", monthStart, dayStart: null, monthEnd, dayEnd: null };
}

Deno.test("months go back through the years", () => {
  const order = seasonOrder(monthlyHorizon(monthlyStages(3)));
  assert.deepEqual(order.before(2, 1), { seasonId: 1, years: 0 });
  assert.deepEqual(order.before(0, 1), { seasonId: 11, years: 1 });
  assert.deepEqual(order.before(0, 24), { seasonId: 0, years: 2 });
  assert.deepEqual(order.before(5, 20), { seasonId: 9, years: 2 });
  assert.equal(order.before(12, 1), null);
});

Deno.test("quarters beside months are a cycle of their own", () => {
  const seasons = [
    ...Array.from({ length: 12 }, (_, id) => season(id, id + 1, id + 1)),
    ...Array.from({ length: 4 }, (_, q) => season(12 + q, 3 * q + 1, 3 * q + 3)),
  ];
  const order = seasonOrder(monthlyHorizon([], { seasons: { type: "custom", seasons } }));
  assert.deepEqual(order.before(12, 1), { seasonId: 15, years: 1 });
  assert.deepEqual(order.before(0, 1), { seasonId: 11, years: 1 });
  assert.equal(order.sameCycle(3, 11), true);
  assert.equal(order.sameCycle(3, 12), false);
});

Deno.test("seasons follow each other by the days on which they begin, whatever their ids", () => {
  const seasons = [season(0, 11, 4), season(1, 5, 10)];
  const order = seasonOrder(monthlyHorizon([], { seasons: { type: "custom", seasons } }));
  assert.deepEqual(order.before(0, 1), { seasonId: 1, years: 0 });
  assert.deepEqual(order.before(1, 1), { seasonId: 0, years: 1 });
});

Deno.test("without definitions the seasons of stages follow each other by id", () => {
  const order = seasonOrder(monthlyHorizon(monthlyStages(3), { seasons: null }));
  assert.deepEqual(order.before(0, 1), { seasonId: 2, years: 1 });
});
