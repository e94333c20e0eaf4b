import assert from "node:assert/strict";
import { EventBus, type Subscription } from "./bus.ts";

interface Tick {
  readonly n: number;
}

function emitted(bus: EventBus<Tick>, from: number, to: number): void {
  for (let n = from; n <= to; n++) bus.emit({ n });
}

async function readAll(subscription: Subscription<Tick>): Promise<number[]> {
  const seen: number[] = [];
  for await (const { n } of subscription) seen.push(n);
  return seen;
}

Deno.test("every reader sees all events from its subscription on, in order", async () => {
  const bus = new EventBus<Tick>();
  const early = bus.subscribe();
  bus.emit({ n: 1 });
  const late = bus.subscribe();
  emitted(bus, 2, 4);
  bus.close();
  assert.deepEqual(await readAll(early), [1, 2, 3, 4]);
  assert.deepEqual(await readAll(late), [2, 3, 4]);
});

Deno.test("a reader that waits gets events as they come", async () => {
  const bus = new EventBus<Tick>();
  const reading = readAll(bus.subscribe({ capacity: 1 }));
  for (let n = 1; n <= 3; n++) {
    bus.emit({ n });
    await new Promise((resolve) => setTimeout(resolve));
  }
  bus.close();
  assert.deepEqual(await reading, [1, 2, 3]);
});

Deno.test("a slow reader loses the oldest events and is told how many", async () => {
  const bus = new EventBus<Tick>();
  const slow = bus.subscribe({ capacity: 3 });
  emitted(bus, 1, 10);
  assert.equal(slow.dropped, 7);
  assert.equal(slow.pending, 3);
  bus.close();
  assert.deepEqual(await readAll(slow), [8, 9, 10]);
});

Deno.test("a lossless reader loses nothing, however slow", async () => {
  const bus = new EventBus<Tick>();
  const writer = bus.subscribe({ lossless: true, capacity: 1 });
  emitted(bus, 1, 20_000);
  bus.close();
  const seen = await readAll(writer);
  assert.equal(writer.dropped, 0);
  assert.deepEqual(seen, Array.from({ length: 20_000 }, (_, index) => index + 1));
});

Deno.test("a long mix of writing and reading keeps the newest events in order", async () => {
  const bus = new EventBus<Tick>();
  const reader = bus.subscribe({ capacity: 5 });
  const model: number[] = [];
  let next = 0;
  for (let step = 0; step < 2000; step++) {
    if (step * 7 % 5 < 3) {
      bus.emit({ n: ++next });
      model.push(next);
      if (model.length > 5) model.shift();
    } else if (model.length > 0) {
      const { value } = await reader.next();
      assert.equal(value?.n, model.shift());
    }
    assert.equal(reader.pending, model.length);
  }
  assert.ok(reader.dropped > 0);
});

Deno.test("listeners are called before emit returns, in the order in which they came", () => {
  const bus = new EventBus<Tick>();
  const calls: string[] = [];
  bus.listen(({ n }) => calls.push(`a${n}`));
  bus.listen(({ n }) => calls.push(`b${n}`));
  bus.emit({ n: 1 });
  assert.deepEqual(calls, ["a1", "b1"]);
});

Deno.test("an event emitted by a listener comes after the current one for everybody", () => {
  const bus = new EventBus<Tick>();
  const calls: string[] = [];
  bus.listen(({ n }) => {
    calls.push(`a${n}`);
    if (n === 1) bus.emit({ n: 2 });
  });
  bus.listen(({ n }) => calls.push(`b${n}`));
  const queue = bus.subscribe();
  bus.emit({ n: 1 });
  assert.deepEqual(calls, ["a1", "b1", "a2", "b2"]);
  assert.deepEqual(queue.drain(), [{ n: 1 }, { n: 2 }]);
});

Deno.test("a listener that throws is let go and disturbs nobody", () => {
  const bus = new EventBus<Tick>();
  const fault = new Error("full disk");
  let calls = 0;
  bus.listen(() => {
    calls++;
    throw fault;
  });
  const queue = bus.subscribe();
  emitted(bus, 1, 3);
  assert.equal(calls, 1);
  assert.deepEqual(bus.failures, [fault]);
  assert.equal(queue.pending, 3);
});

Deno.test("a stopped listener hears nothing more, even when stopped by another one", () => {
  const bus = new EventBus<Tick>();
  const heard: number[] = [];
  const listener = ({ n }: Tick): void => void heard.push(n);
  bus.listen(({ n }) => n === 2 && stop());
  const stop = bus.listen(listener);
  bus.listen(listener);
  emitted(bus, 1, 2);
  assert.deepEqual(heard, [1, 1, 2]);
});

Deno.test("closing ends iterators after what waits, and later events go nowhere", async () => {
  const bus = new EventBus<Tick>();
  const waiting = bus.subscribe().next();
  const queue = bus.subscribe();
  bus.close();
  bus.close();
  bus.emit({ n: 1 });
  assert.deepEqual(await waiting, { value: undefined, done: true });
  assert.deepEqual(await readAll(queue), []);
  assert.deepEqual(await readAll(bus.subscribe()), []);
});

Deno.test("closing from within a listener still delivers the current event", () => {
  const bus = new EventBus<Tick>();
  const queue = bus.subscribe();
  bus.listen(() => bus.close());
  emitted(bus, 1, 2);
  assert.deepEqual(queue.drain(), [{ n: 1 }]);
});

Deno.test("leaving a loop or closing a subscription ends it and frees its queue", async () => {
  const bus = new EventBus<Tick>();
  const left = bus.subscribe();
  const closed = bus.subscribe();
  emitted(bus, 1, 5);
  for await (const { n } of left) {
    if (n === 2) break;
  }
  closed.close();
  bus.emit({ n: 6 });
  for (const subscription of [left, closed]) {
    assert.equal(subscription.pending, 0);
    assert.deepEqual(await subscription.next(), { value: undefined, done: true });
  }
});
