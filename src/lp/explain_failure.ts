/** Says in the user's terms why a stage problem was not solved. */
import type { System } from "../model/mod.ts";
import { CobreError } from "../protocol/mod.ts";
import { CAUTIOUS_OPTIONS, formatMps, type LpSolver, type LpStatus } from "../solver/mod.ts";
import { conflictText, findConflicts } from "./conflicts.ts";
import { type ColumnKind, columnName, rowName } from "./model_key.ts";
import { plainLp, type StageModel } from "./stage_model.ts";

/** A solve that failed, and where in the run it happened; null for what does not apply. */
export interface FailedSolve {
  readonly system: System;
  readonly model: StageModel;
  /** Values of the known quantities of the solve. */
  readonly known: Float64Array;
  readonly status: LpStatus;
  readonly iteration: number | null;
  readonly scenario: number | null;
  readonly opening: number | null;
}

/** The problem of a failed solve as MPS text, without cuts, with the names that messages use. */
export function failedProblem({ system, model, known }: FailedSolve): string {
  const stage = system.horizon.stages[model.position]!;
  return formatMps(plainLp(model, known), {
    model: `stage ${stage.id}`,
    columns: model.columnKeys.map((key) => columnName(system, key)),
    rows: model.rowKeys.map((key) => rowName(system, key)),
  });
}

/** Columns that only exist so that a requirement can be missed at a cost. */
const PENALTY_SLACKS: ReadonlySet<ColumnKind> = new Set<ColumnKind>([
  "deficit",
  "excess",
  "evaporation_below",
  "evaporation_above",
  "withdrawal_below",
  "withdrawal_above",
  "inflow_slack",
  "storage_below",
  "filling_below",
  "outflow_below",
  "outflow_above",
  "turbined_below",
  "generation_below",
  "generation_negative",
  "group_turbined_below",
  "group_generation_below",
  "constraint_below",
  "constraint_above",
]);

/** Flows and powers below this are rounding. */
const ACTIVE = 1e-6;

/** Things of one kind that a message names. */
const NAMED = 8;

/**
 * The error for a failed solve. Solves the problem again with a fresh model of `solver`; `mpsPath` is
 * where the caller wrote {@link failedProblem}, or null if it did not.
 */
export function explainFailure(
  solver: LpSolver,
  failed: FailedSolve,
  mpsPath: string | null,
): CobreError {
  const { system, model, status, iteration, scenario, opening } = failed;
  const stage = system.horizon.stages[model.position]!.id;
  const place = Object.entries({ iteration, scenario, opening })
    .flatMap(([name, number]) => number === null ? [] : [`${name} ${number}`]).join(", ");
  const reason = reasonOf(solver, failed);
  const where = place === "" ? `stage ${stage}` : `stage ${stage} (${place})`;
  const written = mpsPath === null ? "" : `. The problem is in ${mpsPath}`;
  return CobreError.of(
    "SolverFailure",
    `The problem of ${where} was not solved: ${reason.message}${written}`,
    {
      stage,
      iteration,
      scenario,
      opening,
      solver_status: status,
      active_penalty_slacks: reason.slacks,
      conflicts: reason.conflicts,
      mps_path: mpsPath,
    },
    reason.suggestion,
  );
}

interface Reason {
  readonly message: string;
  readonly suggestion: string;
  readonly conflicts: readonly string[] | null;
  readonly slacks: readonly string[] | null;
}

function reasonOf(solver: LpSolver, failed: FailedSolve): Reason {
  const { system, model, known } = failed;
  const wrong = model.columnKeys.slice(0, model.parameters)
    .flatMap((key, at) =>
      Number.isFinite(known[at]) ? [] : [`${columnName(system, key)} is ${known[at]}`]
    );
  if (wrong.length > 0) {
    return {
      message: `${wrong.join("; ")}, expected a number`,
      suggestion: "Check the scenarios and the settings of the inflow model",
      conflicts: null,
      slacks: null,
    };
  }
  const conflicts = findConflicts(solver, system, model, known).map(conflictText);
  if (conflicts.length > 0) {
    return {
      message: `these cannot all hold: ${listed(conflicts)}`,
      suggestion: "Loosen one of them, or give a user's constraint a slack with a penalty",
      conflicts,
      slacks: null,
    };
  }
  return solvedAgain(solver, failed);
}

/** As many as a reader can take in; the context of the error has all. */
function listed(texts: readonly string[]): string {
  const shown = texts.slice(0, NAMED);
  if (texts.length > NAMED) shown.push(`and ${texts.length - NAMED} more`);
  return shown.join("; ");
}

/** The problem has a solution, so the cost has no end or the solver has lost its way. */
function solvedAgain(solver: LpSolver, { system, model, known, status }: FailedSolve): Reason {
  using again = solver.createModel(CAUTIOUS_OPTIONS);
  again.load(plainLp(model, known));
  const second = again.solve();
  const values = new Float64Array(model.columnKeys.length);
  if (second === "unbounded" && again.readPrimalRay(values)) {
    const largest = model.columnKeys.map((key, at) => ({ key, rate: values[at]! }))
      .filter(({ rate }) => Math.abs(rate) > ACTIVE)
      .sort((a, b) => Math.abs(b.rate) - Math.abs(a.rate)).slice(0, NAMED);
    const names = largest.map(({ key, rate }) =>
      `${rate > 0 ? "more" : "less"} ${columnName(system, key)}`
    );
    return {
      message: `its cost falls without end with ${names.join(", ")}`,
      suggestion: "Bound what pays, or check the signs of costs and prices",
      conflicts: null,
      slacks: null,
    };
  }
  if (second !== "optimal") {
    return {
      message: `the solver ended with the status ${status}, and again with ${second}, although ` +
        "no rows or bounds contradict each other",
      suggestion: "Check for very large or very small numbers in the case",
      conflicts: null,
      slacks: null,
    };
  }
  again.readSolution(values, null, null, null);
  const slacks = model.columnKeys.flatMap((key, at) =>
    PENALTY_SLACKS.has(key.kind) && values[at]! > ACTIVE ? [columnName(system, key)] : []
  );
  return {
    message: `the solver ended with the status ${status}, but without cuts the problem is ` +
      "solved from scratch",
    suggestion: "This is a matter of numbers: check for very large or very small costs and bounds",
    conflicts: null,
    slacks,
  };
}
