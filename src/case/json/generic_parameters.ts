/** `constraints/generic_parameters.json`: named numbers for the users' constraints. */
import { z } from "zod";
import { NO_VALUE, type ScalarParameter, type Stage } from "../../model/mod.ts";
import { entityRule } from "./entity_fields.ts";
import { type FileReport, jsonFile, type Path } from "./issues.ts";
import { addFault, f64, i32, id, rootKeys, text, u32 } from "./primitives.ts";

const FILE = "constraints/generic_parameters.json";

/** Highest season id; seasons divide a year, so no cycle needs more. */
const MAX_SEASON = 366;

const identity = {
  id: id.describe("Number of the parameter, unique in this file"),
  name: text.min(1).describe("Name, unique in this file; expressions write it after @"),
} as const;

function uniqueKeys(what: string, length: number) {
  return (values: readonly (readonly number[])[], ctx: z.core.$RefinementCtx): void => {
    const seen = new Set<string>();
    values.forEach((value, index) => {
      const key = value.slice(0, length).join(", ");
      if (seen.has(key)) {
        addFault(ctx, {
          kind: "DuplicateId",
          rule: "scalar_parameters.B",
          path: [index],
          message: `A scalar parameter has two values for ${what} ${key}, expected one`,
          context: { registry: what },
        });
      }
      seen.add(key);
    });
  };
}

const tag = z.enum([
  "equivalent_productivity",
  "accumulated_productivity",
  "reference_volume",
  "reference_turbine",
  "min_storage",
  "max_storage",
  "specific_productivity",
  "integrated_equivalent_productivity",
  "integrated_accumulated_productivity",
  "max_stored_energy",
]);

const parameter = z.discriminatedUnion("kind", [
  z.strictObject({ ...identity, kind: z.literal("constant"), value: f64 }),
  z.strictObject({
    ...identity,
    kind: z.literal("per_stage"),
    values: z.array(z.tuple([id, f64])).superRefine(uniqueKeys("stage", 1)).describe(
      "Stage id and value, for every stage",
    ),
  }),
  z.strictObject({
    ...identity,
    kind: z.literal("seasonal"),
    values: z.array(z.tuple([u32.max(MAX_SEASON), f64])).superRefine(uniqueKeys("season", 1))
      .describe("Season id and value"),
  }),
  z.strictObject({
    ...identity,
    kind: z.literal("computed"),
    computed_spec: z.strictObject({
      tag: tag.describe("What to take from the plant"),
      hydro_id: id.describe("Plant"),
    }),
  }),
  z.strictObject({
    ...identity,
    kind: z.literal("per_stage_block"),
    block_values: z.array(z.tuple([id, i32, f64])).superRefine(uniqueKeys("stage and block", 2))
      .describe("Stage id, block id and value, for every block of every stage"),
  }),
]);

const schemaV18 = z.strictObject({ ...rootKeys, scalar_parameters: z.array(parameter) });

/** What the file holds. */
export type ParameterFile = z.output<typeof schemaV18>;

/** The file; the older layout has none. */
export const GENERIC_PARAMETERS = jsonFile<never, typeof schemaV18>({
  file: FILE,
  noun: "Parameter",
  list: "scalar_parameters",
  schemaV05: null,
  schemaV18,
  unique: [{ list: "scalar_parameters", key: ["id"], rule: "scalar_parameters.C" }],
  rules: [
    entityRule(
      FILE,
      "scalar_parameters.B",
      "SchemaViolation",
      "A parameter by stage has one value for each stage, one by stage and block one for each " +
        "block of each stage, one by season at most one for each season",
    ),
    entityRule(
      FILE,
      "scalar_parameters.C",
      "DuplicateId",
      "Ids and names of scalar parameters are unique",
    ),
  ],
});

/** Names of parameters are unique. */
export function checkParameters(value: ParameterFile, report: FileReport): void {
  const seen = new Set<string>();
  value.scalar_parameters.forEach(({ name }, index) => {
    if (seen.has(name)) {
      report.fault({
        kind: "DuplicateId",
        rule: "scalar_parameters.C",
        path: ["scalar_parameters", index, "name"],
        message: `Two scalar parameters have the name '${name}', expected one`,
        context: { registry: "scalar_parameters" },
      });
    }
    seen.add(name);
  });
}

/** The parameters of the model, by id. Their keys must fit the stages of the study. */
export function toParameters(
  value: ParameterFile,
  stages: readonly Stage[],
  report: FileReport,
): ScalarParameter[] {
  return value.scalar_parameters.map((parameter, index): ScalarParameter => {
    const { id, name } = parameter;
    const path = ["scalar_parameters", index];
    switch (parameter.kind) {
      case "constant":
        return { id, name, kind: "constant", value: parameter.value };
      case "computed": {
        const { tag, hydro_id: hydroId } = parameter.computed_spec;
        return { id, name, kind: "computed", tag, hydroId };
      }
      case "seasonal": {
        const length = parameter.values.reduce((most, [season]) => Math.max(most, season + 1), 0);
        const values = new Array<number>(length).fill(NO_VALUE);
        for (const [season, value] of parameter.values) values[season] = value;
        return { id, name, kind: "seasonal", values };
      }
      case "per_stage": {
        const values = [...parameter.values].sort((a, b) => a[0] - b[0]);
        const wanted = stages.map((stage) => `${stage.id}`);
        checkKeys(name, values.map(([stage]) => `${stage}`), wanted, [...path, "values"], report);
        return { id, name, kind: "per_stage", values };
      }
      case "per_stage_block": {
        const values = [...parameter.block_values].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
        const wanted = stages.flatMap((stage) =>
          stage.blocks.map((block) => `${stage.id}, ${block.id}`)
        );
        const found = values.map(([stage, block]) => `${stage}, ${block}`);
        checkKeys(name, found, wanted, [...path, "block_values"], report);
        return { id, name, kind: "per_stage_block", values };
      }
    }
  }).sort((a, b) => a.id - b.id);
}

/** Reports keys that are missing and keys that nothing knows. */
function checkKeys(
  name: string,
  found: readonly string[],
  wanted: readonly string[],
  path: Path,
  report: FileReport,
): void {
  const given = new Set(found);
  const known = new Set(wanted);
  const missing = wanted.find((key) => !given.has(key));
  const unknown = found.find((key) => !known.has(key));
  if (missing === undefined && unknown === undefined) return;
  const what = path.at(-1) === "values" ? "stage" : "stage and block";
  const actual = missing !== undefined
    ? `none for ${what} ${missing}`
    : `one for ${what} ${unknown}, which the study does not have`;
  report.fault({
    kind: "SchemaViolation",
    rule: "scalar_parameters.B",
    path,
    message:
      `Parameter '${name}' has ${found.length} values and ${actual}, expected one for each ` +
      `of the ${wanted.length}`,
    context: { expected: `${wanted.length} values`, actual },
  });
}
