/**
 * Planes of a production function, fitted to the geometry of the plant.
 *
 * 1. The function φ(v, q, s) is sampled on a grid. Each sample takes the best of those with no more
 *    turbined flow, no more volume and no less spillage: units need not use all of the flow, and
 *    the planes become monotone.
 * 2. The smallest concave function f above the samples is the minimum of the planes of their upper
 *    hull. The stage problem takes this minimum, for there g ≤ every plane.
 * 3. Of these planes the best few are kept. One always is: g ≤ max(φ/q)·q. It is tight at rest, so
 *    that no water makes no power.
 * 4. The minimum m of those kept is never below a sample, and above many: φ is not concave, mostly
 *    because of its product of flow and head. All planes are therefore scaled by
 *    κ = Σ φ·m / Σ m² over the samples, the factor of least squared error, which lies in (0, 1].
 *
 * The other natural factor, the least of φ/m, would never promise too much at a sample. But the
 * least ratio belongs to a nearly empty reservoir at a trickle of flow, where the error in MW is
 * next to nothing, and it would take away from full head and full flow by the same share: for a
 * head that doubles between empty and full it withholds up to half of the plant. Least squares
 * errs by little where the plant works, on either side. (A. L. Diniz and M. E. P. Maceira, "A
 * four-dimensional model of hydro generation for the short-term hydrothermal dispatch problem
 * considering head and spillage effects", IEEE Transactions on Power Systems 23(3), 2008.)
 */
import type { FphaPlaneSet } from "../plant_data.ts";
import { choosePlanes, type PlaneLimits, planeMinimum } from "./choose_planes.ts";
import { concaveEnvelope, type Plane, type Samples } from "./concave_envelope.ts";
import { generationAt, type PlantHydraulics } from "./production_function.ts";
import type { SampleGrid } from "./sample_grid.ts";

/** A fitted production function. */
export interface FittedPlanes {
  /** Scaled by {@link kappa}, as the stage problem takes them; steepest by turbined flow first. */
  readonly planes: FphaPlaneSet;
  /** The scale, in (0, 1]. Files that scale the intercept alone by it hold intercept / kappa. */
  readonly kappa: number;
  /** Range of volumes that was fitted (hm³). */
  readonly volumeFromHm3: number;
  readonly volumeToHm3: number;
  /** Greatest turbined flow that was sampled (m³/s). */
  readonly turbinedToM3s: number;
  /** The fit at the samples without spillage in the fitted range, by volume and turbined flow. */
  readonly deviations: {
    readonly volumeHm3: Float64Array;
    readonly turbinedM3s: Float64Array;
    readonly exactMw: Float64Array;
    readonly fittedMw: Float64Array;
  };
}

/** Fits planes; null when the plant has no head anywhere. */
export function fitPlanes(
  plant: PlantHydraulics,
  grid: SampleGrid,
  limits: PlaneLimits,
): FittedPlanes | null {
  const samples = sample(plant, grid);
  if (samples.height.every((height) => height <= 0)) return null;
  const envelope = concaveEnvelope(samples).map((plane) => monotone(plane, samples));
  const rest = restPlane(samples);
  const isRest = (plane: Plane): boolean =>
    plane.every((c, i) => Math.abs(c - rest[i]!) <= 1e-6 * rest[2]);
  const planes = [rest, ...envelope.filter((plane) => !isRest(plane))];
  const chosen = choosePlanes(planes, 0, samples, limits);
  const inWindow = grid.volumesBelow * grid.turbined.length * grid.spilled.length;
  const floor = planeMinimum(chosen, samples);
  let product = 0;
  let square = 0;
  for (let i = inWindow; i < floor.length; i++) {
    product += samples.height[i]! * floor[i]!;
    square += floor[i]! * floor[i]!;
  }
  const kappa = Math.min(1, product / square);
  const volumes = grid.volume.subarray(grid.volumesBelow);
  const dry = Array.from(
    { length: volumes.length * grid.turbined.length },
    (_, n) => inWindow + n * grid.spilled.length,
  );
  return {
    planes: toPlaneSet(chosen, grid, kappa),
    kappa,
    volumeFromHm3: volumes[0]!,
    volumeToHm3: volumes.at(-1)!,
    turbinedToM3s: grid.turbined.at(-1)!,
    deviations: {
      volumeHm3: Float64Array.from(dry, (_, n) => volumes[Math.floor(n / grid.turbined.length)]!),
      turbinedM3s: Float64Array.from(dry, (_, n) => grid.turbined[n % grid.turbined.length]!),
      exactMw: Float64Array.from(dry, (i) => samples.height[i]!),
      fittedMw: Float64Array.from(dry, (i) => kappa * floor[i]!),
    },
  };
}

