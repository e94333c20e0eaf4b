/** The JSON files of a case as JSON Schema, for editors and other programs. */
import { z } from "zod";
import type { Dialect } from "./case.ts";
import { barePath } from "./json/report.ts";
import { JSON_FILES } from "./json_files.ts";

/** A JSON Schema with the file that it belongs into. */
export interface CaseSchema {
  /** Path below the folder of schemas, such as `case/v05/config.schema.json`. */
  readonly file: string;
  /** The file of a case that it describes. */
  readonly describes: string;
  readonly dialect: Dialect;
  /** JSON Schema, draft 2020-12. */
  readonly schema: Readonly<Record<string, unknown>>;
}

/**
 * A schema for each JSON file in each layout that has it. They say what a file may hold by itself;
 * rules between fields and files are for `cobre validate`.
 */
export function caseSchemas(): readonly CaseSchema[] {
  const layouts = [
    { dialect: "v0.5", name: "v05", key: "schemaV05" },
    { dialect: "v0.18", name: "v18", key: "schemaV18" },
  ] as const;
  return layouts.flatMap(({ dialect, name, key }) =>
    JSON_FILES.flatMap((file): CaseSchema[] => {
      const schema = file[key];
      if (schema === null) return [];
      const stem = file.file.replace(/^.*\//, "").replace(/\.json$/, "");
      return [{
        file: `case/${name}/${stem}.schema.json`,
        describes: file.file,
        dialect,
        schema: toJsonSchema(schema, dialect, {
          $id: `urn:cobre:case:${name}:${stem}`,
          title: `${file.file} (${dialect} layout)`,
        }, file.strictV05 ?? []),
      }];
    })
  );
}

function toJsonSchema(
  schema: z.ZodObject,
  dialect: Dialect,
  head: { readonly $id: string; readonly title: string },
  strict: readonly string[],
): Readonly<Record<string, unknown>> {
  const { $schema, ...rest } = z.toJSONSchema(schema, {
    io: "input",
    unrepresentable: "any",
    override: ({ zodSchema, jsonSchema, path }) => {
      if (zodSchema instanceof z.ZodUnion && zodSchema.options.some(isBigInt)) {
        // A bigint is how the reader hands over long integers; in the file they are integers.
        delete jsonSchema.anyOf;
        Object.assign(jsonSchema, { type: "integer", minimum: -(2 ** 63), maximum: 2 ** 63 });
      }
      if (zodSchema instanceof z.ZodISODate) delete jsonSchema.pattern;
      // The v0.5 layout takes keys that it does not know, with a warning.
      const lenient = dialect === "v0.5" && !strict.includes(fieldPath(path));
      if (lenient && zodSchema instanceof z.ZodObject) delete jsonSchema.additionalProperties;
    },
  });
  return { $schema, ...head, ...rest };
}

function isBigInt(schema: z.core.$ZodType): boolean {
  return schema instanceof z.ZodBigInt;
}

/** Names of the fields on a path through a JSON Schema, without its own keywords. */
function fieldPath(path: readonly (string | number)[]): string {
  return barePath(path.filter((_, index) => path[index - 1] === "properties"));
}
