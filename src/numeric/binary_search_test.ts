import assert from "node:assert/strict";
import fc from "fast-check";
import { indexOfSorted, lowerBound, upperBound } from "./binary_search.ts";

const ascending = fc.array(fc.integer({ min: -20, max: 20 }), { maxLength: 60 })
  .map((values) => Int32Array.from(values).sort());

Deno.test("the bounds split the array below, at and above the value", () => {
  fc.assert(fc.property(ascending, fc.integer({ min: -22, max: 22 }), (sorted, value) => {
    const low = lowerBound(sorted, value);
    const high = upperBound(sorted, value);
    assert.equal(low, sorted.filter((entry) => entry < value).length);
    assert.equal(high, sorted.filter((entry) => entry <= value).length);
    assert.equal(indexOfSorted(sorted, value), sorted.indexOf(value));
  }));
});

Deno.test("a search within a part of the array sees nothing outside it", () => {
  const sorted = [1, 3, 3, 5, 7, 9];
  assert.equal(lowerBound(sorted, 0, 2, 4), 2);
  assert.equal(upperBound(sorted, 100, 2, 4), 4);
  assert.equal(indexOfSorted(sorted, 7, 2, 4), -1);
  assert.equal(indexOfSorted(sorted, 5, 2, 4), 3);
  assert.equal(indexOfSorted([], 1), -1);
});
