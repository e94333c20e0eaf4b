/** Spatial correlation of the noises, from what the models leave unexplained of the history. */
import type { Correlation, CorrelationGroup, Horizon } from "../../model/mod.ts";
import { meanOfYear, YEAR } from "./annual_term.ts";
import type { CycleEstimate, HydroEstimate } from "./estimate_inflows.ts";
import { placeOf } from "./periodic_correlation.ts";
import { valueAt } from "./seasonal_record.ts";

/** Pairs of residuals below which a season has no matrix of its own. */
const ENOUGH_PAIRS = 30;

/** What a hydro's models leave unexplained, by period from the first; `NaN` where not known. */
interface Residuals {
  readonly hydroId: number;
  readonly first: number;
  readonly values: Float64Array;
}

/**
 * The correlation of the noises: one matrix over all seasons, named `default` for the first cycle,
 * and one for each season in which every two hydros have enough residuals in common. `coefficients`
 * gives other standardised coefficients than the fitted ones, without annual term.
 */
export function residualCorrelation(
  estimates: readonly CycleEstimate[],
  { stages, preStudyStages }: Pick<Horizon, "stages" | "preStudyStages">,
  coefficients: ((hydroId: number, seasonId: number) => readonly number[]) | null = null,
): Correlation {
  const profiles: { name: string; groups: CorrelationGroup[] }[] = [];
  const profileOf = new Map<number, string>();
  const largestId = Math.max(
    0,
    ...estimates.flatMap(({ calendar }) => calendar.seasonIds),
  );
  const digits = String(largestId).length;
  estimates.forEach((estimate, at) => {
    const { calendar: { seasonIds }, hydros } = estimate;
    const residuals = hydros.map((hydro) => residualsOf(hydro, seasonIds, coefficients));
    const pooled = at === 0 ? "default" : `cycle_${at}`;
    const ids = residuals.map(({ hydroId }) => hydroId);
    profiles.push({ name: pooled, groups: groupsOf(ids, matrixOf(residuals, null).matrix) });
    seasonIds.forEach((seasonId, place) => {
      if (at > 0) profileOf.set(seasonId, pooled);
      if (seasonIds.length === 1 || ids.length === 0) return;
      const season = { place, seasons: seasonIds.length };
      const { matrix, pairs } = matrixOf(residuals, season);
      if (pairs < ENOUGH_PAIRS) return;
      const name = `season_${String(seasonId).padStart(digits, "0")}`;
      profiles.push({ name, groups: groupsOf(ids, matrix) });
      profileOf.set(seasonId, name);
    });
  });
  const schedule = [...preStudyStages, ...stages].flatMap(({ id: stageId, seasonId }) => {
    const profile = seasonId === null ? undefined : profileOf.get(seasonId);
    return profile === undefined ? [] : [{ stageId, profile }];
  }).sort((a, b) => a.stageId - b.stageId);
  profiles.sort((a, b) => a.name < b.name ? -1 : 1);
  return { method: "spectral", profiles, schedule };
}

function groupsOf(
  ids: readonly number[],
  matrix: readonly (readonly number[])[],
): CorrelationGroup[] {
  if (ids.length === 0) return [];
  return [{ name: "default", entities: ids.map((id) => ({ type: "inflow", id })), matrix }];
}

/**
 * The residuals of a hydro in units of the deviation of each season. The annual mean before the
 * record has had a year counts as its expected value.
 */
function residualsOf(
  { hydroId, record, moments, fit, annual }: HydroEstimate,
  seasonIds: readonly number[],
  coefficients: ((hydroId: number, seasonId: number) => readonly number[]) | null,
): Residuals {
  const { seasons, first, values } = record;
  const standardised = (period: number): number => {
    const { meanM3s, stdM3s } = moments[placeOf(period, seasons)]!;
    const value = valueAt(record, period);
    return stdM3s === 0 ? value * 0 : (value - meanM3s) / stdM3s;
  };
  const residuals = values.map((_, at) => {
    const period = first + at;
    const place = placeOf(period, seasons);
    const phi = coefficients?.(hydroId, seasonIds[place]!) ?? fit.seasons[place]!.coefficients;
    let rest = standardised(period);
    phi.forEach((value, lag) => rest -= value * standardised(period - lag - 1));
    const share = coefficients === null ? fit.seasons[place]!.annual : null;
    const year = annual?.[placeOf(period - 1, seasons)];
    if (share === null || year === undefined || year.stdM3s === 0) return rest;
    const mean = at < YEAR ? Number.NaN : meanOfYear(values, at - YEAR);
    return Number.isNaN(mean) ? rest : rest - share * (mean - year.meanM3s) / year.stdM3s;
  });
  return { hydroId, first, values: residuals };
}

/** The matrix of all hydros, and the least number of pairs that an entry rests on. */
function matrixOf(
  residuals: readonly Residuals[],
  season: { readonly place: number; readonly seasons: number } | null,
): { readonly matrix: readonly (readonly number[])[]; readonly pairs: number } {
  const matrix = residuals.map(() => new Array<number>(residuals.length).fill(1));
  let least = Infinity;
  for (let i = 0; i < residuals.length; i++) {
    // The count of a single hydro is that of its own residuals.
    for (let j = residuals.length === 1 ? i : i + 1; j < residuals.length; j++) {
      const { value, pairs } = pearson(residuals[i]!, residuals[j]!, season);
      least = Math.min(least, pairs);
      if (i === j) continue;
      matrix[i]![j] = value;
      matrix[j]![i] = value;
    }
  }
  return { matrix, pairs: least };
}

function pearson(
  a: Residuals,
  b: Residuals,
  season: { readonly place: number; readonly seasons: number } | null,
): { readonly value: number; readonly pairs: number } {
  const step = season?.seasons ?? 1;
  const from = Math.max(a.first, b.first);
  const start = season === null ? from : from + placeOf(season.place - from, step);
  const end = Math.min(a.first + a.values.length, b.first + b.values.length);
  let pairs = 0;
  let sumA = 0;
  let sumB = 0;
  for (let period = start; period < end; period += step) {
    const x = a.values[period - a.first]!;
    const y = b.values[period - b.first]!;
    if (Number.isNaN(x + y)) continue;
    pairs++;
    sumA += x;
    sumB += y;
  }
  if (pairs < 2) return { value: 0, pairs };
  const meanA = sumA / pairs;
  const meanB = sumB / pairs;
  let aa = 0;
  let bb = 0;
  let ab = 0;
  for (let period = start; period < end; period += step) {
    const x = a.values[period - a.first]! - meanA;
    const y = b.values[period - b.first]! - meanB;
    if (Number.isNaN(x + y)) continue;
    aa += x * x;
    bb += y * y;
    ab += x * y;
  }
  const least = Number.EPSILON ** 2 * (pairs - 1);
  if (aa < least || bb < least) return { value: 0, pairs };
  return { value: Math.min(1, Math.max(-1, ab / Math.sqrt(aa * bb))), pairs };
}
