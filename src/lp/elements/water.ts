/** Adds flows to the water balances of a stage, whatever its blocks mean. */
import type { ModelBuilder } from "../model_builder.ts";
import type { StageInput } from "../stage_input.ts";
import { HM3_PER_M3S_HOUR } from "../water_clock.ts";

/** The balance of a hydro that holds for a block. */
export function balanceRow(
  builder: ModelBuilder,
  { data }: StageInput,
  hydro: number,
  block: number,
): number {
  const chronological = data.stage.blockMode === "chronological";
  return builder.rowOf("water_balance", hydro, chronological ? block : -1);
}

/** Adds a flow of one block (m³/s); `sign` is 1 for water that leaves the reservoir. */
export function addBlockFlow(
  builder: ModelBuilder,
  input: StageInput,
  hydro: number,
  block: number,
  column: number,
  sign: number,
): void {
  const volume = HM3_PER_M3S_HOUR * input.data.blockHours[block]!;
  builder.entry(balanceRow(builder, input, hydro, block), column, sign * volume);
}

/** Adds a flow that is the same all through the stage (m³/s). */
export function addStageFlow(
  builder: ModelBuilder,
  input: StageInput,
  hydro: number,
  column: number,
  sign: number,
): void {
  if (input.data.stage.blockMode === "chronological") {
    for (let block = 0; block < input.data.blocks; block++) {
      addBlockFlow(builder, input, hydro, block, column, sign);
    }
    return;
  }
  const volume = HM3_PER_M3S_HOUR * input.data.hours;
  builder.entry(builder.rowOf("water_balance", hydro), column, sign * volume);
}

/** The columns of storage between which a block lies: before and after it. */
export function storagesAround(
  builder: ModelBuilder,
  { data }: StageInput,
  hydro: number,
  block: number,
): [before: number, after: number] {
  const inner = data.stage.blockMode === "chronological";
  const before = inner && block > 0
    ? builder.columnOf("storage", hydro, block - 1)
    : builder.columnOf("storage_in", hydro);
  const after = inner && block < data.blocks - 1
    ? builder.columnOf("storage", hydro, block)
    : builder.columnOf("storage", hydro);
  return [before, after];
}
