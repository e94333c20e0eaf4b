/** Numbers without a domain: dates, ordering, hashing, random numbers, linear algebra, statistics. */
export { indexOfSorted, lowerBound, type SortedNumbers, upperBound } from "./binary_search.ts";
export {
  type CivilDate,
  civilFromDays,
  daysFromCivil,
  daysInMonth,
  formatIsoDate,
  isLeapYear,
  type IsoWeek,
  isoWeek,
  isoWeekday,
  parseIsoDate,
} from "./dates.ts";
export {
  type DuplicateRows,
  firstDuplicateKey,
  isSortedByKeys,
  sortPermutation,
} from "./sort_permutation.ts";
