/** Loads of buses and availabilities of sources, from their moments and noises. */
import { indexById, type Stage, type System } from "../model/mod.ts";
import type { NoiseBlock, NoiseLayout } from "./noise_layout.ts";

/** Moments by stage and entity, and which entities are random. */
export interface NoiseMoments {
  /** All entities of the system, random or not. */
  readonly entities: number;
  /** At t·entities + e; 0 where the case has no row. */
  readonly mean: Float64Array;
  /** At t·entities + e. */
  readonly std: Float64Array;
  /** The random ones. */
  readonly block: NoiseBlock;
}

interface MomentTable {
  readonly rows: number;
  readonly stage_id: Int32Array;
  readonly ids: Int32Array;
  readonly mean: Float64Array;
  readonly std: Float64Array;
}

/** The loads of all buses (MW). A bus without a row for a stage has none. */
export function loadMoments(
  { buses, horizon, scenarios: { loadStats } }: Pick<System, "buses" | "horizon" | "scenarios">,
  { blocks }: NoiseLayout,
): NoiseMoments {
  const table = loadStats === null
    ? null
    : { ...loadStats, ids: loadStats.bus_id, mean: loadStats.mean_mw, std: loadStats.std_mw };
  return moments(table, buses, horizon.stages, blocks.load);
}

/** The availabilities of all sources, as parts of their capacity. */
export function availabilityMoments(
  { sources, horizon, scenarios: { sourceStats } }: Pick<
    System,
    "sources" | "horizon" | "scenarios"
  >,
  { blocks }: NoiseLayout,
): NoiseMoments {
  const table = sourceStats === null ? null : { ...sourceStats, ids: sourceStats.ncs_id };
  return moments(table, sources, horizon.stages, blocks.ncs);
}

/**
 * Leaves in `out` the load of every bus (MW) before the factors of blocks: its mean, or
 * max(0, mean + deviation·η) with its entry of the noise vector `noise`.
 */
export function realisedLoad(
  { entities, mean, std, block }: NoiseMoments,
  stage: number,
  noise: Float64Array,
  out: Float64Array,
): void {
  const start = stage * entities;
  for (let e = 0; e < entities; e++) out[e] = mean[start + e]!;
  const { from, positions } = block;
  for (let i = 0; i < positions.length; i++) {
    const e = positions[i]!;
    const load = mean[start + e]! + std[start + e]! * noise[from + i]!;
    out[e] = load > 0 ? load : 0;
  }
}

/**
 * Leaves in `out` the availability of every source, a part of its capacity before the factors of
 * blocks: mean + deviation·η within [0, 1] for sources with statistics, 1 for the others.
 */
export function realisedAvailability(
  { entities, mean, std, block }: NoiseMoments,
  stage: number,
  noise: Float64Array,
  out: Float64Array,
): void {
  const start = stage * entities;
  out.fill(1, 0, entities);
  const { from, positions } = block;
  for (let i = 0; i < positions.length; i++) {
    const e = positions[i]!;
    const part = mean[start + e]! + std[start + e]! * noise[from + i]!;
    out[e] = part > 1 ? 1 : part > 0 ? part : 0;
  }
}

/** The moments of the random entities alone, at t·(number of them) + index. */
export function blockMoments(
  { entities, mean, std, block }: NoiseMoments,
): { readonly mean: Float64Array; readonly std: Float64Array } {
  const { positions } = block;
  const stages = entities === 0 ? 0 : mean.length / entities;
  const pick = (values: Float64Array): Float64Array =>
    Float64Array.from({ length: stages * positions.length }, (_, at) => {
      const stage = Math.floor(at / positions.length);
      return values[stage * entities + positions[at % positions.length]!]!;
    });
  return { mean: pick(mean), std: pick(std) };
}

function moments(
  table: MomentTable | null,
  entities: readonly { readonly id: number }[],
  stages: readonly Stage[],
  block: NoiseBlock,
): NoiseMoments {
  const mean = new Float64Array(stages.length * entities.length);
  const std = new Float64Array(stages.length * entities.length);
  const entityAt = indexById(entities);
  const stageAt = indexById(stages);
  for (let row = 0; row < (table?.rows ?? 0); row++) {
    const entity = entityAt.get(table!.ids[row]!);
    const stage = stageAt.get(table!.stage_id[row]!);
    if (entity === undefined || stage === undefined) continue;
    mean[stage * entities.length + entity] = table!.mean[row]!;
    std[stage * entities.length + entity] = table!.std[row]!;
  }
  return { entities: entities.length, mean, std, block };
}
