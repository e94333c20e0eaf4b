/** The linear problem of a stage: built as data, trimmed, solved with cuts, read back by entity. */
export {
  COLUMN_KINDS,
  type ColumnKey,
  type ColumnKind,
  columnName,
  type ModelKey,
  PARAMETER_KINDS,
  type ParameterKind,
  type Registry,
  ROW_KINDS,
  type RowKey,
  type RowKind,
  rowName,
} from "./model_key.ts";
export { findColumn, findRow, plainLp, type StageModel } from "./stage_model.ts";
export {
  type FutureCost,
  type HeadTreatment,
  type KnownRange,
  type PlantPhase,
  plantPhase,
  type StageInput,
  type StudyFrame,
} from "./stage_input.ts";
export {
  buildStudyModels,
  type StageProblem,
  type StudyModels,
  type StudySettings,
} from "./study_models.ts";
export type {
  EvaporationLine,
  FphaPlaneSet,
  HeadLine,
  PlantStage,
  Production,
} from "./plant_data.ts";
export { addProduct, type InflowMap, type SparseRows, sparseRows } from "./inflow_map.ts";
export {
  findSlot,
  type InflowSlot,
  manifestOf,
  slotRange,
  STATE_KINDS,
  type StateKind,
  type StateManifest,
  stateManifests,
  type StateSlot,
} from "./state_manifest.ts";
export type { StateMap } from "./state_map.ts";
export { leastCostFrom } from "./theta_bound.ts";
export { initialState } from "./initial_state.ts";
export {
  inflowsOf,
  type KnownLayout,
  knownLayout,
  knownOutgoing,
  setStateQuantities,
  shiftedState,
} from "./known_quantities.ts";
export type { ComputedValue } from "./scalar_parameters.ts";
export type { Delivery } from "./commitment_calendar.ts";
export { HM3_PER_M3S_HOUR, type WaterClock, type WaterPeriod } from "./water_clock.ts";
export {
  DEFAULT_COST_SCALE,
  LAZY_ROWS,
  type StageTemplate,
  stageTemplate,
} from "./stage_template.ts";
export { type FullSolution, fullSolution, readBack, type TrimmedSolution } from "./read_back.ts";
export {
  type CutRows,
  knownCutParts,
  noiseCutPart,
  type NoiseShift,
  noiseShift,
  sharedCutRows,
  type SlotRanges,
} from "./cut_rows.ts";
export { type StageStart, stageStart } from "./stage_start.ts";
export {
  ROW_OPTIONS,
  type RowOptions,
  StageSolver,
  type StageSolverSettings,
} from "./stage_solver.ts";
export { type GradientWorkspace, gradientWorkspace, stateGradient } from "./gradient.ts";
export { type PlantFit, type StudyPlants, studyPlants } from "./production/study_plants.ts";
export type { FittedPlanes } from "./production/fit_planes.ts";
export {
  type ExtensiveForm,
  extensiveForm,
  type Opening,
  openingTree,
  type TreeNode,
} from "./extensive_form.ts";
export { explainFailure, failedProblem, type FailedSolve } from "./explain_failure.ts";
