/** Inflow models, noise, opening trees and the samplers of trajectories. */
export {
  correlate,
  type CorrelatedGroup,
  type CorrelationScratch,
  makeCorrelationScratch,
  type NoiseCorrelation,
  type ProfileFactors,
  type RepairedGroup,
  resolveCorrelation,
} from "./correlation.ts";
export {
  type CorrelationFactor,
  correlationFactor,
  type MatrixRepair,
} from "./correlation_factor.ts";
export {
  externalInflowNoise,
  type ExternalLibrary,
  externalNoise,
  type ExternalValues,
  externalValues,
  type LagWalk,
} from "./external_library.ts";
export { seasonOfStageId } from "./estimation/estimated_rows.ts";
export type {
  FittingReport,
  HydroFittingRecord,
  ReductionRecord,
} from "./estimation/fitting_report.ts";
export { type ObservedInflows, observedInflows } from "./estimation/observed_inflows.ts";
export { generateOpenings, type OpeningInputs } from "./generate_openings.ts";
export { type HistoricalLibrary, historicalLibrary } from "./historical_library.ts";
export { expectedInflow, noiseOfInflow, realisedInflow } from "./inflow_equation.ts";
export { inflowMaps, initialInflow } from "./inflow_maps.ts";
export { buildInflowModels, type InflowModels } from "./inflow_model.ts";
export {
  type AnnualTerm,
  type InflowModelRow,
  type InflowTables,
  joinInflowTables,
} from "./inflow_rows.ts";
export {
  type KnownInflows,
  type LagTransitions,
  lagTransitions,
  type SlotUpdate,
} from "./lag_transition.ts";
export { makeLagWalk } from "./lag_walk.ts";
export {
  availabilityMoments,
  blockMoments,
  loadMoments,
  type NoiseMoments,
  realisedAvailability,
  realisedLoad,
} from "./load_noise.ts";
export { makeSamplers, type SamplerInputs } from "./make_samplers.ts";
export type { EstimationPath, ModelProvenance, ProvenanceSource } from "./model_provenance.ts";
export { noiseGroups } from "./noise_groups.ts";
export { type NoiseBlock, type NoiseLayout, noiseLayout } from "./noise_layout.ts";
export { openingCounts, type OpeningLimits } from "./opening_counts.ts";
export {
  type Allocate,
  allocateOwn,
  emptyOpeningTree,
  openingOffset,
  type OpeningTree,
} from "./opening_tree.ts";
export {
  type InflowSystem,
  type PreparedInflows,
  prepareInflowModels,
} from "./prepare_inflow_models.ts";
export type { Sampler } from "./sampler.ts";
export type { CalendarRules } from "./season_calendar.ts";
export {
  makeSeasonFinder,
  type SeasonFinder,
  type SeasonHistory,
  seasonHistory,
} from "./season_history.ts";
export { type EarlierSeason, type SeasonOrder, seasonOrder } from "./season_order.ts";
export { baseSeed, DEFAULT_TREE_SEED, NOISE_CLASSES } from "./seeds.ts";
export {
  type SimulatedInflows,
  simulateInflows,
  type SimulationOrder,
} from "./simulate_inflows.ts";
export {
  type CorrelationFile,
  correlationFile,
  inflowAnnualTable,
  inflowCoefficientsTable,
  inflowStatsTable,
  noiseOpeningsTable,
  type StochasticTables,
  stochasticTables,
} from "./stochastic_tables.ts";
export { userOpeningTree } from "./user_openings.ts";
