/** When training ends. */
import type { StoppingRule } from "../model/mod.ts";
import type { TerminationReason } from "../protocol/mod.ts";
import { relativeGap } from "./upper_bound.ts";

/** What the rules look at after an iteration. */
export interface TrainingProgress {
  /** Iterations done, those before a resumption included. */
  readonly iterations: number;
  /** Time since this run began to train. */
  readonly elapsedMs: number;
  /** The lower bound after each iteration ($). */
  readonly lowerBounds: readonly number[];
  /** Cost of the policy as the last iteration saw it ($). */
  readonly upperBound: number;
  /** The last simulation of the policy for a rule, and the one before it; null where none was. */
  readonly simulations: readonly [TestSimulation | null, TestSimulation | null];
}

/** A simulation that a rule asked for. */
export interface TestSimulation {
  /** After which iteration. */
  readonly iteration: number;
  /** Mean cost of each stage ($). */
  readonly stageCosts: Float64Array;
}

/** What a rule found, in the words of the events. */
export interface RuleResult {
  readonly rule_name: StoppingRule["type"];
  readonly triggered: boolean;
  readonly detail: string;
}

/** What all rules together say. */
export interface StoppingDecision {
  readonly results: readonly RuleResult[];
  /** The first rule that fired, when training shall end. */
  readonly reason: TerminationReason | null;
}

/**
 * Asks every rule. With mode `any` training ends when one fires, with `all` when all do at once; the
 * reason is the first in the order of the configuration that fired.
 */
export function decideStopping(
  rules: readonly StoppingRule[],
  mode: "any" | "all",
  progress: TrainingProgress,
): StoppingDecision {
  const results = rules.map((rule) => evaluateRule(rule, progress));
  const fired = results.filter(({ triggered }) => triggered);
  const stops = mode === "any" ? fired.length > 0 : fired.length === results.length;
  return { results, reason: stops ? fired[0]?.rule_name ?? null : null };
}

/**
 * Replications of the simulation that a rule needs before it can decide; 0 where none does. It is
 * due at every multiple of the period at which the bound has settled.
 */
export function simulationDue(
  rules: readonly StoppingRule[],
  { iterations, lowerBounds }: Pick<TrainingProgress, "iterations" | "lowerBounds">,
): number {
  let replications = 0;
  for (const rule of rules) {
    if (rule.type !== "simulation" || iterations % rule.period !== 0) continue;
    const change = boundChange(lowerBounds, rule.boundWindow);
    if (change === null || change >= rule.boundTol) continue;
    replications = Math.max(replications, rule.replications);
  }
  return replications;
}

function evaluateRule(rule: StoppingRule, progress: TrainingProgress): RuleResult {
  const of = (triggered: boolean, detail: string): RuleResult => ({
    rule_name: rule.type,
    triggered,
    detail,
  });
  switch (rule.type) {
    case "iteration_limit":
      return of(
        progress.iterations >= rule.limit,
        `iteration ${progress.iterations} of ${rule.limit}`,
      );
    case "time_limit":
      return of(
        progress.elapsedMs >= 1000 * rule.seconds,
        `${(progress.elapsedMs / 1000).toFixed(1)} s of ${rule.seconds} s`,
      );
    case "bound_stalling": {
      const change = boundChange(progress.lowerBounds, rule.iterations);
      if (change === null) {
        return of(false, `fewer than ${rule.iterations} iterations to look back`);
      }
      return of(
        change < rule.tolerance,
        `the lower bound changed by ${change.toExponential(2)} in ${rule.iterations} iterations, ` +
          `tolerance ${rule.tolerance}`,
      );
    }
    case "simulation": {
      const [last, before] = progress.simulations;
      if (last === null || last.iteration !== progress.iterations) {
        return of(false, "no simulation in this iteration");
      }
      if (before === null) return of(false, "no earlier simulation to compare with");
      const distance = costDistance(last.stageCosts, before.stageCosts);
      return of(
        distance < rule.distanceTol,
        `simulated costs moved by ${distance.toExponential(2)}, tolerance ${rule.distanceTol}`,
      );
    }
    case "gap": {
      const lower = progress.lowerBounds.at(-1) ?? -Infinity;
      const distance = progress.upperBound - lower;
      const percent = 100 * relativeGap(lower, progress.upperBound);
      const absolute = rule.tolerance !== null && distance <= rule.tolerance;
      const relative = rule.relativeTolerance !== null && percent <= rule.relativeTolerance;
      return of(absolute || relative, `the gap is ${percent.toPrecision(4)} %`);
    }
  }
}

/** |now − then| / max(1, |now|) of the bound over some iterations; null while there are too few. */
function boundChange(lowerBounds: readonly number[], window: number): number | null {
  const now = lowerBounds.at(-1);
  const then = lowerBounds[lowerBounds.length - 1 - window];
  if (now === undefined || then === undefined) return null;
  return Math.abs(now - then) / Math.max(1, Math.abs(now));
}

/** √Σ over stages of ((new − old) / max(1, |old|))². */
function costDistance(after: Float64Array, before: Float64Array): number {
  let squares = 0;
  for (let stage = 0; stage < after.length; stage++) {
    const old = before[stage]!;
    squares += ((after[stage]! - old) / Math.max(1, Math.abs(old))) ** 2;
  }
  return Math.sqrt(squares);
}
