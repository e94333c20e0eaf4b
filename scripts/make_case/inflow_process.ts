/**
 * Periodic autoregressive models of any order that are stationary by construction.
 *
 * Any partial autocorrelations between −1 and 1, one per month and lag, belong to exactly one
 * periodic process with deviation one in every month (Lambert-Lacroix, "On periodic autoregressive
 * process estimation", IEEE Transactions on Signal Processing 48, 2000). The recursion of Levinson
 * leads from them to coefficients: with β the partial autocorrelation of month t at lag n + 1, and
 * predictors of order n forward into month t (a, error variance v) and backward from the months that
 * end with t − 1 (b, error variance w),
 *
 *   a ← (a − κ·b, κ),  κ = β·√(v/w);   b ← (κ', b − κ'·a),  κ' = β·√(w/v);   v, w ← (1 − β²)·(v, w)
 */
import { MONTHS } from "./calendar.ts";
import type { Random } from "./random.ts";

/** The model of one month: z(t) = Σ phi[l]·z(t−1−l) + ratio·η, in standardised form. */
export interface MonthModel {
  readonly phi: readonly number[];
  /** Deviation of the residual over that of the inflow. */
  readonly ratio: number;
}

/** The models of all months from partial autocorrelations by month and lag. */
export function modelsOf(partial: readonly (readonly number[])[]): MonthModel[] {
  const months = partial.length;
  const order = partial[0]!.length;
  let forward: number[][] = partial.map(() => []);
  let backward: number[][] = partial.map(() => []);
  let v = partial.map(() => 1);
  let w = partial.map(() => 1);
  for (let n = 0; n < order; n++) {
    const before = (month: number): number => (month + months - 1) % months;
    const steps = partial.map((lags, month) => {
      const a = forward[month]!;
      const b = backward[before(month)]!;
      const beta = lags[n]!;
      const ratio = Math.sqrt(v[month]! / w[before(month)]!);
      const unexplained = 1 - beta * beta;
      return {
        forward: [...a.map((x, l) => x - beta * ratio * b[l]!), beta * ratio],
        backward: [beta / ratio, ...b.map((x, l) => x - beta / ratio * a[l]!)],
        v: v[month]! * unexplained,
        w: w[before(month)]! * unexplained,
      };
    });
    forward = steps.map((step) => step.forward);
    backward = steps.map((step) => step.backward);
    v = steps.map((step) => step.v);
    w = steps.map((step) => step.w);
  }
  return forward.map((phi, month) => ({ phi, ratio: Math.sqrt(v[month]!) }));
}

/**
 * Made-up models of a plant: what flows in one month says much about the next, more so when the
 * river is low; what lies further back says little.
 */
export function drawModels(order: number, low: readonly number[], random: Random): MonthModel[] {
  const persistence = random.between(0.45, 0.65);
  const partial = MONTHS.map((month) =>
    Array.from({ length: order }, (_, lag) => {
      if (lag === 0) return persistence + 0.2 * low[month]! + random.between(-0.04, 0.04);
      return random.between(-0.06, 0.16) / lag;
    })
  );
  return modelsOf(partial);
}
