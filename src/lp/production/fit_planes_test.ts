import assert from "node:assert/strict";
import fc from "fast-check";
import type { FphaPlaneSet } from "../plant_data.ts";
import type { PlaneLimits } from "./choose_planes.ts";
import { fitPlanes, type FittedPlanes } from "./fit_planes.ts";
import {
  generationAt,
  type PlantHydraulics,
  specificProductivityOf,
} from "./production_function.ts";
import type { SampleGrid } from "./sample_grid.ts";

const ALL: PlaneLimits = { count: 1000, reduction: null };

function even(from: number, to: number, count: number): Float64Array {
  return Float64Array.from({ length: count }, (_, i) => from + (to - from) * i / (count - 1));
}

function gridOf(volumes: Float64Array, turbinedTo = 50, volumesBelow = 0): SampleGrid {
  return {
    volume: volumes,
    turbined: even(0, turbinedTo, 5),
    spilled: even(0, turbinedTo / 2, 4),
    volumesBelow,
  };
}

/** The plant of the worked example: 3 % losses, efficiency 0.92, a level tailrace. */
const PLANT: PlantHydraulics = {
  level: {
    x: Float64Array.of(0, 50, 100, 150, 200),
    y: Float64Array.of(350, 370, 385, 395, 400),
  },
  tailrace: () => 300,
  losses: { type: "factor", value: 0.03 },
  specificProductivity: specificProductivityOf(0.92),
};

/** As PLANT, with a tailrace that rises with the outflow. */
const RISING: PlantHydraulics = {
  ...PLANT,
  tailrace: (outflow) => 300 + 0.1 * outflow + 0.001 * outflow ** 2,
};

function minimumAt(planes: FphaPlaneSet, v: number, q: number, s: number): number {
  const values = planes.intercept.map((constant, i) =>
    constant + planes.byVolume[i]! * v + planes.byTurbined[i]! * q + planes.bySpillage[i]! * s
  );
  return Math.min(...values);
}

function forSamples(grid: SampleGrid, visit: (v: number, q: number, s: number) => void): void {
  for (const v of grid.volume.subarray(grid.volumesBelow)) {
    for (const q of grid.turbined) for (const s of grid.spilled) visit(v, q, s);
  }
}

/** Factor of least squared error, from the planes as they are returned. */
function bestScale(plant: PlantHydraulics, grid: SampleGrid, { planes }: FittedPlanes): number {
  let product = 0;
  let square = 0;
  forSamples(grid, (v, q, s) => {
    const fitted = minimumAt(planes, v, q, s);
    product += generationAt(plant, v, q, s) * fitted;
    square += fitted ** 2;
  });
  return product / square;
}

const curves = fc.record({
  rises: fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 3, maxLength: 5 }),
  byOutflow: fc.integer({ min: 0, max: 30 }),
  bySquare: fc.integer({ min: 0, max: 10 }),
  lost: fc.integer({ min: 0, max: 10 }),
});

/** Plants whose level never falls with the volume and whose tailrace never falls with the outflow. */
const plants = curves.map(({ rises, byOutflow, bySquare, lost }): PlantHydraulics => {
  let level = 380;
  return {
    level: {
      x: even(0, 200, rises.length),
      y: Float64Array.from(rises, (rise) => level += rise),
    },
    tailrace: (outflow) => 300 + byOutflow / 100 * outflow + bySquare / 1e4 * outflow ** 2,
    losses: lost % 2 === 0
      ? { type: "factor", value: lost / 100 }
      : { type: "constant", valueM: lost },
    specificProductivity: 0.009,
  };
});

Deno.test("before the scale no sample lies above the planes, after it the squared error is least", () => {
  const grid = gridOf(even(0, 200, 5));
  fc.assert(
    fc.property(plants, fc.integer({ min: 1, max: 12 }), (plant, count) => {
      const fit = fitPlanes(plant, grid, { count, reduction: null })!;
      assert.ok(fit.kappa > 0 && fit.kappa <= 1);
      assert.ok(fit.planes.intercept.length <= count);
      forSamples(grid, (v, q, s) => {
        const above = minimumAt(fit.planes, v, q, s) / fit.kappa;
        assert.ok(
          above >= generationAt(plant, v, q, s) - 1e-7,
          `below the sample ${v}, ${q}, ${s}`,
        );
      });
      // The best factor on top of the scale is 1, unless turbines do better with less flow.
      if (plant.tailrace(100) - plant.tailrace(0) < 20) {
        assert.ok(Math.abs(bestScale(plant, grid, fit) - 1) < 1e-6);
      }
    }),
    { numRuns: 60 },
  );
});

