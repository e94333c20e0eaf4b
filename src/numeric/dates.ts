/**
 * Calendar dates without time of day or time zone. A date is one whole number, the days since
 * 1970-01-01 in the proleptic Gregorian calendar (what Parquet calls Date32), so the number of days
 * between two dates is their difference and comparing dates is comparing numbers.
 */

/** A date taken apart. */
export interface CivilDate {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  /** 1 to 31. */
  readonly day: number;
}

/** A week of the ISO 8601 calendar; its year differs from the calendar year around 1 January. */
export interface IsoWeek {
  readonly year: number;
  /** 1 to 53. */
  readonly week: number;
}

const DAYS_PER_ERA = 146_097; // 400 years
const DAYS_TO_EPOCH = 719_468; // from 0000-03-01 to 1970-01-01

/** Whether the year has a 29 February. */
export function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

/** Days of the month (1 to 12) in that year. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/**
 * The day number of a date, or null when there is no such date (2023-02-29, month 13, day 0).
 *
 * Counting years from March puts the leap day last, so month lengths follow one linear formula
 * (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms").
 */
export function daysFromCivil(year: number, month: number, day: number): number | null {
  if (!Number.isInteger(year) || !Number.isInteger(month) || !Number.isInteger(day)) return null;
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return null;
  const shiftedYear = month > 2 ? year : year - 1;
  const shiftedMonth = month > 2 ? month - 3 : month + 9;
  const era = Math.floor(shiftedYear / 400);
  const yearOfEra = shiftedYear - era * 400;
  const dayOfYear = Math.floor((153 * shiftedMonth + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) +
    dayOfYear;
  return era * DAYS_PER_ERA + dayOfEra - DAYS_TO_EPOCH;
}

/** Year, month and day of a day number. */
export function civilFromDays(days: number): CivilDate {
  const shifted = days + DAYS_TO_EPOCH;
  const era = Math.floor(shifted / DAYS_PER_ERA);
  const dayOfEra = shifted - era * DAYS_PER_ERA;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1_460) + Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra -
    (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1;
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  const year = era * 400 + yearOfEra + (month <= 2 ? 1 : 0);
  return { year, month, day };
}

/**
 * The day number of an ISO text `YYYY-MM-DD`, or null when it is not exactly of that form or names
 * no date. Times, zones, blanks and other notations of ISO 8601 are refused on purpose.
 */
export function parseIsoDate(text: string): number | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (match === null) return null;
  return daysFromCivil(Number(match[1]), Number(match[2]), Number(match[3]));
}

/**
 * The text `YYYY-MM-DD` of a day number. Years outside 0 to 9999, which only damaged data hold, get
 * a sign and six digits.
 */
export function formatIsoDate(days: number): string {
  const { year, month, day } = civilFromDays(days);
  const size = Math.abs(year).toString();
  const yearText = year >= 0 && year <= 9999
    ? size.padStart(4, "0")
    : (year < 0 ? "-" : "+") + size.padStart(6, "0");
  return `${yearText}-${month.toString().padStart(2, "0")}-${day.toString().padStart(2, "0")}`;
}

/** Day of the week by ISO 8601: 1 is Monday, 7 is Sunday. */
export function isoWeekday(days: number): number {
  // Day 0 was a Thursday.
  return ((days + 3) % 7 + 7) % 7 + 1;
}

/** The ISO 8601 week: it begins on Monday and belongs to the year that holds its Thursday. */
export function isoWeek(days: number): IsoWeek {
  const thursday = days - isoWeekday(days) + 4;
  const { year } = civilFromDays(thursday);
  const firstOfYear = daysFromCivil(year, 1, 1) as number;
  return { year, week: Math.floor((thursday - firstOfYear) / 7) + 1 };
}
