/** `scenarios/correlation.json`: which noises move together, and how much. */
import { z } from "zod";
import type { Correlation } from "../../model/mod.ts";
import { schemaRules } from "../rule.ts";
import { type FileReport, jsonFile } from "./issues.ts";
import { addFault, id, opt, rootKeys, text } from "./primitives.ts";
import { pathText } from "./report.ts";

const FILE = "scenarios/correlation.json";

/** Largest difference of two numbers that should be equal: of a diagonal from 1, of mirrored cells. */
const DIAGONAL_TOLERANCE = 2.220446049250313e-16;
const SYMMETRY_TOLERANCE = 1e-10;

const group = z.strictObject({
  name: text,
  entities: z.array(z.strictObject({
    type: z.enum(["inflow", "load", "ncs"]).describe("Class of the noise"),
    id: id.describe("Hydro, bus or source"),
  })),
  matrix: z.array(z.array(z.number().min(-1).max(1))).describe(
    "Correlations in the order of the entities",
  ),
}).superRefine((value, ctx) => {
  const { name, entities, matrix } = value;
  const size = entities.length;
  const shapeFault = (path: (string | number)[], expected: string, actual: string) =>
    addFault(ctx, {
      kind: "SchemaViolation",
      rule: "N10",
      path,
      message: `Correlation group '${name}': ${pathText(path)} has ${actual}, expected ${expected}`,
      context: { expected, actual },
    });
  if (matrix.length !== size) {
    return shapeFault(["matrix"], `${size} rows, one per entity`, `${matrix.length} rows`);
  }
  const ragged = matrix.findIndex((row) => row.length !== size);
  if (ragged >= 0) {
    const actual = `${matrix[ragged]!.length} columns`;
    return shapeFault(["matrix", ragged], `${size} columns, one per entity`, actual);
  }
  const types = new Set(entities.map((entity) => entity.type));
  if (types.size > 1) {
    shapeFault(["entities"], "entities of one type", `the types ${[...types].join(", ")}`);
  }
  for (let row = 0; row < size; row++) {
    const diagonal = matrix[row]![row]!;
    // What lies outside [−1, 1] has been reported as such.
    if (Math.abs(diagonal - 1) > DIAGONAL_TOLERANCE && Math.abs(diagonal) <= 1) {
      shapeFault(["matrix", row, row], "1 on the diagonal", `${diagonal}`);
    }
    for (let column = 0; column < row; column++) {
      const [cell, mirrored] = [matrix[row]![column]!, matrix[column]![row]!];
      if (Math.abs(cell - mirrored) <= SYMMETRY_TOLERANCE) continue;
      if (Math.max(Math.abs(cell), Math.abs(mirrored)) > 1) continue;
      shapeFault(["matrix", row, column], `${mirrored}, as in row ${column}`, `${cell}`);
    }
  }
});

const profiles = z.record(
  text,
  z.strictObject({ correlation_groups: z.array(group) }),
).describe("Correlations by name of the profile");

const schedule = opt(z.array(z.strictObject({
  stage_id: id,
  profile_name: text,
}))).describe("Profiles of single stages; the others use the profile default");

const schemaV05 = z.strictObject({
  ...rootKeys,
  method: z.enum(["spectral", "cholesky"]).describe("How noises are correlated"),
  profiles,
  schedule,
});
const schemaV18 = z.strictObject({
  ...rootKeys,
  method: z.enum(["spectral"]).describe("How noises are correlated"),
  profiles,
  schedule,
});

type Value = z.output<typeof schemaV05> | z.output<typeof schemaV18>;

const rule = schemaRules(FILE);

/** The file. */
export const CORRELATION = jsonFile({
  file: FILE,
  noun: null,
  list: null,
  schemaV05,
  schemaV18,
  unique: [],
  rules: [
    rule("N9", "InvalidEnum", "The method is known, and there is a profile", ["method"]),
    rule(
      "N10",
      "SchemaViolation",
      "A matrix has a row and a column per entity, entries in [−1, 1], 1 on its diagonal, and is symmetric",
      ["correlation_groups.matrix", "correlation_groups.entities.type"],
    ),
    rule("N11", "SchemaViolation", "Scheduled profiles exist"),
    rule("N12.default", "SchemaViolation", "Of several profiles one is called default"),
    rule("N13", "DuplicateId", "An entity is in one group of a profile"),
  ],
});

/** Checks of the file as a whole. */
export function checkCorrelation(value: Value, report: FileReport): void {
  const names = Object.keys(value.profiles);
  if (names.length === 0) {
    report.fault({
      kind: "SchemaViolation",
      rule: "N9",
      path: ["profiles"],
      message: `${FILE}: profiles is empty, expected at least one`,
      context: { expected: "at least one profile", actual: "none" },
    });
  }
  (value.schedule ?? []).forEach((entry, index) => {
    if (names.includes(entry.profile_name)) return;
    report.fault({
      kind: "SchemaViolation",
      rule: "N11",
      path: ["schedule", index, "profile_name"],
      message: `${FILE}: stage ${entry.stage_id} has the profile '${entry.profile_name}', ` +
        `expected one of ${names.join(", ")}`,
      context: { expected: `one of ${names.join(", ")}`, actual: entry.profile_name },
    });
  });
  if (names.length > 1 && !names.includes("default")) {
    report.fault({
      kind: "SchemaViolation",
      rule: "N12.default",
      path: ["profiles"],
      message: `${FILE}: the profiles are ${names.join(", ")}, expected one called default`,
      context: { expected: "a profile called default", actual: names.join(", ") },
    });
  }
  for (const [name, profile] of Object.entries(value.profiles)) {
    const seen = new Map<string, string>();
    profile.correlation_groups.forEach((group, g) => {
      group.entities.forEach((entity, e) => {
        const key = `${entity.type} ${entity.id}`;
        const earlier = seen.get(key);
        seen.set(key, earlier ?? group.name);
        if (earlier === undefined) return;
        report.fault({
          kind: "DuplicateId",
          rule: "N13",
          path: ["profiles", name, "correlation_groups", g, "entities", e, "id"],
          message: `${FILE}: ${key} is in the group '${group.name}' of profile '${name}' and ` +
            (earlier === group.name ? "comes twice" : `in '${earlier}'`),
          context: { registry: `profiles.${name}`, entity_id: entity.id },
        });
      });
    });
  }
}

/** The correlation of the model. */
export function toCorrelation(value: Value): Correlation {
  return {
    // Both words mean the symmetric square root: that of Cholesky depends on the order of entities.
    method: "spectral",
    profiles: Object.entries(value.profiles).map(([name, profile]) => ({
      name,
      groups: profile.correlation_groups,
    })).toSorted((a, b) => a.name < b.name ? -1 : 1),
    schedule: scheduleOf(value.schedule ?? []),
  };
}

/** By stage; of several entries for a stage the last one counts. */
function scheduleOf(
  entries: readonly { readonly stage_id: number; readonly profile_name: string }[],
): Correlation["schedule"] {
  const byStage = new Map(entries.map((entry) => [entry.stage_id, entry.profile_name]));
  return [...byStage].sort(([a], [b]) => a - b)
    .map(([stageId, profile]) => ({ stageId, profile }));
}
