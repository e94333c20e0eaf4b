/** Schema of the envelope. Its two shapes carry the invariants, in JSON Schema as well. */
import { z } from "zod";
import { COMMANDS } from "./command_names.ts";
import { ErrorRecordSchema } from "./error_schemas.ts";
import { RESPONSE_URN } from "./version.ts";

const object = z.record(z.string(), z.unknown());

const head = {
  $schema: z.literal(RESPONSE_URN).describe("Name and major version of this shape"),
  command: z.enum(COMMANDS).describe("Subcommand that answers"),
};

const tail = {
  warnings: z.array(ErrorRecordSchema).describe("May be present on success, too"),
  data: object.nullable().describe("Result of the command; null if it has none"),
  summary: object.nullable().describe("Counts and totals; null if the command has none"),
};

const cobre_version = z.string().regex(/^\d+\.\d+\.\d+([-+][0-9A-Za-z.+-]+)?$/).describe(
  "Version of the program (SemVer)",
);

const success = z.object({
  ...head,
  success: z.literal(true),
  exit_code: z.literal(0).describe("Exit code of the process"),
  cobre_version,
  errors: z.array(ErrorRecordSchema).max(0).describe("Empty: it succeeded"),
  ...tail,
}).meta({ title: "Success" });

const failure = z.object({
  ...head,
  success: z.literal(false),
  exit_code: z.int().min(1).max(255).describe("Exit code of the process"),
  cobre_version,
  errors: z.array(ErrorRecordSchema).min(1).describe("What went wrong; at least one"),
  ...tail,
}).meta({ title: "Failure" });

/** The two shapes of an answer, for whoever has to extend them. */
export const ENVELOPE_SHAPES = { success, failure } as const;

/** The answer of a subcommand. */
export const EnvelopeSchema = z.discriminatedUnion("success", [success, failure]).meta({
  title: "Response envelope",
  description: "The answer of a subcommand in structured output",
});
