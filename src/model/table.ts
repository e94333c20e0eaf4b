/** Tables of a case as columns of typed arrays, sorted by their key columns. */

/** A table with integer columns `I` and real columns `F`, all of length `rows`. */
export type Table<I extends string, F extends string> =
  & { readonly rows: number }
  & { readonly [column in I]: Int32Array }
  & { readonly [column in F]: Float64Array };

/** In a `block_id` column: the row is for all blocks of its stage. */
export const ALL_BLOCKS = -1;

/** In a `stage_id` column: the row is for all stages. Stage ids may be negative, this one is not used. */
export const ALL_STAGES = -0x80000000;

/** In a column of reals: no value given. */
export const NO_VALUE = NaN;

/** Inflow moments per hydro and stage (m³/s); negative stage ids are pre-study stages. */
export type InflowStats = Table<"hydro_id" | "stage_id", "mean_m3s" | "std_m3s">;

/**
 * Autoregressive coefficients, standardised (φ*). `residual_std_ratio` is `NO_VALUE` where the
 * ratio is to be derived from the coefficients so that the marginal variance is one.
 */
export type InflowCoefficients = Table<
  "hydro_id" | "stage_id" | "lag",
  "coefficient" | "residual_std_ratio"
>;

/** Annual component of a PAR(p)-A model. */
export type InflowAnnual = Table<
  "hydro_id" | "stage_id",
  "annual_coefficient" | "annual_mean_m3s" | "annual_std_m3s"
>;

/** Observed inflows: mean of `[start_day, end_day)`, in days since 1970-01-01. */
export type InflowHistory = Table<"hydro_id" | "start_day" | "end_day", "value_m3s">;

/** Load moments per bus and stage (MW). */
export type LoadStats = Table<"bus_id" | "stage_id", "mean_mw" | "std_mw">;

/** Moments of availability per source and stage, per unit of capacity. */
export type SourceStats = Table<"ncs_id" | "stage_id", "mean" | "std">;

/** External scenarios of one class; `entity_id` is a hydro, bus or source. */
export type ExternalScenarios = Table<"stage_id" | "scenario_id" | "entity_id", "value">;

/** The noise of an opening tree given by the user. */
export type NoiseOpenings = Table<"stage_id" | "opening_index" | "entity_index", "value">;

/** Volume, height and area of reservoirs. */
export type Geometry = Table<"hydro_id", "volume_hm3" | "height_m" | "area_km2">;

/** Given planes of the production function: g ≤ kappa·gamma_0 + gamma_v·v + gamma_q·q + gamma_s·s. */
export type FphaPlanes = Table<
  "hydro_id" | "stage_id" | "plane_id",
  | "gamma_0"
  | "gamma_v"
  | "gamma_q"
  | "gamma_s"
  | "kappa"
  | "valid_v_min_hm3"
  | "valid_v_max_hm3"
  | "valid_q_max_m3s"
>;

/** Families of tailrace polynomials, by downstream level. */
export type TailraceCurves = Table<
  "hydro_id" | "family_id" | "segment_id",
  | "downstream_reference_level_m"
  | "outflow_min_m3s"
  | "outflow_max_m3s"
  | "coefficient_0"
  | "coefficient_1"
  | "coefficient_2"
  | "coefficient_3"
  | "coefficient_4"
>;

/** Productivities per hydro and stage. */
export type EnergyProductivity = Table<
  "hydro_id" | "stage_id",
  | "equivalent_productivity_mw_per_m3s"
  | "reference_outflow_m3s"
  | "specific_productivity_mw_per_m3s_per_m"
>;

/** Factors per entity, stage and block; what is not listed is 1. */
export type BlockFactors = Table<"entity_id" | "stage_id" | "block_id", "factor">;

/** Overrides of one entity kind per stage and block; `NO_VALUE` leaves the value as it is. */
export type Overrides<F extends string> = Table<"entity_id" | "stage_id" | "block_id", F>;

