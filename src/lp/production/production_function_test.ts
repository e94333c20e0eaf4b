import assert from "node:assert/strict";
import { headLine } from "./head_line.ts";
import {
  generationAt,
  netHead,
  netHeadSlope,
  type PlantHydraulics,
  specificProductivityOf,
} from "./production_function.ts";

const PLANT: PlantHydraulics = {
  level: { x: Float64Array.of(0, 100, 200), y: Float64Array.of(350, 370, 380) },
  tailrace: (outflow) => 300 + 0.1 * outflow,
  losses: null,
  specificProductivity: specificProductivityOf(0.9),
};

Deno.test("power is 9.81 kN/m³ times efficiency, flow and head; spillage counts for the head", () => {
  // 100 hm³: 370 m; 20 + 30 m³/s below: 305 m.
  assert.equal(netHead(PLANT, 100, 50), 65);
  assert.ok(Math.abs(generationAt(PLANT, 100, 20, 30) - 9.81e-3 * 0.9 * 20 * 65) < 1e-12);
});

Deno.test("head is lost as a share or in metres, and never below zero", () => {
  assert.equal(netHead({ ...PLANT, losses: { type: "factor", value: 0.1 } }, 100, 0), 63);
  assert.equal(netHead({ ...PLANT, losses: { type: "constant", valueM: 4 } }, 100, 0), 66);
  assert.equal(netHead({ ...PLANT, losses: { type: "constant", valueM: 90 } }, 100, 0), 0);
  assert.equal(netHead(PLANT, 100, 5000), 0);
});

Deno.test("losses by share also lower what more water adds to the head", () => {
  assert.equal(netHeadSlope(PLANT, 50), 0.2);
  assert.equal(netHeadSlope({ ...PLANT, losses: { type: "factor", value: 0.5 } }, 150), 0.05);
  assert.equal(netHeadSlope({ ...PLANT, losses: { type: "constant", valueM: 4 } }, 150), 0.1);
});

Deno.test("a plant without head at its reference has the same productivity at any volume", () => {
  assert.deepEqual(headLine(PLANT, 0.6, 100, 5000), { productivity: 0.6, k0: 1, kV: 0 });
});
