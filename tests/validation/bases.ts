/** Sound cases for rules about things that the small case does not have. */
import { type CaseFiles, parquet, type ParquetFile } from "../support/case_files.ts";
import { smallCase } from "../support/small_case.ts";
import { smallCaseV18 } from "../support/small_case_v18.ts";
import type { Fixture } from "./fixture.ts";

const STAGES = Array.from({ length: 12 }, (_, stage) => stage);
const HYDROS = [0, 1, 2];

/** Fixtures that change one sound case, where they do not name another. */
export function withBase(base: () => CaseFiles, fixtures: readonly Fixture[]): readonly Fixture[] {
  return fixtures.map((fixture) => ({ base, ...fixture }));
}

/** Thirty-one years of monthly inflows, of which models are fitted: the case has moments only. */
export function estimatingCase(): CaseFiles {
  const files: CaseFiles = {
    ...smallCase(),
    "scenarios/inflow_history.parquet": history(2000, 2030),
  };
  delete files["scenarios/inflow_ar_coefficients.parquet"];
  return files;
}

/** Trajectories replay the history. */
export function replayingCase(): CaseFiles {
  const files: CaseFiles = {
    ...smallCase(),
    "scenarios/inflow_history.parquet": history(2020, 2026),
  };
  files["config.json"].training.scenario_source = { seed: 1, inflow: { scheme: "historical" } };
  return files;
}

/** Monthly observations of every hydro, from the first year to the year before the last. */
export function history(firstYear: number, endYear: number): ParquetFile {
  const dates: number[] = [];
  for (let year = firstYear; year <= endYear; year++) {
    for (let month = 0; month < 12; month++) dates.push(Date.UTC(year, month, 1) / 86_400_000);
  }
  const rows = HYDROS.flatMap((hydro_id) =>
    dates.map((date, index) => ({ hydro_id, date, value_m3s: 20 + (index * 7) % 11 + hydro_id }))
  );
  const table = parquet(["hydro_id"], ["value_m3s"], rows);
  (table.columns as Record<string, unknown>)["date"] = {
    type: "date",
    values: rows.map((row) => row.date),
  };
  return table;
}

/** Day number of an ISO date. */
export function day(iso: string): number {
  return Date.parse(iso) / 86_400_000;
}

/** Inflows come from three external scenarios. */
export function externalCase(): CaseFiles {
  return withExternalInflows(smallCase());
}

/** The same in the v0.18 layout. */
export function externalCaseV18(): CaseFiles {
  return withExternalInflows(smallCaseV18());
}

function withExternalInflows(files: CaseFiles): CaseFiles {
  files["config.json"].training.scenario_source = { seed: 1, inflow: { scheme: "external" } };
  files["scenarios/external_inflow_scenarios.parquet"] = externalInflows();
  return files;
}

/** Three scenarios of inflows in every stage. */
export function externalInflows(): ParquetFile {
  return parquet(
    ["stage_id", "scenario_id", "hydro_id"],
    ["value_m3s"],
    STAGES.flatMap((stage_id) =>
      [0, 1, 2].flatMap((scenario_id) =>
        HYDROS.map((hydro_id) => ({
          stage_id,
          scenario_id,
          hydro_id,
          value_m3s: 20 + stage_id + 3 * scenario_id,
        }))
      )
    ),
  );
}

/** The opening tree is read: three hydros, two loads and a source make six noises. */
export function openingsCase(): CaseFiles {
  const rows = STAGES.flatMap((stage_id) =>
    [0, 1].flatMap((opening_index) =>
      [0, 1, 2, 3, 4, 5].map((entity_index) => ({
        stage_id,
        opening_index,
        entity_index,
        value: 0.1 * entity_index - 0.3 * opening_index,
      }))
    )
  );
  const table = parquet(["stage_id", "opening_index", "entity_index"], ["value"], rows);
  for (const name of ["opening_index", "entity_index"]) {
    Object.assign(table.columns[name]!, { type: "u32" });
  }
  return { ...smallCase(), "scenarios/noise_openings.parquet": table };
}

