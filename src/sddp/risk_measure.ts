/**
 * How the costs of equally probable outcomes become one number: (1 − λ)·E + λ·CVaR, where the CVaR
 * is the mean of the worst part α of the outcomes. Written as weights, the measure of costs Q of n
 * outcomes is Σ μ·Q with
 *
 *     μ_ω = (1 − λ)/n + λ·ν_ω,
 *
 * where ν gives the outcomes, the dearest first, 1/(n·α) each until it adds up to 1 (Rockafellar and
 * Uryasev, "Conditional value-at-risk for general loss distributions", 2002; the mixture as in
 * Philpott and de Matos, "Dynamic sampling algorithms for multi-stage stochastic programs with risk
 * aversion", 2012). The weights are a density that attains the maximum which defines the measure, so
 * cuts aggregated with them are valid.
 */
import type { RiskMeasure } from "../model/mod.ts";

/** Whether the measure is the expectation. */
export function isNeutral(risk: RiskMeasure): boolean {
  return risk.type === "expectation" || risk.lambda === 0 || risk.alpha >= 1;
}

/**
 * Leaves in `weights` the weights of the first `count` outcomes, which are equally probable and cost
 * `costs`. Of equal costs the first one counts as the dearer. `order` is room for as many numbers.
 */
export function riskWeights(
  risk: RiskMeasure,
  costs: Float64Array,
  count: number,
  weights: Float64Array,
  order: Int32Array,
): void {
  if (risk.type === "expectation" || isNeutral(risk)) {
    weights.fill(1 / count, 0, count);
    return;
  }
  const { alpha, lambda } = risk;
  for (let at = 0; at < count; at++) order[at] = at;
  order.subarray(0, count).sort((a, b) => costs[b]! - costs[a]! || a - b);
  weights.fill((1 - lambda) / count, 0, count);
  const most = 1 / (count * alpha);
  let rest = 1;
  for (let at = 0; at < count && rest > 0; at++) {
    const share = Math.min(rest, most);
    weights[order[at]!]! += lambda * share;
    rest -= share;
  }
}

/** The measure of the first `count` costs under given weights, summed in order. */
export function weightedSum(costs: Float64Array, weights: Float64Array, count: number): number {
  let sum = 0;
  for (let at = 0; at < count; at++) sum += weights[at]! * costs[at]!;
  return sum;
}

/** The measure of equally probable costs. */
export function riskOf(risk: RiskMeasure, costs: Float64Array): number {
  const weights = new Float64Array(costs.length);
  riskWeights(risk, costs, costs.length, weights, new Int32Array(costs.length));
  return weightedSum(costs, weights, costs.length);
}
