/** Months from the first one of a study on. */
import { daysFromCivil, formatIsoDate } from "../../src/numeric/mod.ts";

const FIRST_YEAR = 2030;

/** The twelve months in order. */
export const MONTHS: readonly number[] = Array.from({ length: 12 }, (_, month) => month);

/** The month of the year, 0 for January, of a stage; stages before the study are negative. */
export function monthOf(stage: number): number {
  return ((stage % 12) + 12) % 12;
}

/** The first day of a stage as `YYYY-MM-DD`; that of the next stage ends it. */
export function firstDayOf(stage: number): string {
  return formatIsoDate(dayOf(stage));
}

/** Hours of a stage. */
export function hoursOf(stage: number): number {
  return 24 * (dayOf(stage + 1) - dayOf(stage));
}

function dayOf(stage: number): number {
  const first = daysFromCivil(FIRST_YEAR + Math.floor(stage / 12), monthOf(stage) + 1, 1);
  if (first === null) throw new RangeError(`Stage ${stage} lies beyond the calendar`);
  return first;
}
