/** The schemas of everything that crosses a boundary. Importing this loads the schema library. */
export { COMMAND_DATA } from "./commands.ts";
export { EnvelopeSchema } from "./envelope_schema.ts";
export { CONTEXT_SCHEMAS, DetailedErrorRecordSchema, ErrorRecordSchema } from "./error_schemas.ts";
export { EventSchema } from "./events.ts";
export { protocolSchemas, type SchemaFile } from "./json_schema.ts";
export {
  EventLineSchema,
  LineSchema,
  ResultLineSchema,
  SimulationProgressLineSchema,
  StartedLineSchema,
  TerminatedLineSchema,
  TrainingProgressLineSchema,
} from "./line_schemas.ts";
export { ValidationReportSchema } from "./validation_report_schema.ts";
