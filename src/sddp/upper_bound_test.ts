import assert from "node:assert/strict";
import { relativeGap, upperBoundOf } from "./upper_bound.ts";

Deno.test("the bound is the mean of the costs with its interval", () => {
  const bound = upperBoundOf(Float64Array.of(10, 12, 14, 16));
  assert.equal(bound.mean, 13);
  assert.ok(Math.abs(bound.std - Math.sqrt(20 / 3)) < 1e-15);
  assert.ok(Math.abs(bound.halfWidth - 1.96 * Math.sqrt(20 / 3) / 2) < 1e-15);
});

Deno.test("a single trajectory has no spread", () => {
  assert.deepEqual(upperBoundOf(Float64Array.of(7)), { mean: 7, std: 0, halfWidth: 0 });
});

Deno.test("the gap is relative to the upper bound and may be negative", () => {
  assert.equal(relativeGap(100, 110), 10 / 110);
  assert.equal(relativeGap(120, 100), -0.2);
  assert.equal(relativeGap(-120, -100), 0.2);
  assert.equal(relativeGap(5, 0), 0);
});
