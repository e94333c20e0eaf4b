/** Layer 3: stage ids that tables name. */
import type { Case } from "../../case/mod.ts";
import { ALL_STAGES } from "../../model/mod.ts";
import { unknownIds } from "../id_scan.ts";
import { type Rule, rule } from "../rule.ts";
import { counted, stageList } from "../wording.ts";

/** A column of stage ids; null where the case lacks the table. */
interface StageColumn {
  readonly file: string;
  readonly stageIds: Int32Array | null;
  /** Whether ids below zero may stand for stages before the study. */
  readonly preStudy?: boolean;
}

/**
 * Tables whose rows for other stages do nothing. In the newer layout bounds and external scenarios
 * have stricter rules of their own; availabilities have one in both.
 */
function stageColumns({ system, dialect }: Case): StageColumn[] {
  const { scenarios, overrides } = system;
  const columns: StageColumn[] = [
    {
      file: "scenarios/inflow_seasonal_stats.parquet",
      stageIds: scenarios.inflowStats?.stage_id ?? null,
      preStudy: true,
    },
    {
      file: "scenarios/inflow_ar_coefficients.parquet",
      stageIds: scenarios.inflowCoefficients?.stage_id ?? null,
      preStudy: true,
    },
    {
      file: "scenarios/inflow_annual_component.parquet",
      stageIds: scenarios.inflowAnnual?.stage_id ?? null,
      preStudy: true,
    },
    {
      file: "scenarios/load_seasonal_stats.parquet",
      stageIds: scenarios.loadStats?.stage_id ?? null,
    },
    {
      file: "scenarios/non_controllable_stats.parquet",
      stageIds: scenarios.sourceStats?.stage_id ?? null,
    },
    { file: "system/fpha_hyperplanes.parquet", stageIds: system.fphaPlanes.stage_id },
    {
      file: "system/hydro_energy_productivity.parquet",
      stageIds: system.energyProductivity?.stage_id ?? null,
    },
    {
      file: "constraints/penalty_overrides_bus.parquet",
      stageIds: overrides.busPenalty.stage_id,
    },
    {
      file: "constraints/penalty_overrides_line.parquet",
      stageIds: overrides.linePenalty.stage_id,
    },
    {
      file: "constraints/penalty_overrides_hydro.parquet",
      stageIds: overrides.hydroPenalty.stage_id,
    },
    {
      file: "constraints/penalty_overrides_ncs.parquet",
      stageIds: overrides.sourcePenalty.stage_id,
    },
  ];
  if (dialect !== "v0.5") return columns;
  return [
    ...columns,
    {
      file: "scenarios/external_inflow_scenarios.parquet",
      stageIds: scenarios.externalInflow?.stage_id ?? null,
    },
    {
      file: "scenarios/external_load_scenarios.parquet",
      stageIds: scenarios.externalLoad?.stage_id ?? null,
    },
    {
      file: "scenarios/external_ncs_scenarios.parquet",
      stageIds: scenarios.externalSource?.stage_id ?? null,
    },
    { file: "constraints/thermal_bounds.parquet", stageIds: overrides.thermal.stage_id },
    { file: "constraints/hydro_bounds.parquet", stageIds: overrides.hydro.stage_id },
    { file: "constraints/line_bounds.parquet", stageIds: overrides.line.stage_id },
    { file: "constraints/pumping_bounds.parquet", stageIds: overrides.station.stage_id },
    { file: "constraints/contract_bounds.parquet", stageIds: overrides.contract.stage_id },
    {
      file: "constraints/generic_constraint_bounds.parquet",
      stageIds: system.genericBounds.stage_id,
    },
  ];
}

/** The rules. */
export const rules: readonly Rule[] = [
  rule({
    id: "N-11",
    layer: 3,
    kind: "IgnoredInput",
    severity: "warning",
    file: "*",
    description: "Rows of tables are for stages that the study has; other rows have no effect",
    check(input, report) {
      const { stages } = input.system.horizon;
      for (const { file, stageIds, preStudy } of stageColumns(input)) {
        if (stageIds === null) continue;
        const unknown = [...unknownIds(stageIds, stages)]
          .filter(([id]) => id !== ALL_STAGES && !(preStudy === true && id < 0));
        if (unknown.length === 0) continue;
        const rows = unknown.reduce((sum, [, count]) => sum + count, 0);
        const ids = stageList(unknown.map(([id]) => id));
        report.found(
          `${file} has ${counted(rows, "row")} without effect, for ${ids}: the study does not ` +
            `have ${unknown.length === 1 ? "that stage" : "those stages"}`,
          { file, field: "stage_id", detail: `the study has no ${ids}` },
          "Correct stage_id, or remove the rows",
        );
      }
    },
  }),
];