Deno.test("more water is never worse, more spillage never better, and no flow makes no power", () => {
  fc.assert(
    fc.property(plants, fc.integer({ min: 1, max: 12 }), (plant, count) => {
      const { planes } = fitPlanes(plant, gridOf(even(0, 200, 5)), { count, reduction: null })!;
      assert.ok(planes.byVolume.every((slope) => slope >= 0));
      assert.ok(planes.byTurbined.every((slope) => slope >= 0));
      assert.ok(planes.bySpillage.every((slope) => slope <= 0));
      for (const v of [0, 30, 77, 200]) {
        for (const s of [0, 11, 25]) {
          assert.ok(Math.abs(minimumAt(planes, v, 0, s)) < 1e-9, `power at rest, ${v} hm³`);
        }
      }
    }),
    { numRuns: 60 },
  );
});

Deno.test("with all planes the fit is tight at both ends of the head and at full flow", () => {
  const grid = gridOf(even(0, 200, 5));
  const fit = fitPlanes(PLANT, grid, ALL)!;
  for (const [v, q] of [[0, 50], [200, 50], [50, 50], [100, 50], [200, 12.5]] as const) {
    const wanted = fit.kappa * generationAt(PLANT, v, q, 0);
    assert.ok(Math.abs(minimumAt(fit.planes, v, q, 0) - wanted) < 1e-6, `${v}, ${q}`);
  }
});

Deno.test("the worked example loses 3 per cent to its scale, not the 30 of the worst ratio", () => {
  const grid = gridOf(even(0, 200, 5));
  const fit = fitPlanes(PLANT, grid, ALL)!;
  assert.equal(fit.planes.intercept.length, 5);
  assert.ok(Math.abs(fit.kappa - 0.97054) < 1e-4, `${fit.kappa}`);
  // One line per level: through rest and full flow at neighbouring volumes, by hand.
  const c = fit.kappa * 0.97 * specificProductivityOf(0.92);
  const slopes = [20, 15, 10, 5].map((rise) => c * 50 * rise / 50);
  const volumes = Array.from(fit.planes.byVolume).filter((slope) => slope > 0).sort((a, b) =>
    b - a
  );
  volumes.forEach((slope, i) => assert.ok(Math.abs(slope - slopes[i]!) < 1e-6));
  assert.ok(Math.abs(fit.planes.byTurbined[0]! - c * 100) < 1e-6);
});

Deno.test("deviations tell the fit at every dry sample of the window", () => {
  const grid = gridOf(even(50, 200, 4));
  const { deviations, planes, ...range } = fitPlanes(RISING, grid, ALL)!;
  assert.equal(deviations.volumeHm3.length, 20);
  deviations.volumeHm3.forEach((v, i) => {
    const q = deviations.turbinedM3s[i]!;
    assert.ok(Math.abs(deviations.exactMw[i]! - generationAt(RISING, v, q, 0)) < 1e-9);
    assert.ok(Math.abs(deviations.fittedMw[i]! - minimumAt(planes, v, q, 0)) < 1e-9);
  });
  assert.deepEqual([range.volumeFromHm3, range.volumeToHm3, range.turbinedToM3s], [50, 200, 50]);
});

Deno.test("fewer planes never fit better", () => {
  const grid = gridOf(even(0, 200, 5));
  const errors = [1, 2, 3, 5, 8, 1000].map((count) => {
    const { planes } = fitPlanes(RISING, grid, { count, reduction: null })!;
    let sum = 0;
    forSamples(grid, (v, q, s) => {
      sum += (minimumAt(planes, v, q, s) - generationAt(RISING, v, q, s)) ** 2;
    });
    return sum;
  });
  errors.slice(1).forEach((error, i) => assert.ok(error <= errors[i]! * 1.000001, `${errors}`));
  assert.ok(errors[0]! > 2 * errors.at(-1)!);
});

Deno.test("a plant below the window can stand still", () => {
  const below = gridOf(Float64Array.of(10, ...even(100, 200, 4)), 50, 1);
  const fit = fitPlanes(PLANT, below, ALL)!;
  assert.equal(fit.volumeFromHm3, 100);
  assert.ok(minimumAt(fit.planes, 10, 0, 0) > -1e-9);
  // Fitted to the window alone the planes would ask for a flow at this volume.
  const alone = fitPlanes(PLANT, gridOf(even(100, 200, 4)), ALL)!;
  assert.ok(minimumAt(alone.planes, 10, 0, 0) < -1);
});

Deno.test("spillage costs generation where it lifts the tailrace", () => {
  const { planes } = fitPlanes(RISING, gridOf(even(0, 200, 5)), ALL)!;
  assert.ok(minimumAt(planes, 100, 50, 20) < minimumAt(planes, 100, 50, 0) - 0.5);
});

Deno.test("without any head there are no planes", () => {
  const drowned = { ...PLANT, tailrace: () => 500 };
  assert.equal(fitPlanes(drowned, gridOf(even(0, 200, 5)), ALL), null);
});
