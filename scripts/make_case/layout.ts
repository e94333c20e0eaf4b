/** A study as a case directory in either layout. */
import { PENALTIES } from "../fixtures/template.ts";
import { firstDayOf, hoursOf, monthOf, MONTHS } from "./calendar.ts";
import type { CaseContent } from "./case_content.ts";
import { externalInflows } from "./external.ts";
import { rounded } from "./random.ts";
import type { Plant } from "./rivers.ts";
import { noiseCorrelation, type Study } from "./study.ts";
import { commonTables, inflowCoefficients } from "./tables.ts";

/** The layouts, by the versions of the reference program that read them. */
export const LAYOUTS = ["v05", "v18"] as const;
/** Name of a layout. */
export type Layout = (typeof LAYOUTS)[number];

/** The files of the case; `external` scenarios, where there are any, drive the training. */
export function caseContent(study: Study, layout: Layout, external = 0): CaseContent {
  const old = layout === "v05";
  const content: CaseContent = {
    "config.json": config(study, old, external > 0),
    "penalties.json": old ? PENALTIES : renamedPenalties(),
    "stages.json": stages(study, old),
    "initial_conditions.json": initialConditions(study, old),
    "system/buses.json": {
      buses: study.buses.map(({ name }, id) => ({ id, name, ...since(old) })),
    },
    "system/lines.json": { lines: lines(study, old) },
    "system/hydros.json": { hydros: study.plants.map((plant, id) => hydro(plant, id, old)) },
    "system/thermals.json": { thermals: thermals(study, old) },
    ...commonTables(study),
    "scenarios/inflow_ar_coefficients.parquet": inflowCoefficients(study, old),
    "scenarios/load_factors.json": loadFactors(study),
    "scenarios/correlation.json": correlation(study),
  };
  const models = productionModels(study, old);
  if (models.length > 0) {
    content["system/hydro_production_models.json"] = { production_models: models };
  }
  if (external > 0) {
    content["scenarios/external_inflow_scenarios.parquet"] = externalInflows(study, external);
  }
  return content;
}

/** What the newer layout asks of every element. */
function since(old: boolean): object {
  return old ? {} : { operational_start_date: firstDayOf(0) };
}

function config({ size, seed }: Study, old: boolean, external: boolean): object {
  const passes = { forward_passes: size.forwardPasses };
  const simulated = { num_scenarios: size.simulated };
  const sampled = { method: "sampled" };
  const source = external ? { scenario_source: { seed, inflow: { scheme: "external" } } } : {};
  return {
    training: {
      tree_seed: seed,
      ...(old ? passes : { selection: { ...sampled, ...passes } }),
      stopping_rules: [{ type: "iteration_limit", limit: size.iterations }],
      ...source,
    },
    simulation: {
      enabled: true,
      ...(old ? simulated : { selection: { ...sampled, ...simulated } }),
    },
    modeling: { inflow_non_negativity: { method: "penalty" } },
  };
}

function renamedPenalties(): object {
  const { fpha_turbined_cost: turbined_cost, ...hydro } = PENALTIES.hydro;
  return { ...PENALTIES, hydro: { ...hydro, turbined_cost } };
}

function stages({ size, blocks }: Study, old: boolean): object {
  const openings = { [old ? "num_scenarios" : "num_openings"]: size.openings };
  const month = (id: number): object => ({
    id,
    start_date: firstDayOf(id),
    end_date: firstDayOf(id + 1),
    season_id: monthOf(id),
  });
  return {
    season_definitions: {
      cycle_type: "monthly",
      seasons: MONTHS.map((id) => ({ id, label: `month ${id + 1}`, month_start: id + 1 })),
    },
    policy_graph: { type: "finite_horizon", annual_discount_rate: 0.08 },
    pre_study_stages: Array.from({ length: size.order }, (_, index) => month(index - size.order)),
    stages: Array.from({ length: size.stages }, (_, id) => ({
      ...month(id),
      blocks: blocks.map(({ name, share }, block) => ({
        id: block,
        name,
        hours: share * hoursOf(id),
      })),
      state_variables: { storage: true, inflow_lags: true },
      ...openings,
    })),
  };
}

