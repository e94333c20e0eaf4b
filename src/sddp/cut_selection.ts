/**
 * Which cuts stay in use. Cuts of the iteration that runs always do, and those of the first stage are
 * never selected. The methods:
 *
 * - `level1` by counts: drop what was binding at most `threshold` times; `lml1` by counts: drop what
 *   was not binding for more than `memoryWindow` iterations;
 * - `level1` by states: keep the cuts that are the highest, or within the tolerance of it, at a state
 *   that was visited; `lml1` by states: of those keep the oldest one at each state (V. Guigues and
 *   M. Bandarra, "Single cut and multicut SDDP with cut selection for multistage stochastic linear
 *   programs", 2019). Both look at all cuts ever made, so a dropped cut may come back;
 * - `domination`: drop what lies below the highest cut by more than a tolerance at every state;
 * - `dynamic`: all cuts are looked at in every solve and few become rows. With a candidate recency
 *   those that were not binding for so many iterations are not looked at any more.
 */
import type { CutSelection } from "../model/mod.ts";
import { cutCount, type CutPool } from "./cut_pool.ts";

/** What a selection did to a pool. */
export interface SelectionCounts {
  readonly before: number;
  readonly deactivated: number;
  readonly reactivated: number;
}

/**
 * Numbers that the threads tell of the selection of a pool: cuts in use before, dropped, back, evicted
 * by the budget, and the time it took (ms).
 */
export const SELECTION_FIELDS = 5;

/** Visited states of a pool: rows of as many values as its cuts have. */
export interface VisitedStates {
  readonly values: Float64Array;
  /** Rows in use. */
  readonly count: number;
}

/** Whether a method needs the states of all iterations. */
export function needsStates(selection: CutSelection): boolean {
  switch (selection.method) {
    case "domination":
      return true;
    case "level1":
    case "lml1":
      return selection.tieTolerance !== null;
    default:
      return false;
  }
}

/** Whether a selection is to be made after an iteration. */
export function selectionDue(selection: CutSelection, iteration: number): boolean {
  switch (selection.method) {
    case "none":
      return false;
    case "dynamic":
      return selection.candidateRecency !== null && iteration >= selection.startIteration;
    default:
      return iteration % selection.checkFrequency === 0;
  }
}

/** Selects the cuts of a pool. */
export function selectCuts(
  pool: CutPool,
  selection: CutSelection,
  iteration: number,
  visited: readonly VisitedStates[],
): SelectionCounts {
  switch (selection.method) {
    case "level1": {
      const { tieTolerance, threshold } = selection;
      if (tieTolerance !== null) {
        return keepOnly(pool, iteration, highest(pool, visited, tieTolerance, false));
      }
      return drop(pool, iteration, (cut) => pool.activeCount[cut]! <= threshold);
    }
    case "lml1": {
      const { tieTolerance, memoryWindow } = selection;
      if (tieTolerance !== null) {
        return keepOnly(pool, iteration, highest(pool, visited, tieTolerance, true));
      }
      return drop(pool, iteration, (cut) => iteration - pool.lastActive[cut]! > memoryWindow);
    }
    case "domination": {
      const dominated = dominatedCuts(pool, iteration, visited, selection.tolerance);
      return drop(pool, iteration, (cut) => dominated[cut] === 1);
    }
    case "dynamic": {
      const recency = selection.candidateRecency ?? Infinity;
      return drop(pool, iteration, (cut) => iteration - pool.lastActive[cut]! > recency);
    }
    case "none":
      return drop(pool, iteration, () => false);
  }
}

/**
 * Drops cuts until at most `most` are in use: first what was binding longest ago, then most rarely,
 * then the oldest. Returns how many were dropped.
 */
export function applyBudget(pool: CutPool, most: number, iteration: number): number {
  const { rows: { active }, lastActive, activeCount, iteration: madeIn } = pool;
  const count = cutCount(pool);
  const candidates: number[] = [];
  let inUse = 0;
  for (let cut = 0; cut < count; cut++) {
    if (active[cut] === 0) continue;
    inUse++;
    if (madeIn[cut] !== iteration) candidates.push(cut);
  }
  if (inUse <= most) return 0;
  candidates.sort((a, b) =>
    lastActive[a]! - lastActive[b]! || activeCount[a]! - activeCount[b]! || a - b
  );
  const evicted = candidates.slice(0, inUse - most);
  for (const cut of evicted) active[cut] = 0;
  return evicted.length;
}

