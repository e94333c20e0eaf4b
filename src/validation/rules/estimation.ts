/** Fitting inflow models to the history. */
import { type Case, seasonOfDay } from "../../case/mod.ts";
import { civilFromDays, formatIsoDate } from "../../numeric/mod.ts";
import { isEstimating, usedSeasons } from "../inflow_models.ts";
import { rawPath } from "../raw_json.ts";
import { type Rule, rule } from "../rule.ts";
import { counted, listed, named, namedById } from "../wording.ts";

const HISTORY = "scenarios/inflow_history.parquet";
const STAGES = "stages.json";

/** Observations of one hydro: how many there are per season and year. */
interface Observations {
  readonly hydroId: number;
  /** By season, by year. */
  readonly counts: ReadonlyMap<number, ReadonlyMap<number, number>>;
}

/** Season and year of a day. */
interface Cell {
  readonly season: number;
  readonly year: number;
}

/** The history by hydro and season, and the days that no season holds. */
interface SortedHistory {
  readonly hydros: readonly Observations[];
  /** First days of observations, each once. */
  readonly days: readonly number[];
  readonly strayDays: readonly number[];
}

/** Sorts the history into seasons; null where nothing is fitted or seasons are not declared. */
function sortHistory({ system }: Case): SortedHistory | null {
  const { horizon, scenarios } = system;
  const history = scenarios.inflowHistory;
  if (!isEstimating(scenarios) || history === null || horizon.seasons === null) return null;
  const cycle = horizon.seasons;
  const inStages = [...horizon.preStudyStages, ...horizon.stages]
    .filter((stage) => stage.seasonId !== null)
    .sort((a, b) => a.startDay - b.startDay);
  // Hydros share their days, so that the calendar is asked once for each.
  const cells = new Map<number, Cell | null>();
  const cellOf = (day: number): Cell | null => {
    let cell = cells.get(day);
    if (cell === undefined) {
      const stage = inStages.findLast((stage) => stage.startDay <= day);
      const season = stage !== undefined && day < stage.endDay
        ? stage.seasonId
        : seasonOfDay(cycle, day)?.id ?? null;
      cell = season === null ? null : { season, year: civilFromDays(day).year };
      cells.set(day, cell);
    }
    return cell;
  };
  const byHydro = new Map<number, Map<number, Map<number, number>>>();
  const stray = new Set<number>();
  const { rows, hydro_id, start_day } = history;
  let counts = new Map<number, Map<number, number>>();
  for (let row = 0; row < rows; row++) {
    if (row === 0 || hydro_id[row] !== hydro_id[row - 1]) {
      byHydro.set(hydro_id[row]!, counts = new Map());
    }
    const cell = cellOf(start_day[row]!);
    if (cell === null) {
      stray.add(start_day[row]!);
      continue;
    }
    let years = counts.get(cell.season);
    if (years === undefined) counts.set(cell.season, years = new Map());
    years.set(cell.year, (years.get(cell.year) ?? 0) + 1);
  }
  return {
    hydros: [...byHydro].map(([hydroId, counts]) => ({ hydroId, counts })),
    days: [...cells.keys()],
    strayDays: [...stray].sort((a, b) => a - b),
  };
}

/** Years with an observation of the season; several in one year make one value. */
function yearsOf({ counts }: Observations, season: number): number {
  return counts.get(season)?.size ?? 0;
}

/**
 * Seasons that days of observations are sorted into. Beside months, quarters are none of these: they
 * are fitted to the means of their months.
 */
function observedSeasons(history: SortedHistory): ReadonlySet<number> {
  return new Set(history.hydros.flatMap(({ counts }) => [...counts.keys()]));
}

/** Seasons of stages that some observation belongs to. */
function fittedSeasons(input: Case, history: SortedHistory): readonly number[] {
  const observed = observedSeasons(history);
  return usedSeasons(input.system).filter((season) => observed.has(season));
}

