/** Minimum storage, first filling of new reservoirs, and water taken for other uses. */
import type { ModelBuilder } from "../model_builder.ts";
import { plantPhase, type StageInput } from "../stage_input.ts";
import { HM3_PER_M3S_HOUR } from "../water_clock.ts";
import { addStageFlow, balanceRow } from "./water.ts";

/**
 * Minimum storage at the end of the stage is a soft bound, priced in $/hm³: a state that a dry
 * sequence leads to must have a cost, not make the problem infeasible.
 *
 * A reservoir that fills has a schedule instead: what it held when filling began plus the least rate
 * of filling until now, at most its dead volume, and the dead volume when filling ends. A schedule
 * does not depend on the state, so that the cost of missing it is convex.
 */
export function addStorageLimits(builder: ModelBuilder, input: StageInput): void {
  const { frame, data } = input;
  const { hydros } = data;
  frame.system.hydros.forEach((_, entity) => {
    const phase = plantPhase(input, entity);
    if (phase === "absent") return;
    const filling = phase === "filling";
    const least = filling ? fillingTarget(input, entity) : hydros.minStorageHm3[entity]!;
    if (least <= 0) return;
    const row = builder.row(
      filling ? "filling_target" : "storage_min",
      { entity },
      least,
      Infinity,
    );
    builder.entry(row, builder.columnOf("storage", entity), 1);
    const costs = filling ? hydros.costs.fillingTarget : hydros.costs.storageBelow;
    const slack = builder.column(filling ? "filling_below" : "storage_below", { entity }, {
      cost: costs[entity]!,
    });
    builder.entry(row, slack, 1);
  });
}

/** Volume that the schedule of a filling wants at the end of the stage (hm³). */
function fillingTarget({ frame, data }: StageInput, entity: number): number {
  const { system, clock } = frame;
  const { id, filling, entryStageId } = system.hydros[entity]!;
  const dead = data.hydros.minStorageHm3[entity]!;
  const next = system.horizon.stages[data.position + 1];
  if (next !== undefined && next.id >= entryStageId!) return dead;
  let target = system.initial.fillingStorage.find((row) => row.hydroId === id)?.valueHm3 ?? 0;
  for (let at = 0; at <= data.position; at++) {
    if (system.horizon.stages[at]!.id < filling!.startStageId) continue;
    const hours = clock.stageStartHour[at + 1]! - clock.stageStartHour[at]!;
    target += HM3_PER_M3S_HOUR * hours * data.hydros.fillingMinRateM3s[entity]!;
  }
  return Math.min(dead, target);
}

/**
 * A scheduled withdrawal leaves the reservoir whatever happens; a negative one brings water. Where
 * water is taken, too little and too much are possible at a cost.
 */
export function addWithdrawal(builder: ModelBuilder, input: StageInput): void {
  const { frame, data } = input;
  const { hydros, blockHours } = data;
  const chronological = data.stage.blockMode === "chronological";
  frame.system.hydros.forEach((_, entity) => {
    const flow = hydros.waterWithdrawalM3s[entity]!;
    if (flow === 0 || plantPhase(input, entity) === "absent") return;
    for (let block = 0; block < (chronological ? data.blocks : 1); block++) {
      const hours = chronological ? blockHours[block]! : data.hours;
      builder.shiftRow(balanceRow(builder, input, entity, block), -HM3_PER_M3S_HOUR * hours * flow);
    }
    if (flow < 0) return;
    const below = hydros.costs.withdrawalNeg[entity]! * data.hours;
    const above = hydros.costs.withdrawalPos[entity]! * data.hours;
    // No more can be missing than was to be taken: the rest would be water out of nothing.
    const less = builder.column("withdrawal_below", { entity }, { upper: flow, cost: below });
    const more = builder.column("withdrawal_above", { entity }, { cost: above });
    addStageFlow(builder, input, entity, less, -1);
    addStageFlow(builder, input, entity, more, 1);
  });
}
