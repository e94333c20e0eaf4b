import assert from "node:assert/strict";
import { tableOf } from "../testing/tiny_system.ts";
import { tailraceAt, tailraceModel } from "./tailrace_level.ts";

const INTEGERS = ["hydro_id", "family_id", "segment_id"] as const;
const REALS = [
  "downstream_reference_level_m",
  "outflow_min_m3s",
  "outflow_max_m3s",
  "coefficient_0",
  "coefficient_1",
  "coefficient_2",
  "coefficient_3",
  "coefficient_4",
] as const;

/** A family that stands at `level` without outflow and rises by 1 cm per m³/s, up to 1000 m³/s. */
function family(family_id: number, reference: number, level: number, hydro_id = 4) {
  return {
    hydro_id,
    family_id,
    segment_id: 0,
    downstream_reference_level_m: reference,
    outflow_min_m3s: 0,
    outflow_max_m3s: 1000,
    coefficient_0: level,
    coefficient_1: 0.01,
    coefficient_2: 0,
    coefficient_3: 0,
    coefficient_4: 0,
  };
}

Deno.test("a polynomial is taken by rising power, at any outflow", () => {
  const model = tailraceModel(0, { type: "polynomial", coefficients: [300, 0.5, -0.25] }, null)!;
  assert.deepEqual([0, 2, 4].map(tailraceAt(model, null)), [300, 300, 298]);
});

Deno.test("points are taken by outflow, level beyond their ends", () => {
  const points = [{ outflowM3s: 100, heightM: 52 }, { outflowM3s: 0, heightM: 50 }];
  const model = tailraceModel(0, { type: "piecewise", points }, null)!;
  assert.deepEqual([0, 50, 100, 900].map(tailraceAt(model, 45)), [50, 51, 52, 52]);
});

Deno.test("a plant without tailrace and curves has no model", () => {
  assert.equal(tailraceModel(3, null, tableOf(INTEGERS, REALS, [family(0, 20, 30)])), null);
});

Deno.test("families are interpolated by the level further down, and the nearest holds beyond", () => {
  const curves = tableOf(INTEGERS, REALS, [
    family(0, 20, 30),
    family(1, 24, 38),
    family(2, 28, 39),
  ]);
  const model = tailraceModel(4, { type: "polynomial", coefficients: [0] }, curves)!;
  const without = (level: number | null): number => tailraceAt(model, level)(100);
  assert.deepEqual([19, 20, 21, 24, 26, 28, 30].map(without), [31, 31, 33, 39, 39.5, 40, 40]);
  assert.equal(without(null), 31);
});

Deno.test("a family for any level does not ask for the level", () => {
  const curves = tableOf(INTEGERS, REALS, [family(0, NaN, 33)]);
  assert.equal(tailraceAt(tailraceModel(4, null, curves)!, 99)(0), 33);
});

Deno.test("each segment holds in its range; an outflow in none takes the nearest end", () => {
  const curves = tableOf(INTEGERS, REALS, [
    { ...family(0, NaN, 30), outflow_max_m3s: 100 },
    { ...family(0, NaN, 40), segment_id: 1, outflow_min_m3s: 200, outflow_max_m3s: 300 },
  ]);
  const level = tailraceAt(tailraceModel(4, null, curves)!, null);
  assert.deepEqual([50, 140, 190, 250, 1000].map(level), [30.5, 31, 42, 42.5, 43]);
});
