/**
 * Everything that crosses a boundary, as plain data and types: errors, the envelope, the lines.
 * Loading this costs nothing; the schemas come from `schemas.ts`, which loads the schema library.
 */
export {
  type ContextFields,
  type ContextFieldTypes,
  type ContextInput,
  type ContextOf,
  ExitCode,
  type Kind,
  KIND_NAMES,
  KINDS,
  type Layer,
} from "./kinds.ts";
export { CobreError, type ErrorRecord, errorRecord, exitCodeOf, toCobreError } from "./error.ts";
export {
  type Command,
  COMMANDS,
  type Envelope,
  envelope,
  type EnvelopeInput,
  formatEnvelope,
} from "./envelope.ts";
export { COBRE_VERSION, RESPONSE_URN, SCHEMA_URN_PREFIX } from "./version.ts";
