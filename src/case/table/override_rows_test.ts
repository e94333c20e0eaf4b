import assert from "node:assert/strict";
import { ALL_BLOCKS, type Line, type Overrides } from "../../model/mod.ts";
import { addOverrideRows, applyExchangeFactors, type ExchangeFactor } from "./override_rows.ts";

type LineRows = Overrides<"direct_mw" | "reverse_mw">;

function lineRows(
  rows: readonly (readonly [
    line: number,
    stage: number,
    block: number,
    direct: number,
    reverse: number,
  ])[],
): LineRows {
  return {
    rows: rows.length,
    entity_id: Int32Array.from(rows, (row) => row[0]),
    stage_id: Int32Array.from(rows, (row) => row[1]),
    block_id: Int32Array.from(rows, (row) => row[2]),
    direct_mw: Float64Array.from(rows, (row) => row[3]),
    reverse_mw: Float64Array.from(rows, (row) => row[4]),
  };
}

function line(id: number, directMw: number, reverseMw: number): Line {
  return {
    id,
    name: `L${id}`,
    entryStageId: null,
    exitStageId: null,
    sourceBusId: 0,
    targetBusId: 1,
    directMw,
    reverseMw,
    exchangeCost: 1,
    lossesPercent: 0,
  };
}

Deno.test("rows are merged in key order, cell by cell, the added ones counting", () => {
  const table = lineRows([[0, 1, ALL_BLOCKS, 10, 20], [2, 0, 0, 5, NaN]]);
  const added = lineRows([[2, 0, 0, NaN, 6], [1, 0, ALL_BLOCKS, 7, 8], [
    0,
    1,
    ALL_BLOCKS,
    11,
    NaN,
  ]]);
  assert.deepEqual(
    addOverrideRows(table, added),
    lineRows([[0, 1, ALL_BLOCKS, 11, 20], [1, 0, ALL_BLOCKS, 7, 8], [2, 0, 0, 5, 6]]),
  );
  assert.equal(addOverrideRows(table, lineRows([])), table);
});

Deno.test("a factor scales the capacity of the stage, and a block's own capacity stays", () => {
  const factor = (lineId: number, stageId: number, blockId: number): ExchangeFactor => ({
    lineId,
    stageId,
    blockId,
    directFactor: 0.5,
    reverseFactor: 2,
  });
  const overrides = lineRows([[0, 1, ALL_BLOCKS, 100, NaN], [1, 0, 1, 9, NaN]]);
  const result = applyExchangeFactors(
    overrides,
    [line(0, 60, 80), line(1, 30, 40)],
    [factor(1, 0, 1), factor(0, 1, 0), factor(0, 0, 1), factor(7, 0, 0), factor(0, 9, 0)],
    [{ id: 0 }, { id: 1 }],
  );
  assert.deepEqual(
    result,
    lineRows([
      [0, 0, 1, 30, 160],
      [0, 1, ALL_BLOCKS, 100, NaN],
      [0, 1, 0, 50, 160],
      [1, 0, 1, 9, 80],
    ]),
  );
});
