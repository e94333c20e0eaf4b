import assert from "node:assert/strict";
import fc from "fast-check";
import { correlationFactor } from "./correlation_factor.ts";

/** F·Fᵀ. */
function product(factor: Float64Array, size: number): number[] {
  return Array.from({ length: size * size }, (_, at) => {
    let sum = 0;
    for (let k = 0; k < size; k++) {
      sum += factor[Math.floor(at / size) * size + k]! * factor[at % size * size + k]!;
    }
    return sum;
  });
}

function assertClose(actual: readonly number[], expected: ArrayLike<number>, tolerance: number) {
  actual.forEach((value, at) => {
    assert.ok(Math.abs(value - expected[at]!) <= tolerance, `${at}: ${value}, ${expected[at]}`);
  });
}

/** Correlations of random vectors of length one, of any rank. */
const correlations = fc.integer({ min: 1, max: 6 }).chain((size) =>
  fc.array(
    fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: size, maxLength: size }),
    { minLength: size, maxLength: size },
  ).map((rows) => {
    const unit = rows.map((row) => {
      const length = Math.hypot(...row);
      return length < 1e-3 ? row.map((_, i) => i === 0 ? 1 : 0) : row.map((x) => x / length);
    });
    const matrix = Float64Array.from({ length: size * size }, (_, at) => {
      const [i, j] = [Math.floor(at / size), at % size];
      return i === j ? 1 : unit[i]!.reduce((sum, x, k) => sum + x * unit[j]![k]!, 0);
    });
    return { size, matrix };
  })
);

Deno.test("both factors give back any correlation matrix, unchanged", () => {
  fc.assert(fc.property(correlations, fc.constantFrom("spectral", "cholesky"), (given, method) => {
    const { size, matrix } = given;
    const factor = correlationFactor(matrix, size, method)!;
    assert.equal(factor.repair, null);
    assertClose(product(factor.matrix, size), matrix, 1e-7);
  }));
});

Deno.test("the spectral factor is symmetric, that of Cholesky a lower triangle", () => {
  const matrix = Float64Array.of(1, 0.5, 0.5, 1);
  const [a, b, c, d] = correlationFactor(matrix, 2, "spectral")!.matrix;
  assert.equal(b, c);
  assertClose([a!, d!], [(Math.sqrt(1.5) + Math.sqrt(0.5)) / 2, a!], 1e-15);
  assertClose(
    [...correlationFactor(matrix, 2, "cholesky")!.matrix],
    [1, 0, 0.5, Math.sqrt(0.75)],
    1e-15,
  );
});

Deno.test("an indefinite matrix keeps ones on the diagonal and tells how far it was moved", () => {
  // Eigenvalues 1 + 0.9·√2, 1 and 1 − 0.9·√2: the last is −0.27.
  const matrix = Float64Array.of(1, 0.9, 0, 0.9, 1, 0.9, 0, 0.9, 1);
  for (const method of ["spectral", "cholesky"] as const) {
    const { matrix: factor, repair } = correlationFactor(matrix, 3, method)!;
    const repaired = product(factor, 3);
    assertClose([repaired[0]!, repaired[4]!, repaired[8]!], [1, 1, 1], 1e-14);
    assert.equal(repair!.clippedCount, 1);
    assertClose([repair!.largestClipped], [0.9 * Math.SQRT2 - 1], 1e-14);
    const change = Math.max(...repaired.map((value, at) => Math.abs(value - matrix[at]!)));
    assertClose([repair!.largestChange], [change], 1e-14);
    assert.ok(change > 0.01);
  }
});

Deno.test("perfectly correlated noises are a correlation matrix like any other", () => {
  for (const method of ["spectral", "cholesky"] as const) {
    const { matrix, repair } = correlationFactor(Float64Array.of(1, 1, 1, 1), 2, method)!;
    assert.equal(repair, null);
    assertClose(product(matrix, 2), [1, 1, 1, 1], 1e-14);
  }
});

Deno.test("a matrix that is not finite has no factor", () => {
  assert.equal(correlationFactor(Float64Array.of(1, NaN, NaN, 1), 2, "spectral"), null);
});
