/**
 * Summaries of samples. Everything is computed in array order, so the same numbers in the same order
 * give the same bits wherever they were gathered from.
 */

/** Numbers in order. */
export type Sample = Float64Array | readonly number[];

/** Two-sided 95 % point of the normal law, to the two decimals that intervals are quoted with. */
const NORMAL_95 = 1.96;

/**
 * The sum with the rounding error carried along (Neumaier, "Rundungsfehleranalyse einiger Verfahren
 * zur Summation endlicher Summen", 1974): as good as if summed in twice the precision.
 */
export function sum(values: Sample): number {
  let total = 0;
  let lost = 0;
  for (let index = 0; index < values.length; index++) {
    const value = values[index] as number;
    const next = total + value;
    lost += Math.abs(total) >= Math.abs(value) ? (total - next) + value : (value - next) + total;
    total = next;
  }
  // An infinite total has lost NaN; it stands for itself.
  return Number.isFinite(total) ? total + lost : total;
}

/** The arithmetic mean; NaN of an empty sample. */
export function mean(values: Sample): number {
  return sum(values) / values.length;
}

/** Standard deviation with divisor n; NaN of an empty sample. */
export function populationStd(values: Sample): number {
  return Math.sqrt(sumOfSquares(values) / values.length);
}

/** Standard deviation with divisor n − 1; 0 of a single value, NaN of an empty sample. */
export function sampleStd(values: Sample): number {
  if (values.length === 1) return 0;
  return values.length === 0 ? Number.NaN : Math.sqrt(sumOfSquares(values) / (values.length - 1));
}

/** Half the width of the 95 % interval of a mean: 1.96·std/√count. */
export function halfWidth95(std: number, count: number): number {
  return NORMAL_95 * std / Math.sqrt(count);
}

/**
 * The quantile of an ascending sample by linear interpolation between order statistics (type 7 of
 * Hyndman and Fan, the default of NumPy); NaN of an empty sample.
 */
export function quantileSorted(ascending: Sample, probability: number): number {
  if (ascending.length === 0) return Number.NaN;
  const position = (ascending.length - 1) * probability;
  const index = Math.floor(position);
  const below = ascending[index] as number;
  const above = ascending[Math.min(index + 1, ascending.length - 1)] as number;
  const weight = position - index;
  // From the nearer end, so that weights 0 and 1 give the values themselves.
  return weight < 0.5 ? below + (above - below) * weight : above - (above - below) * (1 - weight);
}

/** Quantiles of a sample in any order, one for each probability. */
export function quantiles(values: Sample, probabilities: readonly number[]): number[] {
  const ascending = Float64Array.from(values).sort();
  return probabilities.map((probability) => quantileSorted(ascending, probability));
}

/** Σ (v − mean)², less what the rounding of the mean adds. */
function sumOfSquares(values: Sample): number {
  const center = mean(values);
  let squares = 0;
  let deviations = 0;
  for (let index = 0; index < values.length; index++) {
    const deviation = (values[index] as number) - center;
    squares += deviation * deviation;
    deviations += deviation;
  }
  return Math.max(0, squares - deviations * deviations / values.length);
}
