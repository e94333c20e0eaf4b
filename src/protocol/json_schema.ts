/** The protocol as JSON Schema 2020-12, for consumers in other languages. */
import { z } from "zod";
import { COMMAND_DATA } from "./commands.ts";
import { COMMANDS } from "./command_names.ts";
import { EnvelopeSchema } from "./envelope_schema.ts";
import { DetailedErrorRecordSchema } from "./error_schemas.ts";
import { EventSchema } from "./events.ts";
import { LineSchema } from "./line_schemas.ts";
import { ValidationReportSchema } from "./validation_report_schema.ts";
import { SCHEMA_URN_PREFIX } from "./version.ts";

/** A schema and the name of the file that holds it. */
export interface SchemaFile {
  readonly file: string;
  readonly schema: object;
}

/**
 * Writes one schema. Objects stay open, because additions within a major version must not break a
 * reader, and keywords that say nothing (the bounds of any integer, names that are strings) are
 * left out.
 */
function schemaFile(name: string, title: string, description: string, type: z.ZodType): SchemaFile {
  const { $schema, ...rest } = z.toJSONSchema(type.meta({ title, description }), {
    target: "draft-2020-12",
    io: "input",
    override: ({ jsonSchema }) => {
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
      if (jsonSchema.additionalProperties === undefined) return;
      delete jsonSchema.propertyNames;
      const { additionalProperties: extra } = jsonSchema;
      if (typeof extra === "object" && Object.keys(extra).length === 0) {
        delete jsonSchema.additionalProperties;
      }
    },
  });
  const id = `${SCHEMA_URN_PREFIX}${name.replaceAll("_", "-")}:v1`;
  return { file: `${name}.schema.json`, schema: { $schema, $id: id, title, description, ...rest } };
}

/** Every schema of the protocol, made when asked for. */
export function protocolSchemas(): SchemaFile[] {
  const commands = COMMANDS.map((command) => {
    const { data, summary } = COMMAND_DATA[command];
    return schemaFile(
      `data_${command}`,
      `Answer of cobre ${command}`,
      `What the envelope of cobre ${command} holds besides its common fields`,
      z.object({
        command: z.literal(command),
        data: data.nullable(),
        summary: summary.nullable(),
      }),
    );
  });
  return [
    schemaFile(
      "envelope",
      "Response envelope",
      "The answer of a subcommand in structured output",
      EnvelopeSchema,
    ),
    schemaFile(
      "error_record",
      "Error record",
      "An error or a warning, its context checked against its kind",
      DetailedErrorRecordSchema,
    ),
    schemaFile("lines", "Line", "A record of the JSON-lines stream of a run", LineSchema),
    schemaFile("events", "Event", "What the engine tells while it works", EventSchema),
    ...commands,
    schemaFile(
      "validation_report",
      "Validation report",
      "What validation found in a case directory",
      ValidationReportSchema,
    ),
  ];
}
