/** What a run is asked for. */
import type { EventBus } from "../../events/mod.ts";
import type { SolverChoice } from "../../solver/mod.ts";
import type { ValidationStep } from "../validate_case.ts";

/** What to run, and how. */
export interface RunRequest {
  readonly directory: string;
  /** Null for the folder `output` of the case. */
  readonly outputDirectory: string | null;
  readonly threads: number;
  /** Whether to end after validation. */
  readonly validateOnly: boolean;
  /** Problems to solve again from nothing after training; none if left out. */
  readonly checkCold?: number;
  /** Where the events of the run go. */
  readonly bus: EventBus;
  /** Stops the run when aborted; the reason is the name of what asked for it. */
  readonly stop: AbortSignal;
  /** Called with steps that are done, for the log. */
  readonly onStep?: (step: RunStep) => void;
}

/** A step of a run that is done. */
export type RunStep =
  | ValidationStep
  | {
    readonly step: "prepared";
    readonly solver: SolverChoice;
    /** Estimate of what training takes (bytes). */
    readonly memory: number;
    readonly elapsedMs: number;
  }
  | { readonly step: "wrote"; readonly files: readonly string[] };
