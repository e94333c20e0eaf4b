import assert from "node:assert/strict";
import fc from "fast-check";
import { normalQuantile } from "./quantile.ts";

/** Φ(z) by Simpson's rule on the density. */
function normalProbability(z: number): number {
  const steps = 4000;
  const from = -12;
  const width = (z - from) / steps;
  let sum = Math.exp(-from * from / 2) + Math.exp(-z * z / 2);
  for (let step = 1; step < steps; step++) {
    const x = from + step * width;
    sum += (step % 2 === 0 ? 2 : 4) * Math.exp(-x * x / 2);
  }
  return sum * width / 3 / Math.sqrt(2 * Math.PI);
}

Deno.test("quantiles of the reference program come out", () => {
  const close = (probability: number, wanted: number) =>
    assert.ok(Math.abs(normalQuantile(probability) - wanted) <= 4e-16 * Math.abs(wanted));
  close(0.975, 1.9599639845186783);
  close(0.1, -1.281551563277035);
  close(1 - 2 ** -52, 8.125890639000156);
  assert.equal(normalQuantile(0.5), 0);
});

Deno.test("quantile and probability are inverse to within the published error", () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true }), (probability) => {
      const z = normalQuantile(probability);
      const slope = Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
      assert.ok(Math.abs(normalProbability(z) - probability) < 4e-9 * slope + 1e-13);
    }),
    { numRuns: 200 },
  );
});

Deno.test("the ends are finite and the whole is ascending", () => {
  assert.equal(normalQuantile(0), -8.21);
  assert.equal(normalQuantile(1), normalQuantile(1 - 2 ** -52));
  let previous = -9;
  for (let step = 1; step < 10_000; step++) {
    const z = normalQuantile(step / 10_000);
    assert.ok(z > previous);
    previous = z;
  }
});
