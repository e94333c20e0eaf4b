/** An opening tree that the user gives. */
import type { NoiseOpenings } from "../model/mod.ts";
import { lowerBound, upperBound } from "../numeric/mod.ts";
import { CobreError, type ErrorRecord, errorRecord } from "../protocol/mod.ts";
import type { NoiseLayout } from "./noise_layout.ts";
import { type Allocate, allocateOwn, emptyOpeningTree, type OpeningTree } from "./opening_tree.ts";

const FILE = "scenarios/noise_openings.parquet";

/**
 * The tree of a table, whose values are taken as they are. Every study stage must have openings
 * 0, 1, …, each with a finite value for every entity of the noise vector; their numbers are those
 * of the table. The table is sorted by stage, opening and entity.
 */
export function userOpeningTree(
  table: NoiseOpenings,
  stageIds: readonly number[],
  { dim, blocks }: NoiseLayout,
  allocate: Allocate = allocateOwn,
): OpeningTree {
  const problems: ErrorRecord[] = [];
  const known = new Set(stageIds);
  const unknown = [...new Set(table.stage_id)].filter((id) => !known.has(id));
  for (const id of unknown) {
    problems.push(stageProblem(id, `is in the table, but it is not a stage of the study`));
  }
  const rows = stageIds.map((id) => ({
    from: lowerBound(table.stage_id, id),
    to: upperBound(table.stage_id, id),
  }));
  const counts = Int32Array.from(rows, ({ from, to }, t) => {
    const fault = faultOf(table, from, to, dim);
    if (fault !== null) problems.push(stageProblem(stageIds[t]!, fault));
    return dim === 0 ? 1 : Math.floor((to - from) / dim);
  });
  const [first, ...more] = problems;
  if (first !== undefined) {
    const { inflow, load, ncs } = blocks;
    const suggestion = `A noise vector has ${dim} entities in this order: ` +
      `${inflow.ids.length} hydros, ${load.ids.length} buses with random load, ` +
      `${ncs.ids.length} non-controllable sources with statistics, each kind by id`;
    throw new CobreError([{ ...first, suggestion }, ...more]);
  }
  const tree = emptyOpeningTree(dim, counts, allocate);
  rows.forEach(({ from, to }, t) => {
    tree.values.set(table.value.subarray(from, to), tree.starts[t]! * dim);
  });
  return tree;
}

/** The first thing wrong with the rows of one stage, or null. */
function faultOf(table: NoiseOpenings, from: number, to: number, dim: number): string | null {
  if (from === to) return dim === 0 ? null : "has no openings";
  for (let row = from; row < to; row++) {
    const opening = dim === 0 ? 0 : Math.floor((row - from) / dim);
    const entity = dim === 0 ? 0 : (row - from) % dim;
    const foundOpening = table.opening_index[row]!;
    const foundEntity = table.entity_index[row]!;
    if (dim === 0 || foundOpening !== opening || foundEntity !== entity) {
      return `has opening ${foundOpening} with entity ${foundEntity} where opening ${opening} ` +
        `with entity ${entity} of ${dim} should follow`;
    }
    if (!Number.isFinite(table.value[row])) {
      return `has a noise that is not finite for entity ${entity} of opening ${opening}`;
    }
  }
  const missing = (to - from) % dim;
  if (missing === 0) return null;
  return `has only ${missing} of ${dim} entities in its last opening`;
}

function stageProblem(stageId: number, detail: string): ErrorRecord {
  return errorRecord("StageMismatch", `Stage ${stageId} ${detail}`, {
    file: FILE,
    stage_id: stageId,
    detail,
  });
}
