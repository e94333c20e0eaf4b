import assert from "node:assert/strict";
import fc from "fast-check";
import { multiplyMatrices } from "./dense.ts";
import { spectralRadius } from "./spectral_radius.ts";

/** The matrix that moves an autoregression with these coefficients one step on. */
function companion(coefficients: readonly number[], n = coefficients.length): Float64Array {
  const matrix = new Float64Array(n * n);
  for (const [lag, coefficient] of coefficients.entries()) matrix[lag] = coefficient;
  for (let row = 1; row < n; row++) matrix[row * n + row - 1] = 1;
  return matrix;
}

/** Coefficients of the autoregression whose roots are the given real numbers and complex pairs. */
function coefficientsOf(real: readonly number[], pairs: readonly (readonly [number, number])[]) {
  let polynomial = [1];
  const multiply = (factor: readonly number[]) => {
    const product = new Array<number>(polynomial.length + factor.length - 1).fill(0);
    for (const [i, a] of polynomial.entries()) {
      for (const [j, b] of factor.entries()) product[i + j]! += a * b;
    }
    polynomial = product;
  };
  for (const root of real) multiply([1, -root]);
  for (const [size, angle] of pairs) multiply([1, -2 * size * Math.cos(angle), size * size]);
  return polynomial.slice(1).map((coefficient) => -coefficient);
}

function assertRadius(matrix: Float64Array, n: number, wanted: number, tolerance: number): void {
  const found = spectralRadius(matrix, n);
  assert.ok(found !== null && Math.abs(found - wanted) <= tolerance, `${found} for ${wanted}`);
}

Deno.test("the radius of an autoregression of any order to 24 is its largest root", () => {
  // Roots on a grid, all distinct, so that each is well determined by the coefficients.
  const size = fc.integer({ min: 1, max: 20 });
  fc.assert(fc.property(
    fc.uniqueArray(size, { maxLength: 4 }),
    fc.uniqueArray(size, { maxLength: 4 }),
    fc.integer({ min: 1, max: 5 }),
    (realSizes, pairSizes, turn) => {
      const real = realSizes.map((k, index) => (index % 2 === 0 ? k : -k) / 20);
      const pairs = pairSizes.map((k, index) => [k / 20, (turn + index) / 3] as const);
      const coefficients = coefficientsOf(real, pairs);
      const n = coefficients.length;
      if (n === 0) return;
      const wanted = Math.max(...real.map(Math.abs), ...pairs.map(([size]) => size));
      assertRadius(companion(coefficients), n, wanted, 1e-5);
    },
  ));
  // All 24 roots on one circle: 0.9·exp(2πik/24).
  assertRadius(companion([...new Array<number>(23).fill(0), 0.9 ** 24]), 24, 0.9, 1e-13);
});

Deno.test("the radius of a periodic autoregression is that of the product over its period", () => {
  // Order 1 in every season: one eigenvalue, the product of the coefficients.
  const seasons = [0.8, 1.2, 0.5, 1.1];
  const n = 12;
  let product = companion([seasons[0]!], n);
  for (const coefficient of seasons.slice(1)) {
    product = multiplyMatrices(companion([coefficient], n), product, n, n, n);
  }
  assertRadius(product, n, 0.8 * 1.2 * 0.5 * 1.1, 1e-15);
});

Deno.test("lags that nobody reads do not move the radius, not even in the last bit", () => {
  assert.equal(spectralRadius(companion([0.5, 0, 0]), 3), 0.5);
  assert.equal(spectralRadius(companion([0, 0, 0, 0]), 4), 0);
});

Deno.test("diagonal blocks, rotations and badly scaled matrices have their known radius", () => {
  assertRadius(Float64Array.of(0, -2, 2, 0), 2, 2, 1e-15);
  assertRadius(Float64Array.of(3, 1e9, 1e-9, 3), 2, 4, 1e-12);
  // A cyclic permutation: all eigenvalues on the unit circle, where plain QR would stand still.
  assertRadius(Float64Array.of(0, 0, 1, 1, 0, 0, 0, 1, 0), 3, 1, 1e-14);
  const n = 24;
  const ones = new Float64Array(n * n).fill(1);
  assertRadius(ones, n, n, 1e-12);
});

Deno.test("a similarity transformation leaves the radius as it is", () => {
  const entry = fc.integer({ min: -3, max: 3 });
  fc.assert(fc.property(fc.array(entry, { minLength: 15, maxLength: 15 }), (entries) => {
    // S⁻¹·D·S with a unit triangular S over whole numbers, so that its inverse is exact.
    const n = 6;
    const s = new Float64Array(n * n);
    let next = 0;
    for (let row = 0; row < n; row++) {
      s[row * n + row] = 1;
      for (let column = 0; column < row; column++) s[row * n + column] = entries[next++]!;
    }
    const inverse = new Float64Array(n * n);
    for (let column = 0; column < n; column++) {
      for (let row = column; row < n; row++) {
        let rest = row === column ? 1 : 0;
        for (let k = column; k < row; k++) rest -= s[row * n + k]! * inverse[k * n + column]!;
        inverse[row * n + column] = rest;
      }
    }
    const d = new Float64Array(n * n);
    for (let row = 0; row < n; row++) d[row * n + row] = [4, -1, 8, 2, 1, -16][row]!;
    // A second change of basis by the transposed S fills the other triangle.
    const flip = (matrix: Float64Array) =>
      matrix.map((_, at) => matrix[(at % n) * n + Math.floor(at / n)]!);
    const times = (left: Float64Array, right: Float64Array) =>
      multiplyMatrices(left, right, n, n, n);
    const lower = times(times(inverse, d), s);
    assertRadius(times(times(flip(inverse), lower), flip(s)), n, 16, 1e-4);
  }));
});

Deno.test("matrices with entries that are not finite have no radius, empty ones have 0", () => {
  assert.equal(spectralRadius(Float64Array.of(1, Number.NaN, 0, 1), 2), null);
  assert.equal(spectralRadius(new Float64Array(0), 0), 0);
});
