/** The rows that a stage solver has added to its model, and their order. */
import { CobreError } from "../protocol/mod.ts";
import type { CutRows, SlotRanges } from "./cut_rows.ts";
import type { LazyRows } from "./lazy_rows.ts";
import type { StageTemplate } from "./stage_template.ts";

/** Rows for which there is room at first; it doubles when needed. */
const FIRST_ROOM = 64;

/**
 * Added rows by id, in the order of the model: waiting rows of the stage have the ids from 0 to
 * `lazyCount` − 1, cut c has the id `lazyCount + c`.
 */
export class AddedRows {
  ids = new Int32Array(FIRST_ROOM);
  count = 0;
  readonly lazyPresent: Uint8Array;
  readonly cutPresent: Uint8Array;

  constructor(readonly lazyCount: number, cutCapacity: number) {
    this.lazyPresent = new Uint8Array(lazyCount);
    this.cutPresent = new Uint8Array(cutCapacity);
  }

  /** Forgets all rows. */
  clear(): void {
    for (let at = 0; at < this.count; at++) {
      const id = this.ids[at]!;
      if (id < this.lazyCount) this.lazyPresent[id] = 0;
      else this.cutPresent[id - this.lazyCount] = 0;
    }
    this.count = 0;
  }

  /** Appends waiting rows, leaving out those that are there. */
  appendLazy(rows: Int32Array, count: number): void {
    for (let at = 0; at < count; at++) this.#append(this.lazyPresent, rows[at]!, 0);
  }

  /** Appends cuts below a limit, leaving out those that are there. */
  appendCuts(cuts: Int32Array, count: number, limit: number): void {
    for (let at = 0; at < count; at++) {
      const cut = cuts[at]!;
      if (cut < 0 || cut >= limit) {
        throw CobreError.of(
          "InternalPanic",
          `Cut ${cut} was named for a stage whose task sees ${limit} cuts`,
          { location: "StageSolver" },
        );
      }
      this.#append(this.cutPresent, cut, this.lazyCount);
    }
  }

  #append(present: Uint8Array, index: number, offset: number): void {
    if (present[index] === 1) return;
    present[index] = 1;
    if (this.count === this.ids.length) {
      const ids = new Int32Array(2 * this.ids.length);
      ids.set(this.ids);
      this.ids = ids;
    }
    this.ids[this.count++] = offset + index;
  }
}

/** Coefficients below this are dropped by the solver, with a warning. */
const LEAST_COEFFICIENT = 1e-9;

/** Where the entries of added rows come from. */
export interface RowSources {
  readonly template: StageTemplate;
  readonly lazy: LazyRows;
  readonly cuts: CutRows;
  /** Slots whose coefficients stand with columns. */
  readonly ranges: SlotRanges;
}

/**
 * The entries of added rows, row by row. A cut is θ − Σ coefficient·column in the money of the
 * template.
 */
export function rowEntries(
  { template, lazy, cuts, ranges }: RowSources,
  ids: Int32Array,
): { starts: Int32Array; indices: Int32Array; values: Float64Array } {
  const starts = new Int32Array(ids.length + 1);
  let room = 0;
  for (const id of ids) {
    room += id < lazy.count ? lazy.starts[id + 1]! - lazy.starts[id]! : 1 + cuts.slots;
  }
  const indices = new Int32Array(room);
  const values = new Float64Array(room);
  let at = 0;
  for (let row = 0; row < ids.length; row++) {
    const id = ids[row]!;
    if (id < lazy.count) {
      for (let k = lazy.starts[id]!; k < lazy.starts[id + 1]!; k++) {
        indices[at] = lazy.columns[k]!;
        values[at++] = lazy.values[k]!;
      }
    } else {
      const cut = id - lazy.count;
      indices[at] = template.futureColumns[cuts.future[cut]!]!;
      values[at++] = 1;
      for (let r = 0; r < ranges.length; r += 2) {
        for (let slot = ranges[r]!; slot < ranges[r + 1]!; slot++) {
          const value = -cuts.coefficients[cut * cuts.slots + slot]! / template.costScale;
          if (Math.abs(value) <= LEAST_COEFFICIENT) continue;
          indices[at] = template.outgoingColumn[slot]!;
          values[at++] = value;
        }
      }
    }
    starts[row + 1] = at;
  }
  return { starts, indices: indices.subarray(0, at), values: values.subarray(0, at) };
}
