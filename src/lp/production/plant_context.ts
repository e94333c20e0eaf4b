/** What the case says of the plants, resolved per stage: volumes, flows and heads of reference. */
import {
  ALL_STAGES,
  type EnergyProductivity,
  indexById,
  type ProductionChoice,
  type Stage,
  type System,
} from "../../model/mod.ts";
import { curveValue } from "./curve.ts";
import {
  type PlantHead,
  type PlantHydraulics,
  specificProductivityOf,
} from "./production_function.ts";
import { type Reservoir, reservoirs } from "./reservoir.ts";
import { NO_TAILRACE, tailraceAt, type TailraceModel, tailraceModel } from "./tailrace_level.ts";

/** The plants of a system; arrays are by position of the hydro. */
export interface PlantContext {
  readonly system: System;
  /** Null where the case does not know the shape of a reservoir. */
  readonly shapes: readonly (Reservoir | null)[];
  readonly tailraces: readonly (TailraceModel | null)[];
  /** Position of the plant below, or −1. */
  readonly downstream: Int32Array;
}

/** Gathers what the case says of its plants. */
export function plantContext(system: System): PlantContext {
  const shapes = reservoirs(system.geometry);
  const positions = indexById(system.hydros);
  return {
    system,
    shapes: system.hydros.map(({ id }) => shapes.get(id) ?? null),
    tailraces: system.hydros.map(({ id, tailrace }) =>
      tailraceModel(id, tailrace, system.tailraceCurves)
    ),
    downstream: Int32Array.from(
      system.hydros,
      ({ downstreamId }) => downstreamId === null ? -1 : positions.get(downstreamId) ?? -1,
    ),
  };
}

/** A constant productivity of nothing, for a plant whose model is nowhere declared. */
const NO_CHOICE: ProductionChoice = {
  kind: "constant_productivity",
  productivityMwPerM3s: null,
  fpha: null,
  referenceVolume: null,
};

/** The production model of a plant in the stage at a position. */
export function choiceAt(
  { system }: PlantContext,
  hydro: number,
  position: number,
): ProductionChoice {
  const spans = system.hydros[hydro]!.production;
  return spans.find(({ from, to }) => from <= position && position < to)?.choice ?? NO_CHOICE;
}

/** The volume at which a plant is judged (hm³): as declared, else the middle of its range. */
export function referenceVolume(context: PlantContext, hydro: number, position: number): number {
  const { minStorageHm3, maxStorageHm3 } = context.system.hydros[hydro]!;
  const declared = choiceAt(context, hydro, position).referenceVolume ?? { percentile: 0.5 };
  return "volumeHm3" in declared
    ? declared.volumeHm3
    : minStorageHm3 + declared.percentile * (maxStorageHm3 - minStorageHm3);
}

/** The flow at which a plant is judged (m³/s): from the table, else all that its turbines take. */
export function referenceTurbined({ system }: PlantContext, hydro: number, stage: Stage): number {
  const { id, maxTurbinedM3s } = system.hydros[hydro]!;
  return tabled(system.energyProductivity, "reference_outflow_m3s", id, stage.id) ??
    maxTurbinedM3s;
}

/**
 * MW per m³/s and metre: from the table, the plant, or its efficiency, whichever comes first; null
 * where none is given.
 */
export function specificProductivity(
  { system }: PlantContext,
  hydro: number,
  stage: Stage,
): number | null {
  const { id, specificProductivityMwPerM3sPerM: own, efficiency } = system.hydros[hydro]!;
  const column = "specific_productivity_mw_per_m3s_per_m";
  return tabled(system.energyProductivity, column, id, stage.id) ?? own ??
    (efficiency === null ? null : specificProductivityOf(efficiency));
}

/** Productivity of the table for a plant and stage, else for the plant; null where it has none. */
export function tabled(
  table: EnergyProductivity | null,
  column: keyof Pick<
    EnergyProductivity,
    | "equivalent_productivity_mw_per_m3s"
    | "reference_outflow_m3s"
    | "specific_productivity_mw_per_m3s_per_m"
  >,
  hydroId: number,
  stageId: number,
): number | null {
  let general: number | null = null;
  for (let row = 0; row < (table?.rows ?? 0); row++) {
    const value = table![column][row]!;
    if (table!.hydro_id[row] !== hydroId || Number.isNaN(value)) continue;
    const stage = table!.stage_id[row]!;
    if (stage === stageId) return value;
    if (stage === ALL_STAGES) general = value;
  }
  return general;
}

/**
 * The head of a plant in the stage at a position; null where the shape of its reservoir is not
 * known. Without a tailrace the levels of the reservoir count as heads. A tailrace that depends on
 * the reservoir below takes that one at its volume of reference.
 */
export function headAt(context: PlantContext, hydro: number, position: number): PlantHead | null {
  const { system, shapes, tailraces, downstream } = context;
  const shape = shapes[hydro]!;
  if (shape === null) return null;
  const below = downstream[hydro]!;
  const shapeBelow = below < 0 ? null : shapes[below]!;
  const levelBelow = shapeBelow === null
    ? null
    : curveValue(shapeBelow.level, referenceVolume(context, below, position));
  return {
    level: shape.level,
    tailrace: tailraceAt(tailraces[hydro] ?? NO_TAILRACE, levelBelow),
    losses: system.hydros[hydro]!.hydraulicLosses,
  };
}

/** Head and power of a plant in the stage at a position; null where the case does not tell them. */
export function hydraulicsAt(
  context: PlantContext,
  hydro: number,
  position: number,
): PlantHydraulics | null {
  const head = headAt(context, hydro, position);
  const stage = context.system.horizon.stages[position]!;
  const specific = specificProductivity(context, hydro, stage);
  return head === null || specific === null ? null : { ...head, specificProductivity: specific };
}
