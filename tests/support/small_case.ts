/**
 * A small case in the v0.5 layout that uses every file and passes every rule without a warning:
 * two buses, three hydros in a cascade, a year of monthly stages with two blocks.
 */
import { type CaseFiles, parquet } from "./case_files.ts";

const STAGES = 12;
const HOURS = [744, 672, 744, 720, 744, 720, 744, 744, 720, 744, 720, 744];

function iso(month: number): string {
  const year = 2030 + Math.floor(month / 12);
  return `${year}-${String((month % 12) + 1).padStart(2, "0")}-01`;
}

function perStage<T>(make: (stage: number) => T): T[] {
  return Array.from({ length: STAGES }, (_, stage) => make(stage));
}

/** A fresh copy of the case; tests change it freely. */
export function smallCase(): CaseFiles {
  return {
    "config.json": {
      training: {
        tree_seed: 7,
        forward_passes: 2,
        stopping_rules: [{ type: "iteration_limit", limit: 5 }],
      },
      modeling: { inflow_non_negativity: { method: "penalty" } },
      simulation: { enabled: true, num_scenarios: 4 },
    },
    "penalties.json": {
      bus: { deficit_segments: [{ depth_mw: null, cost: 5000 }], excess_cost: 10 },
      line: { exchange_cost: 0.5 },
      hydro: {
        spillage_cost: 0.02,
        fpha_turbined_cost: 0.01,
        diversion_cost: 0.1,
        storage_violation_below_cost: 9000,
        filling_target_violation_cost: 9500,
        turbined_violation_below_cost: 1400,
        outflow_violation_below_cost: 1400,
        outflow_violation_above_cost: 1400,
        generation_violation_below_cost: 1600,
        evaporation_violation_cost: 1700,
        water_withdrawal_violation_cost: 1800,
        inflow_nonnegativity_cost: 2000,
      },
      non_controllable_source: { curtailment_cost: 0.005 },
    },
    "stages.json": stages(),
    "initial_conditions.json": {
      storage: [
        { hydro_id: 0, value_hm3: 90 },
        { hydro_id: 1, value_hm3: 60 },
        { hydro_id: 2, value_hm3: 30 },
      ],
      filling_storage: [],
      past_inflows: [
        { hydro_id: 0, values_m3s: [42, 40], season_ids: [11, 10] },
        { hydro_id: 1, values_m3s: [12, 11], season_ids: [11, 10] },
        { hydro_id: 2, values_m3s: [6, 5], season_ids: [11, 10] },
      ],
    },
    ...systemFiles(),
    ...scenarioFiles(),
    ...constraintFiles(),
  };
}

function stages(): object {
  return {
    season_definitions: {
      cycle_type: "monthly",
      seasons: perStage((m) => ({ id: m, label: `month ${m + 1}`, month_start: m + 1 })),
    },
    policy_graph: { type: "finite_horizon", annual_discount_rate: 0.08 },
    pre_study_stages: [
      { id: -2, start_date: "2029-11-01", end_date: "2029-12-01", season_id: 10 },
      { id: -1, start_date: "2029-12-01", end_date: "2030-01-01", season_id: 11 },
    ],
    stages: perStage((stage) => ({
      id: stage,
      start_date: iso(stage),
      end_date: iso(stage + 1),
      season_id: stage,
      blocks: [
        { id: 0, name: "PEAK", hours: 120 },
        { id: 1, name: "BASE", hours: HOURS[stage]! - 120 },
      ],
      state_variables: { storage: true, inflow_lags: true },
      num_scenarios: 4,
    })),
  };
}

function hydro(id: number, downstream: number | null, more: object): object {
  return {
    id,
    name: ["UPPER", "MIDDLE", "LOWER"][id],
    bus_id: 0,
    downstream_id: downstream,
    reservoir: { min_storage_hm3: 10, max_storage_hm3: 200 - 50 * id },
    outflow: { min_outflow_m3s: 1, max_outflow_m3s: null },
    generation: {
      model: "constant_productivity",
      productivity_mw_per_m3s: 0.9,
      min_turbined_m3s: 0,
      max_turbined_m3s: 60,
      min_generation_mw: 0,
      max_generation_mw: 54,
    },
    ...more,
  };
}

