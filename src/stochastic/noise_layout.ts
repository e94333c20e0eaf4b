/** Which entity stands where in a noise vector. */
import { indexById, type NoiseClass, type System } from "../model/mod.ts";
import { NOISE_CLASSES } from "./seeds.ts";

/** The entities of one class, at positions `[from, to)` of the noise vector, by id. */
export interface NoiseBlock {
  readonly from: number;
  readonly to: number;
  readonly ids: Int32Array;
  /** Position of each entity in its list of the system. */
  readonly positions: Int32Array;
}

/** A noise vector: all hydros, then the buses with random load, then the sources with statistics. */
export interface NoiseLayout {
  /** Length of the vector. */
  readonly dim: number;
  readonly blocks: { readonly [noise in NoiseClass]: NoiseBlock };
}

/**
 * The noise vector of a system. A bus belongs to it when its load deviates in some stage, a source
 * when it has statistics. Rows about unknown entities are left out.
 */
export function noiseLayout(
  { hydros, buses, sources, scenarios }: Pick<
    System,
    "hydros" | "buses" | "sources" | "scenarios"
  >,
): NoiseLayout {
  const randomBuses = new Set<number>();
  const { loadStats, sourceStats } = scenarios;
  for (let row = 0; row < (loadStats?.rows ?? 0); row++) {
    if (loadStats!.std_mw[row]! > 0) randomBuses.add(loadStats!.bus_id[row]!);
  }
  const lists = { inflow: hydros, load: buses, ncs: sources };
  const members: Record<NoiseClass, ReadonlySet<number>> = {
    inflow: new Set(hydros.map(({ id }) => id)),
    load: randomBuses,
    ncs: new Set(sourceStats?.ncs_id),
  };
  const blocks = {} as Record<NoiseClass, NoiseBlock>;
  let from = 0;
  for (const noise of NOISE_CLASSES) {
    const positionOf = indexById(lists[noise]);
    const ids = Int32Array.from(members[noise]).filter((id) => positionOf.has(id)).sort();
    const positions = ids.map((id) => positionOf.get(id)!);
    blocks[noise] = { from, to: from + ids.length, ids, positions };
    from += ids.length;
  }
  return { dim: from, blocks };
}
