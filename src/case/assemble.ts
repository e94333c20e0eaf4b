/** Puts the checked files of a case together as one system with its settings. */
import type { JsonDocument } from "../files/mod.ts";
import type {
  Config,
  Horizon,
  InitialConditions,
  NoiseOpenings,
  OverrideTables,
  ScenarioTables,
  System,
} from "../model/mod.ts";
import { formatIsoDate } from "../numeric/mod.ts";
import type { Dialect } from "./case.ts";
import { buildEntities } from "./entities.ts";
import { EXCHANGE_FACTORS } from "./json/block_factors.ts";
import {
  INITIAL_CONDITIONS,
  type InitialV05,
  type InitialV18,
  toCommitments,
  toDefluences,
  toObservations,
  toPastInflows,
  toStorage,
} from "./json/initial_conditions.ts";
import type { FileReport, JsonFile } from "./json/issues.ts";
import { type OpenReport, openReport } from "./json/report.ts";
import type { ParsedFiles } from "./json_files.ts";
import { lagDepth, lagPeriods, pastInflowsFromRecords, runsOfPeriod } from "./past_inflows.ts";
import type { Problems } from "./problem.ts";
import { applyExchangeFactors } from "./table/override_rows.ts";
import type { CaseTables } from "./table/read_tables.ts";

/** The files of a case after their own checks. */
export interface CaseParts {
  readonly dialect: Dialect;
  readonly present: ReadonlySet<string>;
  readonly documents: ReadonlyMap<string, JsonDocument>;
  readonly parsed: ParsedFiles;
  readonly tables: CaseTables;
}

/** The system and its settings, or null where files contradict each other. */
export function assembleCase(
  parts: CaseParts,
  problems: Problems,
): { readonly system: System; readonly config: Config } | null {
  const { dialect, documents, parsed, tables } = parts;
  const { config, horizon, penalties, initial, entities } = parsed;
  const { buses, lines, hydros, thermals } = entities;
  if (
    config === null || horizon === null || penalties === null || initial === null ||
    buses === null || lines === null || hydros === null || thermals === null
  ) return null;

  const reports = new Map<string, OpenReport>();
  const report = (file: JsonFile): FileReport => {
    const known = reports.get(file.file);
    if (known !== undefined) return known;
    const opened = openReport(file, dialect, documents.get(file.file)!, problems);
    reports.set(file.file, opened);
    return opened;
  };

  const built = buildEntities({
    dialect,
    files: { ...entities, buses, lines, hydros, thermals },
    horizon,
    penalties,
    energyProductivity: tables.energyProductivity,
    genericBounds: tables.genericBounds,
    hydroPenalty: tables.overrides.hydroPenalty,
    report,
  });
  const { hydroPenalty, ...elements } = built;
  const scenarios: ScenarioTables = {
    ...tables.scenarios,
    noiseOpenings: noiseOpenings(parts, config, problems),
    loadFactors: parsed.loadFactors,
    sourceFactors: parsed.sourceFactors,
  };
  const overrides: OverrideTables = {
    ...tables.overrides,
    hydroPenalty,
    line: lineOverrides(parts, built.lines, horizon, report),
  };
  const system: System = {
    ...elements,
    horizon,
    initial: initialConditions(initial, horizon, scenarios, config, report),
    geometry: tables.geometry,
    fphaPlanes: tables.fphaPlanes,
    tailraceCurves: tables.tailraceCurves,
    energyProductivity: tables.energyProductivity,
    scenarios,
    correlation: parsed.correlation,
    overrides,
    postStudy: parsed.postStudy,
  };
  for (const opened of reports.values()) opened.close();
  return problems.hasErrors(2) ? null : { system, config };
}

