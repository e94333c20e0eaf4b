/**
 * The operations of the program. Every front end calls these and nothing deeper. Importing the room
 * costs nothing: an operation loads what it needs when it is called.
 */
export {
  entityCount,
  validateCase,
  type ValidationOutcome,
  type ValidationStep,
} from "./validate_case.ts";
export { VALIDATION_REPORT, writeValidationReport } from "./validation_report.ts";
export { type Template, TEMPLATES } from "./templates.ts";
export { initCase, type InitOutcome, type InitRequest } from "./init_case.ts";
export { fitCase, type FitOutcome, type FitRequest } from "./fit_case.ts";
export { exportSchemas, type SchemaExport } from "./export_schemas.ts";
export { type ExtensiveFormOptions, solveExtensiveForm } from "./extensive_form.ts";
export type { ExtensiveFormNode, ExtensiveFormOutcome } from "./tree/extensive_form_outcome.ts";
export { runCase, type RunOutcome } from "./run/run_case.ts";
export type { RunRequest, RunStep } from "./run/run_request.ts";
export type { SimulationOutcome } from "./run/simulate_study.ts";
export type { TrainingOutcome } from "./run/study_run.ts";
export { prepareCase } from "./prepare_case.ts";
export type { PreparedStudy } from "./prepare/prepare_study.ts";
