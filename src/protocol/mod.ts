/**
 * Everything that crosses a boundary, as plain data and types: errors, the envelope, the lines,
 * the events. Loading this costs nothing; the schemas that can check such data come from
 * `schemas.ts`, which loads the schema library.
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
  type Envelope,
  envelope,
  type EnvelopeInput,
  formatEnvelope,
  type Immutable,
} from "./envelope.ts";
export { type Command, COMMANDS } from "./command_names.ts";
export type { CommandData, CommandSummary } from "./commands.ts";
export type { CobreEvent, EventName, EventOf } from "./events.ts";
export {
  type EventLine,
  eventLine,
  formatLine,
  type Line,
  type ResultLine,
  resultLine,
  type SimulationProgressLine,
  simulationProgressLine,
  type StartedLine,
  startedLine,
  type TerminatedLine,
  terminatedLine,
  type TrainingProgressLine,
  trainingProgressLine,
} from "./lines.ts";
export { counted, listed } from "./counted.ts";
export { nearest } from "./nearest.ts";
export { TERMINATION_REASONS, type TerminationReason } from "./termination.ts";
export { type ValidationReport, validationReport } from "./validation_report.ts";
export { COBRE_VERSION, RESPONSE_URN, SCHEMA_URN_PREFIX } from "./version.ts";
