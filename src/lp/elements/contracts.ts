/** Energy bought from or sold to others. */
import type { ModelBuilder } from "../model_builder.ts";
import type { StageInput } from "../stage_input.ts";

/** An import adds power to its bus, an export takes it; a price below zero is a revenue. */
export function addContracts(builder: ModelBuilder, { frame, data }: StageInput): void {
  const { system, busPosition } = frame;
  const { blocks, blockHours, contracts } = data;
  system.contracts.forEach((contract, entity) => {
    if (contracts.active[entity] === 0) return;
    const bus = busPosition.get(contract.busId)!;
    for (let block = 0; block < blocks; block++) {
      const at = entity * blocks + block;
      const column = builder.column("contract", { entity, block }, {
        lower: contracts.minMw[at]!,
        upper: contracts.maxMw[at]!,
        cost: contracts.pricePerMwh[at]! * blockHours[block]!,
      });
      const sign = contract.type === "import" ? 1 : -1;
      builder.entry(builder.rowOf("load_balance", bus, block), column, sign);
    }
  });
}
