/** Thermal plants, those whose dispatch is decided stages ahead included. */
import { discountFactor, makeStageResolver, type System } from "../../model/mod.ts";
import type { ModelBuilder } from "../model_builder.ts";
import type { StageInput } from "../stage_input.ts";
import { deliversIn } from "../state_manifest.ts";

/**
 * Generation per block between its bounds, at cost per MWh. Of an anticipated plant the generation
 * is what was committed, the same in every block, and is paid when it is delivered.
 */
export function addThermals(builder: ModelBuilder, { frame, data }: StageInput): void {
  const { system, busPosition } = frame;
  const { blocks, blockHours, thermals } = data;
  system.thermals.forEach((thermal, entity) => {
    if (thermals.active[entity] === 0) return;
    const bus = busPosition.get(thermal.busId)!;
    const committed = builder.findColumn("committed", entity);
    for (let block = 0; block < blocks; block++) {
      const at = entity * blocks + block;
      const cost = thermals.costPerMwh[entity]! * blockHours[block]!;
      const bounds = committed < 0
        ? { lower: thermals.minMw[at]!, upper: thermals.maxMw[at]! }
        : { lower: -Infinity, upper: Infinity };
      const column = builder.column("thermal", { entity, block }, { ...bounds, cost });
      builder.entry(builder.rowOf("load_balance", bus, block), column, 1);
      if (committed < 0) continue;
      const delivery = builder.row("delivery", { entity, block }, 0, 0);
      builder.entry(delivery, column, 1);
      builder.entry(delivery, committed, -1);
    }
  });
}

/**
 * Commitments decided in this stage, within the bounds of the stage of delivery. Their cost arises
 * there; only what is delivered after the study is paid now, discounted, for no later stage will.
 */
export function addCommitments(builder: ModelBuilder, { frame, data }: StageInput): void {
  const { system } = frame;
  const decided = frame.deliveries.filter((delivery) =>
    delivery.decidedAt === data.position && deliversIn(system, delivery)
  );
  if (decided.length === 0) return;
  const resolver = makeStageResolver(system);
  for (const { thermal, stage } of decided) {
    const place = { entity: thermal, sub: stage - data.position };
    const after = stage - system.horizon.stages.length;
    if (after >= 0) {
      builder.column("commitment", place, afterStudy(system, thermal, after, data.position));
      continue;
    }
    const due = resolver.stage(stage);
    const at = thermal * due.blocks;
    const [lower, upper] = [due.thermals.minMw, due.thermals.maxMw].map((bounds, side) => {
      const values = bounds.subarray(at, at + due.blocks);
      return side === 0 ? Math.max(...values) : Math.min(...values);
    });
    builder.column("commitment", place, { lower: lower!, upper: upper! });
  }
}

function afterStudy(system: System, thermal: number, after: number, position: number) {
  const { id } = system.thermals[thermal]!;
  const bound = system.postStudy!.thermalBounds.find((row) =>
    row.thermalId === id && row.stageIndex === after
  )!;
  let discount = 1;
  for (const stage of system.horizon.stages.slice(position)) discount *= discountFactor(stage);
  const hours = system.postStudy!.stages[after]!.durationHours;
  return {
    lower: bound.minMw,
    upper: bound.maxMw,
    cost: bound.costPerMwh * hours * discount,
  };
}
