import assert from "node:assert/strict";
import fc from "fast-check";
import type { RiskMeasure } from "../model/mod.ts";
import { isNeutral, riskOf, riskWeights } from "./risk_measure.ts";

function cvar(alpha: number, lambda: number): RiskMeasure {
  return { type: "cvar", alpha, lambda };
}

function weightsOf(risk: RiskMeasure, costs: readonly number[]): number[] {
  const weights = new Float64Array(costs.length);
  const order = new Int32Array(costs.length);
  riskWeights(risk, Float64Array.from(costs), costs.length, weights, order);
  return [...weights];
}

function close(found: readonly number[], wanted: readonly number[]): void {
  assert.equal(found.length, wanted.length);
  found.forEach((value, at) => assert.ok(Math.abs(value - wanted[at]!) < 1e-15, `${found}`));
}

Deno.test("the mixture keeps the share of the expectation for cheap outcomes", () => {
  close(weightsOf(cvar(0.5, 0.5), [0, 50, 100]), [1 / 6, 1 / 3, 1 / 2]);
});

Deno.test("the CVaR is the mean of the worst part", () => {
  assert.equal(riskOf(cvar(0.5, 1), Float64Array.of(10, 20, 30, 40)), 35);
  close(weightsOf(cvar(0.4, 1), [10, 40, 30, 20]), [0, 5 / 8, 3 / 8, 0]);
});

Deno.test("the expectation weighs all alike, and so do measures that are no different", () => {
  for (const risk of [{ type: "expectation" }, cvar(1, 1), cvar(0.1, 0)] as const) {
    assert.ok(isNeutral(risk));
    close(weightsOf(risk, [10, 20, 30]), [1 / 3, 1 / 3, 1 / 3]);
  }
  assert.equal(isNeutral(cvar(0.5, 0.1)), false);
});

Deno.test("of outcomes that cost the same the first one is the dearer", () => {
  close(weightsOf(cvar(0.25, 1), [7, 9, 9, 7]), [0, 1, 0, 0]);
});

Deno.test("an almost empty tail is the worst case", () => {
  assert.equal(riskOf(cvar(1e-9, 1), Float64Array.of(3, 1, 8)), 8);
});

Deno.test("only the outcomes that are there count, in room for more", () => {
  const weights = new Float64Array(5).fill(9);
  riskWeights(cvar(0.5, 1), Float64Array.of(1, 2, 99, 99, 99), 2, weights, new Int32Array(5));
  assert.deepEqual([...weights], [0, 1, 9, 9, 9]);
});

const measures = fc.record({
  costs: fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 30 }),
  alpha: fc.double({ min: 0.01, max: 1, noNaN: true }),
  lambda: fc.double({ min: 0, max: 1, noNaN: true }),
});

Deno.test("weights are a density that no other density of the measure beats", () => {
  fc.assert(
    fc.property(measures, ({ costs, alpha, lambda }) => {
      const n = costs.length;
      const weights = weightsOf(cvar(alpha, lambda), costs);
      const total = weights.reduce((a, b) => a + b);
      assert.ok(Math.abs(total - 1) < 1e-12);
      const least = (1 - lambda) / n;
      const most = least + lambda / (n * alpha);
      for (const weight of weights) assert.ok(weight > least - 1e-12 && weight < most + 1e-12);
      // CVaR = min over t of t + E[(Q − t)⁺]/α, which some outcome attains.
      const tail = Math.min(
        ...costs.map((t) =>
          t + costs.reduce((sum, q) => sum + Math.max(0, q - t), 0) / (n * alpha)
        ),
      );
      const mean = costs.reduce((a, b) => a + b) / n;
      const wanted = (1 - lambda) * mean + lambda * tail;
      const found = riskOf(cvar(alpha, lambda), Float64Array.from(costs));
      const scale = Math.max(1, ...costs.map(Math.abs)) / alpha;
      assert.ok(Math.abs(found - wanted) < 1e-12 * scale, `${found}, wanted ${wanted}`);
    }),
  );
});
