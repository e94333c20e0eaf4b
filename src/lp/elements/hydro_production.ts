/** Turns water into power: productivity, head, planes, and unit groups on several buses. */
import type { ModelBuilder } from "../model_builder.ts";
import type { FphaPlaneSet, HeadLine } from "../plant_data.ts";
import { plantPhase, type StageInput } from "../stage_input.ts";
import { storagesAround } from "./water.ts";

/** Adds the generation of the hydros to the buses. */
export function addHydroProduction(builder: ModelBuilder, input: StageInput): void {
  input.frame.system.hydros.forEach((_, entity) => {
    if (plantPhase(input, entity) !== "operating") return;
    for (let block = 0; block < input.data.blocks; block++) addPlant(builder, input, entity, block);
  });
}

function addPlant(builder: ModelBuilder, input: StageInput, entity: number, block: number): void {
  const { data, plants } = input;
  const at = entity * data.blocks + block;
  const most = data.hydros.maxGenerationMw[at]!;
  const turbined = builder.columnOf("turbined", entity, block);
  const production = plants.production[entity]!;
  if (production.kind === "constant") {
    const { productivity } = production;
    if (productivity > 0) builder.limit(turbined, most / productivity);
    addGroups(builder, input, entity, block, productivity);
    return;
  }
  const generation = builder.column("generation", { entity, block }, { upper: most });
  if (production.kind === "head" && input.head === "initial_storage") {
    addHead(builder, production.line, { generation, turbined, entity, block });
    addGroups(builder, input, entity, block, null);
    return;
  }
  const planes = production.kind === "planes" ? production.planes : headPlanes(production.line, {
    turbined: data.hydros.maxTurbinedM3s[at]!,
    volume: data.hydros.maxStorageHm3[entity]!,
  });
  addPlanes(builder, input, entity, block, planes);
  addGroups(builder, input, entity, block, null);
}

/**
 * The least concave function above ρ·q·(k0 + kV·v) for 0 ≤ q ≤ Q and 0 ≤ v ≤ V. With kV ≥ 0 that is
 * the smaller of the two planes of McCormick (1976): q·v ≤ V·q, and q·v ≤ Q·v. It is exact on the
 * border of the box: at rest, at full flow, and at full and empty reservoir. A concave function is
 * what a policy made of cuts needs; the product itself is not.
 */
export function headPlanes(
  { productivity, k0, kV }: HeadLine,
  most: { readonly turbined: number; readonly volume: number },
): FphaPlaneSet {
  return {
    intercept: Float64Array.of(0, 0),
    byVolume: Float64Array.of(0, productivity * kV * most.turbined),
    byTurbined: Float64Array.of(productivity * (k0 + kV * most.volume), productivity * k0),
    bySpillage: Float64Array.of(0, 0),
  };
}

/**
 * g = ρ·(k0 + kV·v_in)·q, the product itself with the head of the storage that the stage begins with:
 * the coefficient of q is known before the solve. As a function of v_in the cost is then not convex,
 * and no cuts can be made of it.
 */
function addHead(
  builder: ModelBuilder,
  { productivity, k0, kV }: HeadLine,
  { generation, turbined, entity, block }: {
    readonly generation: number;
    readonly turbined: number;
    readonly entity: number;
    readonly block: number;
  },
): void {
  const row = builder.row("head", { entity, block }, 0, 0);
  builder.entry(row, generation, 1);
  const volume = builder.columnOf("storage_in", entity);
  builder.variableEntry(row, turbined, -productivity * k0, volume, -productivity * kV);
}

/**
 * g − d − γv/2·(v before + v after) − γq·q − γs·s ≤ γ0 for each plane. Planes are made for volumes and
 * spillage as they mostly are. In a flood, or below the minimum storage, they can lie below zero
 * where little is turbined, and g ≥ 0 alone would have no solution. So a plant may draw the power d
 * from its bus, at the cost of missing generation: that wins nothing, but is always possible.
 */