/** Columns of `constraints/hydro_bounds.parquet`. */
export const HYDRO_BOUND_FIELDS = [
  "min_turbined_m3s",
  "max_turbined_m3s",
  "min_storage_hm3",
  "max_storage_hm3",
  "min_outflow_m3s",
  "max_outflow_m3s",
  "min_generation_mw",
  "max_generation_mw",
  "min_diversion_m3s",
  "max_diversion_m3s",
  "min_spillage_m3s",
  "max_spillage_m3s",
  "filling_min_rate_m3s",
  "water_withdrawal_m3s",
] as const;
/** A column of `constraints/hydro_bounds.parquet`. */
export type HydroBoundField = (typeof HYDRO_BOUND_FIELDS)[number];
/** The hydro bounds that hold for a stage as a whole, never for one block. */
export const HYDRO_STAGE_BOUND_FIELDS = [
  "min_storage_hm3",
  "max_storage_hm3",
  "filling_min_rate_m3s",
  "water_withdrawal_m3s",
] as const satisfies readonly HydroBoundField[];

/** Columns of `constraints/hydro_unit_group_bounds.parquet`. */
export const UNIT_GROUP_BOUND_FIELDS = [
  "min_turbined_m3s",
  "max_turbined_m3s",
  "min_generation_mw",
  "max_generation_mw",
] as const;
/** Overrides of unit groups. */
export type UnitGroupOverrides = Table<
  "hydro_id" | "unit_group_id" | "stage_id" | "block_id",
  (typeof UNIT_GROUP_BOUND_FIELDS)[number]
>;

/** Costs of a hydro that a stage may override, tier 3. */
export const HYDRO_PENALTY_FIELDS = [
  "spillage_cost",
  "turbined_cost",
  "diversion_cost",
  "storage_violation_below_cost",
  "filling_target_violation_cost",
  "turbined_violation_below_cost",
  "outflow_violation_below_cost",
  "outflow_violation_above_cost",
  "generation_violation_below_cost",
  "evaporation_violation_pos_cost",
  "evaporation_violation_neg_cost",
  "water_withdrawal_violation_pos_cost",
  "water_withdrawal_violation_neg_cost",
  "inflow_nonnegativity_cost",
] as const;
/** A cost of a hydro. */
export type HydroPenaltyField = (typeof HYDRO_PENALTY_FIELDS)[number];

/** Every override table of a case. */
export interface OverrideTables {
  readonly thermal: Overrides<"min_generation_mw" | "max_generation_mw" | "cost_per_mwh">;
  readonly hydro: Overrides<HydroBoundField>;
  readonly unitGroup: UnitGroupOverrides;
  readonly line: Overrides<"direct_mw" | "reverse_mw">;
  readonly station: Overrides<"min_m3s" | "max_m3s">;
  readonly contract: Overrides<"min_mw" | "max_mw" | "price_per_mwh">;
  readonly source: Overrides<"available_generation_mw">;
  readonly busPenalty: Overrides<"excess_cost">;
  readonly linePenalty: Overrides<"exchange_cost">;
  readonly hydroPenalty: Overrides<HydroPenaltyField>;
  readonly sourcePenalty: Overrides<"curtailment_cost">;
}

/** Right-hand sides of the user's constraints; one bound may be missing. */
export type GenericBounds = Table<
  "constraint_id" | "stage_id" | "block_id",
  "bound_lower" | "bound_upper"
>;

/** Every table of the scenarios folder; null where the case has no such file. */
export interface ScenarioTables {
  readonly inflowHistory: InflowHistory | null;
  readonly inflowStats: InflowStats | null;
  readonly inflowCoefficients: InflowCoefficients | null;
  readonly inflowAnnual: InflowAnnual | null;
  readonly loadStats: LoadStats | null;
  readonly sourceStats: SourceStats | null;
  readonly externalInflow: ExternalScenarios | null;
  readonly externalLoad: ExternalScenarios | null;
  readonly externalSource: ExternalScenarios | null;
  readonly noiseOpenings: NoiseOpenings | null;
  readonly loadFactors: BlockFactors;
  readonly sourceFactors: BlockFactors;
}
