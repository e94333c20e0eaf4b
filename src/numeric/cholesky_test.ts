import assert from "node:assert/strict";
import fc from "fast-check";
import { cholesky } from "./cholesky.ts";

const positiveDefinite = fc.integer({ min: 1, max: 12 }).chain((n) =>
  fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: n * n, maxLength: n * n })
    .map((factor) => {
      const matrix = new Float64Array(n * n);
      for (let i = 0; i < n; i++) {
        for (let j = 0; j < n; j++) {
          let sum = i === j ? 0.1 : 0;
          for (let k = 0; k < n; k++) sum += factor[i * n + k]! * factor[j * n + k]!;
          matrix[i * n + j] = sum;
        }
      }
      return { n, matrix };
    })
);

Deno.test("the factor is lower triangular and multiplies back to the matrix", () => {
  fc.assert(fc.property(positiveDefinite, ({ n, matrix }) => {
    const result = cholesky(matrix, n);
    assert.ok(result.ok);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        let product = 0;
        for (let k = 0; k < n; k++) product += result.lower[i * n + k]! * result.lower[j * n + k]!;
        assert.ok(Math.abs(product - matrix[i * n + j]!) < 1e-13 * n);
        if (j > i) assert.equal(result.lower[i * n + j], 0);
      }
    }
  }));
});

Deno.test("a matrix that is not positive definite is refused with the row and what was left", () => {
  assert.deepEqual(cholesky(Float64Array.of(4, 2, 2, 1), 2), { ok: false, row: 1, pivot: 0 });
  assert.deepEqual(cholesky(Float64Array.of(1, 2, 2, 1), 2), { ok: false, row: 1, pivot: -3 });
  assert.deepEqual(cholesky(Float64Array.of(Number.NaN), 1), { ok: false, row: 0, pivot: NaN });
});
