/**
 * A study ready to be trained and simulated: plain data, posted once to every thread. Whatever is
 * large (templates aside) lies in shared memory.
 */
import type { StageTemplate } from "../lp/mod.ts";
import type { Config, RiskMeasure } from "../model/mod.ts";
import type { LpOptions, SolverChoice } from "../solver/mod.ts";
import type { NoiseMoments, OpeningTree, SamplerInputs } from "../stochastic/mod.ts";

/** One stage of a study, by position. */
export interface StudyStage {
  /** Id that the case gives the stage; positions are used everywhere else. */
  readonly id: number;
  /**
   * The stage problem. Its future columns are one (single cut), one per opening of the next stage
   * (multi-cut), or none where nothing follows.
   */
  readonly template: StageTemplate;
  /** Number of blocks, the inner index of the two arrays below. */
  readonly blocks: number;
  /** Factor on the load of each bus and block. */
  readonly loadFactor: Float64Array;
  /** Generation of each source and block if it is fully available (MW). */
  readonly availableMw: Float64Array;
  /** Weighs the openings of the next stage; that of the first stage also weighs its own openings. */
  readonly risk: RiskMeasure;
  /** Factor on the cost after this stage. */
  readonly discount: number;
}

/** Where the study goes on after its last stage. */
export interface Cycle {
  /** Position of the stage that follows the last one; its incoming state is that of the last one's end. */
  readonly next: number;
  /** Forward passes go round until the discount of what follows falls below this. */
  readonly discountTolerance: number;
  /** Rounds of the longest forward pass. */
  readonly maxRounds: number;
}

/** Cuts that are there before the first iteration, in the order of their slots. */
export interface GivenCuts {
  /** Row c of `coefficients` has a value per slot of the outgoing state. */
  readonly intercept: Float64Array;
  readonly coefficients: Float64Array;
  /** The future column that each cut bounds. */
  readonly future: Int32Array;
  readonly active: Uint8Array;
  /** Iteration in which each cut was last active; 0 where that is not known. */
  readonly lastActive: Int32Array;
  readonly activeCount: Int32Array;
  /** Iteration and trajectory that made each cut; 0 and −1 where that is not known. */
  readonly iteration: Int32Array;
  readonly trajectory: Int32Array;
}

/** Options of the solver that differ from the measured defaults, by phase. */
export interface PhaseOptions {
  readonly forward: Partial<LpOptions>;
  readonly backward: Partial<LpOptions>;
  readonly simulation: Partial<LpOptions>;
}

/** Everything that training and simulation need. */
export interface Study {
  readonly caseName: string;
  readonly stages: readonly StudyStage[];
  /** State before the first stage, in the slots of its manifest. */
  readonly initialState: Float64Array;
  /** Null for a study that ends with its last stage. */
  readonly cycle: Cycle | null;
  /** Values in shared memory. */
  readonly tree: OpeningTree;
  /** Loads of all buses (MW, before factors). */
  readonly loads: NoiseMoments;
  /** Availabilities of all sources, as parts of their capacity. */
  readonly availabilities: NoiseMoments;
  /** Whether an inflow below zero counts as zero. */
  readonly truncateInflow: boolean;
  /** Noise of the forward pass and of the simulation; libraries in shared memory. */
  readonly trainingNoise: SamplerInputs;
  readonly simulationNoise: SamplerInputs;
  readonly training: Omit<
    Config["training"],
    "solver" | "scenarioSource" | "openings" | "selection"
  >;
  /** Trajectories of an iteration, over all ranks. */
  readonly passes: number;
  /** Scenarios of the simulation, over all ranks. */
  readonly scenarios: number;
  readonly upperBound: Config["upperBoundEvaluation"];
  /** Which bound on the future the simulation follows. */
  readonly policyType: Config["simulation"]["policyType"];
  /** Whether the visited states of all iterations are kept and returned. */
  readonly keepStates: boolean;
  /** Iterations done before, when training is resumed. */
  readonly startIteration: number;
  /** By stage; null where there are none. Those of the last stage stand for what follows the study. */
  readonly givenCuts: readonly (GivenCuts | null)[];
  readonly lpOptions: PhaseOptions;
  /** How each thread opens its solver. */
  readonly solver: Pick<SolverChoice, "kind" | "path">;
}
