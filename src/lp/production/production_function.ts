/** What a plant generates, from the water and the head. */
import type { HydraulicLosses } from "../../model/mod.ts";
import { type Curve, curveSlope, curveValue } from "./curve.ts";

/** Generation per flow and head at an efficiency of one: 9.81 m/s² · 1000 kg/m³, in MW. */
const MW_PER_M3S_METRE = 9.81e-3;

/** Where the head of a plant comes from. */
export interface PlantHead {
  /** Level of the reservoir by volume (m, hm³). */
  readonly level: Curve;
  /** Level below the plant by total outflow (m, m³/s). */
  readonly tailrace: (outflowM3s: number) => number;
  /** Null for none. */
  readonly losses: HydraulicLosses | null;
}

/** Where the power of a plant comes from. */
export interface PlantHydraulics extends PlantHead {
  /** MW per m³/s and metre of net head. */
  readonly specificProductivity: number;
}

/** Specific productivity of an efficiency. */
export function specificProductivityOf(efficiency: number): number {
  return MW_PER_M3S_METRE * efficiency;
}

/** Head at the turbine (m), never negative. */
export function netHead(plant: PlantHead, volumeHm3: number, outflowM3s: number): number {
  return netHeadAtLevel(plant, curveValue(plant.level, volumeHm3), outflowM3s);
}

/** As {@link netHead}, for a level of the reservoir. */
export function netHeadAtLevel(
  { tailrace, losses }: PlantHead,
  levelM: number,
  outflowM3s: number,
): number {
  const gross = levelM - tailrace(outflowM3s);
  if (losses === null) return Math.max(0, gross);
  const lost = losses.type === "factor" ? losses.value * gross : losses.valueM;
  return Math.max(0, gross - lost);
}

/** Change of the net head with the volume (m per hm³). */
export function netHeadSlope({ level, losses }: PlantHead, volumeHm3: number): number {
  const kept = losses?.type === "factor" ? 1 - losses.value : 1;
  return kept * curveSlope(level, volumeHm3);
}

/** The production function φ(v, q, s) in MW: ρ · q · (net head at volume v and outflow q + s). */
export function generationAt(
  plant: PlantHydraulics,
  volumeHm3: number,
  turbinedM3s: number,
  spilledM3s: number,
): number {
  const head = netHead(plant, volumeHm3, turbinedM3s + spilledM3s);
  return plant.specificProductivity * turbinedM3s * head;
}
