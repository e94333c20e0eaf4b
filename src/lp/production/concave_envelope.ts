/**
 * The smallest concave function above samples of a function of three variables, as planes.
 *
 * It is the upper hull of the points (u, v, w, height): its facets are simplices of four samples,
 * and each facet is a plane that no sample exceeds. Facets are found by wrapping: a known facet is
 * tilted about each of its four ridges until it meets the next sample. Samples on a grid are often
 * exactly coplanar, and then a facet is not unique. So the search itself works with heights that
 * are moved by a hash of their position, by less than any digit that matters; the planes are taken
 * from the true heights.
 */
import { CobreError } from "../../protocol/mod.ts";

/** Samples; coordinates of a grid are best given as whole numbers, which makes the search exact. */
export interface Samples {
  readonly u: Float64Array;
  readonly v: Float64Array;
  readonly w: Float64Array;
  readonly height: Float64Array;
}

/** height = c[0] + c[1]·u + c[2]·v + c[3]·w. */
export type Plane = readonly [number, number, number, number];

/** Size of the moves in the search, against the range of the heights. */
const NOISE = 1e-9;
/** Planes whose coefficients agree to this, against the range of the heights, are one. */
const SAME = 1e-8;

/** The planes of the envelope, each once; the order depends on the samples alone. */
export function concaveEnvelope(samples: Samples): Plane[] {
  const { height } = samples;
  const lowest = height.reduce((a, b) => Math.min(a, b), Infinity);
  const highest = height.reduce((a, b) => Math.max(a, b), -Infinity);
  const range = highest > lowest ? highest - lowest : 1;
  const moved = { ...samples, height: height.map((h, i) => h + NOISE * range * hash(i)) };
  const planes: Plane[] = [];
  const seen = new Set<string>();
  for (const facet of upperFacets(moved)) {
    const [intercept, ...slopes] = planeThrough(samples, facet);
    let lift = 0;
    for (let i = 0; i < height.length; i++) {
      const above = height[i]! - valueAt([intercept, ...slopes], samples, i);
      if (above > lift) lift = above;
    }
    const plane: Plane = [intercept + lift, ...slopes];
    const key = plane.map((c) => Math.round(c / (SAME * range))).join();
    if (!seen.has(key)) planes.push(plane);
    seen.add(key);
  }
  return planes;
}

function valueAt(plane: Plane, { u, v, w }: Samples, i: number): number {
  return plane[0] + plane[1] * u[i]! + plane[2] * v[i]! + plane[3] * w[i]!;
}