const needsSeasons = rule({
  id: "S19",
  layer: 5,
  kind: "IncompatibleSettings",
  severity: "error",
  file: STAGES,
  description: "Fitting inflow models to a history needs season_definitions",
  check({ system }, report) {
    if (!isEstimating(system.scenarios) || system.horizon.seasons !== null) return;
    report.found(
      `${HISTORY} is given without complete inflow models, so that these are fitted, but ` +
        `${STAGES} has no season_definitions`,
      {
        path: [],
        settings: ["season_definitions", HISTORY],
        detail: "observations are sorted by season",
      },
      "Declare season_definitions, or give inflow_seasonal_stats and inflow_ar_coefficients",
    );
  },
});

const fewObservations = rule({
  id: "S20",
  layer: 5,
  kind: "PhysicalConstraint",
  severity: "warning",
  file: HISTORY,
  description: "Every hydro has min_observations_per_season observed years in every season",
  check(input, report) {
    const history = sortHistory(input);
    if (history === null) return;
    const wanted = input.config.estimation.minObservationsPerSeason;
    const seasons = fittedSeasons(input, history);
    for (const observations of history.hydros) {
      // A single observation is an error of its own.
      const few = seasons.map((season) => [season, yearsOf(observations, season)] as const)
        .filter(([, years]) => years < wanted && years !== 1);
      if (few.length === 0) continue;
      const who = namedById("Hydro", observations.hydroId, input.system.hydros);
      const items = few.map(([season, years]) => `${years} in season ${season}`);
      report.found(
        `${who} has fewer than ${counted(wanted, "observed year")}: ${listed(items)}`,
        { entity_id: observations.hydroId, detail: "the fit rests on few observations" },
        "Extend the history, or lower estimation.min_observations_per_season",
      );
    }
  },
});

const noObservation = rule({
  id: "S21",
  layer: 5,
  kind: "CoverageMismatch",
  severity: "error",
  file: HISTORY,
  description: "Every hydro has an observation when inflow models are fitted",
  check({ system }, report) {
    if (!isEstimating(system.scenarios)) return;
    const observed = new Set(system.scenarios.inflowHistory?.hydro_id);
    for (const hydro of system.hydros) {
      if (observed.has(hydro.id)) continue;
      report.found(
        `${named("Hydro", hydro)} has no observation in ${HISTORY}, from which inflow models ` +
          "are fitted",
        {
          entity_id: hydro.id,
          missing_dimension: "hydro_id",
          expected_coverage: "observations of every hydro",
        },
        "Add the observations of the hydro, or give its models by stage",
      );
    }
  },
});

const oneObservation = rule({
  id: "G4",
  layer: 5,
  kind: "CoverageMismatch",
  severity: "error",
  file: HISTORY,
  description: "A season that is fitted has observations in at least two years",
  check(input, report) {
    const history = sortHistory(input);
    if (history === null) return;
    const seasons = fittedSeasons(input, history);
    for (const observations of history.hydros) {
      const single = seasons.filter((season) => yearsOf(observations, season) === 1);
      if (single.length === 0) continue;
      const who = namedById("Hydro", observations.hydroId, input.system.hydros);
      report.found(
        `${who} has observations in a single year for ${counted(single.length, "season")} ` +
          `(${listed(single)}), expected two years for a deviation`,
        {
          entity_id: observations.hydroId,
          missing_dimension: "year",
          expected_coverage: "two years in each season",
        },
        "Extend the history",
      );
    }
  },
});

const strayDates = rule({
  id: "G4.season",
  layer: 5,
  kind: "CoverageMismatch",
  severity: "error",
  file: HISTORY,
  description: "Every observation belongs to a season when inflow models are fitted",
  check(input, report) {
    const days = sortHistory(input)?.strayDays ?? [];
    if (days.length === 0) return;
    report.found(
      `${HISTORY} has observations from ${listed(days.map(formatIsoDate))}, which no season holds`,
      { missing_dimension: "season_id", expected_coverage: "every day of the history" },
      "Extend season_definitions over these days, or remove the observations",
    );
  },
});

