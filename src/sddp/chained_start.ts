/**
 * The basis of one stage as a start for the next one. Along a trajectory the water and the prices of
 * neighbouring stages are alike, so this takes about half the pivots of the basis that the trajectory
 * had at the stage in the last iteration, when its noise was another one.
 */
import type { StageStart, StageTemplate } from "../lp/mod.ts";
import { cutCount, type CutPool } from "./cut_pool.ts";
import type { Study } from "./study.ts";

/** Whether each stage has the columns and rows of the one before it. */
export function chainableStages({ stages }: Study): boolean[] {
  const shapes = stages.map(({ template }) => shapeOf(template));
  return shapes.map((shape, position) => position > 0 && shape === shapes[position - 1]);
}

function shapeOf({ model, columns, rows, coreRows, futureColumns }: StageTemplate): string {
  const key = ({ kind, entity, block, sub }: (typeof model.columnKeys)[number] | RowKey): string =>
    `${kind} ${entity} ${block} ${sub}`;
  const columnKeys = [...columns].map((column) => key(model.columnKeys[column]!));
  const rowKeys = [...rows].map((row) => key(model.rowKeys[row]!));
  return [columnKeys, rowKeys, [coreRows, futureColumns.length]].map(String).join("\n");
}

type RowKey = StageTemplate["model"]["rowKeys"][number];

/**
 * Leaves in `next` the basis `before` of the stage before, with the cuts that were made in the same
 * iteration and by the same trajectory as its own. Returns whether that could be done.
 */
export function chainStart(
  before: StageStart,
  from: CutPool | null,
  to: CutPool | null,
  next: StageStart,
): boolean {
  const [lazy, cuts] = before.counts as unknown as [number, number];
  if (lazy < 0) return false;
  if (cuts > 0 && (from === null || to === null)) return false;
  const shift = cuts > 0 ? to!.given - from!.given : 0;
  const count = cuts > 0 ? cutCount(to!) : 0;
  for (let at = 0; at < cuts; at++) {
    const cut = before.cuts[at]! + shift;
    if (cut < 0 || cut >= count || to!.rows.active[cut] === 0) return false;
  }
  for (let at = 0; at < cuts; at++) next.cuts[at] = before.cuts[at]! + shift;
  next.columns.set(before.columns);
  next.rows.set(before.rows);
  next.lazy.set(before.lazy);
  next.lazyStatus.set(before.lazyStatus);
  next.counts.set(before.counts);
  return true;
}
