import assert from "node:assert/strict";
import { stopOnAbort } from "./stop_request.ts";

function counted(): { stops: number; abandons: number; stop(): void; abandon(): void } {
  return {
    stops: 0,
    abandons: 0,
    stop() {
      this.stops++;
    },
    abandon() {
      this.abandons++;
    },
  };
}

function passing(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

Deno.test("a request stops work at its boundary, and at once when that takes too long", async () => {
  const work = counted();
  const control = new AbortController();
  const unwatch = stopOnAbort(control.signal, work, 20);
  assert.deepEqual([work.stops, work.abandons], [0, 0]);
  control.abort("SIGTERM");
  assert.deepEqual([work.stops, work.abandons], [1, 0]);
  await passing(60);
  assert.deepEqual([work.stops, work.abandons], [1, 1]);
  unwatch();
});

Deno.test("work that ends in time is not abandoned", async () => {
  const work = counted();
  const control = new AbortController();
  const unwatch = stopOnAbort(control.signal, work, 20);
  control.abort("SIGTERM");
  unwatch();
  await passing(60);
  assert.deepEqual([work.stops, work.abandons], [1, 0]);
});

Deno.test("a request that came before the work stops it too", () => {
  const work = counted();
  stopOnAbort(AbortSignal.abort("SIGINT"), work)();
  assert.equal(work.stops, 1);
});
