/** Numbers that users' constraints take from the plants. */
import {
  type ComputedParameter,
  indexById,
  makeStageResolver,
  type StageData,
} from "../../model/mod.ts";
import { CobreError } from "../../protocol/mod.ts";
import type { ComputedValue } from "../scalar_parameters.ts";
import {
  type PlantContext,
  referenceTurbined,
  referenceVolume,
  specificProductivity,
} from "./plant_context.ts";
import {
  accumulated,
  equivalentProductivity,
  integratedProductivity,
  maxStoredEnergy,
  type Productivity,
} from "./productivity.ts";

/** The value of a computed parameter in any stage. Without a hydro it is the sum over all of them. */
export function computedValues(context: PlantContext): ComputedValue {
  const { system } = context;
  const hydroAt = indexById(system.hydros);
  const stageAt = indexById(system.horizon.stages);
  const values = valuesByTag(context);
  return (parameter, stage) => {
    const position = stageAt.get(stage.id)!;
    const value = values[parameter.tag];
    if (parameter.hydroId === null) {
      return system.hydros.reduce((sum, _, hydro) => sum + value(context, hydro, position), 0);
    }
    const hydro = hydroAt.get(parameter.hydroId);
    if (hydro !== undefined) return value(context, hydro, position);
    throw CobreError.of(
      "MissingReference",
      `The parameter "${parameter.name}" takes its value from hydro ${parameter.hydroId}, which ` +
        "does not exist",
      {
        file: "constraints/generic_parameters.json",
        entity_id: parameter.id,
        field: "computed_spec.hydro_id",
        referenced_value: parameter.hydroId,
        referenced_registry: "hydros",
      },
    );
  };
}

function valuesByTag({ system }: PlantContext): Readonly<Record<ComputedParameter, Productivity>> {
  const resolver = makeStageResolver(system);
  const resolved = new Map<number, StageData>();
  const dataOf = (position: number): StageData => {
    const data = resolved.get(position) ?? resolver.stage(position);
    resolved.set(position, data);
    return data;
  };
  return {
    equivalent_productivity: equivalentProductivity,
    accumulated_productivity: accumulated(equivalentProductivity),
    integrated_equivalent_productivity: integratedProductivity,
    integrated_accumulated_productivity: accumulated(integratedProductivity),
    max_stored_energy: maxStoredEnergy,
    reference_volume: referenceVolume,
    reference_turbine: (context, hydro, position) =>
      referenceTurbined(context, hydro, system.horizon.stages[position]!),
    specific_productivity: specificOf,
    min_storage: (_, hydro, position) => dataOf(position).hydros.minStorageHm3[hydro]!,
    max_storage: (_, hydro, position) => dataOf(position).hydros.maxStorageHm3[hydro]!,
  };
}

const specificOf: Productivity = (context, hydro, position) => {
  const stage = context.system.horizon.stages[position]!;
  const value = specificProductivity(context, hydro, stage);
  if (value !== null) return value;
  const { id, name } = context.system.hydros[hydro]!;
  throw CobreError.of(
    "CoverageMismatch",
    `Hydro ${id} '${name}' has no specific productivity in stage ${stage.id}, but a parameter of ` +
      "a constraint takes it",
    {
      file: "system/hydros.json",
      entity_id: id,
      missing_dimension: "specific_productivity_mw_per_m3s_per_m",
      expected_coverage: `a value for stage ${stage.id}`,
    },
    "Give it with the plant or in system/hydro_energy_productivity.parquet",
  );
};
