/** Where the production function of a plant is sampled. */
import type { FphaConfig, Hydro, System } from "../../model/mod.ts";
import { CobreError } from "../../protocol/mod.ts";
import type { Curve } from "./curve.ts";

/** Values per axis, rising. */
export interface SampleGrid {
  /** hm³. */
  readonly volume: Float64Array;
  /** m³/s, from 0. */
  readonly turbined: Float64Array;
  /** m³/s, from 0. */
  readonly spilled: Float64Array;
  /** Leading volumes that lie below the fitting window and only keep the planes above zero. */
  readonly volumesBelow: number;
}

/** Spillage is sampled up to this part of the greatest turbined flow. */
const SPILLED_PER_TURBINED = 0.5;

/**
 * The grid of a plant. Volumes are even over the fitting window. Where the reservoir can be below
 * it, one more volume is sampled at the least that it should hold: planes that only fit the window
 * fall below zero there, and a plant at rest would have to draw power. Turbined flow starts at rest,
 * where the function is zero; without these samples the planes would generate from nothing.
 */
export function sampleGrid(
  hydro: Hydro,
  config: FphaConfig,
  level: Curve,
  leastStorageHm3: number,
  maxTurbinedM3s: number,
): SampleGrid {
  const [from, to] = fittingWindow(hydro, config, level);
  const volume = even(from, to, config.volumePoints);
  const below = leastStorageHm3 < from ? [leastStorageHm3] : [];
  return {
    volume: Float64Array.of(...below, ...volume),
    turbined: even(0, maxTurbinedM3s, config.turbinePoints),
    spilled: even(0, SPILLED_PER_TURBINED * maxTurbinedM3s, config.spillagePoints),
    volumesBelow: below.length,
  };
}

/** Range of volumes to fit; one of a reservoir whose level never changes is one unit wide. */
function fittingWindow(hydro: Hydro, config: FphaConfig, level: Curve): [number, number] {
  const least = level.x[0]!;
  const most = level.x.at(-1)!;
  if (least === most) {
    return [hydro.minStorageHm3, Math.max(hydro.maxStorageHm3, hydro.minStorageHm3 + 1)];
  }
  const useful = hydro.maxStorageHm3 - hydro.minStorageHm3;
  const end = (volume: number | null, share: number | null, open: number): number => {
    const value = volume ?? (share === null ? open : hydro.minStorageHm3 + share * useful);
    return Math.min(Math.max(value, least), most);
  };
  const from = end(config.volumeMinHm3, config.volumeMinPercentile, least);
  const to = end(config.volumeMaxHm3, config.volumeMaxPercentile, most);
  if (from >= to) {
    throw CobreError.of(
      "CapacityViolation",
      `The fitting window of hydro ${hydro.id} '${hydro.name}' goes from ${from} to ${to} hm³ ` +
        `inside a geometry from ${least} to ${most} hm³: it must not be empty`,
      {
        entity_id: hydro.id,
        field_min: "fitting_window.volume_min_hm3",
        value_min: from,
        field_max: "fitting_window.volume_max_hm3",
        value_max: to,
      },
      "Widen fitting_window, or check the volumes of the geometry",
    );
  }
  return [from, to];
}

/** The least volume that a plant can hold in any stage or at the start. */
export function leastStorage({ overrides, initial }: System, hydro: Hydro): number {
  let least = hydro.minStorageHm3;
  const { hydro: bounds } = overrides;
  for (let row = 0; row < bounds.rows; row++) {
    // A comparison with a value that is not given is false.
    const value = bounds.min_storage_hm3[row]!;
    if (bounds.entity_id[row] === hydro.id && value < least) least = value;
  }
  for (const { hydroId, valueHm3 } of [...initial.storage, ...initial.fillingStorage]) {
    if (hydroId === hydro.id) least = Math.min(least, valueHm3);
  }
  return least;
}

/** The greatest flow that the turbines of a plant can take in any stage. */
export function greatestTurbined({ overrides: { hydro: bounds } }: System, hydro: Hydro): number {
  let most = hydro.maxTurbinedM3s;
  for (let row = 0; row < bounds.rows; row++) {
    const value = bounds.max_turbined_m3s[row]!;
    if (bounds.entity_id[row] === hydro.id && value > most) most = value;
  }
  return most;
}

function even(from: number, to: number, points: number): Float64Array {
  return Float64Array.from(
    { length: points },
    (_, i) => i === points - 1 ? to : from + (to - from) * i / (points - 1),
  );
}
