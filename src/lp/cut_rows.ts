/**
 * All cuts of a stage, outside the LP. Cut c says, in $,
 *
 *     future[c] ≥ intercept[c] + Σ coefficient[c][slot] · outgoing state[slot]
 *
 * Most cuts never bind. A solve starts with few of them as rows, looks at the others in one pass over
 * these arrays, and adds those that its solution breaks.
 */

/** Cuts of one stage, in arrays that workers may share. Row c of `coefficients` has `slots` values. */
export interface CutRows {
  /** Slots of the outgoing state. */
  readonly slots: number;
  readonly intercept: Float64Array;
  readonly coefficients: Float64Array;
  /** Which of the future columns each cut bounds; 0 unless there is one per opening. */
  readonly future: Int32Array;
  /** 1 for cuts in use, 0 for cuts that selection dropped. */
  readonly active: Uint8Array;
}

/** Arrays for cuts, in shared memory. */
export function sharedCutRows(slots: number, capacity: number): CutRows {
  return {
    slots,
    intercept: new Float64Array(new SharedArrayBuffer(8 * capacity)),
    coefficients: new Float64Array(new SharedArrayBuffer(8 * capacity * slots)),
    future: new Int32Array(new SharedArrayBuffer(4 * capacity)),
    active: new Uint8Array(new SharedArrayBuffer(capacity)),
  };
}

/** A stretch of slots `[from, to)`. */
export type SlotRange = readonly [from: number, to: number];

/** The stretches of slots for which a condition holds. */
export function slotRanges(slots: number, holds: (slot: number) => boolean): SlotRange[] {
  const ranges: SlotRange[] = [];
  let from = -1;
  for (let slot = 0; slot <= slots; slot++) {
    const inside = slot < slots && holds(slot);
    if (inside && from < 0) from = slot;
    if (!inside && from >= 0) {
      ranges.push([from, slot]);
      from = -1;
    }
  }
  return ranges;
}

/**
 * The part of each of the first `count` cuts that is known before a solve: intercept plus what the
 * known part of the outgoing state adds. Only the slots in `ranges` have such a part.
 */
export function knownCutParts(
  { slots, intercept, coefficients }: CutRows,
  count: number,
  ranges: readonly SlotRange[],
  outgoing: Float64Array,
  parts: Float64Array,
): void {
  for (let cut = 0; cut < count; cut++) {
    let value = intercept[cut]!;
    const row = cut * slots;
    for (const [from, to] of ranges) {
      for (let slot = from; slot < to; slot++) value += coefficients[row + slot]! * outgoing[slot]!;
    }
    parts[cut] = value;
  }
}

/** Cuts that a solution breaks, worst first. */
export interface Violations {
  count: number;
  readonly cuts: Int32Array;
  readonly amounts: Float64Array;
}

/** Room for the worst `most` violations. */
export function violations(most: number): Violations {
  return { count: 0, cuts: new Int32Array(most), amounts: new Float64Array(most) };
}

/** What {@link findViolations} compares the cuts with. */
export interface CutTrial {
  /** Known parts of the cuts. */
  readonly parts: Float64Array;
  /** Decided part of the outgoing state, by slot. */
  readonly decided: Float64Array;
  /** The slots that may have a decided part. */
  readonly ranges: readonly SlotRange[];
  /** Values of the future columns ($). */
  readonly future: Float64Array;
  /** 1 for cuts that are rows already. */
  readonly resident: Uint8Array;
  /** Relative to 1 + |future|. */
  readonly tolerance: number;
}

/**
 * Finds the worst of the first `count` cuts that a solution breaks. One pass with two running sums,
 * which was measured 1.6 times as fast as one sum, for their additions do not wait for each other.
 */
export function findViolations(
  { slots, coefficients, active, future: futureOf }: CutRows,
  count: number,
  { parts, decided, ranges, future, resident, tolerance }: CutTrial,
  found: Violations,
): void {
  const { cuts, amounts } = found;
  const most = cuts.length;
  let kept = 0;
  for (let cut = 0; cut < count; cut++) {
    if (resident[cut] === 1 || active[cut] === 0) continue;
    const value = future[futureOf[cut]!]!;
    const row = cut * slots;
    let even = parts[cut]! - value;
    let odd = 0;
    for (let r = 0; r < ranges.length; r++) {
      const [from, to] = ranges[r]!;
      let slot = from;
      for (; slot + 1 < to; slot += 2) {
        even += coefficients[row + slot]! * decided[slot]!;
        odd += coefficients[row + slot + 1]! * decided[slot + 1]!;
      }
      if (slot < to) even += coefficients[row + slot]! * decided[slot]!;
    }
    const amount = even + odd;
    if (amount <= tolerance * (1 + Math.abs(value))) continue;
    if (kept === most && amount <= amounts[most - 1]!) continue;
    let at = kept < most ? kept++ : most - 1;
    for (; at > 0 && amounts[at - 1]! < amount; at--) {
      amounts[at] = amounts[at - 1]!;
      cuts[at] = cuts[at - 1]!;
    }
    amounts[at] = amount;
    cuts[at] = cut;
  }
  found.count = kept;
}
