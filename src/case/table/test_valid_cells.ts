/** One valid row of every table, as each layout writes it. */
import type { Dialect } from "../case.ts";
import type { Cells } from "./test_tables.ts";

const VALID: Readonly<Record<string, { readonly [dialect in Dialect | "both"]?: Cells }>> = {
  "system/hydro_geometry.parquet": {
    both: { hydro_id: [0], volume_hm3: [1], height_m: [2], area_km2: [3] },
  },
  "system/fpha_hyperplanes.parquet": {
    both: {
      hydro_id: [0],
      stage_id: [0],
      plane_id: [0],
      gamma_0: [1],
      gamma_v: [0.1],
      gamma_q: [0.9],
      gamma_s: [-0.1],
    },
  },
  "system/tailrace_curves.parquet": {
    "v0.18": {
      hydro_id: [0],
      family_id: [0],
      segment_id: [0],
      downstream_reference_level_m: [null],
      outflow_min_m3s: [0],
      outflow_max_m3s: [10],
      coefficient_0: [1],
    },
  },
  "system/hydro_energy_productivity.parquet": {
    "v0.18": { hydro_id: [0], stage_id: [0], equivalent_productivity_mw_per_m3s: [0.8] },
  },
  "scenarios/inflow_seasonal_stats.parquet": {
    both: { hydro_id: [0], stage_id: [-1], mean_m3s: [-5], std_m3s: [0] },
  },
  "scenarios/inflow_ar_coefficients.parquet": {
    "v0.5": {
      hydro_id: [0],
      stage_id: [0],
      lag: [1],
      coefficient: [0.5],
      residual_std_ratio: [0.8],
    },
    "v0.18": { hydro_id: [0], stage_id: [0], lag: [1], coefficient: [0.5] },
  },
  "scenarios/inflow_annual_component.parquet": {
    both: {
      hydro_id: [0],
      stage_id: [0],
      annual_coefficient: [0.2],
      annual_mean_m3s: [60],
      annual_std_m3s: [9],
    },
  },
  "scenarios/inflow_history.parquet": {
    "v0.5": { hydro_id: [0], date: ["2001-01-01"], value_m3s: [4] },
    "v0.18": {
      hydro_id: [0],
      start_date: ["2001-01-01"],
      end_date: ["2001-02-01"],
      value_m3s: [4],
    },
  },
  "scenarios/load_seasonal_stats.parquet": {
    both: { bus_id: [0], stage_id: [0], mean_mw: [75], std_mw: [0] },
  },
  "scenarios/non_controllable_stats.parquet": {
    both: { ncs_id: [0], stage_id: [0], mean: [0.4], std: [0.1] },
  },
  "scenarios/external_inflow_scenarios.parquet": {
    both: { stage_id: [0], scenario_id: [0], hydro_id: [7], value_m3s: [-1] },
  },
  "scenarios/external_load_scenarios.parquet": {
    both: { stage_id: [0], scenario_id: [0], bus_id: [7], value_mw: [1] },
  },
  "scenarios/external_ncs_scenarios.parquet": {
    "v0.5": { stage_id: [0], scenario_id: [0], ncs_id: [7], value: [1] },
    "v0.18": { stage_id: [0], scenario_id: [0], ncs_id: [7], availability_factor: [1] },
  },
  "scenarios/noise_openings.parquet": {
    both: { stage_id: [0], opening_index: [0], entity_index: [0], value: [-0.3] },
  },
  "constraints/thermal_bounds.parquet": {
    both: { thermal_id: [0], stage_id: [1], cost_per_mwh: [118] },
  },
  "constraints/hydro_bounds.parquet": {
    "v0.5": { hydro_id: [0], stage_id: [3], filling_inflow_m3s: [4.5] },
    "v0.18": { hydro_id: [0], stage_id: [3], filling_min_rate_m3s: [4.5] },
  },
  "constraints/hydro_unit_group_bounds.parquet": {
    "v0.18": { hydro_id: [0], hydro_unit_group_id: [1], stage_id: [2], max_turbined_m3s: [9] },
  },
  "constraints/line_bounds.parquet": { both: { line_id: [0], stage_id: [0], direct_mw: [10] } },
  "constraints/pumping_bounds.parquet": {
    "v0.5": { station_id: [0], stage_id: [0], min_m3s: [1] },
    "v0.18": { pumping_station_id: [0], stage_id: [0], min_m3s: [1] },
  },
  "constraints/contract_bounds.parquet": {
    both: { contract_id: [0], stage_id: [0], price_per_mwh: [-5] },
  },
  "constraints/ncs_bounds.parquet": {
    both: { ncs_id: [0], stage_id: [0], available_generation_mw: [12] },
  },
  "constraints/generic_constraint_bounds.parquet": {
    "v0.5": { constraint_id: [0], stage_id: [0], block_id: [null], bound: [10] },
    "v0.18": { constraint_id: [0], stage_id: [0], block_id: [null], bound_upper: [10] },
  },
  "constraints/penalty_overrides_bus.parquet": {
    both: { bus_id: [0], stage_id: [0], excess_cost: [3] },
  },
  "constraints/penalty_overrides_line.parquet": {
    both: { line_id: [0], stage_id: [0], exchange_cost: [3] },
  },
  "constraints/penalty_overrides_hydro.parquet": {
    "v0.5": { hydro_id: [0], stage_id: [0], fpha_turbined_cost: [3] },
    "v0.18": { hydro_id: [0], stage_id: [0], turbined_cost: [3] },
  },
  "constraints/penalty_overrides_ncs.parquet": {
    "v0.5": { source_id: [0], stage_id: [0], curtailment_cost: [3] },
    "v0.18": { ncs_id: [0], stage_id: [0], curtailment_cost: [3] },
  },
};

/** The valid row of a file; undefined where the layout has no such file. */
export function validCells(file: string, dialect: Dialect): Cells | undefined {
  return VALID[file]![dialect] ?? VALID[file]!.both;
}

/** Every table of a layout with its valid row. */
export function validCase(dialect: Dialect): Record<string, Cells> {
  const files: Record<string, Cells> = {};
  for (const file of Object.keys(VALID)) {
    const cells = validCells(file, dialect);
    if (cells !== undefined) files[file] = cells;
  }
  return files;
}