function initialConditions({ plants, pastInflowsM3s }: Study, old: boolean): object {
  const storage = plants.map(({ initialHm3 }, hydro_id) => ({ hydro_id, value_hm3: initialHm3 }));
  const common = { storage, filling_storage: [] };
  if (old) {
    const past_inflows = pastInflowsM3s.map((values_m3s, hydro_id) => ({ hydro_id, values_m3s }));
    return { ...common, past_inflows };
  }
  const recent_observations = pastInflowsM3s.flatMap((values, hydro_id) =>
    values.map((value_m3s, lag) => ({
      hydro_id,
      start_date: firstDayOf(-1 - lag),
      end_date: firstDayOf(-lag),
      value_m3s,
    }))
  );
  return { ...common, recent_observations };
}

function lines(study: Study, old: boolean): object[] {
  return study.lines.map(({ name, source, target, capacityMw }, id) => ({
    id,
    name,
    ...since(old),
    source_bus_id: source,
    target_bus_id: target,
    capacity: { direct_mw: capacityMw, reverse_mw: capacityMw },
  }));
}

function thermals(study: Study, old: boolean): object[] {
  return study.thermals.map(({ name, bus, costPerMwh, minMw, maxMw }, id) => ({
    id,
    name,
    ...since(old),
    bus_id: bus,
    cost_per_mwh: costPerMwh,
    generation: { min_mw: minMw, max_mw: maxMw },
  }));
}

function hydro(plant: Plant, id: number, old: boolean): object {
  const capacity = {
    min_turbined_m3s: 0,
    max_turbined_m3s: plant.maxTurbinedM3s,
    min_generation_mw: 0,
    max_generation_mw: plant.maxGenerationMw,
  };
  const common = {
    id,
    name: plant.name,
    downstream_id: plant.downstream,
    reservoir: { min_storage_hm3: plant.minStorageHm3, max_storage_hm3: plant.maxStorageHm3 },
    outflow: { min_outflow_m3s: plant.minOutflowM3s, max_outflow_m3s: null },
  };
  const curved = plant.head !== null;
  const model = curved ? "fpha" : "constant_productivity";
  if (old) {
    const productivity = curved ? {} : { productivity_mw_per_m3s: plant.productivity };
    return { ...common, bus_id: plant.bus, generation: { model, ...productivity, ...capacity } };
  }
  return {
    ...common,
    ...since(old),
    generation: { model, ...capacity },
    unit_groups: [{ id: 0, name: plant.name, bus_id: plant.bus, ...capacity }],
    // The cost of turbined water is meant for plants with planes only, as in the older layout.
    ...(plant.head === null
      ? { penalties: { turbined_cost: 0 } }
      : { specific_productivity_mw_per_m3s_per_m: plant.head.specific }),
  };
}

/** The newer layout gives productivities here, the older one with the plants. */
function productionModels({ plants }: Study, old: boolean): object[] {
  return plants.flatMap(({ head, productivity }, hydro_id) => {
    if (head === null && old) return [];
    const range = head === null
      ? { model: "constant_productivity", productivity_mw_per_m3s: productivity }
      : { model: "fpha", fpha_config: { source: "precomputed" } };
    return [{
      hydro_id,
      selection_mode: "stage_ranges",
      stage_ranges: [{ start_stage_id: 0, end_stage_id: null, ...range }],
    }];
  });
}

function loadFactors({ buses, blocks, size }: Study): object {
  return {
    load_factors: buses.flatMap((_, bus_id) =>
      Array.from({ length: size.stages }, (_, stage_id) => ({
        bus_id,
        stage_id,
        block_factors: blocks.map(({ loadFactor }, block_id) => ({ block_id, factor: loadFactor })),
      }))
    ),
  };
}

function correlation({ plants, weatherGroups }: Study): object {
  return {
    method: "spectral",
    profiles: {
      default: {
        correlation_groups: weatherGroups.map((ids, group) => ({
          name: `weather ${group + 1}`,
          entities: ids.map((id) => ({ type: "inflow", id })),
          matrix: ids.map((a) =>
            ids.map((b) => rounded(noiseCorrelation(plants[a]!, plants[b]!), 4))
          ),
        })),
      },
    },
  };
}
