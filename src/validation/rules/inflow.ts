/** Given inflow models: moments and coefficients. */
import { coefficientRuns, groupBy, highestLags, HydroStageRows } from "../inflow_models.ts";
import { type Rule, rule } from "../rule.ts";
import { counted, namedById, stageList } from "../wording.ts";

const STATS = "scenarios/inflow_seasonal_stats.parquet";
const COEFFICIENTS = "scenarios/inflow_ar_coefficients.parquet";

/** Below this share of the variance the noise of a model is nearly nothing. */
const LEAST_NOISE_SHARE = 0.01;

const deterministic = rule({
  id: "S12",
  layer: 5,
  kind: "PhysicalConstraint",
  severity: "warning",
  file: STATS,
  description: "Inflows have a deviation above 0, else they are the same in every scenario",
  check({ system, config }, report) {
    const { inflowStats: stats, inflowCoefficients } = system.scenarios;
    // External scenarios differ whatever the moments say.
    if (stats === null || config.training.scenarioSource.schemes.inflow === "external") return;
    // Where there are coefficients, a deviation of 0 is an error.
    const coefficients = new HydroStageRows(inflowCoefficients);
    const rows = [...stats.std_m3s.keys()].filter((row) =>
      stats.std_m3s[row] === 0 &&
      coefficients.get(stats.hydro_id[row]!, stats.stage_id[row]!) === undefined
    );
    const byHydro = groupBy(rows, (row) => stats.hydro_id[row]!, (row) => stats.stage_id[row]!);
    for (const [hydroId, stages] of byHydro) {
      const who = namedById("Hydro", hydroId, system.hydros);
      const detail = "deviation 0: the same inflow in every scenario";
      report.found(
        `${who} has std_m3s 0 at ${
          stageList(stages)
        }, so that its inflow is the same in every scenario`,
        { entity_id: hydroId, detail },
        "Check that the inflow is meant to be deterministic",
      );
    }
  },
});

const ratios = rule({
  id: "S13",
  layer: 5,
  kind: "PhysicalConstraint",
  severity: "error",
  file: COEFFICIENTS,
  description: "All lags of a hydro and stage have the same residual_std_ratio",
  check({ system }, report) {
    const table = system.scenarios.inflowCoefficients;
    for (const { hydroId, stageId, from, to } of coefficientRuns(table)) {
      const values = table!.residual_std_ratio.subarray(from, to);
      const other = values.find((value) => Math.abs(value - values[0]!) > Number.EPSILON);
      if (other === undefined) continue;
      const who = namedById("Hydro", hydroId, system.hydros);
      report.found(
        `${who} has residual_std_ratio ${values[0]} and ${other} at stage ${stageId}, ` +
          "expected the same value in all lags",
        { entity_id: hydroId, detail: `ratios differ at stage ${stageId}` },
        "Repeat the ratio of the model in the row of every lag",
      );
    }
  },
});

const noDeviation = rule({
  id: "G3",
  layer: 5,
  kind: "PhysicalConstraint",
  severity: "error",
  file: STATS,
  description: "A hydro has a deviation above 0 where its inflow model has coefficients",
  check({ system }, report) {
    const { inflowStats: stats, inflowCoefficients } = system.scenarios;
    const rows = new HydroStageRows(stats);
    const runs = [...coefficientRuns(inflowCoefficients)].filter(({ hydroId, stageId }) => {
      const row = rows.get(hydroId, stageId);
      return row !== undefined && stats!.std_m3s[row] === 0;
    });
    for (const [hydroId, stages] of groupBy(runs, (run) => run.hydroId, (run) => run.stageId)) {
      const who = namedById("Hydro", hydroId, system.hydros);
      report.found(
        `${who} has autoregressive coefficients but std_m3s 0 at ${stageList(stages)}`,
        { entity_id: hydroId, detail: "coefficients are scaled by the deviation, which is 0" },
        "Give a deviation above 0, or remove the coefficients of these stages",
      );
    }
  },
});

const noSeason = rule({
  id: "G3.season",
  layer: 5,
  kind: "StageMismatch",
  severity: "error",
  file: "stages.json",
  description: "A stage has a season where an inflow model has coefficients or an annual part",
  check({ system }, report) {
    const { inflowCoefficients, inflowAnnual } = system.scenarios;
    const modelled = new Set<number>(inflowCoefficients?.stage_id ?? []);
    for (const stageId of inflowAnnual?.stage_id ?? []) modelled.add(stageId);
    const open = system.horizon.stages.filter((stage) =>
      stage.seasonId === null && modelled.has(stage.id)
    );
    if (open.length === 0) return;
    const stages = stageList(open.map((stage) => stage.id));
    const position = system.horizon.stages.indexOf(open[0]!);
    report.found(
      `The inflow models of ${stages} look back over seasons, but no season_id is given there`,
      {
        path: ["stages", position],
        stage_id: open[0]!.id,
        detail: `no season_id at ${stages}`,
      },
      "Give a season_id, or declare season_definitions",
    );
  },
});

const littleNoise = rule({
  id: "G3.variance",
  layer: 5,
  kind: "PhysicalConstraint",
  severity: "warning",
  file: COEFFICIENTS,
  description: "The noise of an inflow model brings at least 1 % of its variance",
  check({ system }, report) {
    const table = system.scenarios.inflowCoefficients;
    const runs = [...coefficientRuns(table)].filter(({ from }) =>
      table!.residual_std_ratio[from]! ** 2 < LEAST_NOISE_SHARE
    );
    for (const [hydroId, stages] of groupBy(runs, (run) => run.hydroId, (run) => run.stageId)) {
      const who = namedById("Hydro", hydroId, system.hydros);
      report.found(
        `${who} has an inflow model at ${stageList(stages)} whose noise brings less than 1 % ` +
          "of the variance, so that the past nearly decides the inflow",
        { entity_id: hydroId, detail: "residual_std_ratio below 0.1" },
        "Check the coefficients of these stages",
      );
    }
  },
});

const lagsOff = rule({
  id: "semantic.5b.34",
  layer: 5,
  kind: "PhysicalConstraint",
  severity: "warning",
  file: "stages.json",
  description: "v0.18: some stage has inflow_lags when inflow models have coefficients",
  check({ system, dialect }, report) {
    if (dialect === "v0.5" || system.horizon.stages.some((stage) => stage.stateInflowLags)) return;
    const lags = highestLags(system.scenarios.inflowCoefficients);
    if (lags.size === 0) return;
    report.found(
      `No stage has state_variables.inflow_lags, but ${counted(lags.size, "hydro")} have inflow ` +
        "models with lags",
      { path: ["stages", 0], detail: "inflow_lags off in all stages" },
      "Set inflow_lags in the stages, or remove the coefficients",
    );
  },
});

/** The rules of given inflow models. */
export const rules: readonly Rule[] = [
  deterministic,
  ratios,
  noDeviation,
  noSeason,
  littleNoise,
  lagsOff,
];
