/** The schemas of everything that crosses a boundary. Importing this loads the schema library. */
export { CONTEXT_SCHEMAS, DetailedErrorRecordSchema, ErrorRecordSchema } from "./error_schemas.ts";
export { EnvelopeSchema } from "./envelope_schema.ts";