/** Samples in coordinates that count the steps of the grid, by volume, turbined flow, spillage. */
function sample(plant: PlantHydraulics, grid: SampleGrid): Samples {
  const { volume, turbined, spilled } = grid;
  const [nQ, nS] = [turbined.length, spilled.length];
  const count = volume.length * nQ * nS;
  const [u, v, w] = [new Float64Array(count), new Float64Array(count), new Float64Array(count)];
  const height = new Float64Array(count);
  for (let i = 0, at = 0; i < volume.length; i++) {
    for (let j = 0; j < nQ; j++) {
      for (let k = 0; k < nS; k++, at++) {
        u[at] = stepsOf(grid).volume(volume[i]!);
        v[at] = j;
        w[at] = k;
        height[at] = generationAt(plant, volume[i]!, turbined[j]!, spilled[k]!);
      }
    }
  }
  // Spillage is walked downwards, because less of it is never worse.
  for (let i = 0; i < volume.length; i++) {
    for (let j = 0; j < nQ; j++) {
      for (let k = nS - 1; k >= 0; k--) {
        const at = (i * nQ + j) * nS + k;
        let best = height[at]!;
        if (i > 0) best = Math.max(best, height[at - nQ * nS]!);
        if (j > 0) best = Math.max(best, height[at - nS]!);
        if (k < nS - 1) best = Math.max(best, height[at + 1]!);
        height[at] = best;
      }
    }
  }
  return { u, v, w, height };
}

/** Volumes count steps from the start of the window, so the volumes in it are whole numbers. */
function stepsOf({ volume, volumesBelow, turbined, spilled }: SampleGrid): {
  readonly volume: (hm3: number) => number;
  /** Lengths of a step (hm³, m³/s, m³/s). */
  readonly step: readonly [number, number, number];
} {
  const from = volume[volumesBelow]!;
  const step = (volume.at(-1)! - from) / (volume.length - volumesBelow - 1);
  return {
    volume: (hm3) => {
      const steps = (hm3 - from) / step;
      const whole = Math.round(steps);
      return Math.abs(steps - whole) < 1e-9 * (1 + whole) ? whole : steps;
    },
    step: [step, turbined[1]! - turbined[0]!, spilled[1]! - spilled[0]!],
  };
}

/** The steepest line from rest to a sample, as a plane. */
function restPlane({ v, height }: Samples): Plane {
  let slope = 0;
  for (let i = 0; i < height.length; i++) {
    if (v[i]! > 0) slope = Math.max(slope, height[i]! / v[i]!);
  }
  return [0, 0, slope, 0];
}

/** Removes slopes of the wrong sign, which are rounding: the samples are monotone. */
function monotone(plane: Plane, { u, v, w, height }: Samples): Plane {
  const slopes = [Math.max(0, plane[1]), Math.max(0, plane[2]), Math.min(0, plane[3])] as const;
  let intercept = plane[0];
  for (let i = 0; i < height.length; i++) {
    const value = intercept + slopes[0] * u[i]! + slopes[1] * v[i]! + slopes[2] * w[i]!;
    if (value < height[i]!) intercept += height[i]! - value;
  }
  return [intercept, ...slopes];
}

/** From steps of the grid to hm³ and m³/s. */
function toPlaneSet(planes: readonly Plane[], grid: SampleGrid, kappa: number): FphaPlaneSet {
  const { step } = stepsOf(grid);
  const sorted = planes.toSorted((a, b) => b[2] - a[2] || b[1] - a[1] || a[3] - b[3]);
  const byVolume = Float64Array.from(sorted, (plane) => kappa * plane[1] / step[0]);
  const from = grid.volume[grid.volumesBelow]!;
  return {
    intercept: Float64Array.from(sorted, (plane, at) => kappa * plane[0] - byVolume[at]! * from),
    byVolume,
    byTurbined: Float64Array.from(sorted, (plane) => kappa * plane[2] / step[1]),
    // Adding 0 makes a plain zero of a negative one.
    bySpillage: Float64Array.from(sorted, (plane) => kappa * plane[3] / step[2] + 0),
  };
}
