import assert from "node:assert/strict";
import fc from "fast-check";
import { dot, multiplyMatrices, multiplyTransposedVector, multiplyVector } from "./dense.ts";

const entry = fc.double({ min: -100, max: 100, noNaN: true });
const shape = fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }));
const problem = shape.chain(([rows, columns]) =>
  fc.record({
    rows: fc.constant(rows),
    columns: fc.constant(columns),
    matrix: fc.array(entry, { minLength: rows * columns, maxLength: rows * columns })
      .map((values) => Float64Array.from(values)),
    vector: fc.array(entry, { minLength: columns, maxLength: columns })
      .map((values) => Float64Array.from(values)),
  })
);

Deno.test("every row of a matrix-vector product has the bits of its plain inner product", () => {
  fc.assert(fc.property(problem, ({ rows, columns, matrix, vector }) => {
    const out = new Float64Array(rows);
    multiplyVector(matrix, rows, columns, vector, out);
    for (let row = 0; row < rows; row++) {
      let wanted = 0;
      for (let column = 0; column < columns; column++) {
        wanted += matrix[row * columns + column]! * vector[column]!;
      }
      assert.equal(out[row], wanted);
      assert.equal(dot(matrix, row * columns, vector, 0, columns), wanted);
    }
  }));
});

Deno.test("the transposed product is the product with the transposed matrix", () => {
  fc.assert(fc.property(problem, ({ rows, columns, matrix, vector }) => {
    const transposed = new Float64Array(rows * columns);
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        transposed[column * rows + row] = matrix[row * columns + column]!;
      }
    }
    const direct = new Float64Array(rows);
    const crosswise = new Float64Array(rows).fill(7);
    multiplyVector(matrix, rows, columns, vector, direct);
    multiplyTransposedVector(transposed, columns, rows, vector, crosswise);
    assert.deepEqual(crosswise, direct);
  }));
});

Deno.test("a product of matrices is column by column a product with a vector", () => {
  fc.assert(fc.property(problem, ({ rows, columns, matrix, vector }) => {
    const out = new Float64Array(rows);
    multiplyVector(matrix, rows, columns, vector, out);
    assert.deepEqual(multiplyMatrices(matrix, vector, rows, columns, 1), out);
  }));
  const left = Float64Array.of(1, 2, 3, 4, 5, 6);
  const right = Float64Array.of(7, 8, 9, 10, 11, 12);
  assert.deepEqual(multiplyMatrices(left, right, 2, 3, 2), Float64Array.of(58, 64, 139, 154));
});
