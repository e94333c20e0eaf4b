/** The study of `smallCase` in the v0.18 layout. */
import { type CaseFiles, type Json, ParquetFile } from "./case_files.ts";
import { smallCase } from "./small_case.ts";

/** Every element operates from the first day of the study. */
const OPERATIONAL = { operational_start_date: "2030-01-01" };

/** A fresh copy of the case; tests change it freely. */
export function smallCaseV18(): CaseFiles {
  const files = smallCase();
  rewriteRoot(files);
  rewriteSystem(files);
  rewriteTables(files);
  return files;
}

function rewriteRoot(files: CaseFiles): void {
  const { training, simulation } = files["config.json"];
  training.selection = { method: "sampled", forward_passes: training.forward_passes };
  delete training.forward_passes;
  simulation.selection = { method: "sampled", num_scenarios: simulation.num_scenarios };
  delete simulation.num_scenarios;

  const { hydro } = files["penalties.json"];
  hydro.turbined_cost = hydro.fpha_turbined_cost;
  delete hydro.fpha_turbined_cost;

  for (const stage of files["stages.json"].stages) {
    stage.num_openings = stage.num_scenarios;
    delete stage.num_scenarios;
  }

  const initial = files["initial_conditions.json"];
  const months = [["2029-12-01", "2030-01-01"], ["2029-11-01", "2029-12-01"]];
  initial.recent_observations = initial.past_inflows.flatMap((past: Json) =>
    past.values_m3s.map((value: number, lag: number) => ({
      hydro_id: past.hydro_id,
      start_date: months[lag]![0],
      end_date: months[lag]![1],
      value_m3s: value,
    }))
  );
  delete initial.past_inflows;
}

function rewriteSystem(files: CaseFiles): void {
  const lists: Readonly<Record<string, string>> = {
    buses: "buses",
    lines: "lines",
    hydros: "hydros",
    thermals: "thermals",
    non_controllable_sources: "non_controllable_sources",
    pumping_stations: "pumping_stations",
    energy_contracts: "contracts",
  };
  for (const [file, list] of Object.entries(lists)) {
    for (const entity of files[`system/${file}.json`][list]) Object.assign(entity, OPERATIONAL);
  }
  const models = files["system/hydro_production_models.json"].production_models;
  for (const hydro of files["system/hydros.json"].hydros) {
    const { productivity_mw_per_m3s, model, ...capacity } = hydro.generation;
    hydro.unit_groups = [{ id: 0, name: hydro.name, bus_id: hydro.bus_id, ...capacity }];
    delete hydro.bus_id;
    delete hydro.generation.productivity_mw_per_m3s;
    if (productivity_mw_per_m3s === undefined) {
      // Only this layout knows the field, and the reference program wants it of such plants.
      hydro.specific_productivity_mw_per_m3s_per_m = 0.0085;
      continue;
    }
    // The older layout has this cost for plants with an fpha model only.
    hydro.penalties = { turbined_cost: 0 };
    models.push({
      hydro_id: hydro.id,
      selection_mode: "stage_ranges",
      stage_ranges: [{ start_stage_id: 0, end_stage_id: null, model, productivity_mw_per_m3s }],
    });
  }
  const { constraints } = files["constraints/generic_constraints.json"];
  for (const constraint of constraints) delete constraint.sense;
}

function rewriteTables(files: CaseFiles): void {
  rename(files, "constraints/pumping_bounds.parquet", "station_id", "pumping_station_id");
  rename(files, "constraints/penalty_overrides_ncs.parquet", "source_id", "ncs_id");
  rename(files, "constraints/generic_constraint_bounds.parquet", "bound", "bound_upper");

  const coefficients = "scenarios/inflow_ar_coefficients.parquet";
  const { residual_std_ratio: _derived, ...columns } = columnsOf(files, coefficients);
  files[coefficients] = new ParquetFile(columns);

  // Capacities of one block, in MW, take the place of factors.
  const bounds = columnsOf(files, "constraints/line_bounds.parquet");
  const stageWide = bounds["line_id"]!.values.map(() => null);
  files["constraints/line_bounds.parquet"] = new ParquetFile({
    ...bounds,
    block_id: { type: "i32", values: stageWide },
  }).with({ line_id: 0, stage_id: 0, block_id: 0, direct_mw: 40, reverse_mw: 40 });
  delete files["constraints/exchange_factors.json"];
}

function columnsOf(files: CaseFiles, file: string): ParquetFile["columns"] {
  return (files[file] as ParquetFile).columns;
}

function rename(files: CaseFiles, file: string, before: string, now: string): void {
  const columns = Object.entries(columnsOf(files, file));
  files[file] = new ParquetFile(
    Object.fromEntries(columns.map(([name, column]) => [name === before ? now : name, column])),
  );
}
