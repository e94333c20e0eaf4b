/** The files that a case may hold. */

/** Files without which there is no case. */
export const REQUIRED_FILES = [
  "config.json",
  "penalties.json",
  "stages.json",
  "initial_conditions.json",
  "system/buses.json",
  "system/lines.json",
  "system/hydros.json",
  "system/thermals.json",
] as const;

/** Files that a case may have, in either layout. */
export const OPTIONAL_FILES = [
  "post_study_stages.json",
  "system/non_controllable_sources.json",
  "system/pumping_stations.json",
  "system/energy_contracts.json",
  "system/hydro_geometry.parquet",
  "system/hydro_production_models.json",
  "system/fpha_hyperplanes.parquet",
  "system/hydro_energy_productivity.parquet",
  "system/tailrace_curves.parquet",
  "system/scalar_parameters.json",
  "scenarios/inflow_history.parquet",
  "scenarios/inflow_seasonal_stats.parquet",
  "scenarios/inflow_ar_coefficients.parquet",
  "scenarios/inflow_annual_component.parquet",
  "scenarios/external_inflow_scenarios.parquet",
  "scenarios/external_load_scenarios.parquet",
  "scenarios/external_ncs_scenarios.parquet",
  "scenarios/load_seasonal_stats.parquet",
  "scenarios/load_factors.json",
  "scenarios/correlation.json",
  "scenarios/noise_openings.parquet",
  "scenarios/non_controllable_factors.json",
  "scenarios/non_controllable_stats.parquet",
  "constraints/thermal_bounds.parquet",
  "constraints/hydro_bounds.parquet",
  "constraints/hydro_unit_group_bounds.parquet",
  "constraints/line_bounds.parquet",
  "constraints/pumping_bounds.parquet",
  "constraints/contract_bounds.parquet",
  "constraints/ncs_bounds.parquet",
  "constraints/exchange_factors.json",
  "constraints/generic_constraints.json",
  "constraints/generic_parameters.json",
  "constraints/generic_constraint_bounds.parquet",
  "constraints/penalty_overrides_bus.parquet",
  "constraints/penalty_overrides_line.parquet",
  "constraints/penalty_overrides_hydro.parquet",
  "constraints/penalty_overrides_ncs.parquet",
] as const;

/** Path of a file that a case may hold. */
export type KnownFile = (typeof REQUIRED_FILES)[number] | (typeof OPTIONAL_FILES)[number];

/** Every file that a case may hold; the required ones come first. */
export const KNOWN_FILES: readonly KnownFile[] = [...REQUIRED_FILES, ...OPTIONAL_FILES];
