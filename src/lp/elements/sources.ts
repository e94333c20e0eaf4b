/** Non-controllable sources. */
import type { ModelBuilder } from "../model_builder.ts";
import type { StageInput } from "../stage_input.ts";

/**
 * Generation up to what is available. What is generated earns the curtailment cost, so that the cost
 * of a stage falls with every MWh that is not curtailed; a must-run source takes all and earns none.
 */
export function addSources(builder: ModelBuilder, { frame, data }: StageInput): void {
  const { system, busPosition } = frame;
  const { blocks, blockHours, sources } = data;
  system.sources.forEach((source, entity) => {
    if (sources.active[entity] === 0) return;
    const bus = busPosition.get(source.busId)!;
    for (let block = 0; block < blocks; block++) {
      const reward = source.allowCurtailment
        ? sources.curtailmentCost[entity]! * blockHours[block]!
        : 0;
      const column = builder.column("source", { entity, block }, {
        cost: -reward,
        lower: source.allowCurtailment ? 0 : -Infinity,
      });
      builder.entry(builder.rowOf("load_balance", bus, block), column, 1);
      const lowest = source.allowCurtailment ? -Infinity : 0;
      const row = builder.row("availability", { entity, block }, lowest, 0);
      builder.entry(row, column, 1);
      builder.entry(row, builder.columnOf("available", entity, block), -1);
    }
  });
}
