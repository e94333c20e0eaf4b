/** The inflow models of a study, given or fitted: what the rest of the program starts from. */
import type {
  Config,
  Correlation,
  Horizon,
  InflowCoefficients,
  InflowStats,
  System,
} from "../model/mod.ts";
import { CobreError, type ErrorRecord, errorRecord } from "../protocol/mod.ts";
import { estimateInflows } from "./estimation/estimate_inflows.ts";
import {
  fittedRows,
  rowsOnGivenMoments,
  type SeasonModels,
  seasonModels,
  seasonOfStageId,
} from "./estimation/estimated_rows.ts";
import { givenMomentWarnings, recordWarnings } from "./estimation/fit_warnings.ts";
import { type FittingReport, fittingReport } from "./estimation/fitting_report.ts";
import { residualCorrelation } from "./estimation/residual_correlation.ts";
import { buildInflowModels, type InflowModels } from "./inflow_model.ts";
import { type InflowModelRow, joinInflowTables } from "./inflow_rows.ts";
import { estimationPath, type ModelProvenance, pathSources } from "./model_provenance.ts";
import { noiseLayout } from "./noise_layout.ts";
import { type Allocate, allocateOwn } from "./opening_tree.ts";
import type { CalendarRules } from "./season_calendar.ts";
import { inflowStatsTable } from "./stochastic_tables.ts";

/** Inflow models, ready for use, and everything that was found out on the way to them. */
export interface PreparedInflows {
  readonly models: InflowModels;
  /** The models as rows, by hydro and stage, stages before the study included. */
  readonly rows: readonly InflowModelRow[];
  /** Given, fitted, or null for independent noises. */
  readonly correlation: Correlation | null;
  readonly provenance: ModelProvenance;
  /** Null where nothing was fitted. */
  readonly fitting: FittingReport | null;
  readonly warnings: readonly ErrorRecord[];
}

/** What a system must tell about itself to have inflow models. */
export type InflowSystem = Pick<
  System,
  "hydros" | "buses" | "sources" | "horizon" | "scenarios" | "correlation" | "initial"
>;

/**
 * Prepares the models: what the case gives is taken as it is, what it does not give is fitted to its
 * history. A correlation that the case gives always counts; where models were fitted without one, it
 * is that of their residuals.
 */
export function prepareInflowModels(
  system: InflowSystem,
  { estimation }: Pick<Config, "estimation">,
  rules: CalendarRules,
  allocate: Allocate = allocateOwn,
): PreparedInflows {
  const { hydros, horizon, scenarios } = system;
  const path = estimationPath(scenarios);
  const fitted = path === "full_estimation" || path === "user_ar_history_stats" ||
      path === "partial_estimation"
    ? fit(system, estimation, rules)
    : null;
  const rows = fitted?.rows ?? joinInflowTables(scenarios);
  const { models, warnings } = buildInflowModels(horizon, hydros, rows, rules, allocate);
  const correlation = system.correlation ?? fitted?.correlation ?? null;
  const { stats, coefficients } = pathSources(path);
  const fitsOrders = coefficients === "estimated";
  const { dim } = noiseLayout(system);
  const orders = Object.values(fitted?.fitting.hydros ?? {}).map((hydro) => hydro.selected_order);
  const provenance: ModelProvenance = {
    estimation_path: path,
    seasonal_stats_source: stats,
    ar_coefficients_source: coefficients,
    correlation_source: correlation === null || dim === 0
      ? "n/a"
      : system.correlation === null
      ? "estimated"
      : "user_file",
    opening_tree_source: scenarios.noiseOpenings !== null
      ? "user_file"
      : dim > 0
      ? "estimated"
      : "n/a",
    n_hydros: hydros.length,
    ar_method: !fitsOrders
      ? null
      : estimation.orderSelection === "pacf_annual"
      ? "PACF_ANNUAL"
      : "PACF",
    ar_max_order: fitsOrders ? Math.max(0, ...orders) : null,
    white_noise_fallbacks: fitted?.withoutFit ?? [],
  };
  return {
    models,
    rows,
    correlation,
    provenance,
    fitting: fitted?.fitting ?? null,
    warnings: [...fitted?.warnings ?? [], ...warnings],
  };
}

interface Fitted {
  readonly rows: readonly InflowModelRow[];
  readonly correlation: Correlation;
  readonly fitting: FittingReport;
  readonly withoutFit: readonly number[];
  readonly warnings: readonly ErrorRecord[];
}

