/** Few planes for many: which ones describe a production function best. */
import type { PlaneReduction } from "../../model/mod.ts";
import type { Plane, Samples } from "./concave_envelope.ts";

/** What limits the number of planes. */
export interface PlaneLimits {
  /** The greatest number; at least one plane stays in any case. */
  readonly count: number;
  /** Leaves out planes that are nearly those already chosen; null for none. */
  readonly reduction: PlaneReduction | null;
}

/** Exchanges are tried up to this many planes; beyond it the choice is good enough without. */
const EXCHANGE_CANDIDATES = 500;
const EXCHANGE_SWEEPS = 5;

/**
 * Chooses planes so that their minimum has the least squared distance to the samples: one after the
 * other the plane that gains most, then exchanges while they gain. The minimum of fewer planes lies
 * above the envelope, so every choice is concave and above the samples. `first` is always chosen.
 */
export function choosePlanes(
  planes: readonly Plane[],
  first: number,
  samples: Samples,
  limits: PlaneLimits,
): Plane[] {
  const near = nearness(samples, limits.reduction);
  if (planes.length <= limits.count && near === null) return [...planes];
  const chosen = [first];
  const allowed = (plane: number, others: readonly number[]): boolean =>
    !others.some((other) =>
      other === plane || (near !== null && near(planes[plane]!, planes[other]!))
    );
  const best = (others: readonly number[], error: number): { plane: number; error: number } => {
    const floor = minimum(planes, others, samples);
    let found = { plane: -1, error };
    planes.forEach((plane, at) => {
      if (!allowed(at, others)) return;
      const tried = squaredError(plane, floor, samples, found.error);
      if (tried < found.error) found = { plane: at, error: tried };
    });
    return found;
  };
  let error = errorOf(planes, chosen, samples);
  while (chosen.length < limits.count) {
    const found = best(chosen, error);
    if (found.plane < 0) break;
    chosen.push(found.plane);
    error = found.error;
  }
  if (planes.length <= EXCHANGE_CANDIDATES) {
    let gained = true;
    for (let sweep = 0; gained && sweep < EXCHANGE_SWEEPS; sweep++) {
      gained = false;
      for (let at = 1; at < chosen.length; at++) {
        const found = best(chosen.filter((_, other) => other !== at), error);
        if (found.plane < 0) continue;
        chosen[at] = found.plane;
        error = found.error;
        gained = true;
      }
    }
  }
  return chosen.map((plane) => planes[plane]!);
}

/** The minimum of some planes at each sample. */
export function planeMinimum(planes: readonly Plane[], samples: Samples): Float64Array {
  return minimum(planes, planes.map((_, at) => at), samples);
}

function minimum(
  planes: readonly Plane[],
  chosen: readonly number[],
  { u, v, w, height }: Samples,
): Float64Array {
  const floor = new Float64Array(height.length).fill(Infinity);
  for (const plane of chosen) {
    const [c0, c1, c2, c3] = planes[plane]!;
    for (let i = 0; i < floor.length; i++) {
      const value = c0 + c1 * u[i]! + c2 * v[i]! + c3 * w[i]!;
      if (value < floor[i]!) floor[i] = value;
    }
  }
  return floor;
}

function errorOf(planes: readonly Plane[], chosen: readonly number[], samples: Samples): number {
  const floor = minimum(planes, chosen, samples);
  return floor.reduce((sum, value, i) => sum + (value - samples.height[i]!) ** 2, 0);
}

/** Squared error with one more plane; stops early when it cannot be below `limit`. */
function squaredError(
  [c0, c1, c2, c3]: Plane,
  floor: Float64Array,
  { u, v, w, height }: Samples,
  limit: number,
): number {
  let sum = 0;
  for (let i = 0; i < floor.length && sum < limit; i++) {
    const value = c0 + c1 * u[i]! + c2 * v[i]! + c3 * w[i]!;
    const excess = (value < floor[i]! ? value : floor[i]!) - height[i]!;
    sum += excess * excess;
  }
  return sum;
}

/**
 * Whether two planes count as one. Angles are between normals where each axis has the length of its
 * range, so that units do not matter; distances are the greatest difference at places spread over
 * the box of the samples, in per cent of the greatest sample.
 */
function nearness(
  samples: Samples,
  reduction: PlaneReduction | null,
): ((a: Plane, b: Plane) => boolean) | null {
  if (reduction === null) return null;
  const axes = [samples.u, samples.v, samples.w].map((axis) => ({
    from: axis.reduce((a, b) => Math.min(a, b), Infinity),
    to: axis.reduce((a, b) => Math.max(a, b), -Infinity),
  }));
  const top = samples.height.reduce((a, b) => Math.max(a, b), 0);
  if (reduction.method === "angle") {
    const least = Math.cos(reduction.toleranceDeg * Math.PI / 180);
    const normal = (plane: Plane): number[] => {
      const parts = [1, ...axes.map(({ from, to }, i) => plane[i + 1]! * (to - from) / top)];
      const length = Math.hypot(...parts);
      return parts.map((part) => part / length);
    };
    return (a, b) => {
      const other = normal(b);
      return normal(a).reduce((sum, part, i) => sum + part * other[i]!, 0) > least;
    };
  }
  const tolerance = reduction.tolerancePct / 100 * top;
  const places = Array.from(
    { length: reduction.samples },
    (_, n) => axes.map(({ from, to }, i) => from + (to - from) * spread(n, i)),
  );
  return (a, b) =>
    places.every((place) => {
      const apart = place.reduce((sum, x, i) => sum + (a[i + 1]! - b[i + 1]!) * x, a[0] - b[0]);
      return Math.abs(apart) < tolerance;
    });
}

/** The real root of x⁴ = x + 1: its powers make the evenest sequence of points in three axes. */
const SPREAD_BASE = 1.2207440846057596;

/** Coordinate of the n-th point of an even sequence in the unit cube. */
function spread(n: number, axis: number): number {
  return (0.5 + (n + 1) * Math.pow(SPREAD_BASE, -(axis + 1))) % 1;
}