/** In (0, 1), the same for the same number. */
function hash(index: number): number {
  let bits = Math.imul(index + 1, 0x9e3779b1);
  bits = Math.imul(bits ^ (bits >>> 15), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return ((bits ^ (bits >>> 16)) >>> 0) / 4294967296;
}

/** Positions of four samples. */
type Facet = readonly [number, number, number, number];

/** All facets of the upper hull of points in general position. */
function upperFacets(samples: Samples): Facet[] {
  const first = firstFacet(samples);
  const facets: Facet[] = [first];
  const known = new Set<string>([facetKey(first)]);
  /** Ridges with one facet so far: the facet, and which of its vertices is not on the ridge. */
  const open = new Map<string, { readonly facet: Facet; readonly apart: number }>();
  const queue: string[] = [];
  const visit = (facet: Facet): void => {
    for (let apart = 0; apart < 4; apart++) {
      const key = facet.filter((_, at) => at !== apart).join();
      if (open.delete(key)) continue;
      open.set(key, { facet, apart });
      queue.push(key);
    }
  };
  visit(first);
  for (let at = 0; at < queue.length; at++) {
    const ridge = open.get(queue[at]!);
    if (ridge === undefined) continue;
    const { facet, apart } = ridge;
    const [a, b, c] = facet.filter((_, i) => i !== apart) as [number, number, number];
    const direction = baseNormal(samples, a, b, c);
    if (sideOf(direction, samples, facet[apart]!) > 0) negate(direction);
    const next = tilt(samples, planeThrough(samples, facet), direction);
    if (next < 0) continue;
    const found = [a, b, c, next].sort((x, y) => x - y) as unknown as Facet;
    const key = facetKey(found);
    if (known.has(key)) continue;
    known.add(key);
    facets.push(found);
    visit(found);
  }
  return facets;
}

function facetKey(facet: Facet): string {
  return facet.join();
}

/** Tilts a level plane at the highest sample until it rests on four samples. */
function firstFacet(samples: Samples): Facet {
  const { height } = samples;
  let top = 0;
  for (let i = 1; i < height.length; i++) if (height[i]! > height[top]!) top = i;
  let plane: Plane = [height[top]!, 0, 0, 0];
  const touched = [top];
  while (touched.length < 4) {
    const direction = openDirection(samples, touched);
    let next = tilt(samples, plane, direction);
    if (next < 0) next = tilt(samples, plane, negate(direction));
    if (next < 0) {
      throw CobreError.of(
        "InternalPanic",
        `The envelope of ${height.length} samples was asked for, but they do not span a volume`,
        { location: "concaveEnvelope" },
      );
    }
    const distance = sideOf(direction, samples, next);
    const step = (height[next]! - valueAt(plane, samples, next)) / distance;
    plane = plane.map((c, i) => c + step * direction[i]!) as unknown as Plane;
    touched.push(next);
  }
  return touched.sort((a, b) => a - b) as unknown as Facet;
}

/** An affine function of the base, [constant, by u, by v, by w]. */
type BaseFunction = [number, number, number, number];

function sideOf(direction: Readonly<BaseFunction>, samples: Samples, i: number): number {
  return valueAt(direction, samples, i);
}

function negate(direction: BaseFunction): BaseFunction {
  for (let i = 0; i < 4; i++) direction[i] = -direction[i]!;
  return direction;
}

/** Vanishes on the plane of the base through three samples. */
function baseNormal({ u, v, w }: Samples, a: number, b: number, c: number): BaseFunction {
  const [p, q, r] = [u[b]! - u[a]!, v[b]! - v[a]!, w[b]! - w[a]!];
  const [x, y, z] = [u[c]! - u[a]!, v[c]! - v[a]!, w[c]! - w[a]!];
  const n = [q * z - r * y, r * x - p * z, p * y - q * x] as const;
  return [-(n[0] * u[a]! + n[1] * v[a]! + n[2] * w[a]!), ...n];
}

/** An affine function of the base that vanishes on the samples touched so far, but not on all. */
function openDirection(samples: Samples, touched: readonly number[]): BaseFunction {
  const { u, v, w } = samples;
  let best: BaseFunction = [0, 0, 0, 0];
  let reach = 0;
  // Planes through the touched samples and directions of the axes fill up what is missing.
  const [a, b, c] = touched as [number, number?, number?];
  for (let axis = 0; axis < 3; axis++) {
    const unit = [0, 1, 2].map((i) => i === axis ? 1 : 0) as [number, number, number];
    let normal: readonly number[] = unit;
    if (c !== undefined) normal = baseNormal(samples, a, b!, c).slice(1);
    else if (b !== undefined) {
      normal = cross(unit, [u[b]! - u[a]!, v[b]! - v[a]!, w[b]! - w[a]!]);
    }
    const [x, y, z] = normal as [number, number, number];
    const direction: BaseFunction = [-(x * u[a]! + y * v[a]! + z * w[a]!), x, y, z];
    let farthest = 0;
    for (let i = 0; i < u.length; i++) {
      farthest = Math.max(farthest, Math.abs(sideOf(direction, samples, i)));
    }
    if (farthest > reach) {
      best = direction;
      reach = farthest;
    }
  }
  return best;
}

function cross(
  [a, b, c]: readonly [number, number, number],
  [x, y, z]: readonly [number, number, number],
): [number, number, number] {
  return [b * z - c * y, c * x - a * z, a * y - b * x];
}

/**
 * The sample that a plane meets first when it is lowered where `direction` is positive and held
 * where it is zero; −1 when there is none on that side.
 */
function tilt(samples: Samples, plane: Plane, direction: Readonly<BaseFunction>): number {
  const { u, v, w, height } = samples;
  const [d0, d1, d2, d3] = direction;
  const [c0, c1, c2, c3] = plane;
  const onRidge = 1e-9 * (Math.abs(d1) + Math.abs(d2) + Math.abs(d3));
  let best = -1;
  let least = -Infinity;
  // The hot loop of the whole search: a facet costs four passes over the samples.
  for (let i = 0; i < height.length; i++) {
    const x = u[i]!;
    const y = v[i]!;
    const z = w[i]!;
    const away = d0 + d1 * x + d2 * y + d3 * z;
    if (away <= onRidge) continue;
    const step = (height[i]! - c0 - c1 * x - c2 * y - c3 * z) / away;
    if (step > least) {
      least = step;
      best = i;
    }
  }
  return best;
}

/** The plane through the four samples of a facet, by Cramer's rule on differences. */
function planeThrough({ u, v, w, height }: Samples, [a, b, c, d]: Facet): Plane {
  const [u1, v1, w1, h1] = [u[b]! - u[a]!, v[b]! - v[a]!, w[b]! - w[a]!, height[b]! - height[a]!];
  const [u2, v2, w2, h2] = [u[c]! - u[a]!, v[c]! - v[a]!, w[c]! - w[a]!, height[c]! - height[a]!];
  const [u3, v3, w3, h3] = [u[d]! - u[a]!, v[d]! - v[a]!, w[d]! - w[a]!, height[d]! - height[a]!];
  const volume = determinant(u1, v1, w1, u2, v2, w2, u3, v3, w3);
  const byU = determinant(h1, v1, w1, h2, v2, w2, h3, v3, w3) / volume;
  const byV = determinant(u1, h1, w1, u2, h2, w2, u3, h3, w3) / volume;
  const byW = determinant(u1, v1, h1, u2, v2, h2, u3, v3, h3) / volume;
  return [height[a]! - byU * u[a]! - byV * v[a]! - byW * w[a]!, byU, byV, byW];
}

function determinant(
  a: number,
  b: number,
  c: number,
  d: number,
  e: number,
  f: number,
  g: number,
  h: number,
  i: number,
): number {
  return a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g);
}
