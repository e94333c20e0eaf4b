/**
 * The cuts of one stage with what is known of each, in shared memory. Slots are filled in a fixed
 * order, so that the same cuts are in the same slots for any number of threads and ranks: first
 * those that were given, then by iteration, trajectory and, with several future columns, opening.
 */
import { type CutRows, sharedCutRows } from "../lp/mod.ts";
import type { GivenCuts } from "./study.ts";

/** See the head of this file. Arrays are as long as the capacity; who made what is in slot order. */
export interface CutPool {
  readonly rows: CutRows;
  readonly capacity: number;
  /** Cuts that were there before the first iteration. */
  readonly given: number;
  /** Number of slots in use, in a word that all threads see. */
  readonly filled: Int32Array;
  /** Iteration in which each cut was made; 0 for cuts from elsewhere. */
  readonly iteration: Int32Array;
  /** Trajectory at whose state each cut was made; −1 for cuts from elsewhere. */
  readonly trajectory: Int32Array;
  /** Solves in which each cut was binding. */
  readonly activeCount: Int32Array;
  /** Last iteration in which each cut was binding, at first that in which it was made. */
  readonly lastActive: Int32Array;
}

function sharedIntegers(length: number): Int32Array {
  return new Int32Array(new SharedArrayBuffer(4 * length));
}

/** A pool with the given cuts and room for `more`. */
export function cutPool(slots: number, more: number, given: GivenCuts | null): CutPool {
  const before = given?.intercept.length ?? 0;
  const capacity = before + more;
  const pool: CutPool = {
    rows: sharedCutRows(slots, capacity),
    capacity,
    given: before,
    filled: sharedIntegers(1),
    iteration: sharedIntegers(capacity),
    trajectory: sharedIntegers(capacity),
    activeCount: sharedIntegers(capacity),
    lastActive: sharedIntegers(capacity),
  };
  if (given !== null) setGiven(pool, given);
  return pool;
}

/** The cuts of a pool in a larger one. */
export function enlargedPool(pool: CutPool, more: number): CutPool {
  const larger = cutPool(pool.rows.slots, pool.capacity + more - cutCount(pool), storedCuts(pool));
  return { ...larger, given: pool.given };
}

/** Number of cuts, active or not. */
export function cutCount({ filled }: CutPool): number {
  return Atomics.load(filled, 0);
}

/** Number of cuts in use. */
export function activeCuts(pool: CutPool): number {
  const count = cutCount(pool);
  let active = 0;
  for (let cut = 0; cut < count; cut++) active += pool.rows.active[cut]!;
  return active;
}

/** The cuts of a pool as plain data of their own. */
export function storedCuts(pool: CutPool): GivenCuts {
  const { rows, iteration, trajectory, activeCount, lastActive } = pool;
  const count = cutCount(pool);
  return {
    intercept: rows.intercept.slice(0, count),
    coefficients: rows.coefficients.slice(0, count * rows.slots),
    future: rows.future.slice(0, count),
    active: rows.active.slice(0, count),
    lastActive: lastActive.slice(0, count),
    activeCount: activeCount.slice(0, count),
    iteration: iteration.slice(0, count),
    trajectory: trajectory.slice(0, count),
  };
}

function setGiven({ rows, filled, ...meta }: CutPool, given: GivenCuts): void {
  rows.intercept.set(given.intercept);
  rows.coefficients.set(given.coefficients);
  rows.future.set(given.future);
  rows.active.set(given.active);
  meta.iteration.set(given.iteration);
  meta.trajectory.set(given.trajectory);
  meta.activeCount.set(given.activeCount);
  meta.lastActive.set(given.lastActive);
  filled[0] = given.intercept.length;
}
