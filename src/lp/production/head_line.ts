/** Productivity as a line in the volume. */
import type { HeadLine } from "../plant_data.ts";
import { netHead, netHeadSlope, type PlantHead } from "./production_function.ts";

/**
 * The line through productivity and head at the reference volume: g = ρ·q·(k0 + kV·v) with
 * kV = h'(V)/h(V) and k0 = 1 − kV·V, so that at V it is ρ·q. Where there is no head at the reference
 * the productivity is constant.
 */
export function headLine(
  plant: PlantHead,
  productivity: number,
  volumeHm3: number,
  outflowM3s: number,
): HeadLine {
  const head = netHead(plant, volumeHm3, outflowM3s);
  const kV = head > 0 ? Math.max(0, netHeadSlope(plant, volumeHm3)) / head : 0;
  return { productivity, k0: 1 - kV * volumeHm3, kV };
}
