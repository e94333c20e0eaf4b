/** The settings of a run: what `config.json` says, with defaults filled in, in either dialect. */
import type { NoiseClass } from "./system.ts";

/** When training ends. */
export type StoppingRule =
  | { readonly type: "iteration_limit"; readonly limit: number }
  | { readonly type: "time_limit"; readonly seconds: number }
  | { readonly type: "bound_stalling"; readonly iterations: number; readonly tolerance: number }
  | {
    readonly type: "simulation";
    readonly replications: number;
    readonly period: number;
    readonly boundWindow: number;
    readonly distanceTol: number;
    readonly boundTol: number;
  }
  | {
    readonly type: "gap";
    readonly tolerance: number | null;
    /** Percent. */
    readonly relativeTolerance: number | null;
  };

/** Which cuts stay in the stage problems. */
export type CutSelection =
  | { readonly method: "none" }
  | {
    readonly method: "level1" | "lml1";
    readonly checkFrequency: number;
    /** Two cuts within this distance at a visited state tie; null: judge by activity counts. */
    readonly tieTolerance: number | null;
    /** Activity counts at or below this are dropped, when judging by activity counts. */
    readonly threshold: number;
    /** Iterations without activity after which a cut is dropped (lml1 by counts). */
    readonly memoryWindow: number;
  }
  | { readonly method: "domination"; readonly checkFrequency: number; readonly tolerance: number }
  | {
    readonly method: "dynamic";
    readonly startIteration: number;
    readonly seedWindow: number;
    readonly candidateRecency: number | null;
    readonly maxAddedPerRound: number;
    readonly violationTolerance: number;
  };

/** Where the random data of one class come from. */
export type SamplingScheme = "in_sample" | "out_of_sample" | "external" | "historical";

/** How trajectories get their random data. */
export interface ScenarioSource {
  readonly seed: bigint | null;
  readonly historicalYears:
    | readonly number[]
    | { readonly from: number; readonly to: number }
    | null;
  readonly schemes: { readonly [noise in NoiseClass]: SamplingScheme };
}

/** Options of the LP solver for one phase; null leaves the measured default. */
export interface SolverProfile {
  readonly dualEdgeWeight: "devex" | "steepest_edge" | "dantzig" | null;
  readonly scale: "off" | "solver_scaling" | null;
  readonly price: "row" | "row_hyper_sparse" | null;
  readonly primalFeasibilityTolerance: number | null;
  readonly dualFeasibilityTolerance: number | null;
  readonly presolve: "on" | "off" | "choose" | null;
  readonly simplexUpdateLimit: number | null;
  readonly costPerturbation: number | null;
  readonly refactorErrorTolerance: number | null;
  readonly factorPivotThreshold: number | null;
  readonly useWarmStart: boolean | null;
  readonly steepestEdgeDevexFallbackThreshold: number | null;
}

/** What to do when a solve fails, and how to solve in each phase. */
export interface TrainingSolver {
  readonly retryMaxAttempts: number;
  readonly retryTimeBudgetSeconds: number;
  readonly forward: SolverProfile | null;
  readonly backward: SolverProfile | null;
}

/** Which trajectories a phase follows. */
export type Selection =
  | { readonly method: "sampled"; readonly count: number }
  | { readonly method: "enumerated" };

/** Settings of a run. */
export interface Config {
  readonly modeling: {
    readonly inflowNonNegativity:
      | "none"
      | "penalty"
      | "truncation"
      | "truncation_with_penalty";
    /** Divisor of money inside the LPs; null leaves the choice to the program. */
    readonly costScaleFactor: number | null;
  };
  readonly training: {
    readonly enabled: boolean;
    /** Null stands for 42. */
    readonly treeSeed: bigint | null;
    readonly selection: Selection;
    /** Never empty; there is always an iteration limit. */
    readonly stoppingRules: readonly StoppingRule[];
    readonly stoppingMode: "any" | "all";
    readonly cutFormulation: "single" | "multi";
    readonly cutSelection: CutSelection;
    /** Least dual for which a cut counts as binding. */
    readonly cutActivityTolerance: number;
    readonly maxActiveCutsPerStage: number | null;
    readonly solver: TrainingSolver;
    readonly scenarioSource: ScenarioSource;
    /** Whether the opening tree is drawn or read from `scenarios/noise_openings.parquet`. */
    readonly openings: "generated" | "file";
  };
  readonly upperBoundEvaluation: {
    readonly enabled: boolean;
    readonly initialIteration: number | null;
    readonly intervalIterations: number | null;
    readonly lipschitzMode: "auto" | null;
    readonly lipschitzFallback: number | null;
    readonly lipschitzScale: number | null;
  };
  readonly policy: {
    readonly path: string;
    readonly mode: "fresh" | "warm_start" | "resume";
    readonly validateCompatibility: boolean;
    readonly checkpointing: {
      readonly enabled: boolean;
      readonly initialIteration: number | null;
      readonly intervalIterations: number | null;
      readonly storeBasis: boolean;
      readonly compress: boolean;
    };
    /** Cuts of another study as value of the water at the end. */
    readonly boundary: {
      readonly path: string;
      /** Stage of the source study; null picks it by date. */
      readonly sourceStage: number | null;
      readonly strict: boolean;
    } | null;
  };
  readonly simulation: {
    readonly enabled: boolean;
    readonly selection: Selection;
    readonly policyType: "outer" | "inner";
    readonly ioChannelCapacity: number;
    /** Null where the training source is used. */
    readonly scenarioSource: ScenarioSource | null;
    readonly solver: SolverProfile | null;
  };
  readonly exports: {
    readonly states: boolean;
    readonly stochastic: boolean;
    readonly fphaDeviationPoints: boolean;
  };
  readonly estimation: {
    readonly maxOrder: number;
    readonly orderSelection: "pacf" | "pacf_annual";
    readonly minObservationsPerSeason: number;
    readonly maxCoefficientMagnitude: number | null;
  };
}
