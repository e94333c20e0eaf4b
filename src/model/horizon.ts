/** The time structure of a study. Days count from 1970-01-01; intervals are half-open. */

/** A part of a stage with a load level of its own. */
export interface Block {
  /** Position in its stage, from 0. */
  readonly id: number;
  readonly name: string;
  readonly hours: number;
}

/** How the cost of the future is weighed: (1 − lambda)·E + lambda·CVaR with tail alpha. */
export type RiskMeasure =
  | { readonly type: "expectation" }
  | { readonly type: "cvar"; readonly alpha: number; readonly lambda: number };

/** How the openings of a stage are drawn. */
export type SamplingMethod =
  | "saa"
  | "lhs"
  | "qmc_sobol"
  | "qmc_halton"
  | "selective"
  | "historical_residuals";

/** A decision stage of the study; study stages are ordered by id. */
export interface Stage {
  readonly id: number;
  readonly startDay: number;
  readonly endDay: number;
  readonly seasonId: number | null;
  readonly blocks: readonly Block[];
  readonly blockMode: "parallel" | "chronological";
  readonly stateStorage: boolean;
  readonly stateInflowLags: boolean;
  readonly risk: RiskMeasure;
  /** Branching of the opening tree. */
  readonly openings: number;
  readonly sampling: SamplingMethod;
  /** Yearly rate at which the cost after this stage is discounted. */
  readonly annualDiscountRate: number;
}

/** A stage before the study, which gives lags their season. */
export interface PreStudyStage {
  readonly id: number;
  readonly startDay: number;
  readonly endDay: number;
  readonly seasonId: number | null;
}

/** A season of the yearly cycle. */
export interface Season {
  readonly id: number;
  readonly label: string;
  readonly monthStart: number;
  readonly dayStart: number | null;
  readonly monthEnd: number | null;
  readonly dayEnd: number | null;
}

/** The yearly cycle that seasons divide. */
export interface SeasonCycle {
  readonly type: "monthly" | "weekly" | "custom";
  /** By id. */
  readonly seasons: readonly Season[];
}

/** A step from one stage to the next. */
export interface Transition {
  readonly sourceId: number;
  readonly targetId: number;
  readonly probability: number;
}

/** Stages, seasons and the graph that joins them. */
export interface Horizon {
  readonly type: "finite_horizon" | "cyclic";
  readonly annualDiscountRate: number;
  /** As declared; empty means the chain of stages in id order. */
  readonly transitions: readonly Transition[];
  readonly stages: readonly Stage[];
  readonly preStudyStages: readonly PreStudyStage[];
  readonly seasons: SeasonCycle | null;
}

/** Days from start to end. */
export function stageDays(stage: Pick<Stage, "startDay" | "endDay">): number {
  return stage.endDay - stage.startDay;
}

/** Hours of all blocks; blocks, not dates, drive energy and water. */
export function stageHours(stage: Stage): number {
  let hours = 0;
  for (const block of stage.blocks) hours += block.hours;
  return hours;
}

/** Factor on the cost seen from the end of a stage: (1 + r)^(−days / 365.25). */
export function discountFactor(stage: Stage): number {
  const rate = stage.annualDiscountRate;
  return rate === 0 ? 1 : Math.pow(1 + rate, -stageDays(stage) / 365.25);
}
