import assert from "node:assert/strict";
import fc from "fast-check";
import { multiplyMatrices } from "./dense.ts";
import { symmetricSquareRoot } from "./symmetric_root.ts";

function assertClose(found: Float64Array, wanted: Float64Array, tolerance: number): void {
  for (const [index, value] of found.entries()) {
    assert.ok(Math.abs(value - wanted[index]!) <= tolerance, `${value} for ${wanted[index]}`);
  }
}

Deno.test("the root of a positive semidefinite matrix is symmetric and squares to it", () => {
  const factors = fc.integer({ min: 1, max: 10 }).chain((n) =>
    fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: n * n, maxLength: n * n })
      .map((values) => ({ n, factor: Float64Array.from(values) }))
  );
  fc.assert(fc.property(factors, ({ n, factor }) => {
    const transposed = Float64Array.from(
      factor,
      (_, at) => factor[(at % n) * n + Math.floor(at / n)]!,
    );
    const matrix = multiplyMatrices(factor, transposed, n, n, n);
    const result = symmetricSquareRoot(matrix, n);
    assert.ok(result !== null);
    assert.equal(result.clippedCount, 0);
    assertClose(multiplyMatrices(result.root, result.root, n, n, n), matrix, 1e-13 * n);
    for (let at = 0; at < n * n; at++) {
      assert.equal(result.root[at], result.root[(at % n) * n + Math.floor(at / n)]);
    }
  }));
});

Deno.test("a negative eigenvalue is clipped, counted and measured", () => {
  // Eigenvalues 3 on (1, 1)/√2 and −1 on (1, −1)/√2.
  const result = symmetricSquareRoot(Float64Array.of(1, 2, 2, 1), 2);
  assert.ok(result !== null);
  assert.equal(result.clippedCount, 1);
  assert.ok(Math.abs(result.largestClipped - 1) < 1e-15);
  assertClose(result.root, new Float64Array(4).fill(Math.sqrt(3) / 2), 1e-15);
});

Deno.test("rounding in a singular matrix does not count as clipping", () => {
  const n = 40;
  const result = symmetricSquareRoot(new Float64Array(n * n).fill(1), n);
  assert.equal(result?.clippedCount, 0);
  assert.equal(result?.largestClipped, 0);
});

Deno.test("the root of the identity is the identity, bit by bit", () => {
  const identity = Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1);
  assert.deepEqual(symmetricSquareRoot(identity, 3)?.root, identity);
});