function addPlanes(
  builder: ModelBuilder,
  input: StageInput,
  entity: number,
  block: number,
  { intercept, byVolume, byTurbined, bySpillage }: FphaPlaneSet,
): void {
  const [before, after] = storagesAround(builder, input, entity, block);
  const generation = builder.columnOf("generation", entity, block);
  const turbined = builder.columnOf("turbined", entity, block);
  const spillage = builder.columnOf("spillage", entity, block);
  const drawn = intercept.some((constant, sub) => constant < 0 || bySpillage[sub]! < 0)
    ? addDrawnPower(builder, input, entity, block)
    : -1;
  intercept.forEach((constant, sub) => {
    const row = builder.row("plane", { entity, block, sub }, -Infinity, constant);
    builder.entry(row, generation, 1);
    if (drawn >= 0) builder.entry(row, drawn, -1);
    builder.entry(row, before, -byVolume[sub]! / 2);
    builder.entry(row, after, -byVolume[sub]! / 2);
    builder.entry(row, turbined, -byTurbined[sub]!);
    builder.entry(row, spillage, -bySpillage[sub]!);
  });
}

/** See {@link addPlanes}; the power comes from the bus of the first unit group. */
function addDrawnPower(
  builder: ModelBuilder,
  { frame, data }: StageInput,
  entity: number,
  block: number,
): number {
  const cost = data.hydros.costs.generationBelow[entity]! * data.blockHours[block]!;
  const drawn = builder.column("generation_negative", { entity, block }, { cost });
  const bus = frame.busPosition.get(frame.system.hydros[entity]!.unitGroups[0]!.busId)!;
  builder.entry(builder.rowOf("load_balance", bus, block), drawn, -1);
  return drawn;
}

/**
 * Brings the power to the buses. A plant of one group uses its own columns; the groups of others
 * share its flow and its power. With a constant productivity (not null) there are no columns of
 * generation: power is that multiple of the flow.
 */
function addGroups(
  builder: ModelBuilder,
  input: StageInput,
  entity: number,
  block: number,
  productivity: number | null,
): void {
  const { frame, data } = input;
  const { unitGroups, blocks } = data;
  const first = unitGroups.starts[entity]!;
  const { unitGroups: groups } = frame.system.hydros[entity]!;
  const balanceOf = (group: number): number =>
    builder.rowOf("load_balance", frame.busPosition.get(groups[group]!.busId)!, block);
  const turbined = builder.columnOf("turbined", entity, block);
  const boundsAt = (group: number): { turbined: number; generation: number } => ({
    turbined: unitGroups.maxTurbinedM3s[(first + group) * blocks + block]!,
    generation: unitGroups.maxGenerationMw[(first + group) * blocks + block]!,
  });
  if (groups.length === 1) {
    const most = boundsAt(0);
    builder.limit(turbined, most.turbined);
    if (productivity === null) {
      const generation = builder.columnOf("generation", entity, block);
      builder.limit(generation, most.generation);
      builder.entry(balanceOf(0), generation, 1);
      return;
    }
    if (productivity > 0) builder.limit(turbined, most.generation / productivity);
    builder.entry(balanceOf(0), turbined, productivity);
    return;
  }
  const flows = builder.row("group_turbined_sum", { entity, block }, 0, 0);
  builder.entry(flows, turbined, -1);
  groups.forEach((_, sub) => {
    const most = boundsAt(sub);
    const upper = productivity !== null && productivity > 0
      ? Math.min(most.turbined, most.generation / productivity)
      : most.turbined;
    const flow = builder.column("group_turbined", { entity, block, sub }, { upper });
    builder.entry(flows, flow, 1);
    if (productivity !== null) builder.entry(balanceOf(sub), flow, productivity);
  });
  if (productivity !== null) return;
  const powers = builder.row("group_generation_sum", { entity, block }, 0, 0);
  builder.entry(powers, builder.columnOf("generation", entity, block), -1);
  groups.forEach((_, sub) => {
    const upper = boundsAt(sub).generation;
    const power = builder.column("group_generation", { entity, block, sub }, { upper });
    builder.entry(powers, power, 1);
    builder.entry(balanceOf(sub), power, 1);
  });
}
