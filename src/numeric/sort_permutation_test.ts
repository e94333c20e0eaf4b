import assert from "node:assert/strict";
import fc from "fast-check";
import { firstDuplicateKey, isSortedByKeys, sortPermutation } from "./sort_permutation.ts";

/** The order by the comparison sort of the platform, which is stable. */
function referenceOrder(keys: readonly Int32Array[]): number[] {
  return Array.from(keys[0] ?? [], (_, row) => row).sort((left, right) => {
    for (const key of keys) {
      const difference = (key[left] as number) - (key[right] as number);
      if (difference !== 0) return difference;
    }
    return 0;
  });
}

function tables(value: fc.Arbitrary<number>): fc.Arbitrary<Int32Array[]> {
  return fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 0, max: 80 })).chain((
    [columns, rows],
  ) =>
    fc.array(
      fc.array(value, { minLength: rows, maxLength: rows }).map((values) =>
        Int32Array.from(values)
      ),
      { minLength: columns, maxLength: columns },
    )
  );
}

for (
  const [name, value] of [
    ["narrow", fc.integer({ min: -2, max: 3 })],
    ["wide", fc.integer({ min: -2_147_483_648, max: 2_147_483_647 })],
    ["mixed", fc.oneof(fc.integer({ min: 0, max: 5 }), fc.integer())],
  ] as const
) {
  Deno.test(`rows with ${name} keys are ordered as a stable comparison sort orders them`, () => {
    fc.assert(fc.property(tables(value), (keys) => {
      const expected = referenceOrder(keys);
      const order = sortPermutation(keys);
      const sorted = expected.every((row, position) => row === position);
      assert.equal(isSortedByKeys(keys), sorted);
      assert.deepEqual(order === null ? null : Array.from(order), sorted ? null : expected);
    }));
  });
}

Deno.test("keys that need several words are ordered from the first to the last column", () => {
  const extremes = [-2_147_483_648, 2_147_483_647, 0, -1];
  const rows = extremes.flatMap((a) => extremes.map((b) => [a, b] as const));
  const keys = [Int32Array.from(rows, (r) => r[0]), Int32Array.from(rows, (r) => r[1])];
  assert.deepEqual(Array.from(sortPermutation(keys) as Uint32Array), referenceOrder(keys));
});

Deno.test("a table in order, empty or without rows needs no permutation", () => {
  assert.equal(sortPermutation([Int32Array.of(1, 1, 2), Int32Array.of(5, 5, 0)]), null);
  assert.equal(sortPermutation([new Int32Array(0), new Int32Array(0)]), null);
  assert.equal(sortPermutation([]), null);
  assert.equal(isSortedByKeys([Int32Array.of(1, 1), Int32Array.of(5, 4)]), false);
});

Deno.test("the first duplicate key is the smallest, named by its rows in table order", () => {
  const keys = [Int32Array.of(9, 2, 9, 1, 2), Int32Array.of(0, 7, 0, 3, 7)];
  assert.deepEqual(firstDuplicateKey(keys, sortPermutation(keys)), { first: 1, second: 4 });
  const distinct = [Int32Array.of(2, 1, 2), Int32Array.of(0, 0, 1)];
  assert.equal(firstDuplicateKey(distinct, sortPermutation(distinct)), null);
  const ordered = [Int32Array.of(1, 2, 2)];
  assert.deepEqual(firstDuplicateKey(ordered, sortPermutation(ordered)), { first: 1, second: 2 });
});
