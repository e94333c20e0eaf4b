/** Evaporation from reservoirs. */
import type { ModelBuilder } from "../model_builder.ts";
import { plantPhase, type StageInput } from "../stage_input.ts";
import { addStageFlow } from "./water.ts";

/** Room above what the line gives at the ends of the storage range, so that slacks decide. */
const MARGIN = 2;

/**
 * Q − kV/2·(v_in + v) + missing − excessive = k0 with Q the flow that leaves the reservoir all
 * through the stage (m³/s). Q may be negative where the net evaporation is: condensation.
 */
export function addEvaporation(builder: ModelBuilder, input: StageInput): void {
  const { frame, data, plants } = input;
  frame.system.hydros.forEach((_, entity) => {
    const line = plants.evaporation[entity]!;
    if (line === null || plantPhase(input, entity) === "absent") return;
    const { k0, kV } = line;
    const full = k0 + kV * data.hydros.maxStorageHm3[entity]!;
    const flow = builder.column("evaporation", { entity }, {
      lower: MARGIN * Math.min(0, k0, full),
      upper: MARGIN * Math.max(0, k0, full),
    });
    const missing = builder.column("evaporation_below", { entity }, {
      cost: data.hydros.costs.evaporationNeg[entity]! * data.hours,
    });
    const excessive = builder.column("evaporation_above", { entity }, {
      cost: data.hydros.costs.evaporationPos[entity]! * data.hours,
    });
    const row = builder.row("evaporation", { entity }, k0, k0);
    builder.entry(row, flow, 1);
    builder.entry(row, builder.columnOf("storage_in", entity), -kV / 2);
    builder.entry(row, builder.columnOf("storage", entity), -kV / 2);
    builder.entry(row, missing, 1);
    builder.entry(row, excessive, -1);
    addStageFlow(builder, input, entity, flow, 1);
  });
}
