/** The rows that a stage solver has added to its model, and their order. */
import { CobreError } from "../protocol/mod.ts";

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
