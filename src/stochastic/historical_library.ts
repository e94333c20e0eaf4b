/** The noises with which the inflow models repeat years of the past. */
import type { Horizon, ScenarioSource } from "../model/mod.ts";
import { CobreError, type ErrorRecord, errorRecord } from "../protocol/mod.ts";
import { expectedInflow, noiseOfInflow } from "./inflow_equation.ts";
import type { InflowModels } from "./inflow_model.ts";
import { type Allocate, allocateOwn } from "./opening_tree.ts";
import type { SeasonHistory } from "./season_history.ts";
import { type SeasonOrder, seasonOrder } from "./season_order.ts";

/** Windows of the past, each as long as the study. */
export interface HistoricalLibrary {
  /** The year in which each window begins. */
  readonly years: readonly number[];
  readonly hydros: number;
  readonly lagDepth: number;
  /** Noise of hydro h at stage t in window w, at (w·T + t)·H + h. */
  readonly noise: Float64Array;
  /** Inflow (m³/s) of hydro h in the period ℓ before window w, at (w·L + ℓ − 1)·H + h. */
  readonly lags: Float64Array;
}

/** A cell of the history: a season, and the years from the first year of the window. */
interface Cell {
  readonly seasonId: number;
  readonly years: number;
}

/** A stage and the periods before it. */
interface StageCells {
  readonly own: Cell;
  readonly lags: readonly Cell[];
}

const FILE = "scenarios/inflow_history.parquet";
/** Stages of one season that begin within as many days belong to the same period. */
const HALF_A_YEAR = 183;
/** Impossible noises that are named one by one. */
const LISTED_PROBLEMS = 50;

/**
 * Finds the windows and the noises that make the models repeat them. A window begins in one of
 * `candidates`, or in any year of the history, and is valid when every hydro has an observation for
 * every stage and for all lags of all stages.
 */
export function historicalLibrary(
  horizon: Horizon,
  hydros: readonly { readonly id: number }[],
  models: InflowModels,
  history: SeasonHistory,
  candidates: ScenarioSource["historicalYears"],
  allocate: Allocate = allocateOwn,
): HistoricalLibrary {
  const cells = stageCells(horizon, models.lagDepth);
  const needed = new Map<string, Cell>();
  for (const { own, lags } of cells) {
    for (const cell of [own, ...lags]) needed.set(`${cell.seasonId},${cell.years}`, cell);
  }
  const required = [...needed.values()];
  const years = candidateYears(history, candidates).filter((year) =>
    required.every((cell) =>
      hydros.every((_, h) => history.value(h, cell.seasonId, year + cell.years) !== undefined)
    )
  );
  if (years.length === 0) throw noWindows(history, candidates);
  const T = horizon.stages.length;
  const H = hydros.length;
  const L = models.lagDepth;
  const noise = allocate(years.length * T * H);
  const lags = allocate(years.length * L * H);
  const problems: ErrorRecord[] = [];
  const before = new Float64Array(L * H);
  const expected = new Float64Array(H);
  const observed = (cell: Cell, h: number, year: number): number =>
    history.value(h, cell.seasonId, year + cell.years)!;
  years.forEach((year, w) => {
    cells.forEach(({ own, lags: earlier }, t) => {
      earlier.forEach((cell, lag) => {
        for (let h = 0; h < H; h++) before[lag * H + h] = observed(cell, h, year);
      });
      if (t === 0) lags.set(before, w * L * H);
      expectedInflow(models, t, before, expected);
      for (let h = 0; h < H; h++) {
        const wanted = observed(own, h, year);
        const value = noiseOfInflow(models.sigma[t * H + h]!, expected[h]!, wanted);
        noise[(w * T + t) * H + h] = value;
        if (Number.isFinite(value) || problems.length >= LISTED_PROBLEMS) continue;
        problems.push(errorRecord(
          "PhysicalConstraint",
          `Hydro ${hydros[h]!.id} had ${wanted} m³/s in season ${own.seasonId} of ` +
            `${year + own.years}, which its model cannot give in stage ${horizon.stages[t]!.id}: ` +
            `it has no noise and gives ${expected[h]!} m³/s`,
          { file: FILE, entity_id: hydros[h]!.id, detail: "deviation of the noise is 0" },
        ));
      }
    });
  });
  const [first, ...more] = problems;
  if (first !== undefined) throw new CobreError([first, ...more]);
  return { years, hydros: H, lagDepth: L, noise, lags };
}

function candidateYears(
  history: SeasonHistory,
  candidates: ScenarioSource["historicalYears"],
): readonly number[] {
  if (candidates === null) return history.years;
  if ("from" in candidates) {
    const { from, to } = candidates;
    return history.years.filter((year) => year >= from && year <= to);
  }
  return [...new Set(candidates)].sort((a, b) => a - b);
}

function noWindows(
  { years }: SeasonHistory,
  candidates: ScenarioSource["historicalYears"],
): CobreError {
  const span = years.length === 0 ? "nothing" : `${years[0]} to ${years.at(-1)}`;
  const asked = candidates === null ? "" : ` that begins in the given historical_years`;
  return CobreError.of(
    "CoverageMismatch",
    `No window of the inflow history${asked} covers all stages and lags for every hydro; the ` +
      `history holds ${span}`,
    {
      file: FILE,
      missing_dimension: "years",
      expected_coverage: "observations of every hydro for each season of the study and its lags",
    },
  );
}

/**
 * The season and year of every stage and of its lags. The year goes up when the season turns back,
 * and when a season comes again after more than half a year.
 */
function stageCells({ stages, ...rest }: Horizon, lagDepth: number): StageCells[] {
  const order = seasonOrder({ stages, ...rest });
  const without = stages.filter(({ seasonId }) => seasonId === null).map(({ id }) => id);
  if (without.length > 0) {
    throw CobreError.of(
      "StageMismatch",
      `Historical windows need the season of every stage; stages ${without.join(", ")} have none`,
      { file: "stages.json", stage_id: without[0]!, detail: "season_id is missing" },
    );
  }
  let years = 0;
  return stages.map(({ seasonId, startDay }, t) => {
    const previous = stages[t - 1];
    if (previous !== undefined) {
      const turned = seasonId! < previous.seasonId!;
      const again = seasonId === previous.seasonId && startDay - previous.startDay > HALF_A_YEAR;
      if (turned || again) years++;
    }
    const own = { seasonId: seasonId!, years };
    const lags = Array.from({ length: lagDepth }, (_, lag) => earlierCell(order, own, lag + 1));
    return { own, lags };
  });
}

function earlierCell(order: SeasonOrder, own: Cell, periods: number): Cell {
  const earlier = order.before(own.seasonId, periods);
  // A season that no cycle holds comes once a year.
  if (earlier === null) return { seasonId: own.seasonId, years: own.years - periods };
  return { seasonId: earlier.seasonId, years: own.years - earlier.years };
}
