/** A curve of straight pieces through given points, level beyond its ends. */

/** Points of a curve, by rising x. One point is a curve that is level everywhere. */
export interface Curve {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/** Height of a curve. */
export function curveValue({ x, y }: Curve, at: number): number {
  const last = x.length - 1;
  if (at <= x[0]!) return y[0]!;
  if (at >= x[last]!) return y[last]!;
  const right = pieceEnd(x, at);
  const share = (at - x[right - 1]!) / (x[right]! - x[right - 1]!);
  return y[right - 1]! + share * (y[right]! - y[right - 1]!);
}

/**
 * Slope of the piece that holds `at`: at a point the piece to its right, beyond the ends the
 * outermost piece. So a linearisation at the end of a curve still follows it.
 */
export function curveSlope({ x, y }: Curve, at: number): number {
  if (x.length === 1) return 0;
  const right = pieceEnd(x, at);
  return (y[right]! - y[right - 1]!) / (x[right]! - x[right - 1]!);
}

/** Mean height of a curve between two places; its height there when they are one. */
export function curveMean(curve: Curve, from: number, to: number): number {
  if (!(to > from)) return curveValue(curve, from);
  let area = 0;
  let at = from;
  let height = curveValue(curve, from);
  for (const next of [...curve.x.filter((x) => x > from && x < to), to]) {
    const nextHeight = curveValue(curve, next);
    area += (next - at) * (height + nextHeight) / 2;
    at = next;
    height = nextHeight;
  }
  return area / (to - from);
}

/** Position of the point that ends the piece of `at`. */
function pieceEnd(x: Float64Array, at: number): number {
  let right = 1;
  while (right < x.length - 1 && x[right]! <= at) right++;
  return right;
}
