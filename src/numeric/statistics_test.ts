import assert from "node:assert/strict";
import fc from "fast-check";
import {
  halfWidth95,
  mean,
  populationStd,
  quantiles,
  quantileSorted,
  sampleStd,
  sum,
} from "./statistics.ts";

Deno.test("a sum keeps what plain addition loses", () => {
  assert.equal(sum([1, 1e100, 1, -1e100]), 2);
  assert.equal(sum(new Float64Array(10).fill(0.1)), 1);
  assert.equal(sum([]), 0);
  assert.equal(sum([Infinity, 1]), Infinity);
});

Deno.test("a sum is as good as exact arithmetic on the same numbers", () => {
  const dyadic = fc.integer({ min: -(2 ** 40), max: 2 ** 40 });
  fc.assert(fc.property(fc.array(fc.tuple(dyadic, fc.integer({ min: 0, max: 12 }))), (terms) => {
    const values = terms.map(([mantissa, exponent]) => mantissa * 2 ** exponent);
    const exact = values.reduce((total, value) => total + BigInt(value), 0n);
    assert.equal(sum(values), Number(exact));
  }));
});

Deno.test("mean and deviations are those of the textbook", () => {
  const values = [2, 4, 4, 4, 5, 5, 7, 9];
  assert.equal(mean(values), 5);
  assert.equal(populationStd(values), 2);
  assert.equal(sampleStd(values), Math.sqrt(32 / 7));
  assert.equal(halfWidth95(2, 16), 0.98);
  assert.equal(sampleStd([3]), 0);
  assert.equal(populationStd([3]), 0);
  assert.ok(
    Number.isNaN(mean([])) && Number.isNaN(sampleStd([])) && Number.isNaN(populationStd([])),
  );
});

Deno.test("a large offset does not drown the deviation", () => {
  const values = Float64Array.of(1e9 + 1, 1e9 + 2, 1e9 + 3);
  assert.equal(sampleStd(values), 1);
});

Deno.test("quantiles interpolate as NumPy's do by default", () => {
  const values = [15, 20, 35, 40, 50];
  assert.deepEqual(quantiles(values, [0, 0.05, 0.25, 0.4, 0.5, 0.95, 1]), [
    15,
    16,
    20,
    29,
    35,
    48,
    50,
  ]);
  assert.equal(quantileSorted([7], 0.3), 7);
  assert.ok(Number.isNaN(quantileSorted([], 0.5)));
});

Deno.test("quantiles rise with the probability, stay in the sample and leave it as it was", () => {
  const sample = fc.array(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), { minLength: 1 });
  fc.assert(fc.property(sample, (values) => {
    const before = values.slice();
    const found = quantiles(values, [0, 0.1, 0.5, 0.9, 1]);
    assert.deepEqual(values, before);
    assert.equal(found[0], Math.min(...values) + 0);
    assert.equal(found[4], Math.max(...values) + 0);
    for (let index = 1; index < found.length; index++) {
      assert.ok(found[index]! >= found[index - 1]!);
    }
  }));
});
