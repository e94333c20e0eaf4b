import assert from "node:assert/strict";
import { localCommunicator } from "./local.ts";
import { rankShare } from "./share.ts";

Deno.test("a single rank hears what it says", () => {
  const comm = localCommunicator();
  assert.deepEqual([comm.rank, comm.size], [0, 1]);
  const received = new Float64Array(3);
  comm.allgatherv(Float64Array.of(1, 2), received, Int32Array.of(2));
  assert.deepEqual([...received], [1, 2, 0]);
  const bound = Float64Array.of(5);
  comm.allreduce(bound, "min");
  comm.broadcast(bound, 0);
  comm.barrier();
  comm.close();
  assert.equal(bound[0], 5);
});

Deno.test("shares follow each other and differ by one item at most", () => {
  for (const [items, size] of [[10, 3], [2, 4], [0, 2], [7, 1]] as const) {
    let next = 0;
    const counts: number[] = [];
    for (let rank = 0; rank < size; rank++) {
      const { first, count } = rankShare(items, rank, size);
      assert.equal(first, next);
      next += count;
      counts.push(count);
    }
    assert.equal(next, items);
    assert.ok(Math.max(...counts) - Math.min(...counts) <= 1);
    assert.deepEqual(counts, counts.toSorted((a, b) => b - a));
  }
});
