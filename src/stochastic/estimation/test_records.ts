/** Records of inflows that the tests of fitting share. */
import type { InflowHistory } from "../../model/mod.ts";
import { daysFromCivil, nextNormal, Pcg64 } from "../../numeric/mod.ts";
import { type DeviationSeries, deviationSeries } from "./periodic_correlation.ts";
import { seasonMoments } from "./season_moments.ts";
import type { SeasonalRecord } from "./seasonal_record.ts";

/** A record from its values, the first in the season at place 0 of year 0. */
export function recordOf(seasons: number, values: readonly number[], first = 0): SeasonalRecord {
  return { seasons, first, values: Float64Array.from(values) };
}

/** The deviations of a record from the moments of its seasons. */
export function seriesOf(record: SeasonalRecord): DeviationSeries {
  return deviationSeries(record, seasonMoments(record));
}

/** A history of calendar months from January of a year: by hydro id, month by month. */
export function monthlyHistory(
  firstYear: number,
  byHydro: ReadonlyMap<number, readonly number[]>,
): InflowHistory {
  const rows = [...byHydro].flatMap(([hydroId, values]) =>
    values.map((value, at) => ({
      hydroId,
      value,
      start: daysFromCivil(firstYear + Math.floor(at / 12), at % 12 + 1, 1)!,
      end: daysFromCivil(firstYear + Math.floor((at + 1) / 12), (at + 1) % 12 + 1, 1)!,
    }))
  );
  return {
    rows: rows.length,
    hydro_id: Int32Array.from(rows, ({ hydroId }) => hydroId),
    start_day: Int32Array.from(rows, ({ start }) => start),
    end_day: Int32Array.from(rows, ({ end }) => end),
    value_m3s: Float64Array.from(rows, ({ value }) => value),
  };
}

/** A source of standard normals that always gives the same ones. */
export function normals(seed: number): () => number {
  const generator = new Pcg64({ low: seed, high: 0 });
  return () => nextNormal(generator);
}
