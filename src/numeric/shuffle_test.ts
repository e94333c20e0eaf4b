import assert from "node:assert/strict";
import fc from "fast-check";
import { Pcg64 } from "./pcg64.ts";
import { shuffle } from "./shuffle.ts";

Deno.test("a shuffle keeps the values and depends on nothing but the seed", () => {
  fc.assert(fc.property(fc.array(fc.integer(), { maxLength: 50 }), fc.nat(), (values, seed) => {
    const once = Int32Array.from(values);
    const again = Int32Array.from(values);
    shuffle(new Pcg64({ low: seed, high: 0 }), once);
    shuffle(new Pcg64({ low: seed, high: 0 }), again);
    assert.deepEqual(once, again);
    assert.deepEqual(once.toSorted(), Int32Array.from(values).sort());
  }));
});

Deno.test("every order of three values is as likely as the others", () => {
  const generator = new Pcg64({ low: 3, high: 0 });
  const counts = new Map<string, number>();
  for (let trial = 0; trial < 12_000; trial++) {
    const values = Int32Array.of(0, 1, 2);
    shuffle(generator, values);
    const key = values.join();
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  assert.equal(counts.size, 6);
  const chiSquared = [...counts.values()].reduce((sum, n) => sum + (n - 2000) ** 2 / 2000, 0);
  assert.ok(chiSquared < 20.5, `chi-squared ${chiSquared} of 5 degrees of freedom`); // p = 0.001
});
