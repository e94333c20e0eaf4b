/** The rows of override tables by study stage. */
import type { Stage } from "./horizon.ts";
import type { Table } from "./table.ts";

/** A table with one row per element, stage and block. */
export type StageTable = Table<"stage_id" | "block_id", never>;

/** Where the rows of each stage are, and what they are about. */
export interface StageRows {
  /** Rows of the table by stage position, those of one stage in the order of the table. */
  readonly rows: Int32Array;
  /** Rows of the stage at position p are those at `[starts[p], starts[p + 1])` of `rows`. */
  readonly starts: Int32Array;
  /** Position of the element of each row of the table. */
  readonly elements: Int32Array;
  /** Block of each row of the table; negative for all blocks. */
  readonly blocks: Int32Array;
}

/**
 * Sorts the rows of a table into the study stages. Rows about other stages and unknown elements,
 * which have `elementOf` negative, are left out: reporting them is the business of validation.
 */
export function indexStageRows(
  table: StageTable,
  elementOf: (row: number) => number,
  stages: readonly Stage[],
): StageRows {
  const positions = new Map(stages.map((stage, position) => [stage.id, position]));
  const elements = new Int32Array(table.rows);
  const stageOf = new Int32Array(table.rows);
  const starts = new Int32Array(stages.length + 1);
  for (let row = 0; row < table.rows; row++) {
    elements[row] = elementOf(row);
    const position = elements[row]! < 0 ? -1 : positions.get(table.stage_id[row]!) ?? -1;
    stageOf[row] = position;
    if (position >= 0) starts[position + 1]!++;
  }
  for (let position = 0; position < stages.length; position++) {
    starts[position + 1]! += starts[position]!;
  }
  const next = starts.slice();
  const rows = new Int32Array(starts[stages.length]!);
  for (let row = 0; row < table.rows; row++) {
    const position = stageOf[row]!;
    if (position >= 0) rows[next[position]!++] = row;
  }
  return { rows, starts, elements, blocks: table.block_id };
}

/** A copy of the values of elements, with the stage's overrides in place. */
export function perElement(
  base: Float64Array,
  column: Float64Array,
  index: StageRows,
  position: number,
): Float64Array {
  const values = base.slice();
  for (let i = index.starts[position]!; i < index.starts[position + 1]!; i++) {
    const row = index.rows[i]!;
    const value = column[row]!;
    if (index.blocks[row]! < 0 && !Number.isNaN(value)) values[index.elements[row]!] = value;
  }
  return values;
}

/**
 * The values of elements in every block, element by element: the value of the element, then the
 * override for all blocks, then that for one block. Tables hold the row for all blocks before those
 * for one, so one pass settles the order. Rows about blocks that the stage lacks are left out.
 */
export function perBlock(
  base: Float64Array,
  blocks: number,
  column: Float64Array,
  index: StageRows,
  position: number,
): Float64Array {
  const values = new Float64Array(base.length * blocks);
  for (let element = 0; element < base.length; element++) {
    values.fill(base[element]!, element * blocks, (element + 1) * blocks);
  }
  for (let i = index.starts[position]!; i < index.starts[position + 1]!; i++) {
    const row = index.rows[i]!;
    const value = column[row]!;
    if (Number.isNaN(value)) continue;
    const block = index.blocks[row]!;
    const first = index.elements[row]! * blocks;
    if (block < 0) values.fill(value, first, first + blocks);
    else if (block < blocks) values[first + block] = value;
  }
  return values;
}