function systemFiles(): CaseFiles {
  return {
    "system/buses.json": { buses: [{ id: 0, name: "NORTH" }, { id: 1, name: "SOUTH" }] },
    "system/lines.json": {
      lines: [{
        id: 0,
        name: "N-S",
        source_bus_id: 0,
        target_bus_id: 1,
        capacity: { direct_mw: 50, reverse_mw: 40 },
        losses_percent: 2,
      }],
    },
    "system/hydros.json": {
      hydros: [
        hydro(0, 1, { diversion: { downstream_id: 2, max_flow_m3s: 5 } }),
        hydro(1, 2, {
          generation: {
            model: "fpha",
            min_turbined_m3s: 0,
            max_turbined_m3s: 60,
            min_generation_mw: 0,
            max_generation_mw: 70,
          },
          tailrace: { type: "polynomial", coefficients: [300, 0.002] },
          hydraulic_losses: { type: "factor", value: 0.02 },
          efficiency: { type: "constant", value: 0.92 },
          evaporation: { coefficients_mm: Array(12).fill(80) },
        }),
        hydro(2, null, {}),
      ],
    },
    "system/thermals.json": {
      thermals: [
        thermal(0, 0, 90, 40),
        thermal(1, 1, 150, 60),
      ],
    },
    "system/non_controllable_sources.json": {
      non_controllable_sources: [{ id: 0, name: "WIND", bus_id: 1, max_generation_mw: 20 }],
    },
    "system/pumping_stations.json": {
      pumping_stations: [{
        id: 0,
        name: "LIFT",
        bus_id: 0,
        source_hydro_id: 1,
        destination_hydro_id: 0,
        consumption_mw_per_m3s: 0.4,
        flow: { min_m3s: 0, max_m3s: 8 },
      }],
    },
    "system/energy_contracts.json": {
      contracts: [
        contract(0, "import", 200),
        contract(1, "export", -20),
      ],
    },
    "system/hydro_geometry.parquet": parquet(["hydro_id"], ["volume_hm3", "height_m", "area_km2"], [
      { hydro_id: 1, volume_hm3: 0, height_m: 350, area_km2: 1 },
      { hydro_id: 1, volume_hm3: 80, height_m: 370, area_km2: 2 },
      { hydro_id: 1, volume_hm3: 200, height_m: 390, area_km2: 3 },
    ]),
    "system/hydro_production_models.json": {
      production_models: [{
        hydro_id: 1,
        selection_mode: "stage_ranges",
        stage_ranges: [{
          start_stage_id: 0,
          end_stage_id: null,
          model: "fpha",
          fpha_config: { source: "precomputed" },
        }],
      }],
    },
    "system/fpha_hyperplanes.parquet": parquet(
      ["hydro_id", "stage_id", "plane_id"],
      ["gamma_0", "gamma_v", "gamma_q", "gamma_s", "kappa"],
      [
        plane(0, 0, 0.05, 0.6),
        plane(1, 5, 0.02, 0.5),
        plane(2, 8, 0, 0.45),
      ],
    ),
  };
}

function thermal(id: number, bus: number, cost: number, max: number): object {
  return {
    id,
    name: `GAS-${id}`,
    bus_id: bus,
    cost_per_mwh: cost,
    generation: { min_mw: 5, max_mw: max },
  };
}

function contract(id: number, type: string, price: number): object {
  return {
    id,
    name: type.toUpperCase(),
    bus_id: 0,
    type,
    price_per_mwh: price,
    limits: { min_mw: 0, max_mw: 15 },
  };
}

function plane(id: number, constant: number, v: number, q: number): Record<string, number | null> {
  return {
    hydro_id: 1,
    stage_id: null,
    plane_id: id,
    gamma_0: constant,
    gamma_v: v,
    gamma_q: q,
    gamma_s: -0.01,
    kappa: 1,
  };
}

