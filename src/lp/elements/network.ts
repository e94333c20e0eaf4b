/** Buses and lines: the power balance, unserved and surplus energy, exchange with losses. */
import type { ModelBuilder } from "../model_builder.ts";
import type { StageInput } from "../stage_input.ts";

/**
 * Power balance of a bus in a block (MW): generation + received − sent + deficit − excess = load.
 * A line sends f and its other end receives η·f with η = 1 − losses/100.
 */
export function addNetwork(builder: ModelBuilder, { frame, data }: StageInput): void {
  const { system, busPosition } = frame;
  const { blocks, blockHours } = data;
  system.buses.forEach((bus, entity) => {
    for (let block = 0; block < blocks; block++) {
      const hours = blockHours[block]!;
      const balance = builder.row("load_balance", { entity, block }, 0, 0);
      builder.entry(balance, builder.columnOf("load", entity, block), -1);
      bus.deficitSegments.forEach((segment, sub) => {
        const upper = segment.depthMw ?? Infinity;
        const deficit = builder.column("deficit", { entity, block, sub }, {
          upper,
          cost: segment.cost * hours,
        });
        builder.entry(balance, deficit, 1);
      });
      const cost = data.buses.excessCost[entity]! * hours;
      builder.entry(balance, builder.column("excess", { entity, block }, { cost }), -1);
    }
  });
  system.lines.forEach((line, entity) => {
    if (data.lines.active[entity] === 0) return;
    const source = busPosition.get(line.sourceBusId)!;
    const target = busPosition.get(line.targetBusId)!;
    const received = 1 - line.lossesPercent / 100;
    for (let block = 0; block < blocks; block++) {
      const at = entity * blocks + block;
      const cost = data.lines.exchangeCost[entity]! * blockHours[block]!;
      const add = (kind: "line_direct" | "line_reverse", from: number, to: number): void => {
        const capacity = kind === "line_direct" ? data.lines.directMw : data.lines.reverseMw;
        const flow = builder.column(kind, { entity, block }, { upper: capacity[at]!, cost });
        builder.entry(builder.rowOf("load_balance", from, block), flow, -1);
        builder.entry(builder.rowOf("load_balance", to, block), flow, received);
      };
      add("line_direct", source, target);
      add("line_reverse", target, source);
    }
  });
}
