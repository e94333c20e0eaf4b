import assert from "node:assert/strict";
import { lagContributions } from "./contributions.ts";

const close = (found: readonly number[], expected: readonly number[]): void => {
  assert.equal(found.length, expected.length);
  found.forEach((value, at) => assert.ok(Math.abs(value - expected[at]!) < 1e-12, `${value}`));
};

Deno.test("a lag acts directly and through the season in between", () => {
  const coefficients = [[0.5], [0.4, -0.3]];
  const stds = Float64Array.of(1, 2);
  // In m³/s: 0.8 and −0.3 in season 1, 0.25 in season 0; lag 2 brings 0.8·0.25 − 0.3.
  close(lagContributions(coefficients, stds, 1), [0.8, -0.1]);
  close(lagContributions(coefficients, stds, 0), [0.25]);
});

Deno.test("three lags of one season unfold into the powers of the process", () => {
  // Responses of z_t = a z_(t−1) + b z_(t−2) + c z_(t−3): a, a² + b, a³ + 2ab + c.
  const [a, b, c] = [0.5, -0.2, 0.3];
  close(lagContributions([[a, b, c]], Float64Array.of(3), 0), [
    a,
    a * a + b,
    a ** 3 + 2 * a * b + c,
  ]);
});

Deno.test("a lag in a season without deviation brings nothing", () => {
  close(lagContributions([[0.5], [0.4]], Float64Array.of(0, 2), 1), [0]);
});
