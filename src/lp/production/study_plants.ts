/** Production and evaporation of all plants in all stages of a study. */
import { type FphaConfig, type Hydro, isActive, type System } from "../../model/mod.ts";
import { CobreError } from "../../protocol/mod.ts";
import type { EvaporationLine, PlantStage, Production } from "../plant_data.ts";
import type { ComputedValue } from "../scalar_parameters.ts";
import { computedValues } from "./computed_value.ts";
import { evaporationLine } from "./evaporation_line.ts";
import { fitPlanes, type FittedPlanes } from "./fit_planes.ts";
import { givenPlanes } from "./given_planes.ts";
import { headLine } from "./head_line.ts";
import {
  choiceAt,
  headAt,
  hydraulicsAt,
  type PlantContext,
  plantContext,
  referenceTurbined,
  referenceVolume,
  specificProductivity,
} from "./plant_context.ts";
import { equivalentProductivity } from "./productivity.ts";
import { greatestTurbined, leastStorage, sampleGrid } from "./sample_grid.ts";

/** A production function as it was fitted, and the stages that use it. */
export interface PlantFit {
  /** Position of the hydro. */
  readonly hydro: number;
  /** Positions of the stages, rising. */
  readonly stages: readonly number[];
  readonly fit: FittedPlanes;
}

/** The plants of a study. */
export interface StudyPlants {
  /** By stage. */
  readonly stages: readonly PlantStage[];
  /** By hydro, then by first stage. */
  readonly fits: readonly PlantFit[];
  /** Value of parameters that are taken from the plants. */
  readonly computedParameter: ComputedValue;
}

/** Resolves the plants of a study. A production function is fitted once per hydro and setting. */
export function studyPlants(system: System): StudyPlants {
  const context = plantContext(system);
  const fits = new Map<string, { hydro: number; stages: number[]; fit: FittedPlanes | null }>();
  const fitted = (hydro: number, position: number, config: FphaConfig): FittedPlanes | null => {
    const key = fitKey(context, hydro, position, config);
    const known = fits.get(key) ??
      { hydro, stages: [], fit: fit(context, hydro, position, config) };
    fits.set(key, known);
    known.stages.push(position);
    return known.fit;
  };
  const stages = system.horizon.stages.map((_, position): PlantStage => ({
    production: system.hydros.map((_, hydro) => productionAt(context, hydro, position, fitted)),
    evaporation: system.hydros.map((_, hydro) => evaporationAt(context, hydro, position)),
  }));
  return {
    stages,
    fits: [...fits.values()]
      .flatMap(({ fit, ...where }) => fit === null ? [] : [{ ...where, fit }])
      .sort((a, b) => a.hydro - b.hydro || a.stages[0]! - b.stages[0]!),
    computedParameter: computedValues(context),
  };
}

const NOTHING: Production = { kind: "constant", productivity: 0 };

function productionAt(
  context: PlantContext,
  hydro: number,
  position: number,
  fitted: (hydro: number, position: number, config: FphaConfig) => FittedPlanes | null,
): Production {
  const { system } = context;
  const plant = system.hydros[hydro]!;
  const stage = system.horizon.stages[position]!;
  const { kind, productivityMwPerM3s, fpha } = choiceAt(context, hydro, position);
  if (kind === "constant_productivity") {
    return { kind: "constant", productivity: productivityMwPerM3s ?? 0 };
  }
  if (kind === "linearized_head") {
    const head = headAt(context, hydro, position);
    if (head === null) throw unknownShape(plant, "the model linearized_head");
    const productivity = equivalentProductivity(context, hydro, position);
    const volume = referenceVolume(context, hydro, position);
    const flow = referenceTurbined(context, hydro, stage);
    return { kind: "head", line: headLine(head, productivity, volume, flow) };
  }
  if (greatestTurbined(system, plant) === 0) return NOTHING;
  if (fpha === null) {
    const detail = "system/hydro_production_models.json has no fpha_config for it";
    throw CobreError.of(
      "IncompatibleSettings",
      `Hydro ${plant.id} '${plant.name}' has the model fpha in stage ${stage.id}, but ${detail}`,
      { entity_id: plant.id, settings: ["generation.model", "fpha_config"], detail },
      "Say whether its planes are precomputed or computed",
    );
  }
  if (fpha.source === "precomputed") {
    return { kind: "planes", planes: givenPlanes(system.fphaPlanes, plant, stage.id) };
  }
  const planes = fitted(hydro, position, fpha)?.planes;
  return planes === undefined ? NOTHING : { kind: "planes", planes };
}

/** What the fit of a plant depends on in a stage. */
function fitKey(
  context: PlantContext,
  hydro: number,
  position: number,
  config: FphaConfig,
): string {
  const { system, downstream } = context;
  const below = downstream[hydro]!;
  return JSON.stringify([
    hydro,
    config,
    specificProductivity(context, hydro, system.horizon.stages[position]!),
    below < 0 ? null : referenceVolume(context, below, position),
  ]);
}

function fit(
  context: PlantContext,
  hydro: number,
  position: number,
  config: FphaConfig,
): FittedPlanes | null {
  const { system } = context;
  const plant = system.hydros[hydro]!;
  const stage = system.horizon.stages[position]!;
  const hydraulics = hydraulicsAt(context, hydro, position);
  if (hydraulics === null) {
    if (context.shapes[hydro] === null) throw unknownShape(plant, "a computed model fpha");
    throw CobreError.of(
      "CoverageMismatch",
      `The planes of hydro ${plant.id} '${plant.name}' are computed in stage ${stage.id}, but ` +
        "neither its efficiency nor its specific productivity is known",
      {
        file: "system/hydros.json",
        entity_id: plant.id,
        missing_dimension: "efficiency",
        expected_coverage: "an efficiency or a specific productivity",
      },
      "Give the efficiency of the plant, or its planes",
    );
  }
  const grid = sampleGrid(
    plant,
    config,
    hydraulics.level,
    leastStorage(system, plant),
    greatestTurbined(system, plant),
  );
  return fitPlanes(hydraulics, grid, {
    count: config.maxPlanes,
    reduction: system.planeReduction,
  });
}

function evaporationAt(
  { system, shapes }: PlantContext,
  hydro: number,
  position: number,
): EvaporationLine | null {
  const plant = system.hydros[hydro]!;
  const stage = system.horizon.stages[position]!;
  if (plant.evaporation === null) return null;
  if (!isActive(plant, stage.id) && plant.filling === null) return null;
  const shape = shapes[hydro]!;
  if (shape === null) throw unknownShape(plant, "evaporation");
  return evaporationLine(plant, plant.evaporation, shape.area, stage);
}

function unknownShape({ id, name }: Hydro, what: string): CobreError {
  return CobreError.of(
    "CoverageMismatch",
    `Hydro ${id} '${name}' has ${what}, which needs the shape of its reservoir, but ` +
      "system/hydro_geometry.parquet has no row for it",
    {
      file: "system/hydro_geometry.parquet",
      entity_id: id,
      missing_dimension: "hydro_id",
      expected_coverage: `volume, height and area of hydro ${id}`,
    },
    `Add its rows to system/hydro_geometry.parquet`,
  );
}
