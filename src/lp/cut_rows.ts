/**
 * All cuts of a stage, outside the LP. Cut c says, in $,
 *
 *     future[c] ≥ intercept[c] + Σ coefficient[c][slot] · outgoing state[slot]
 *
 * Most cuts never bind. A solve starts with few of them as rows, looks at the others in one pass over
 * these arrays, and adds those that its solution breaks.
 */

import type { SparseRows } from "./inflow_map.ts";
import type { StageTemplate } from "./stage_template.ts";

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

/** Stretches of slots: `from` and `to` (exclusive) of each, one after the other. */
export type SlotRanges = Int32Array;

/** The stretches of slots for which a condition holds. */
export function slotRanges(slots: number, holds: (slot: number) => boolean): SlotRanges {
  const ranges: number[] = [];
  for (let slot = 0; slot < slots; slot++) {
    if (!holds(slot)) continue;
    if (ranges.at(-1) === slot) ranges[ranges.length - 1] = slot + 1;
    else ranges.push(slot, slot + 1);
  }
  return Int32Array.from(ranges);
}

/**
 * The part of each of the first `count` cuts that is known before a solve: intercept plus what the
 * known part of the outgoing state adds. Only the slots in `ranges` have such a part.
 */
export function knownCutParts(
  { slots, intercept, coefficients }: CutRows,
  count: number,
  ranges: SlotRanges,
  outgoing: Float64Array,
  parts: Float64Array,
): void {
  const four = fourCuts();
  for (let cut = 0; cut < count; cut += TOGETHER) {
    const some = Math.min(TOGETHER, count - cut);
    for (let k = 0; k < TOGETHER; k++) four.cuts[k] = cut + Math.min(k, some - 1);
    dotFour(coefficients, slots, ranges, outgoing, four);
    for (let k = 0; k < some; k++) parts[cut + k] = intercept[cut + k]! + four.sums[k]!;
  }
}

/** What known quantities other than the state add to the outgoing state, entry by entry. */
export interface NoiseShift {
  readonly slots: Int32Array;
  readonly quantities: Int32Array;
  readonly values: Float64Array;
}

/** Inflows become lags and accumulators; trimming may have expressed more slots in known quantities. */
export function noiseShift({ map, outgoingPatch }: StageTemplate): NoiseShift {
  const entries: [slot: number, quantity: number, value: number][] = [];
  const take = ({ starts, columns, values }: SparseRows, first: number): void => {
    for (let slot = 0; slot + 1 < starts.length; slot++) {
      for (let k = starts[slot]!; k < starts[slot + 1]!; k++) {
        entries.push([slot, first + columns[k]!, values[k]!]);
      }
    }
  };
  take(map.shiftInflow, map.firstInflow);
  take(outgoingPatch, 0);
  return {
    slots: Int32Array.from(entries, ([slot]) => slot),
    quantities: Int32Array.from(entries, ([, quantity]) => quantity),
    values: Float64Array.from(entries, ([, , value]) => value),
  };
}

/**
 * What a change of the known quantities adds to the known part of a cut. What an opening adds to the
 * known quantities is the same for every incoming state, unless inflows are cut off: so this is
 * computed once per cut and opening, {@link knownCutParts} once per state for quantities without
 * noise, and a solve adds two numbers per cut.
 */
export function noiseCutPart(
  { slots: width, coefficients }: CutRows,
  cut: number,
  { slots, quantities, values }: NoiseShift,
  change: Float64Array,
): number {
  const row = cut * width;
  let part = 0;
  for (let k = 0; k < slots.length; k++) {
    part += coefficients[row + slots[k]!]! * values[k]! * change[quantities[k]!]!;
  }
  return part;
}

/** Cuts that {@link dotFour} multiplies at once. */
const TOGETHER = 4;

/** Four cuts, not always different, and what the kernel makes of them. */
interface FourCuts {
  readonly cuts: Int32Array;
  readonly sums: Float64Array;
}

function fourCuts(): FourCuts {
  return { cuts: new Int32Array(TOGETHER), sums: new Float64Array(TOGETHER) };
}

/**
 * Four rows of a dense matrix times a vector, over some stretches only. Four running sums do not wait
 * for each other and share each load of the vector: 137 µs for 1,000 rows of 160 and 31 µs for 1,000
 * of 40, instead of 195 and 47 with two sums row by row, and 500 and 127 with one. Each row is summed
 * in the order of its slots, so that its value does not depend on which others go along.
 */
function dotFour(
  matrix: Float64Array,
  slots: number,
  ranges: SlotRanges,
  vector: Float64Array,
  { cuts, sums }: FourCuts,
): void {
  const a = slots * cuts[0]!;
  const b = slots * cuts[1]!;
  const c = slots * cuts[2]!;
  const d = slots * cuts[3]!;
  let sumA = 0;
  let sumB = 0;
  let sumC = 0;
  let sumD = 0;
  for (let r = 0; r < ranges.length; r += 2) {
    const to = ranges[r + 1]!;
    for (let slot = ranges[r]!; slot < to; slot++) {
      const value = vector[slot]!;
      sumA += matrix[a + slot]! * value;
      sumB += matrix[b + slot]! * value;
      sumC += matrix[c + slot]! * value;
      sumD += matrix[d + slot]! * value;
    }
  }
  sums[0] = sumA;
  sums[1] = sumB;
  sums[2] = sumC;
  sums[3] = sumD;
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
  readonly ranges: SlotRanges;
  /** Values of the future columns ($). */
  readonly future: Float64Array;
  /** 1 for cuts that are rows already. */
  readonly resident: Uint8Array;
  /** Relative to 1 + |future|. */
  readonly tolerance: number;
}

/**
 * Finds the worst of the first `count` cuts that a solution breaks.
 *
 * Every cut that is no row yet is multiplied out. To spare those that a bound shows to be far away
 * was tried: the product at an earlier solution of the task plus the norms of the cut and of the way
 * gone since then, taken as a whole or in groups of 8 reservoirs, rules out 4 to 15 % or 38 to 52 %
 * of the cuts, which is less than it costs.
 */
export function findViolations(
  { slots, coefficients, active, future: futureOf }: CutRows,
  count: number,
  { parts, decided, ranges, future, resident, tolerance }: CutTrial,
  found: Violations,
): void {
  const { cuts, amounts } = found;
  const most = cuts.length;
  const four = fourCuts();
  let kept = 0;
  for (let cut = 0; cut < count;) {
    let some = 0;
    for (; cut < count && some < TOGETHER; cut++) {
      if (resident[cut] === 0 && active[cut] === 1) four.cuts[some++] = cut;
    }
    if (some === 0) break;
    for (let k = some; k < TOGETHER; k++) four.cuts[k] = four.cuts[0]!;
    dotFour(coefficients, slots, ranges, decided, four);
    for (let k = 0; k < some; k++) {
      const tried = four.cuts[k]!;
      const value = future[futureOf[tried]!]!;
      const amount = parts[tried]! - value + four.sums[k]!;
      if (amount <= tolerance * (1 + Math.abs(value))) continue;
      if (kept === most && amount <= amounts[most - 1]!) continue;
      let at = kept < most ? kept++ : most - 1;
      for (; at > 0 && amounts[at - 1]! < amount; at--) {
        amounts[at] = amounts[at - 1]!;
        cuts[at] = cuts[at - 1]!;
      }
      amounts[at] = amount;
      cuts[at] = tried;
    }
  }
  found.count = kept;
}