function fit(
  { hydros, horizon, scenarios, initial }: InflowSystem,
  estimation: Config["estimation"],
  rules: CalendarRules,
): Fitted {
  const { inflowHistory, inflowStats, inflowCoefficients } = scenarios;
  if (inflowStats === null) requireSeasons(horizon);
  // Given coefficients leave nothing to choose; only the moments of the record count.
  const settings = inflowCoefficients === null
    ? estimation
    : { ...estimation, maxOrder: 0, orderSelection: "pacf" as const };
  const estimates = estimateInflows(inflowHistory!, horizon, hydros, settings, rules);
  const models = seasonModels(estimates);
  const seasonOf = seasonOfStageId(horizon);
  const warnings = recordWarnings(models);
  if (inflowStats !== null) {
    const withoutFit = fallbacks(inflowStats, models);
    const firstStageId = horizon.stages[0]?.id ?? 0;
    warnings.push(
      ...givenMomentWarnings(inflowStats, models, initial.pastInflows, firstStageId, seasonOf),
    );
    return {
      rows: rowsOnGivenMoments(inflowStats, models, horizon),
      correlation: residualCorrelation(estimates, horizon),
      fitting: fittingReport(estimates),
      withoutFit,
      warnings,
    };
  }
  requireObservations(hydros, models);
  if (inflowCoefficients === null) {
    return {
      rows: fittedRows(models, horizon),
      correlation: residualCorrelation(estimates, horizon),
      fitting: fittingReport(estimates),
      withoutFit: [],
      warnings,
    };
  }
  const given = coefficientsBySeason(inflowCoefficients, seasonOf);
  return {
    rows: joinInflowTables({
      inflowStats: inflowStatsTable(fittedRows(withLags(models, given), horizon)),
      inflowCoefficients,
      inflowAnnual: null,
    }),
    correlation: residualCorrelation(
      estimates,
      horizon,
      (hydroId, seasonId) => given.get(`${hydroId},${seasonId}`) ?? [],
    ),
    fitting: { hydros: {} },
    withoutFit: [],
    warnings,
  };
}

/** Given coefficients by hydro and season, those of the first stage that has the season. */
function coefficientsBySeason(
  table: InflowCoefficients,
  seasonOf: (stageId: number) => number | null,
): ReadonlyMap<string, readonly number[]> {
  const owners = new Map<string, number>();
  const found = new Map<string, number[]>();
  for (let row = 0; row < table.rows; row++) {
    const stageId = table.stage_id[row]!;
    const key = `${table.hydro_id[row]},${seasonOf(stageId)}`;
    const owner = owners.get(key) ?? stageId;
    owners.set(key, owner);
    if (owner !== stageId) continue;
    const values = found.get(key) ?? [];
    found.set(key, values);
    while (values.length < table.lag[row]! - 1) values.push(0);
    values[table.lag[row]! - 1] = table.coefficient[row]!;
  }
  return found;
}

/** The season models with given coefficients, so that rows reach as far back as these. */
function withLags(
  models: SeasonModels,
  given: ReadonlyMap<string, readonly number[]>,
): SeasonModels {
  return new Map([...models].map(([hydroId, seasons]) => [
    hydroId,
    new Map([...seasons].map(([seasonId, model]) => [
      seasonId,
      { ...model, coefficients: given.get(`${hydroId},${seasonId}`) ?? [] },
    ])),
  ]));
}

/** Hydros with given moments of which nothing was observed; observed ones need given moments. */
function fallbacks(stats: InflowStats, models: SeasonModels): number[] {
  const given = new Set(stats.hydro_id);
  const missing = [...models.keys()].filter((hydroId) => !given.has(hydroId));
  if (missing.length > 0) {
    throw CobreError.of(
      "CoverageMismatch",
      "Cannot put fitted coefficients on the given moments: hydros with a history have no rows in " +
        `scenarios/inflow_seasonal_stats.parquet: ${missing.join(", ")}`,
      {
        file: "scenarios/inflow_seasonal_stats.parquet",
        entity_id: missing[0]!,
        missing_dimension: "hydro_id",
        expected_coverage: "every hydro of scenarios/inflow_history.parquet",
      },
      "Add the moments of these hydros, or remove the file so that all are fitted",
    );
  }
  return [...given].filter((hydroId) => !models.has(hydroId)).sort((a, b) => a - b);
}

function requireSeasons({ stages, seasons }: Horizon): void {
  const without = stages.filter(({ seasonId }) => seasonId === null).map(({ id }) => id);
  if (without.length === 0 || seasons === null) return;
  throw CobreError.of(
    "StageMismatch",
    `Cannot fit inflow models for stages that have no season: ${without.join(", ")}`,
    { file: "stages.json", stage_id: without[0]!, detail: "season_id is missing" },
    "Give season_id for every stage, or give the models by stage",
  );
}

function requireObservations(
  hydros: readonly { readonly id: number }[],
  models: SeasonModels,
): void {
  const problems = hydros.filter(({ id }) => !models.has(id)).map(({ id }) =>
    errorRecord(
      "CoverageMismatch",
      `Cannot fit an inflow model for hydro ${id}: scenarios/inflow_history.parquet has no ` +
        "observation of it",
      {
        file: "scenarios/inflow_history.parquet",
        entity_id: id,
        missing_dimension: "hydro_id",
        expected_coverage: "observations of every hydro",
      },
      "Add the observations of the hydro, or give its models by stage",
    )
  );
  const [first, ...more] = problems;
  if (first !== undefined) throw new CobreError([first, ...more]);
}
