/** Replaying years of the history. */
import { type Case, seasonOfDay } from "../../case/mod.ts";
import { civilFromDays } from "../../numeric/mod.ts";
import type { ScenarioSource } from "../../model/mod.ts";
import { highestLags } from "../inflow_models.ts";
import { type Rule, rule } from "../rule.ts";
import { counted, stageList } from "../wording.ts";

const HISTORY = "scenarios/inflow_history.parquet";
const ANNUAL_LAGS = 12;

/** Sections of the configuration that replay the history, and how they are to. */
function replays({ config }: Case): readonly (readonly [section: string, ScenarioSource])[] {
  const { training, simulation } = config;
  const sources = [
    ["training", training.scenarioSource],
    ["simulation", simulation.scenarioSource],
  ] as const;
  return sources.flatMap(([section, source]) =>
    source?.schemes.inflow === "historical" ? [[section, source] as const] : []
  );
}

/** Season and year, counted from that of the first stage, of each period of a window. */
interface WindowPeriod {
  readonly season: number;
  readonly yearOffset: number;
}

/** Periods that a window holds: the lags before the study, oldest first, then the stages. */
function windowPeriods({ system }: Case): readonly WindowPeriod[] | null {
  const { horizon, scenarios } = system;
  const stages: number[] = [];
  for (const { seasonId } of horizon.stages) {
    if (seasonId === null) return null;
    stages.push(seasonId);
  }
  const first = stages[0];
  if (first === undefined) return null;
  let depth = (scenarios.inflowAnnual?.rows ?? 0) > 0 ? ANNUAL_LAGS : 0;
  for (const lag of highestLags(scenarios.inflowCoefficients).values()) {
    depth = Math.max(depth, lag);
  }
  const count = stages.reduce((most, season) => Math.max(most, season), 0) + 1;
  const lags = Array.from(
    { length: depth },
    (_, lag) => ((first - depth + lag) % count + count) % count,
  );
  const periods: WindowPeriod[] = [];
  let year = 0;
  for (const [index, season] of [...lags, ...stages].entries()) {
    // A year begins where the number of the season falls; stages of one season share a year.
    const before = periods[index - 1]?.season;
    if (before !== undefined && (season < before || count === 1)) year++;
    periods.push({ season, yearOffset: year });
  }
  const start = periods[depth]!.yearOffset;
  return periods.map(({ season, yearOffset }) => ({ season, yearOffset: yearOffset - start }));
}

/** First years of the windows for which every hydro is observed throughout. */
function completeWindows(input: Case, source: ScenarioSource): readonly number[] {
  const { horizon, scenarios, hydros } = input.system;
  const history = scenarios.inflowHistory;
  const periods = windowPeriods(input);
  if (history === null || periods === null) return [];
  const seasonOf = (day: number): number | null =>
    horizon.seasons === null
      ? civilFromDays(day).month - 1
      : seasonOfDay(horizon.seasons, day)?.id ?? null;
  const seasons = new Map<number, readonly [year: number, season: number] | null>();
  const observed = new Map<number, Set<string>>(hydros.map((hydro) => [hydro.id, new Set()]));
  const years = new Set<number>();
  for (let row = 0; row < history.rows; row++) {
    const day = history.start_day[row]!;
    let at = seasons.get(day);
    if (at === undefined) {
      const season = seasonOf(day);
      at = season === null ? null : [civilFromDays(day).year, season];
      seasons.set(day, at);
    }
    if (at === null) continue;
    years.add(at[0]);
    observed.get(history.hydro_id[row]!)?.add(`${at[0]},${at[1]}`);
  }
  return candidates(source, years).filter((year) =>
    [...observed.values()].every((cells) =>
      periods.every(({ season, yearOffset }) => cells.has(`${year + yearOffset},${season}`))
    )
  );
}

/** Years that the configuration asks for, or all that the history has. */
function candidates(
  { historicalYears: wanted }: ScenarioSource,
  years: ReadonlySet<number>,
): readonly number[] {
  const all = [...years].sort((a, b) => a - b);
  if (wanted === null) return all;
  if ("from" in wanted) return all.filter((year) => year >= wanted.from && year <= wanted.to);
  return all.filter((year) => wanted.includes(year));
}

function schemePath(section: string): readonly string[] {
  return [section, "scenario_source", "inflow", "scheme"];
}

const seasons = rule({
  id: "G9.season",
  layer: 5,
  kind: "StageMismatch",
  severity: "error",
  file: "stages.json",
  description: "Every stage has a season when the history is replayed",
  check(input, report) {
    if (replays(input).length === 0) return;
    const { stages } = input.system.horizon;
    const open = stages.filter((stage) => stage.seasonId === null);
    if (open.length === 0) return;
    report.found(
      `The history is replayed by season, but ${stageList(open.map(({ id }) => id))} has no ` +
        "season_id",
      {
        path: ["stages", stages.indexOf(open[0]!)],
        stage_id: open[0]!.id,
        detail: "no season_id",
      },
      "Give a season_id, or declare season_definitions",
    );
  },
});

const windows = rule({
  id: "G9",
  layer: 5,
  kind: "CoverageMismatch",
  severity: "error",
  file: "config.json",
  description: "The history has a year from which the whole study can be replayed",
  check(input, report) {
    if (windowPeriods(input) === null) return;
    for (const [section, source] of replays(input)) {
      if (completeWindows(input, source).length > 0) continue;
      report.found(
        `The history is replayed in ${section}, but ${HISTORY} has no year with every hydro ` +
          "observed from the lags before the study to its last stage",
        {
          path: schemePath(section),
          missing_dimension: "year",
          expected_coverage: "one complete window",
        },
        "Extend the history, correct historical_years, or use another scheme",
      );
    }
  },
});

const fewWindows = rule({
  id: "G9.few",
  layer: 5,
  kind: "PhysicalConstraint",
  severity: "warning",
  file: "config.json",
  description: "The history has as many years to replay as there are forward passes",
  check(input, report) {
    const { selection, scenarioSource: source } = input.config.training;
    if (source.schemes.inflow !== "historical" || selection.method !== "sampled") return;
    const count = completeWindows(input, source).length;
    if (count === 0 || count >= selection.count) return;
    report.found(
      `The history has ${counted(count, "year")} to replay for ${selection.count} forward ` +
        "passes, so that trajectories repeat",
      { path: schemePath("training"), detail: `${count} complete windows` },
      "Extend the history, or use fewer forward passes",
    );
  },
});

/** The rules of replaying the history. */
export const rules: readonly Rule[] = [seasons, windows, fewWindows];
