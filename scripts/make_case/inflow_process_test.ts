import assert from "node:assert/strict";
import fc from "fast-check";
import { modelsOf, type MonthModel } from "./inflow_process.ts";

/** Covariances of the last `order` values after many cycles, by month, from a start that is wrong. */
function settledVariances(models: readonly MonthModel[], cycles: number): number[] {
  const order = models[0]!.phi.length;
  let covariance: number[][] = Array.from(
    { length: order },
    (_, i) => Array.from({ length: order }, (_, j) => i === j ? 3 : 0),
  );
  const variances: number[] = [];
  for (let t = 0; t < cycles * models.length; t++) {
    const { phi, ratio } = models[t % models.length]!;
    const withPast = covariance.map((row) => row.reduce((sum, c, l) => sum + phi[l]! * c, 0));
    const variance = ratio ** 2 + withPast.reduce((sum, c, l) => sum + phi[l]! * c, 0);
    const old = covariance;
    covariance = old.map((_, i) =>
      old.map((_, j) =>
        i === 0
          ? (j === 0 ? variance : withPast[j - 1]!)
          : j === 0
          ? withPast[i - 1]!
          : old[i - 1]![j - 1]!
      )
    );
    variances[t % models.length] = variance;
  }
  return variances;
}

Deno.test("models keep the deviation of one in every month, whatever they are made from", () => {
  const lag = fc.double({ min: -0.8, max: 0.8, noNaN: true });
  const models = fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 12 })).chain(
    ([order, months]) =>
      fc.array(fc.array(lag, { minLength: order, maxLength: order }), {
        minLength: months,
        maxLength: months,
      }),
  ).map(modelsOf);
  fc.assert(
    fc.property(models, (months) => {
      const cycles = Math.ceil(400 / months.length);
      for (const variance of settledVariances(months, cycles)) {
        assert.ok(Math.abs(variance - 1) < 1e-6, `variance ${variance}`);
      }
    }),
    { seed: 1, numRuns: 200 },
  );
});

Deno.test("a model of order one has its correlation as coefficient", () => {
  const [winter, summer] = modelsOf([[0.6], [0.3]]);
  assert.deepEqual(winter!.phi, [0.6]);
  assert.ok(Math.abs(winter!.ratio - 0.8) < 1e-15);
  assert.deepEqual(summer!.phi, [0.3]);
});