/** Thermal 0 is dispatched one month ahead. */
export function anticipatedCase(): CaseFiles {
  const files = smallCaseV18();
  files["system/thermals.json"].thermals[0].anticipated_config = { lead_stages: 1 };
  files["initial_conditions.json"].past_anticipated_commitments = [
    { thermal_id: 0, start_date: "2030-01-01", end_date: "2030-02-01", value_mw: 10 },
  ];
  files["constraints/generic_constraints.json"].constraints[0].expression = "thermal_generation(1)";
  files["post_study_stages.json"] = {
    stages: [{ start_date: "2031-01-01", duration_hours: 744 }],
    thermal_bounds: [
      { thermal_id: 0, post_study_stage_index: 0, cost_per_mwh: 90, min_mw: 0, max_mw: 40 },
    ],
  };
  return files;
}

/** Water takes 100 hours from the upper to the middle plant. */
export function travellingCase(): CaseFiles {
  const files = smallCaseV18();
  files["system/hydros.json"].hydros[0].travel_time_hours = 100;
  files["initial_conditions.json"].past_defluences = [
    { hydro_id: 0, start_date: "2029-12-25", end_date: "2030-01-01", value_m3s: 5 },
  ];
  return files;
}

/** The upper reservoir is filled until stage 6. */
export function fillingCase(): CaseFiles {
  const files = smallCaseV18();
  fill(files, { start_stage_id: 0, filling_min_rate_m3s: 5 });
  return files;
}

/** The same in the v0.5 layout. */
export function fillingCaseV05(): CaseFiles {
  const files = smallCase();
  fill(files, { start_stage_id: 0, filling_inflow_m3s: 5 });
  return files;
}

function fill(files: CaseFiles, filling: object): void {
  Object.assign(files["system/hydros.json"].hydros[0], { entry_stage_id: 6, filling });
  files["system/pumping_stations.json"].pumping_stations[0].entry_stage_id = 6;
  files["constraints/pumping_bounds.parquet"] = (
    files["constraints/pumping_bounds.parquet"] as ParquetFile
  ).map((row) => [{ ...row, stage_id: 7 }]);
  const initial = files["initial_conditions.json"];
  initial.storage.shift();
  initial.filling_storage = [{ hydro_id: 0, value_hm3: 0 }];
}

/** One bus, one thermal and two stages: all that a study needs. */
export function leastCase(): CaseFiles {
  const { "config.json": config, "penalties.json": penalties } = smallCase();
  const stage = (id: number) => ({
    id,
    start_date: `2030-0${id + 1}-01`,
    end_date: `2030-0${id + 2}-01`,
    blocks: [{ id: 0, name: "ALL", hours: id === 0 ? 744 : 672 }],
    num_scenarios: 1,
  });
  return {
    "config.json": config,
    "penalties.json": penalties,
    "stages.json": {
      policy_graph: { type: "finite_horizon", annual_discount_rate: 0 },
      stages: [stage(0), stage(1)],
    },
    "initial_conditions.json": { storage: [], filling_storage: [] },
    "system/buses.json": { buses: [{ id: 0, name: "NORTH" }] },
    "system/lines.json": { lines: [] },
    "system/hydros.json": { hydros: [] },
    "system/thermals.json": {
      thermals: [{
        id: 0,
        name: "GAS",
        bus_id: 0,
        cost_per_mwh: 90,
        generation: { min_mw: 0, max_mw: 40 },
      }],
    },
    "scenarios/load_seasonal_stats.parquet": parquet(
      ["bus_id", "stage_id"],
      ["mean_mw", "std_mw"],
      [{ bus_id: 0, stage_id: 0, mean_mw: 30, std_mw: 0 }, {
        bus_id: 0,
        stage_id: 1,
        mean_mw: 30,
        std_mw: 0,
      }],
    ),
  };
}
