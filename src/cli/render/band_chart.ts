/** Bands from a low to a high value with a mark in between, one to a line, on a common scale. */

/** A band. */
export interface Band {
  readonly low: number;
  readonly mark: number;
  readonly high: number;
}

/** How a band is drawn, so that two kinds can be told apart without colours. */
export interface BandStyle {
  readonly left: string;
  readonly line: string;
  readonly mark: string;
  readonly right: string;
}

/** The range that holds all bands. */
export function rangeOf(bands: readonly Band[]): readonly [from: number, to: number] {
  let from = Infinity;
  let to = -Infinity;
  for (const { low, mark, high } of bands) {
    from = Math.min(from, low, mark);
    to = Math.max(to, high, mark);
  }
  return [from, to];
}

/** A band as `width` characters that stand for the values from `from` to `to`. */
export function drawBand(
  { low, mark, high }: Band,
  [from, to]: readonly [number, number],
  width: number,
  style: BandStyle,
): string {
  const cellOf = (value: number): number =>
    to > from ? Math.round((value - from) / (to - from) * (width - 1)) : 0;
  const [left, right, centre] = [cellOf(low), cellOf(high), cellOf(mark)];
  const cells = Array.from({ length: width }, (_, at) => {
    if (at === centre) return style.mark;
    if (at === left) return style.left;
    if (at === right) return style.right;
    return at > left && at < right ? style.line : " ";
  });
  return cells.join("");
}

/** The ends of the scale under or over the bands. */
export function drawScale([from, to]: readonly [number, number], width: number): string {
  const [left, right] = [shortNumber(from), shortNumber(to)];
  if (!(to > from)) return left.padEnd(width);
  return left + right.padStart(Math.max(right.length + 1, width - left.length));
}

/** A number with four figures that count, and all of those before the point. */
export function shortNumber(value: number): string {
  return Math.abs(value) >= 1000 ? value.toFixed(0) : String(Number(value.toPrecision(4)));
}
