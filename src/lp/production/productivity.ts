/** What a flow of water is worth in power: at one plant, and on its whole way to the sea. */
import { CobreError } from "../../protocol/mod.ts";
import { curveMean } from "./curve.ts";
import { givenPlanes } from "./given_planes.ts";
import {
  choiceAt,
  hydraulicsAt,
  type PlantContext,
  referenceTurbined,
  referenceVolume,
  tabled,
} from "./plant_context.ts";
import { netHead, netHeadAtLevel } from "./production_function.ts";

/** A productivity of one plant in the stage at a position (MW per m³/s). */
export type Productivity = (context: PlantContext, hydro: number, position: number) => number;

/**
 * Equivalent productivity: the declared constant, else the one of the table, else that at reference
 * volume and flow by the head of the plant or by its given planes.
 */
export function equivalentProductivity(
  context: PlantContext,
  hydro: number,
  position: number,
): number {
  const { system } = context;
  const plant = system.hydros[hydro]!;
  const stage = system.horizon.stages[position]!;
  const choice = choiceAt(context, hydro, position);
  const column = "equivalent_productivity_mw_per_m3s";
  const known = choice.productivityMwPerM3s ??
    tabled(system.energyProductivity, column, plant.id, stage.id);
  if (known !== null) return known;
  if (choice.kind === "constant_productivity" || plant.maxTurbinedM3s === 0) return 0;
  const volume = referenceVolume(context, hydro, position);
  const flow = referenceTurbined(context, hydro, stage);
  const hydraulics = hydraulicsAt(context, hydro, position);
  if (hydraulics !== null) {
    return hydraulics.specificProductivity * netHead(hydraulics, volume, flow);
  }
  if (choice.fpha?.source === "precomputed" && flow > 0) {
    const { intercept, byVolume, byTurbined } = givenPlanes(system.fphaPlanes, plant, stage.id);
    const powers = intercept.map((constant, i) =>
      constant + byVolume[i]! * volume + byTurbined[i]! * flow
    );
    return Math.max(0, Math.min(...powers)) / flow;
  }
  throw CobreError.of(
    "CoverageMismatch",
    `The productivity of hydro ${plant.id} '${plant.name}' in stage ${stage.id} is not known: it ` +
      "needs the shape of the reservoir and an efficiency, or a row in the table of productivities",
    {
      file: "system/hydro_energy_productivity.parquet",
      entity_id: plant.id,
      missing_dimension: "equivalent_productivity_mw_per_m3s",
      expected_coverage: `hydro ${plant.id} in stage ${stage.id}`,
    },
    "Give its productivity in system/hydro_energy_productivity.parquet",
  );
}

/**
 * As {@link equivalentProductivity}, with the mean of the level over the range of the storage; the
 * same where the case does not tell the head.
 */
export function integratedProductivity(
  context: PlantContext,
  hydro: number,
  position: number,
): number {
  const hydraulics = hydraulicsAt(context, hydro, position);
  if (hydraulics === null) return equivalentProductivity(context, hydro, position);
  const { minStorageHm3, maxStorageHm3 } = context.system.hydros[hydro]!;
  const flow = referenceTurbined(context, hydro, context.system.horizon.stages[position]!);
  const level = curveMean(hydraulics.level, minStorageHm3, maxStorageHm3);
  return hydraulics.specificProductivity * netHeadAtLevel(hydraulics, level, flow);
}

/** A productivity summed over a plant and those below it. */
export function accumulated(own: Productivity): Productivity {
  return (context, hydro, position) => {
    let sum = 0;
    // A plant below itself is refused when a case is validated; the count only ends the loop.
    for (let at = hydro, left = context.downstream.length; at >= 0 && left > 0; left--) {
      sum += own(context, at, position);
      at = context.downstream[at]!;
    }
    return sum;
  };
}

/**
 * The most that the storage of a plant is worth: accumulated productivity over the range of the
 * storage times that range (MW per m³/s · hm³, the unit of productivity times volume).
 */
export function maxStoredEnergy(
  context: PlantContext,
  hydro: number,
  position: number,
): number {
  const { minStorageHm3, maxStorageHm3 } = context.system.hydros[hydro]!;
  const productivity = accumulated(integratedProductivity)(context, hydro, position);
  return productivity * (maxStorageHm3 - minStorageHm3);
}
