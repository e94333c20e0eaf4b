/** Bases in shared memory, one for each trajectory at a stage. */
import { type StageStart, stageStart, type StageTemplate } from "../lp/mod.ts";

/** The arrays of `count` bases, one after the other. */
export interface StartStore extends StageStart {
  readonly count: number;
}

/** Room for `count` bases, none of which is there yet. */
export function startStore(template: StageTemplate, count: number): StartStore {
  const one = stageStart(template);
  const bytes = ({ length }: Uint8Array): Uint8Array =>
    new Uint8Array(new SharedArrayBuffer(count * length));
  const integers = ({ length }: Int32Array): Int32Array =>
    new Int32Array(new SharedArrayBuffer(4 * count * length));
  return {
    count,
    columns: bytes(one.columns),
    rows: bytes(one.rows),
    lazy: integers(one.lazy),
    lazyStatus: bytes(one.lazyStatus),
    cuts: integers(one.cuts),
    counts: integers(one.counts).fill(-1),
  };
}

/** A basis of the store, to be read and written in place. */
export function startAt(store: StartStore, at: number): StageStart {
  const part = <A extends Int32Array | Uint8Array>(all: A): A => {
    const length = all.length / store.count;
    return all.subarray(at * length, (at + 1) * length) as A;
  };
  return {
    columns: part(store.columns),
    rows: part(store.rows),
    lazy: part(store.lazy),
    lazyStatus: part(store.lazyStatus),
    cuts: part(store.cuts),
    counts: part(store.counts),
  };
}

/** Whether a basis was ever stored. */
export function hasStart({ counts }: StageStart): boolean {
  return counts[0]! >= 0;
}

/** Copies a basis. */
export function copyStart(from: StageStart, to: StageStart): void {
  to.columns.set(from.columns);
  to.rows.set(from.rows);
  to.lazy.set(from.lazy);
  to.lazyStatus.set(from.lazyStatus);
  to.cuts.set(from.cuts);
  to.counts.set(from.counts);
}
