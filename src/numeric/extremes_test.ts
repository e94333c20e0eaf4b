import assert from "node:assert/strict";
import { greatestOf, leastOf } from "./extremes.ts";

Deno.test("the extremes of a list of any length are found", () => {
  assert.equal(leastOf([3, -1, 2]), -1);
  assert.equal(greatestOf([3, -1, 2]), 3);
  const million = Float64Array.from({ length: 1e6 }, (_, at) => at);
  assert.equal(leastOf(million), 0);
  assert.equal(greatestOf(million), 999_999);
});

Deno.test("an empty list has the extremes that Math has", () => {
  assert.equal(leastOf([]), Math.min());
  assert.equal(greatestOf(new Set<number>()), Math.max());
});

Deno.test("what is not a number is not hidden", () => {
  assert.ok(Number.isNaN(leastOf([1, NaN])));
  assert.ok(Number.isNaN(greatestOf([NaN, 1])));
});
