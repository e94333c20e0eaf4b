/**
 * Cobre as a library: the operations of the program as functions of plain data.
 *
 * @module
 */
export {
  initCase,
  type InitOutcome,
  type InitRequest,
  type Template,
  TEMPLATES,
  validateCase,
  type ValidationOutcome,
  type ValidationStep,
} from "./src/study/mod.ts";
export type { Case, CaseReading, Dialect, Place, Problem, Sources } from "./src/case/mod.ts";
export type {
  Block,
  Bus,
  Config,
  Contract,
  Correlation,
  GenericConstraint,
  Horizon,
  Hydro,
  InitialConditions,
  Line,
  NonControllableSource,
  PumpingStation,
  Season,
  Stage,
  System,
  Table,
  Thermal,
} from "./src/model/mod.ts";
export {
  COBRE_VERSION,
  CobreError,
  type ErrorRecord,
  ExitCode,
  exitCodeOf,
  type Kind,
  KIND_NAMES,
} from "./src/protocol/mod.ts";