function drop(
  pool: CutPool,
  iteration: number,
  goes: (cut: number) => boolean,
): SelectionCounts {
  const { rows: { active }, iteration: madeIn } = pool;
  const count = cutCount(pool);
  let before = 0;
  let deactivated = 0;
  for (let cut = 0; cut < count; cut++) {
    if (active[cut] === 0) continue;
    before++;
    if (madeIn[cut] === iteration || !goes(cut)) continue;
    active[cut] = 0;
    deactivated++;
  }
  return { before, deactivated, reactivated: 0 };
}

function keepOnly(pool: CutPool, iteration: number, kept: Uint8Array): SelectionCounts {
  const { rows: { active }, iteration: madeIn } = pool;
  const count = cutCount(pool);
  let before = 0;
  let deactivated = 0;
  let reactivated = 0;
  for (let cut = 0; cut < count; cut++) {
    const was = active[cut]!;
    const stays = madeIn[cut] === iteration ? 1 : kept[cut]!;
    before += was;
    if (was > stays) deactivated++;
    if (stays > was) reactivated++;
    active[cut] = stays;
  }
  return { before, deactivated, reactivated };
}

/** Marks the cuts that are highest at a visited state, or with `oldest` only the first of those. */
function highest(
  pool: CutPool,
  visited: readonly VisitedStates[],
  tolerance: number,
  oldest: boolean,
): Uint8Array {
  const count = cutCount(pool);
  const kept = new Uint8Array(count);
  const values = new Float64Array(count);
  eachFamily(pool, visited, () => true, (family, state, states) => {
    const best = evaluate(pool, family, states.values, state, values);
    const least = best - tolerance * (1 + Math.abs(best));
    for (const cut of family) {
      if (values[cut]! < least) continue;
      kept[cut] = 1;
      if (oldest) break;
    }
  });
  return kept;
}

/** Marks the cuts that are below the highest one in use at every visited state. */
function dominatedCuts(
  pool: CutPool,
  iteration: number,
  visited: readonly VisitedStates[],
  tolerance: number,
): Uint8Array {
  const count = cutCount(pool);
  const dominated = new Uint8Array(count);
  const { active } = pool.rows;
  if (visited.every((states) => states.count === 0)) return dominated;
  let candidates = 0;
  for (let cut = 0; cut < count; cut++) {
    dominated[cut] = active[cut] === 1 && pool.iteration[cut] !== iteration ? 1 : 0;
    candidates += dominated[cut]!;
  }
  const values = new Float64Array(count);
  eachFamily(pool, visited, (cut) => active[cut] === 1, (family, state, states) => {
    if (candidates === 0 || family.length < 2) return;
    const best = evaluate(pool, family, states.values, state, values);
    for (const cut of family) {
      if (dominated[cut] === 0 || values[cut]! < best - tolerance) continue;
      dominated[cut] = 0;
      candidates--;
    }
  });
  return dominated;
}

/** Goes through the cuts of each future column, in slot order, at each visited state. */
function eachFamily(
  pool: CutPool,
  visited: readonly VisitedStates[],
  counts: (cut: number) => boolean,
  visit: (family: readonly number[], state: number, states: VisitedStates) => void,
): void {
  const families = new Map<number, number[]>();
  const count = cutCount(pool);
  for (let cut = 0; cut < count; cut++) {
    if (!counts(cut)) continue;
    const future = pool.rows.future[cut]!;
    const family = families.get(future);
    if (family === undefined) families.set(future, [cut]);
    else family.push(cut);
  }
  for (const family of families.values()) {
    for (const states of visited) {
      for (let state = 0; state < states.count; state++) visit(family, state, states);
    }
  }
}

/** Evaluates cuts at a state; returns the highest value. */
function evaluate(
  { rows: { slots, intercept, coefficients } }: CutPool,
  family: readonly number[],
  states: Float64Array,
  state: number,
  values: Float64Array,
): number {
  const first = state * slots;
  let best = -Infinity;
  for (const cut of family) {
    const row = cut * slots;
    let value = intercept[cut]!;
    for (let slot = 0; slot < slots; slot++) {
      value += coefficients[row + slot]! * states[first + slot]!;
    }
    values[cut] = value;
    if (value > best) best = value;
  }
  return best;
}
