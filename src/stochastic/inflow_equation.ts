/**
 * The inflow equation and its inverse. Lags are lag-major: lag ℓ of hydro h stands at
 * (ℓ − 1)·H + h.
 */
import type { InflowModels } from "./inflow_model.ts";

/** How far, relative to its size, an inflow may be from what a model without noise gives. */
const NOISELESS_TOLERANCE = 1e-9;

/** Leaves in `out` the inflow of each hydro at a stage without noise: base + Σ ψ·lag. */
export function expectedInflow(
  { hydros, lagDepth, base, psi }: InflowModels,
  stage: number,
  lags: Float64Array,
  out: Float64Array,
): void {
  for (let h = 0; h < hydros; h++) out[h] = base[stage * hydros + h]!;
  for (let lag = 0; lag < lagDepth; lag++) {
    const row = (stage * lagDepth + lag) * hydros;
    for (let h = 0; h < hydros; h++) out[h]! += psi[row + h]! * lags[lag * hydros + h]!;
  }
}

/** Leaves in `out` the inflow of each hydro at a stage with the noise of `noise[0]` to `noise[H − 1]`. */
export function realisedInflow(
  models: InflowModels,
  stage: number,
  lags: Float64Array,
  noise: Float64Array,
  out: Float64Array,
): void {
  expectedInflow(models, stage, lags, out);
  const { hydros, sigma } = models;
  for (let h = 0; h < hydros; h++) out[h]! += sigma[stage * hydros + h]! * noise[h]!;
}

/**
 * The noise with which a hydro has the inflow `wanted` where it is `expected` without noise. NaN
 * where the model has no noise and gives something else.
 */
export function noiseOfInflow(sigma: number, expected: number, wanted: number): number {
  if (sigma > 0) return (wanted - expected) / sigma;
  const scale = Math.max(1, Math.abs(wanted), Math.abs(expected));
  return Math.abs(wanted - expected) <= NOISELESS_TOLERANCE * scale ? 0 : Number.NaN;
}
