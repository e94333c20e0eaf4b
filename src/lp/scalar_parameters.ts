/** The values of the numbers that users name and put into their constraints. */
import type { ScalarParameter, Stage, System } from "../model/mod.ts";
import { CobreError } from "../protocol/mod.ts";

/** Value of a quantity that is taken from the system, such as a productivity, in one stage. */
export type ComputedValue = (
  parameter: Extract<ScalarParameter, { readonly kind: "computed" }>,
  stage: Stage,
) => number;

/** A function from name and block to value in one stage. */
export function parameterValues(
  system: System,
  stage: Stage,
  computed: ComputedValue,
): (name: string, block: number) => number {
  const byName = new Map(system.parameters.map((parameter) => [parameter.name, parameter]));
  return (name, block) => {
    const parameter = byName.get(name);
    const value = parameter === undefined ? undefined : valueOf(parameter, stage, block, computed);
    if (value !== undefined) return value;
    throw CobreError.of(
      "CoverageMismatch",
      `The parameter "${name}" has no value for stage ${stage.id}, block ${block}, expected one`,
      {
        file: "constraints/generic_parameters.json",
        entity_id: name,
        missing_dimension: `stage ${stage.id}`,
        expected_coverage: "every stage in which a constraint uses the parameter",
      },
    );
  };
}

function valueOf(
  parameter: ScalarParameter,
  stage: Stage,
  block: number,
  computed: ComputedValue,
): number | undefined {
  switch (parameter.kind) {
    case "constant":
      return parameter.value;
    case "per_stage":
      return parameter.values.find(([id]) => id === stage.id)?.[1];
    case "per_stage_block":
      return parameter.values.find(([id, at]) => id === stage.id && at === block)?.[2];
    case "seasonal":
      return stage.seasonId === null ? undefined : parameter.values[stage.seasonId];
    case "computed":
      return computed(parameter, stage);
  }
}
