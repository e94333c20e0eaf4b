/** The known quantities of a stage, in groups that follow each other. */
import type { ModelBuilder } from "../model_builder.ts";
import type { KnownRange, StageInput } from "../stage_input.ts";

/**
 * Adds the known quantities: initial storages and inflows by hydro, loads by bus and block,
 * available generation by source and block, arriving water by period and hydro, commitments by
 * thermal. Only the last two have gaps.
 */
export function addParameters(builder: ModelBuilder, input: StageInput): void {
  const { frame, data, incoming, initialStorage } = input;
  const { system, clock } = frame;
  system.hydros.forEach((_, entity) => {
    const lower = initialStorage.lower[entity]!;
    const upper = initialStorage.upper[entity]!;
    builder.parameter("storage_in", { entity }, lower, upper);
  });
  system.hydros.forEach((_, entity) => {
    builder.parameter("inflow", { entity }, -Infinity, Infinity);
  });
  addPerBlock(builder, "load", system.buses.length, data.blocks, input.load ?? anyLoad(input));
  addPerBlock(
    builder,
    "available",
    system.sources.length,
    data.blocks,
    input.available ?? anyAvailability(input),
  );
  const periods = clock.first[data.position + 1]! - clock.first[data.position]!;
  for (const { kind, entity, sub } of incoming.slots) {
    if (kind !== "travelling_water" || sub >= periods) continue;
    builder.parameter("arriving", { entity, sub }, -Infinity, Infinity);
  }
  for (const { kind, entity, sub } of incoming.slots) {
    if (kind !== "commitment" || sub !== 0) continue;
    builder.parameter("committed", { entity }, 0, Infinity);
  }
}

function addPerBlock(
  builder: ModelBuilder,
  kind: "load" | "available",
  entities: number,
  blocks: number,
  { lower, upper }: KnownRange,
): void {
  for (let entity = 0; entity < entities; entity++) {
    for (let block = 0; block < blocks; block++) {
      const at = entity * blocks + block;
      builder.parameter(kind, { entity, block }, lower[at]!, upper[at]!);
    }
  }
}

function anyLoad({ frame, data }: StageInput): KnownRange {
  const count = frame.system.buses.length * data.blocks;
  return {
    lower: new Float64Array(count).fill(-Infinity),
    upper: new Float64Array(count).fill(Infinity),
  };
}

/** A source gives at most what its plant or the stage allows, times the factor of the block. */
function anyAvailability({ frame, data }: StageInput): KnownRange {
  const { availableMw, factor } = data.sources;
  const upper = availableMw.map((available, at) => {
    const source = frame.system.sources[Math.floor(at / data.blocks)]!;
    return Math.max(available, source.maxGenerationMw) * factor[at]!;
  });
  return { lower: new Float64Array(upper.length), upper };
}
