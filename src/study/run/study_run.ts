/** A study that runs in a folder: what its phases share. */
import type { Case } from "../../case/mod.ts";
import type { CommandData, EventOf } from "../../protocol/mod.ts";
import type { SolverChoice } from "../../solver/mod.ts";
import type { PreparedStudy } from "../prepare/prepare_study.ts";
import type { RunRequest, RunStep } from "./run_request.ts";

/** See the head of this file. */
export interface StudyRun {
  readonly read: Case;
  readonly prepared: PreparedStudy;
  readonly solver: SolverChoice;
  readonly outputDirectory: string;
  readonly request: RunRequest;
  readonly onStep: (step: RunStep) => void;
}

/** What training came to. */
export type TrainingOutcome = NonNullable<CommandData<"run">["training"]>;

/** What solving a sample again from nothing has found. */
export type ColdCheck = NonNullable<CommandData<"run">["cold_check"]>;

/** What the events that open a phase say of the study. */
export function sizeOf(
  { read: { system }, prepared, request }: StudyRun,
): Omit<EventOf<"TrainingStarted">, "event"> {
  return {
    case_name: prepared.study.caseName,
    stages: system.horizon.stages.length,
    hydros: system.hydros.length,
    thermals: system.thermals.length,
    ranks: 1,
    threads_per_rank: request.threads,
    timestamp: new Date().toISOString(),
  };
}