function scenarioFiles(): CaseFiles {
  const hydros = [0, 1, 2];
  const withPreStudy = [-2, -1, ...perStage((stage) => stage)];
  const season = (stage: number) => (stage + 12) % 12;
  const mean = (id: number, stage: number) => (45 - 17 * id) * (1 + 0.03 * season(stage));
  return {
    "scenarios/inflow_seasonal_stats.parquet": parquet(
      ["hydro_id", "stage_id"],
      ["mean_m3s", "std_m3s"],
      hydros.flatMap((id) =>
        withPreStudy.map((stage) => ({
          hydro_id: id,
          stage_id: stage,
          mean_m3s: mean(id, stage),
          std_m3s: 0.25 * mean(id, stage),
        }))
      ),
    ),
    "scenarios/inflow_ar_coefficients.parquet": parquet(
      ["hydro_id", "stage_id", "lag"],
      ["coefficient", "residual_std_ratio"],
      hydros.flatMap((id) =>
        perStage((stage) => ({
          hydro_id: id,
          stage_id: stage,
          lag: 1,
          coefficient: 0.6,
          residual_std_ratio: 0.8,
        }))
      ),
    ),
    "scenarios/load_seasonal_stats.parquet": parquet(
      ["bus_id", "stage_id"],
      ["mean_mw", "std_mw"],
      [0, 1].flatMap((id) =>
        perStage((stage) => ({ bus_id: id, stage_id: stage, mean_mw: 60 + 10 * id, std_mw: 2 }))
      ),
    ),
    "scenarios/non_controllable_stats.parquet": parquet(
      ["ncs_id", "stage_id"],
      ["mean", "std"],
      perStage((stage) => ({ ncs_id: 0, stage_id: stage, mean: 0.4, std: 0.1 })),
    ),
    "scenarios/load_factors.json": {
      load_factors: [{
        bus_id: 0,
        stage_id: 0,
        block_factors: [{ block_id: 0, factor: 1.2 }, { block_id: 1, factor: 0.95 }],
      }],
    },
    "scenarios/non_controllable_factors.json": {
      non_controllable_factors: [
        { ncs_id: 0, stage_id: 0, block_factors: [{ block_id: 0, factor: 0.8 }] },
      ],
    },
    "scenarios/correlation.json": {
      method: "spectral",
      profiles: {
        default: {
          correlation_groups: [{
            name: "basin",
            entities: hydros.map((id) => ({ type: "inflow", id })),
            matrix: [[1, 0.6, 0.5], [0.6, 1, 0.7], [0.5, 0.7, 1]],
          }],
        },
      },
      schedule: [{ stage_id: 1, profile_name: "default" }],
    },
  };
}

function constraintFiles(): CaseFiles {
  const keys = (entity: string) => [entity, "stage_id"];
  return {
    "constraints/thermal_bounds.parquet": parquet(
      keys("thermal_id"),
      ["min_generation_mw", "max_generation_mw", "cost_per_mwh"],
      [{ thermal_id: 0, stage_id: 1, max_generation_mw: 30, cost_per_mwh: 95 }],
    ),
    "constraints/hydro_bounds.parquet": parquet(
      keys("hydro_id"),
      ["water_withdrawal_m3s", "min_outflow_m3s", "max_storage_hm3"],
      [{ hydro_id: 0, stage_id: 2, water_withdrawal_m3s: 1.5, max_storage_hm3: 180 }],
    ),
    "constraints/line_bounds.parquet": parquet(keys("line_id"), ["direct_mw", "reverse_mw"], [
      { line_id: 0, stage_id: 3, direct_mw: 45 },
    ]),
    "constraints/pumping_bounds.parquet": parquet(keys("station_id"), ["min_m3s", "max_m3s"], [
      { station_id: 0, stage_id: 4, max_m3s: 6 },
    ]),
    "constraints/contract_bounds.parquet": parquet(
      keys("contract_id"),
      ["min_mw", "max_mw", "price_per_mwh"],
      [{ contract_id: 0, stage_id: 5, price_per_mwh: 220 }],
    ),
    "constraints/ncs_bounds.parquet": parquet(keys("ncs_id"), ["available_generation_mw"], [
      { ncs_id: 0, stage_id: 6, available_generation_mw: 18 },
    ]),
    "constraints/exchange_factors.json": {
      exchange_factors: [{
        line_id: 0,
        stage_id: 0,
        block_factors: [{ block_id: 0, direct_factor: 0.8, reverse_factor: 1 }],
      }],
    },
    "constraints/generic_constraints.json": {
      constraints: [{
        id: 3,
        name: "gas_cap",
        expression: "thermal_generation(0) + 0.5 * thermal_generation(1)",
        sense: "<=",
        slack: { enabled: true, penalty: 2500 },
      }],
    },
    "constraints/generic_constraint_bounds.parquet": parquet(
      ["constraint_id", "stage_id", "block_id"],
      ["bound"],
      [{ constraint_id: 3, stage_id: 0, block_id: null, bound: 60 }],
    ),
    "constraints/penalty_overrides_bus.parquet": parquet(keys("bus_id"), ["excess_cost"], [
      { bus_id: 0, stage_id: 1, excess_cost: 12 },
    ]),
    "constraints/penalty_overrides_line.parquet": parquet(keys("line_id"), ["exchange_cost"], [
      { line_id: 0, stage_id: 1, exchange_cost: 0.6 },
    ]),
    "constraints/penalty_overrides_hydro.parquet": parquet(keys("hydro_id"), ["spillage_cost"], [
      { hydro_id: 0, stage_id: 1, spillage_cost: 0.03 },
    ]),
    "constraints/penalty_overrides_ncs.parquet": parquet(keys("source_id"), ["curtailment_cost"], [
      { source_id: 0, stage_id: 1, curtailment_cost: 0.006 },
    ]),
  };
}
