/** Stations that lift water from one reservoir to another. */
import type { ModelBuilder } from "../model_builder.ts";
import { plantPhase, type StageInput } from "../stage_input.ts";
import { addBlockFlow } from "./water.ts";

/** Pumping draws power from a bus and has no cost of its own. It needs both reservoirs. */
export function addPumping(builder: ModelBuilder, input: StageInput): void {
  const { frame, data } = input;
  const { stations, blocks } = data;
  frame.system.stations.forEach((station, entity) => {
    const source = frame.hydroPosition.get(station.sourceHydroId)!;
    const destination = frame.hydroPosition.get(station.destinationHydroId)!;
    if (stations.active[entity] === 0) return;
    if ([source, destination].some((end) => plantPhase(input, end) === "absent")) return;
    const bus = frame.busPosition.get(station.busId)!;
    for (let block = 0; block < blocks; block++) {
      const at = entity * blocks + block;
      const flow = builder.column("pumped", { entity, block }, {
        lower: stations.minFlowM3s[at]!,
        upper: stations.maxFlowM3s[at]!,
      });
      const power = -station.consumptionMwPerM3s;
      builder.entry(builder.rowOf("load_balance", bus, block), flow, power);
      addBlockFlow(builder, input, source, block, flow, 1);
      addBlockFlow(builder, input, destination, block, flow, -1);
    }
  });
}
