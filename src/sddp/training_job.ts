/** What the threads of a training are told, and what they tell. */
import type { CobreEvent, TerminationReason } from "../protocol/mod.ts";
import type { StageSolves } from "./solve_statistics.ts";
import type { TestSimulation } from "./stopping_rules.ts";
import type { Study } from "./study.ts";
import type { TrainingMemory } from "./training_memory.ts";

/** How far training has come: what the next iteration depends on besides the shared memory. */
export interface TrainingState {
  /** Iterations done, those of earlier runs included. */
  readonly iteration: number;
  /** Lower bound after each of them; of this run alone where those before are not known. */
  readonly lowerBounds: readonly number[];
  /** Of the last iteration ($). */
  readonly upperBound: number;
  readonly upperBoundStd: number;
  readonly upperBoundHalfWidth: number;
  /** The least upper bound by inner approximation so far ($); null before the first one. */
  readonly innerBound: number | null;
  readonly elapsedMs: number;
  readonly simulations: readonly [TestSimulation | null, TestSimulation | null];
  /** Cuts made in this run. */
  readonly cutsMade: number;
  /** Cuts in the pool of each stage. */
  readonly filled: readonly number[];
}

/** A training, or its continuation in larger memory. */
export interface TrainingJob {
  readonly kind: "training";
  readonly study: Study;
  readonly memory: TrainingMemory;
  readonly state: TrainingState;
}

/** What the leader tells while it trains. */
export type TrainingNews =
  | { readonly type: "event"; readonly event: CobreEvent }
  /** An iteration is done, and how its solves went. */
  | {
    readonly type: "iteration";
    readonly state: TrainingState;
    readonly solves: readonly StageSolves[];
  };

/** How the leader ended; `no_room` asks for memory for more cuts. */
export interface TrainingEnd {
  readonly reason: TerminationReason | "no_room";
  readonly state: TrainingState;
}
