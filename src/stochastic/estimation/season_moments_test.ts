import assert from "node:assert/strict";
import { seasonMoments } from "./season_moments.ts";
import { recordOf } from "./test_records.ts";

Deno.test("moments are those of each season, with divisor n", () => {
  const [first, second] = seasonMoments(recordOf(2, [2, 10, 4, 20, 6, 60]));
  assert.equal(first!.meanM3s, 4);
  assert.ok(Math.abs(first!.stdM3s - Math.sqrt(8 / 3)) < 1e-15);
  assert.equal(second!.meanM3s, 30);
  assert.ok(Math.abs(second!.stdM3s - Math.sqrt((400 + 100 + 900) / 3)) < 1e-13);
  assert.equal(first!.recordClass, "ordinary");
});

Deno.test("a record that begins in a later season keeps its seasons apart, and gaps do not count", () => {
  const [first, second] = seasonMoments(recordOf(2, [10, 1, NaN, 3], 1));
  assert.deepEqual([first!.count, first!.meanM3s], [2, 2]);
  assert.deepEqual([second!.count, second!.meanM3s], [1, 10]);
});

Deno.test("a season with one inflow in every year has no deviation", () => {
  const [only] = seasonMoments(recordOf(1, [7, 7 + 5e-7, 7 - 5e-7]));
  assert.deepEqual(only, { count: 3, meanM3s: 7, stdM3s: 0, recordClass: "constant" });
});

Deno.test("a season that mostly rounds to one number is that number", () => {
  const [only] = seasonMoments(recordOf(1, [10.2, 9.8, 10.4, 30]));
  assert.deepEqual(only, { count: 4, meanM3s: 10, stdM3s: 0, recordClass: "saturated" });
  const [half] = seasonMoments(recordOf(1, [10.2, 9.8, 40, 30]));
  assert.equal(half!.recordClass, "ordinary");
});

Deno.test("halves round away from zero on both sides", () => {
  assert.equal(seasonMoments(recordOf(1, [10.5, 11.4, 30]))[0]!.meanM3s, 11);
  const [negative] = seasonMoments(recordOf(1, [-0.5, -1.4, -1, ...new Array(2).fill(9)]));
  assert.equal(negative!.recordClass, "negative");
});

Deno.test("negative inflows in more than a tenth of the years are told, and kept", () => {
  const tenth = [-1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
  assert.equal(seasonMoments(recordOf(1, tenth))[0]!.recordClass, "ordinary");
  const [more] = seasonMoments(recordOf(1, tenth.slice(0, 9)));
  assert.equal(more!.recordClass, "negative");
  assert.ok(more!.stdM3s > 0);
});
