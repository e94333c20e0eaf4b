/** What a training leaves in the output folder: its convergence, and how it was run. */
import { join } from "node:path";
import type { Case } from "../../case/mod.ts";
import { COBRE_VERSION, type TerminationReason } from "../../protocol/mod.ts";
import type { SolverIdentity } from "../../solver/mod.ts";
import { makeFolder } from "../make_folder.ts";
import type { ConvergenceRows } from "./convergence_rows.ts";
import type { TrainingOutcome } from "./study_run.ts";

/** Folder of the training in the output folder. */
const FOLDER = "training";

/** Reasons that are convergence, and not a limit. */
const CONVERGED: readonly TerminationReason[] = ["bound_stalling", "simulation", "gap"];

/** A training that has ended. */
export interface EndedTraining {
  readonly read: Pick<Case, "system" | "config">;
  readonly solver: SolverIdentity;
  readonly threads: number;
  readonly startedAt: Date;
  readonly completedAt: Date;
  readonly outcome: TrainingOutcome;
  readonly rows: ConvergenceRows;
}

/** Writes the files; returns their paths relative to the output folder. */
export async function writeTrainingFiles(
  output: string,
  training: EndedTraining,
): Promise<string[]> {
  const { writeFileAtomic, writeParquetTable } = await import("../../files/mod.ts");
  await makeFolder(join(output, FOLDER));
  const files = [`${FOLDER}/convergence.parquet`, `${FOLDER}/metadata.json`];
  await writeParquetTable(join(output, files[0]!), training.rows.columns());
  const text = JSON.stringify(metadata(training), null, 2);
  await writeFileAtomic(join(output, files[1]!), `${text}\n`);
  return files;
}

function metadata(training: EndedTraining): Record<string, unknown> {
  const { read: { system, config }, solver, threads, rows } = training;
  const { iterations, total_cuts, termination_reason: reason } = training.outcome;
  const { startedAt, completedAt } = training;
  const { stoppingRules, stoppingMode, treeSeed, selection } = config.training;
  const limits = stoppingRules.flatMap((rule) =>
    rule.type === "iteration_limit" ? [rule.limit] : []
  );
  const converged = CONVERGED.includes(reason);
  const { last } = rows;
  return {
    cobre_version: COBRE_VERSION,
    software: "cobre",
    software_version: COBRE_VERSION,
    solver: "highs",
    solver_version: solver.version,
    started_at: startedAt.toISOString(),
    completed_at: completedAt.toISOString(),
    duration_seconds: (completedAt.getTime() - startedAt.getTime()) / 1000,
    status: reason === "shutdown" || reason === "error" ? "partial" : "complete",
    configuration: {
      // A number in the file, as far as a number can hold it.
      seed: treeSeed === null ? null : Number(treeSeed),
      max_iterations: limits.length === 0 ? null : Math.max(...limits),
      forward_passes: selection.method === "sampled" ? selection.count : null,
      stopping_mode: stoppingMode,
      policy_mode: config.policy.mode,
    },
    problem_dimensions: {
      num_stages: system.horizon.stages.length,
      num_hydros: system.hydros.length,
      num_thermals: system.thermals.length,
      num_buses: system.buses.length,
      num_lines: system.lines.length,
    },
    iterations: { completed: iterations, converged_at: converged ? iterations : null },
    convergence: {
      achieved: converged,
      final_gap_percent: last === null || last.gap === null ? null : 100 * last.gap,
      termination_reason: reason,
    },
    row_pool: {
      total_generated: total_cuts,
      total_active: rows.activeCuts,
      peak_active: rows.peakActiveCuts,
    },
    bounds: {
      final_lower_bound: last?.lower_bound ?? null,
      final_upper_bound: last?.upper_bound ?? null,
      final_upper_bound_std: last?.upper_bound_std ?? null,
      final_upper_bound_kind: last?.upper_bound_kind ?? null,
    },
    solve_stats: { total_lp_solves: rows.solves, parallelism: threads },
    distribution: {
      backend: "local",
      world_size: 1,
      ranks_participated: 1,
      num_nodes: 1,
      threads_per_rank: threads,
    },
  };
}
