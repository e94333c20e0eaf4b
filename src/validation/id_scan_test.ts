import assert from "node:assert/strict";
import { rowCoverage, unknownIds } from "./id_scan.ts";

const entities = (...ids: number[]) => ids.map((id) => ({ id }));

Deno.test("unknown ids are counted, in ascending order", () => {
  const found = unknownIds(Int32Array.of(5, 1, 9, 5, -3, 2), entities(1, 2, 3));
  assert.deepEqual([...found], [[-3, 1], [5, 2], [9, 1]]);
});

Deno.test("ids may lie far apart and there may be none", () => {
  const far = entities(-2_000_000_000, 2_000_000_000);
  assert.deepEqual([...unknownIds(Int32Array.of(0, 2_000_000_000), far)], [[0, 1]]);
  assert.deepEqual([...unknownIds(Int32Array.of(7), [])], [[7, 1]]);
});

Deno.test("coverage is by position and ignores unknown ids", () => {
  const covered = rowCoverage(
    Int32Array.of(10, 20, 20, 99, 10),
    Int32Array.of(1, 0, 1, 0, 42),
    entities(10, 20),
    entities(0, 1),
  );
  assert.deepEqual([...covered], [0, 1, 1, 1]);
});
