import assert from "node:assert/strict";
import fc from "fast-check";
import { type Curve, curveMean, curveSlope, curveValue } from "./curve.ts";

const CURVE: Curve = { x: Float64Array.of(0, 100, 200), y: Float64Array.of(350, 370, 380) };

Deno.test("a curve is straight between its points and level beyond them", () => {
  const at = [-5, 0, 50, 100, 150, 200, 300].map((x) => curveValue(CURVE, x));
  assert.deepEqual(at, [350, 350, 360, 370, 375, 380, 380]);
});

Deno.test("the slope at a point is that of the piece to its right, at the ends that of the last", () => {
  const at = [-5, 0, 99, 100, 200, 300].map((x) => curveSlope(CURVE, x));
  assert.deepEqual(at, [0.2, 0.2, 0.2, 0.1, 0.1, 0.1]);
});

Deno.test("a curve of one point is level", () => {
  const level: Curve = { x: Float64Array.of(40), y: Float64Array.of(12) };
  assert.deepEqual([curveValue(level, 0), curveSlope(level, 40), curveMean(level, 0, 90)], [
    12,
    0,
    12,
  ]);
});

Deno.test("the mean of a curve is that of very many of its heights", () => {
  const range = fc.tuple(
    fc.double({ min: -50, max: 250, noNaN: true }),
    fc.integer({ min: 1, max: 300 }),
  );
  fc.assert(fc.property(range, ([from, length]) => {
    const parts = 4000;
    let sum = 0;
    for (let i = 0; i < parts; i++) sum += curveValue(CURVE, from + (i + 0.5) * length / parts);
    assert.ok(Math.abs(curveMean(CURVE, from, from + length) - sum / parts) < 1e-3);
  }));
  assert.equal(curveMean(CURVE, 50, 50), 360);
});