const unobservedSeason = rule({
  id: "S28",
  layer: 5,
  kind: "PhysicalConstraint",
  severity: "warning",
  file: STAGES,
  description: "A season of a stage has observations when inflow models are fitted",
  check(input, report) {
    const { horizon } = input.system;
    if (input.config.training.scenarioSource.schemes.inflow === "external") return;
    const history = sortHistory(input);
    if (history === null) return;
    const observed = observedSeasons(history);
    const { type, seasons } = horizon.seasons!;
    for (const season of usedSeasons(input.system)) {
      const declared = seasons.find(({ id }) => id === season);
      if (observed.has(season) || declared === undefined) continue;
      // Days that a shorter season takes, as those of a quarter beside months, count here too.
      const own = { type, seasons: [declared] };
      if (history.days.some((day) => seasonOfDay(own, day) !== null)) continue;
      const { label } = declared;
      report.found(
        `Season ${season} '${label}' has no observation of any hydro, so that inflows of its ` +
          "stages have no model and are 0",
        {
          entity_id: season,
          path: rawPath(input, STAGES, ["season_definitions", "seasons"], { id: season }),
          detail: "no observation in the season",
        },
        `Add observations of the season to ${HISTORY}, or give models for its stages`,
      );
    }
  },
});

const severalInSeason = rule({
  id: "S31a",
  layer: 5,
  kind: "PhysicalConstraint",
  severity: "warning",
  file: HISTORY,
  description: "A hydro has one observation per season and year; several are averaged",
  check(input, report) {
    for (const { hydroId, counts } of sortHistory(input)?.hydros ?? []) {
      const several = [...counts].flatMap(([season, years]) =>
        [...years].filter(([, count]) => count > 1).map(([year]) => ({ season, year }))
      );
      if (several.length === 0) continue;
      const who = namedById("Hydro", hydroId, input.system.hydros);
      const { season, year } = several[0]!;
      report.found(
        `${who} has several observations in ${counted(several.length, "season")} of the ` +
          `record, first in season ${season} of ${year}: each is averaged by days`,
        { entity_id: hydroId, detail: "several observations in one season" },
        "Check that the history is meant to be finer than the seasons",
      );
    }
  },
});

const gap = rule({
  id: "S31b",
  layer: 5,
  kind: "CoverageMismatch",
  severity: "error",
  file: HISTORY,
  description: "Years inside the record of a hydro have observations in every season",
  check(input, report) {
    const history = sortHistory(input);
    if (history === null) return;
    // Seasons that dates never lead to, such as quarters beside months, cannot be missed.
    const observed = [...observedSeasons(history)].sort((a, b) => a - b);
    for (const { hydroId, counts } of history.hydros) {
      const years = [...counts.values()].flatMap((byYear) => [...byYear.keys()]);
      const first = years.reduce((least, year) => Math.min(least, year), Infinity);
      const last = years.reduce((most, year) => Math.max(most, year), -Infinity);
      const missing: string[] = [];
      for (let year = first + 1; year < last; year++) {
        for (const season of observed) {
          if (!counts.get(season)?.has(year)) missing.push(`season ${season} of ${year}`);
        }
      }
      if (missing.length === 0) continue;
      const who = namedById("Hydro", hydroId, input.system.hydros);
      report.found(
        `${who} has a record from ${first} to ${last} without observation for ${listed(missing)}`,
        {
          entity_id: hydroId,
          missing_dimension: "season_id",
          expected_coverage: `every season from ${first + 1} to ${last - 1}`,
        },
        "Fill the gaps of the record, or cut it",
      );
    }
  },
});

/** The rules of fitting. */
export const rules: readonly Rule[] = [
  needsSeasons,
  fewObservations,
  noObservation,
  oneObservation,
  strayDates,
  unobservedSeason,
  severalInSeason,
  gap,
];
