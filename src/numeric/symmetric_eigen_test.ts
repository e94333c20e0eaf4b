import assert from "node:assert/strict";
import fc from "fast-check";
import { dot, multiplyVector } from "./dense.ts";
import { Pcg64 } from "./pcg64.ts";
import { symmetricEigen } from "./symmetric_eigen.ts";

/** Checks A·q = λ·q, orthonormal q and ascending λ, all to rounding. */
function assertDecomposed(matrix: Float64Array, n: number): void {
  const eigen = symmetricEigen(matrix, n);
  assert.ok(eigen !== null);
  const { values, vectors } = eigen;
  const norm = Math.max(...matrix.map(Math.abs), Number.MIN_VALUE) * n;
  const image = new Float64Array(n);
  for (let k = 0; k < n; k++) {
    const vector = vectors.subarray(k * n, (k + 1) * n);
    multiplyVector(matrix, n, n, vector, image);
    for (let row = 0; row < n; row++) {
      assert.ok(Math.abs(image[row]! - values[k]! * vector[row]!) <= 1e-14 * norm);
    }
    for (let other = 0; other <= k; other++) {
      const inner = dot(vectors, k * n, vectors, other * n, n);
      assert.ok(Math.abs(inner - (other === k ? 1 : 0)) < 1e-14 * n);
    }
    if (k > 0) assert.ok(values[k]! >= values[k - 1]!);
  }
}

function symmetric(n: number, entry: (row: number, column: number) => number): Float64Array {
  const matrix = new Float64Array(n * n);
  for (let row = 0; row < n; row++) {
    for (let column = 0; column <= row; column++) {
      matrix[row * n + column] = matrix[column * n + row] = entry(row, column);
    }
  }
  return matrix;
}

for (
  const [name, entry] of [
    ["spread", fc.double({ min: -1e3, max: 1e3, noNaN: true })],
    ["sparse", fc.oneof(fc.constant(0), fc.integer({ min: -2, max: 2 }))],
    ["tiny and huge", fc.constantFrom(1e-150, -1e-20, 0, 1, -3, 1e20)],
  ] as const
) {
  Deno.test(`symmetric matrices of ${name} entries are decomposed to rounding`, () => {
    const matrices = fc.integer({ min: 1, max: 10 }).chain((n) =>
      fc.array(entry, { minLength: n * n, maxLength: n * n })
        .map((values) => ({ n, matrix: symmetric(n, (i, j) => values[i * n + j]!) }))
    );
    fc.assert(fc.property(matrices, ({ n, matrix }) => assertDecomposed(matrix, n)));
  });
}

Deno.test("singular, diagonal and repeated spectra are decomposed", () => {
  assertDecomposed(symmetric(60, () => 1), 60);
  assertDecomposed(symmetric(20, (i, j) => (i === j ? 3 : 0)), 20);
  assertDecomposed(symmetric(20, () => 0), 20);
  assertDecomposed(symmetric(30, (i, j) => (i === j ? 1 : 0.999999999)), 30);
});

Deno.test("eigenvalues of the second-difference matrix are 2 − 2·cos(kπ/(n+1))", () => {
  const n = 50;
  const eigen = symmetricEigen(symmetric(n, (i, j) => (i === j ? 2 : i - j === 1 ? -1 : 0)), n);
  for (let k = 0; k < n; k++) {
    const wanted = 2 - 2 * Math.cos((k + 1) * Math.PI / (n + 1));
    assert.ok(Math.abs(eigen!.values[k]! - wanted) < 1e-13);
  }
});

Deno.test("two hundred rows are decomposed, twice to the same bits", () => {
  const generator = new Pcg64();
  const matrix = symmetric(200, () => generator.nextUniform53() - 0.5);
  assertDecomposed(matrix, 200);
  assert.deepEqual(symmetricEigen(matrix, 200), symmetricEigen(matrix.slice(), 200));
});

Deno.test("entries that are not finite are refused, no rows are no eigenvalues", () => {
  assert.equal(symmetricEigen(Float64Array.of(1, 0, Number.NaN, 1), 2), null);
  assert.equal(symmetricEigen(Float64Array.of(Infinity), 1), null);
  assert.equal(symmetricEigen(new Float64Array(0), 0)?.values.length, 0);
});
