/** Level and area of a reservoir by its volume. */
import type { Geometry } from "../../model/mod.ts";
import type { Curve } from "./curve.ts";

/** The shape of one reservoir; volumes in hm³. */
export interface Reservoir {
  /** Level of the water (m). */
  readonly level: Curve;
  /** Surface (km²). */
  readonly area: Curve;
}

/** The shapes of all reservoirs of a table, by id of the hydro. */
export function reservoirs(geometry: Geometry): ReadonlyMap<number, Reservoir> {
  const shapes = new Map<number, Reservoir>();
  let from = 0;
  for (let row = 1; row <= geometry.rows; row++) {
    const hydro = geometry.hydro_id[from]!;
    if (row < geometry.rows && geometry.hydro_id[row] === hydro) continue;
    const x = geometry.volume_hm3.slice(from, row);
    shapes.set(hydro, {
      level: { x, y: geometry.height_m.slice(from, row) },
      area: { x, y: geometry.area_km2.slice(from, row) },
    });
    from = row;
  }
  return shapes;
}
