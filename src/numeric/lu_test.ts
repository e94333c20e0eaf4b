import assert from "node:assert/strict";
import fc from "fast-check";
import { multiplyVector } from "./dense.ts";
import { luFactor, luSolve } from "./lu.ts";

const entry = fc.double({ min: -10, max: 10, noNaN: true });
const problem = fc.integer({ min: 1, max: 12 }).chain((n) =>
  fc.record({
    n: fc.constant(n),
    matrix: fc.array(entry, { minLength: n * n, maxLength: n * n })
      .map((values) => Float64Array.from(values)),
    right: fc.array(entry, { minLength: n, maxLength: n })
      .map((values) => Float64Array.from(values)),
  })
);

Deno.test("a solution leaves a residual of the size of rounding", () => {
  fc.assert(fc.property(problem, ({ n, matrix, right }) => {
    const factors = luFactor(matrix, n);
    if (factors === null) return;
    const x = luSolve(factors, right);
    const image = new Float64Array(n);
    multiplyVector(matrix, n, n, x, image);
    const size = Math.max(...x.map(Math.abs), 1);
    for (let row = 0; row < n; row++) {
      assert.ok(Math.abs(image[row]! - right[row]!) <= 1e-12 * size * n);
    }
  }));
});

Deno.test("rows are exchanged where a leading entry is zero, and the inputs stay as they were", () => {
  const matrix = Float64Array.of(0, 1, 2, 1, 0, 0, 0, 3, 1);
  const right = Float64Array.of(8, 1, 9);
  const factors = luFactor(matrix, 3);
  assert.ok(factors !== null);
  const x = luSolve(factors, right);
  for (const [index, wanted] of [1, 2, 3].entries()) {
    assert.ok(Math.abs(x[index]! - wanted) < 1e-15);
  }
  assert.deepEqual(matrix, Float64Array.of(0, 1, 2, 1, 0, 0, 0, 3, 1));
  assert.deepEqual(right, Float64Array.of(8, 1, 9));
});

Deno.test("a singular matrix is refused, and so is a pivot below the caller's least", () => {
  assert.equal(luFactor(Float64Array.of(1, 2, 2, 4), 2), null);
  assert.equal(luFactor(Float64Array.of(Number.NaN), 1), null);
  assert.equal(luFactor(Float64Array.of(1e-3), 1, 1e-2), null);
  assert.notEqual(luFactor(Float64Array.of(1e-3), 1, 1e-4), null);
});
