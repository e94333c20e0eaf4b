/**
 * Quantile of the standard normal law by Beasley, Springer and Moro (Moro, "The Full Monte", 1995):
 * the transform of stratified and quasi-random points. Absolute error below 3e-9.
 */
const A0 = 2.50662823884, A1 = -18.61500062529, A2 = 41.39119773534, A3 = -25.44106049637;
const B1 = -8.4735109309, B2 = 23.08336743743, B3 = -21.06224101826, B4 = 3.13082909833;
const C0 = 0.3374754822726147, C1 = 0.9761690190917186, C2 = 0.1607979714918209;
const C3 = 0.0276438810333863, C4 = 0.0038405729373609, C5 = 0.0003951896511349;
const C6 = 0.0000321767881768, C7 = 0.0000002888167364, C8 = 0.0000003960315187;

const LEAST = 2.2250738585072014e-308;
const MOST = 1 - Number.EPSILON;

/** The number that a standard normal draw stays below with the given probability, from −8.21 to 8.13. */
export function normalQuantile(probability: number): number {
  const p = Math.min(Math.max(probability, LEAST), MOST);
  if (p <= 1e-20) return -8.21;
  const y = p - 0.5;
  if (Math.abs(y) < 0.42) {
    const r = y * y;
    return y * (A0 + r * (A1 + r * (A2 + r * A3))) /
      (1 + r * (B1 + r * (B2 + r * (B3 + r * B4))));
  }
  const r = Math.log(-Math.log(Math.min(p, 1 - p)));
  const size = C0 +
    r * (C1 + r * (C2 + r * (C3 + r * (C4 + r * (C5 + r * (C6 + r * (C7 + r * C8)))))));
  return y < 0 ? -size : size;
}
