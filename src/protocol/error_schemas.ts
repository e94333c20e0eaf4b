/** Schemas of error records, derived from the registry of kinds. */
import { z } from "zod";
import {
  type ContextFields,
  type ContextFieldTypes,
  type Kind,
  KIND_NAMES,
  KINDS,
} from "./kinds.ts";

const message = z.string().describe("One sentence for people");
const suggestion = z.string().nullable().describe("What to look at next");

/** An error or a warning as data: the same shape in every front end. */
export const ErrorRecordSchema = z.object({
  kind: z.enum(KIND_NAMES).describe("Stable name of what went wrong"),
  message,
  context: z.record(z.string(), z.unknown()).describe("Where it happened; fields vary by kind"),
  suggestion,
}).meta({ id: "ErrorRecord", title: "Error record", description: "An error or a warning" });

const FIELDS = {
  text: z.string(),
  texts: z.array(z.string()),
  number: z.number(),
  integer: z.int(),
  entity: z.union([z.string(), z.int()]),
  value: z.union([z.string(), z.number(), z.boolean()]),
  direction: z.enum(["read", "write"]),
} satisfies { [T in keyof ContextFieldTypes]: z.ZodType };

function contextSchema(fields: ContextFields): z.ZodType {
  const shape: Record<string, z.ZodType> = {};
  for (const [field, type] of Object.entries(fields)) shape[field] = FIELDS[type].nullish();
  return z.looseObject(shape);
}

/**
 * The context of each kind. This program writes every field, null where it does not apply; a
 * reader has to bear with absent ones and with further ones.
 */
export const CONTEXT_SCHEMAS = Object.fromEntries(
  KIND_NAMES.map((kind) => [kind, contextSchema(KINDS[kind].context)]),
) as Record<Kind, z.ZodType>;

const records = KIND_NAMES.map((kind) =>
  z.object({
    kind: z.literal(kind),
    message,
    context: CONTEXT_SCHEMAS[kind],
    suggestion,
  }).meta({ title: kind, description: KINDS[kind].description })
);

/** A record whose context is checked against its kind. */
export const DetailedErrorRecordSchema = z.discriminatedUnion(
  "kind",
  records as [(typeof records)[number], ...typeof records],
);
