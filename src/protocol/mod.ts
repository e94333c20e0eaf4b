/** Schemas of everything that crosses a boundary, and the one error class. */
export {
  type ContextInput,
  type ContextOf,
  ExitCode,
  type Kind,
  KIND_NAMES,
  KINDS,
  type Layer,
} from "./kinds.ts";
export {
  CobreError,
  type ErrorRecord,
  errorRecord,
  ErrorRecordSchema,
  exitCodeOf,
  toCobreError,
} from "./error.ts";
