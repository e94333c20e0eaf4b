/** What the stage problem needs to know of a plant beyond the model: production and evaporation. */

/**
 * Planes of a production function: g ≤ intercept + byVolume·v + byTurbined·q + bySpillage·s with v
 * the mean of the volumes at both ends (hm³), flows in m³/s, g in MW. Corrections of the intercept
 * are already in it.
 */
export interface FphaPlaneSet {
  readonly intercept: Float64Array;
  readonly byVolume: Float64Array;
  readonly byTurbined: Float64Array;
  readonly bySpillage: Float64Array;
}

/** Evaporation of a stage as a line: flow (m³/s) = k0 + kV · mean volume (hm³). */
export interface EvaporationLine {
  readonly k0: number;
  readonly kV: number;
}

/** Productivity that depends on the head: g = productivity · q · (k0 + kV·v), v the mean volume. */
export interface HeadLine {
  /** At the reference volume (MW per m³/s). */
  readonly productivity: number;
  readonly k0: number;
  /** Not negative: more water, more head. */
  readonly kV: number;
}

/** How a plant generates in one stage. */
export type Production =
  | { readonly kind: "constant"; readonly productivity: number }
  | { readonly kind: "head"; readonly line: HeadLine }
  | { readonly kind: "planes"; readonly planes: FphaPlaneSet };

/** The plants in one stage, by hydro. */
export interface PlantStage {
  readonly production: readonly Production[];
  /** Null where a plant has no evaporation. */
  readonly evaporation: readonly (EvaporationLine | null)[];
}
