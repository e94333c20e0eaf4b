/** Numbers without a domain: dates, ordering, hashing, random numbers, linear algebra, statistics. */
export { indexOfSorted, lowerBound, type SortedNumbers, upperBound } from "./binary_search.ts";
export { type Cholesky, cholesky } from "./cholesky.ts";
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
export { dot, multiplyMatrices, multiplyTransposedVector, multiplyVector } from "./dense.ts";
export { greatestOf, leastOf } from "./extremes.ts";
export { luFactor, type LuFactors, luSolve } from "./lu.ts";
export { fillNormals, nextNormal } from "./normal.ts";
export { Pcg64 } from "./pcg64.ts";
export { normalQuantile } from "./quantile.ts";
export { shuffle } from "./shuffle.ts";
export { SIP_1_3, SipHasher, type SipVariant } from "./siphash.ts";
export {
  type DuplicateRows,
  firstDuplicateKey,
  isSortedByKeys,
  sortPermutation,
} from "./sort_permutation.ts";
export { spectralRadius } from "./spectral_radius.ts";
export {
  halfWidth95,
  mean,
  populationStd,
  quantiles,
  quantileSorted,
  type Sample,
  sampleStd,
  sum,
} from "./statistics.ts";
export { type SymmetricEigen, symmetricEigen } from "./symmetric_eigen.ts";
export { type SymmetricRoot, symmetricSquareRoot } from "./symmetric_root.ts";
export { type U64, u64FromBigInt, u64FromNumber, u64ToBigInt } from "./u64.ts";
