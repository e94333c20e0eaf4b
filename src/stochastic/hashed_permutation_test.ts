import assert from "node:assert/strict";
import fc from "fast-check";
import { permuteIndex, scramble32 } from "./hashed_permutation.ts";

Deno.test("every key permutes", () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 300 }), fc.integer(), fc.integer(), (n, a, b) => {
    const places = new Set(Array.from({ length: n }, (_, index) => permuteIndex(index, n, a, b)));
    assert.equal(places.size, n);
    assert.ok([...places].every((place) => Number.isInteger(place) && place >= 0 && place < n));
  }));
});

Deno.test("large ranges stay in range", () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 2 ** 31 - 1 }), fc.integer(), (index, key) => {
    const place = permuteIndex(index, 2 ** 31, key, ~key);
    assert.ok(place >= 0 && place < 2 ** 31);
  }));
});

Deno.test("over many keys, each pair of places is equally frequent", () => {
  const keys = 60_000;
  for (const n of [2, 3, 4, 5, 8, 13]) {
    const pairs = new Float64Array(n * n);
    for (let key = 0; key < keys; key++) {
      const low = scramble32(2 * key + 1);
      const high = scramble32(2 * key + 2);
      pairs[permuteIndex(0, n, low, high) * n + permuteIndex(1, n, low, high)]!++;
    }
    const expected = keys / (n * (n - 1));
    let chiSquare = 0;
    for (let at = 0; at < n * n; at++) {
      if (Math.floor(at / n) !== at % n) chiSquare += (pairs[at]! - expected) ** 2 / expected;
    }
    const freedom = n * (n - 1) - 1;
    // Mean plus five deviations of the chi-square law.
    const limit = freedom + 5 * Math.sqrt(2 * freedom);
    assert.ok(chiSquare < limit, `${n}: ${chiSquare} of ${limit}`);
  }
});
