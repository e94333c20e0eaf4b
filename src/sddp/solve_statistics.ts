/** What the solves of a phase cost, counted by each thread in shared memory. */

/** Phases whose solves are told apart. */
export const SOLVE_PHASES = ["forward", "backward", "lower_bound", "simulation"] as const;
/** See {@link SOLVE_PHASES}. */
export type SolvePhase = (typeof SOLVE_PHASES)[number];

/** What is counted. */
export const SOLVE_COUNTS = [
  /** Stage problems solved. */
  "solves",
  /** Runs of the solver, of which a problem needs more than one when it lacked a row. */
  "runs",
  /** Simplex iterations. */
  "pivots",
  /** Runs that ended without a verdict at first. */
  "retried",
  /** Retried runs that a later attempt mended. */
  "mended",
  /** Rows that were added to the problems. */
  "added_rows",
  /** Time in solves (µs). */
  "time_us",
] as const;
/** See {@link SOLVE_COUNTS}. */
export type SolveCount = (typeof SOLVE_COUNTS)[number];

/** Sums over some solves. */
export type SolveSums = Readonly<Record<SolveCount, number>>;

/** The sums of one phase and stage. */
export interface StageSolves extends SolveSums {
  readonly phase: SolvePhase;
  /** Position of the stage. */
  readonly stage: number;
}

const WIDTH = SOLVE_COUNTS.length;

/** Counters of all threads for a study of so many stages. */
export function solveCounters(threads: number, stages: number): Float64Array {
  return new Float64Array(
    new SharedArrayBuffer(8 * threads * SOLVE_PHASES.length * stages * WIDTH),
  );
}

/** The counters of one thread. */
export function countersOf(all: Float64Array, threads: number, thread: number): Float64Array {
  const length = all.length / threads;
  return all.subarray(thread * length, (thread + 1) * length);
}

/** Where the counters of a phase and stage begin. */
export function countersAt(stages: number, phase: SolvePhase, stage: number): number {
  return (SOLVE_PHASES.indexOf(phase) * stages + stage) * WIDTH;
}

/** Sums over the threads; phases and stages without solves are left out. */
export function stageSolves(all: Float64Array, threads: number, stages: number): StageSolves[] {
  const found: StageSolves[] = [];
  const perThread = all.length / threads;
  for (const phase of SOLVE_PHASES) {
    for (let stage = 0; stage < stages; stage++) {
      const at = countersAt(stages, phase, stage);
      const sums = {} as Record<SolveCount, number>;
      SOLVE_COUNTS.forEach((name, field) => {
        sums[name] = 0;
        for (let thread = 0; thread < threads; thread++) {
          sums[name] += all[thread * perThread + at + field]!;
        }
      });
      if (sums.solves > 0) found.push({ phase, stage, ...sums });
    }
  }
  return found;
}
