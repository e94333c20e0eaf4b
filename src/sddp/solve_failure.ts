/**
 * A stage that could not be solved. The thread that meets it knows numbers only; the owner of the
 * run, who has the system, says what they mean.
 */
import { join } from "node:path";
import { writeFile } from "node:fs/promises";
import { explainFailure, failedProblem, type FailedSolve } from "../lp/mod.ts";
import type { System } from "../model/mod.ts";
import { CobreError } from "../protocol/mod.ts";
import { type LpStatus, openSolver } from "../solver/mod.ts";
import type { Study } from "./study.ts";

/** Where in the run a solve is; −1 for what does not apply. */
export interface SolveContext {
  iteration: number;
  scenario: number;
  opening: number;
}

/** The error that a thread throws: its context holds all that a solve was given. */
export function solveFailure(
  study: Study,
  position: number,
  known: Float64Array,
  { iteration, scenario, opening }: SolveContext,
  status: LpStatus,
): CobreError {
  const stage = study.stages[position]!.id;
  const failed: Unexplained = {
    position,
    known: known.slice(),
    status,
    iteration: iteration < 0 ? null : iteration,
    scenario: scenario < 0 ? null : scenario,
    opening: opening < 0 ? null : opening,
  };
  return CobreError.of(
    "SolverFailure",
    `The problem of stage ${stage} was not solved: the solver ended with ${status}`,
    { stage, iteration, opening, solver_status: status, unexplained: failed },
  );
}

type Unexplained = Omit<FailedSolve, "system" | "model"> & { readonly position: number };

/** Where explanations come from. */
export interface FailureHelp {
  readonly system: System;
  /** Folder for the problem of a failed solve; null to write none. */
  readonly problemFolder: string | null;
}

/** The error for the user: names what contradicts what. Other errors pass unchanged. */
export async function explained(
  error: CobreError,
  study: Study,
  { system, problemFolder }: FailureHelp,
): Promise<CobreError> {
  const found = error.context["unexplained"] as Unexplained | undefined;
  if (error.kind !== "SolverFailure" || found === undefined) return error;
  const { position, ...rest } = found;
  const failed: FailedSolve = { ...rest, system, model: study.stages[position]!.template.model };
  let path: string | null = null;
  if (problemFolder !== null) {
    path = join(problemFolder, `unsolved_stage_${study.stages[position]!.id}.mps`);
    try {
      await writeFile(path, failedProblem(failed));
    } catch {
      // The explanation is worth more than the file.
      path = null;
    }
  }
  using solver = await openSolver(study.solver);
  return explainFailure(solver, failed, path);
}
