/** Schema of the report that validation leaves in the case directory. */
import { z } from "zod";
import { COMMAND_DATA } from "./commands.ts";
import { ErrorRecordSchema } from "./error_schemas.ts";
import { timestamp } from "./fields.ts";

const record = ErrorRecordSchema.extend({
  file: z.string().nullable().describe("The context's file, for readers that look here"),
  entity: z.union([z.string(), z.int()]).nullable().describe("The context's entity, likewise"),
}).meta({ id: "ValidationRecord", title: "Validation record" });

/** `validation_report.json`. */
export const ValidationReportSchema = z.object({
  valid: z.boolean(),
  timestamp,
  case_directory: z.string().describe("Absolute"),
  errors: z.array(record),
  warnings: z.array(record),
  summary: COMMAND_DATA.validate.summary,
}).meta({
  title: "Validation report",
  description: "What validation found in a case directory",
});
