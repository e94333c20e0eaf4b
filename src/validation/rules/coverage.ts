/** Layer 4: tables that must cover elements and stages. */
import type { Case } from "../../case/mod.ts";
import { isActive, type Stage, type System } from "../../model/mod.ts";
import { rowCoverage } from "../id_scan.ts";
import { type Rule, rule } from "../rule.ts";
import { named, stageList } from "../wording.ts";

/** A table with one row per element and stage. */
interface ElementStageTable {
  readonly rows: number;
  readonly elementIds: Int32Array;
  readonly stageIds: Int32Array;
}

function coverageRule(
  id: string,
  file: string,
  noun: string,
  table: (input: Case) => ElementStageTable | null,
  elements: (system: System) => readonly { readonly id: number; readonly name: string }[],
  needs: (system: System, element: number, stage: Stage) => boolean,
  description: string,
): Rule {
  return rule({
    id,
    layer: 4,
    kind: "CoverageMismatch",
    severity: "error",
    file,
    description,
    check(input, report) {
      const rows = table(input);
      if (rows === null || rows.rows === 0) return;
      const { stages } = input.system.horizon;
      const list = elements(input.system);
      const covered = rowCoverage(rows.elementIds, rows.stageIds, list, stages);
      list.forEach((element, position) => {
        const missing = stages.filter((stage, s) =>
          covered[position * stages.length + s] === 0 && needs(input.system, position, stage)
        );
        if (missing.length === 0) return;
        const where = stageList(missing.map((stage) => stage.id));
        report.found(
          `${named(noun, element)} has no row in ${file} for ${where}`,
          {
            entity_id: element.id,
            missing_dimension: "stage_id",
            expected_coverage: `a row for ${where}`,
          },
          "Add the rows, or remove the file",
        );
      });
    },
  });
}

/** Rows that are about an element and stage for which another table has no row. */
function rowsNeedStats(
  id: string,
  file: string,
  table: (input: Case) => ElementStageTable | null,
): Rule {
  const statsFile = "scenarios/inflow_seasonal_stats.parquet";
  return rule({
    id,
    layer: 4,
    kind: "CoverageMismatch",
    severity: "error",
    file,
    description: `A hydro and a stage with rows here have a row in ${statsFile}, if it has any`,
    check(input, report) {
      const rows = table(input);
      const stats = input.system.scenarios.inflowStats;
      if (rows === null || stats === null || stats.rows === 0) return;
      const known = new Map<number, Set<number>>();
      for (let row = 0; row < stats.rows; row++) {
        const hydroId = stats.hydro_id[row]!;
        let stages = known.get(hydroId);
        if (stages === undefined) known.set(hydroId, stages = new Set());
        stages.add(stats.stage_id[row]!);
      }
      const missing = new Map<number, Set<number>>();
      for (let row = 0; row < rows.rows; row++) {
        const hydroId = rows.elementIds[row]!;
        const stageId = rows.stageIds[row]!;
        if (known.get(hydroId)?.has(stageId)) continue;
        let stages = missing.get(hydroId);
        if (stages === undefined) missing.set(hydroId, stages = new Set());
        stages.add(stageId);
      }
      for (const hydro of input.system.hydros) {
        const stages = missing.get(hydro.id);
        if (stages === undefined) continue;
        const where = stageList([...stages]);
        report.found(
          `${named("Hydro", hydro)} has rows in ${file} for ${where}, but none there in ` +
            statsFile,
          {
            entity_id: hydro.id,
            missing_dimension: "stage_id",
            expected_coverage: `a row in ${statsFile} for ${where}`,
          },
          `Add mean and deviation to ${statsFile}, or remove the rows`,
        );
      }
    },
  });
}

/** The rules. */
export const rules: readonly Rule[] = [
  coverageRule(
    "D1",
    "scenarios/inflow_seasonal_stats.parquet",
    "Hydro",
    ({ system: { scenarios: { inflowStats: table } } }) =>
      table && { rows: table.rows, elementIds: table.hydro_id, stageIds: table.stage_id },
    (system) => system.hydros,
    (system, element, stage) => isActive(system.hydros[element]!, stage.id),
    "If there are any rows, there is one for every hydro and every stage in which it operates",
  ),
  coverageRule(
    "D2",
    "scenarios/load_seasonal_stats.parquet",
    "Bus",
    ({ system: { scenarios: { loadStats: table } } }) =>
      table && { rows: table.rows, elementIds: table.bus_id, stageIds: table.stage_id },
    (system) => system.buses,
    (system, element, stage) => isActive(system.buses[element]!, stage.id),
    "If there are any rows, there is one for every bus and every stage",
  ),
  rowsNeedStats(
    "A1",
    "scenarios/inflow_ar_coefficients.parquet",
    ({ system: { scenarios: { inflowCoefficients: table } } }) =>
      table && { rows: table.rows, elementIds: table.hydro_id, stageIds: table.stage_id },
  ),
  rowsNeedStats(
    "A2.stats",
    "scenarios/inflow_annual_component.parquet",
    ({ system: { scenarios: { inflowAnnual: table } } }) =>
      table && { rows: table.rows, elementIds: table.hydro_id, stageIds: table.stage_id },
  ),
];
