/**
 * Cobre as a library: the operations of the program as functions of plain data.
 *
 * @module
 */
export {
  type ExtensiveFormNode,
  type ExtensiveFormOptions,
  type ExtensiveFormOutcome,
  fitCase,
  type FitOutcome,
  type FitRequest,
  initCase,
  type InitOutcome,
  type InitRequest,
  runCase,
  type RunOutcome,
  type RunRequest,
  type RunStep,
  type SimulationOutcome,
  solveExtensiveForm,
  type Template,
  TEMPLATES,
  type TrainingOutcome,
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
export { EventBus, type Listener, type Subscription } from "./src/events/mod.ts";
export {
  COBRE_VERSION,
  CobreError,
  type CobreEvent,
  type ErrorRecord,
  ExitCode,
  exitCodeOf,
  type Kind,
  KIND_NAMES,
} from "./src/protocol/mod.ts";
