/** Adds rows to a table of overrides. */
import { sortPermutation } from "../../numeric/mod.ts";
import type { Line, Overrides, Stage } from "../../model/mod.ts";

/** Block factors of one line in one stage of the older layout. */
export interface ExchangeFactor {
  readonly lineId: number;
  readonly stageId: number;
  readonly blockId: number;
  readonly directFactor: number;
  readonly reverseFactor: number;
}

/**
 * Both tables as one, sorted by key with one row per key. Where both give a cell, that of `rows`
 * counts; among several rows with the same key the later one.
 */
export function addOverrideRows<F extends string>(
  table: Overrides<F>,
  rows: Overrides<F>,
): Overrides<F> {
  if (rows.rows === 0) return table;
  const first = table as unknown as Readonly<Record<string, Int32Array | Float64Array>>;
  const second = rows as unknown as Readonly<Record<string, Int32Array | Float64Array>>;
  const keyNames = ["entity_id", "stage_id", "block_id"];
  const valueNames = Object.keys(first).filter((name) =>
    name !== "rows" && !keyNames.includes(name)
  );
  const count = table.rows + rows.rows;
  const keys = keyNames.map((name) => {
    const joined = new Int32Array(count);
    joined.set(first[name]!);
    joined.set(second[name]!, table.rows);
    return joined;
  });
  const order = sortPermutation(keys);
  const rowAt = (position: number): number => order?.[position] ?? position;

  const starts: number[] = [];
  for (let position = 0; position < count; position++) {
    const same = position > 0 &&
      keys.every((key) => key[rowAt(position)] === key[rowAt(position - 1)]);
    if (!same) starts.push(position);
  }
  const merged: Record<string, unknown> = { rows: starts.length };
  keyNames.forEach((name, k) => {
    merged[name] = Int32Array.from(starts, (position) => keys[k]![rowAt(position)]!);
  });
  for (const name of valueNames) {
    const target = new Float64Array(starts.length).fill(NaN);
    for (let group = 0; group < starts.length; group++) {
      const end = starts[group + 1] ?? count;
      for (let position = starts[group]!; position < end; position++) {
        const row = rowAt(position);
        const value = row < table.rows ? first[name]![row]! : second[name]![row - table.rows]!;
        if (!Number.isNaN(value)) target[group] = value;
      }
    }
    merged[name] = target;
  }
  return merged as unknown as Overrides<F>;
}

/**
 * Block factors of line capacities as rows in MW: the capacity of the stage (its override, else
 * that of the line) times the factor. Factors of unknown lines and stages make no row. A capacity
 * that the table gives for the block itself stays.
 */
export function applyExchangeFactors(
  overrides: Overrides<"direct_mw" | "reverse_mw">,
  lines: readonly Line[],
  factors: readonly ExchangeFactor[],
  stages: readonly Pick<Stage, "id">[],
): Overrides<"direct_mw" | "reverse_mw"> {
  const lineById = new Map(lines.map((line) => [line.id, line]));
  const stageIds = new Set(stages.map((stage) => stage.id));
  const stageRows = new Map<string, number>();
  for (let row = 0; row < overrides.rows; row++) {
    if (overrides.block_id[row]! >= 0) continue;
    stageRows.set(`${overrides.entity_id[row]},${overrides.stage_id[row]}`, row);
  }
  const known = factors.filter(({ lineId, stageId }) =>
    lineById.has(lineId) && stageIds.has(stageId)
  );
  const capacity = (factor: ExchangeFactor, cells: Float64Array, base: number): number => {
    const row = stageRows.get(`${factor.lineId},${factor.stageId}`);
    const value = row === undefined ? NaN : cells[row]!;
    return Number.isNaN(value) ? base : value;
  };
  const rows: Overrides<"direct_mw" | "reverse_mw"> = {
    rows: known.length,
    entity_id: Int32Array.from(known, (factor) => factor.lineId),
    stage_id: Int32Array.from(known, (factor) => factor.stageId),
    block_id: Int32Array.from(known, (factor) => factor.blockId),
    direct_mw: Float64Array.from(
      known,
      (factor) =>
        factor.directFactor *
        capacity(factor, overrides.direct_mw, lineById.get(factor.lineId)!.directMw),
    ),
    reverse_mw: Float64Array.from(
      known,
      (factor) =>
        factor.reverseFactor *
        capacity(factor, overrides.reverse_mw, lineById.get(factor.lineId)!.reverseMw),
    ),
  };
  return known.length === 0 ? overrides : addOverrideRows(rows, overrides);
}