/** The given opening tree, where the settings ask for it. */
function noiseOpenings(
  { dialect, tables }: CaseParts,
  config: Config,
  problems: Problems,
): NoiseOpenings | null {
  const file = "scenarios/noise_openings.parquet";
  const { noiseOpenings } = tables.scenarios;
  if (dialect === "v0.5") return noiseOpenings;
  const field = "training.scenario_source.openings.source";
  if (config.training.openings === "file" && noiseOpenings === null) {
    const message =
      `Cannot read ${file}: it does not exist, and config.json asks for it in ${field}`;
    problems.error(2, "MissingFile", message, { file, rule: "C17" });
  }
  if (config.training.openings === "generated" && noiseOpenings !== null) {
    const detail = `${field} of config.json is generated`;
    const message = `${file} has no effect: ${detail}`;
    problems.warning(2, "IgnoredInput", message, { file, rule: "L2.ignored_file", detail });
    return null;
  }
  return noiseOpenings;
}

/** Line overrides with the block factors of the v0.5 layout as rows in MW. */
function lineOverrides(
  { parsed, tables }: CaseParts,
  lines: System["lines"],
  horizon: Horizon,
  report: (file: JsonFile) => FileReport,
): OverrideTables["line"] {
  const factors = parsed.exchangeFactors;
  if (factors.length === 0) return tables.overrides.line;
  const lineIds = new Set(lines.map((line) => line.id));
  const blocks = new Map(horizon.stages.map((stage) => [stage.id, stage.blocks.length]));
  for (const { lineId, stageId, blockId, entry } of factors) {
    const count = blocks.get(stageId);
    const unknown = !lineIds.has(lineId)
      ? `line ${lineId}`
      : count === undefined
      ? `stage ${stageId}`
      : blockId >= count
      ? `block ${blockId} of stage ${stageId}`
      : null;
    if (unknown === null) continue;
    const detail = `there is no ${unknown}`;
    const message =
      `${EXCHANGE_FACTORS.file}: the factors of line ${lineId} in stage ${stageId}, ` +
      `block ${blockId} have no effect: ${detail}`;
    report(EXCHANGE_FACTORS).ignored("N-20", ["exchange_factors", entry], message, detail);
  }
  const known = factors.filter(({ stageId, blockId }) => blockId < (blocks.get(stageId) ?? 0));
  return applyExchangeFactors(tables.overrides.line, lines, known, horizon.stages);
}

/** The state at the start; inflows before the study become lags and the part of a period. */
function initialConditions(
  value: InitialV05 | InitialV18,
  horizon: Horizon,
  scenarios: ScenarioTables,
  config: Config,
  report: (file: JsonFile) => FileReport,
): InitialConditions {
  const depth = lagDepth(scenarios, config.estimation);
  const { running, past } = lagPeriods(horizon, depth);
  const observations = toObservations(value.recent_observations);
  const older = "past_inflows" in value;
  value.recent_observations.forEach((entry, index) => {
    const { startDay, endDay } = toObservations([entry])[0]!;
    const outside = endDay > running.endDay || older && startDay < running.startDay;
    if (!outside) return;
    const detail = older
      ? `only days from ${formatIsoDate(running.startDay)} to ${formatIsoDate(running.endDay)} ` +
        "belong to the period that is running when the study begins"
      : `the study begins on ${formatIsoDate(running.endDay)}`;
    const message = `${INITIAL_CONDITIONS.file}: recent_observations[${index}] from ` +
      `${entry.start_date} to ${entry.end_date} has days without effect: ${detail}`;
    report(INITIAL_CONDITIONS).ignored("I10", ["recent_observations", index], message, detail);
  });
  const history = older ? null : scenarios.inflowHistory;
  return {
    storage: toStorage(value.storage),
    fillingStorage: toStorage(value.filling_storage),
    pastInflows: older
      ? toPastInflows(value.past_inflows, depth)
      : pastInflowsFromRecords(history, observations, past),
    recentObservations: runsOfPeriod(history, observations, running),
    pastCommitments: older ? [] : toCommitments(value.past_anticipated_commitments),
    pastDefluences: older ? [] : toDefluences(value.past_defluences),
  };
}
