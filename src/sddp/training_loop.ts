/** The iterations of a training, as the leading thread goes through them. */
import type { Lead } from "../parallel/mod.ts";
import type { TerminationReason } from "../protocol/mod.ts";
import { activeCuts, cutCount, type CutPool } from "./cut_pool.ts";
import { Exchange } from "./exchange.ts";
import { cutsPerTrajectory, nextStage } from "./future_shape.ts";
import { type InnerBound, innerBoundDue, innerBoundRound } from "./inner_bound.ts";
import { LowerBound } from "./lower_bound.ts";
import { selectionRound } from "./select_round.ts";
import { stageSolves } from "./solve_statistics.ts";
import { decideStopping, simulationDue } from "./stopping_rules.ts";
import { testSimulation } from "./test_simulation.ts";
import type { StudyThread } from "./thread.ts";
import type { TrainingEnd, TrainingJob, TrainingNews, TrainingState } from "./training_job.ts";
import { TrainingTask } from "./training_tasks.ts";
import { relativeGap, upperBoundOf } from "./upper_bound.ts";
import type { Communicator } from "../comm/mod.ts";

/** What the loop works with. */
export interface LoopParts {
  readonly job: TrainingJob;
  readonly thread: StudyThread;
  /** Where an upper bound by inner approximation is wanted. */
  readonly inner: InnerBound | null;
  readonly team: Lead;
  readonly comm: Communicator;
  readonly tell: (news: TrainingNews) => void;
}

/** Trains until a rule fires, somebody asks to stop, or there is no room for more cuts. */
export function trainingLoop({ job, thread, inner, team, comm, tell }: LoopParts): TrainingEnd {
  const { study, memory } = job;
  const exchange = new Exchange(comm, study.passes);
  using lowerBound = new LowerBound(thread);
  const began = performance.now() - job.state.elapsedMs;
  new Set(memory.pools).forEach((pool) => {
    if (pool !== null) prepareCuts(thread, job, pool, 0, cutCount(pool));
  });
  let state = job.state;
  for (;;) {
    if (team.stopRequest() > 0) return { reason: "shutdown", state };
    const done = study.training.stoppingRules.some((rule) =>
      rule.type === "iteration_limit" && state.iteration >= rule.limit
    );
    if (done) return { reason: "iteration_limit", state };
    if (!hasRoom(job)) return { reason: "no_room", state };
    const iteration = state.iteration + 1;
    const started = performance.now();
    const since = (moment: number): number => Math.round(performance.now() - moment);
    memory.counters.fill(0);

    team.run(exchange.share.count, TrainingTask.forward, iteration, 0, 0, exchange.share.first);
    const forwardMs = since(started);
    const { first, count } = exchange.share;
    const own = upperBoundOf(memory.costs.slice(first, first + count));
    tell({
      type: "event",
      event: {
        event: "ForwardPassComplete",
        iteration,
        scenarios: count,
        lb_candidate: upperBoundOf(memory.firstObjectives.slice(first, first + count)).mean,
        ub_mean: own.mean,
        ub_std: own.std,
        elapsed_ms: forwardMs,
      },
    });
    const synced = performance.now();
    exchange.trajectories(memory);
    archiveStates(memory);
    const sampled = upperBoundOf(memory.costs);
    tell({
      type: "event",
      event: {
        event: "ForwardSyncComplete",
        iteration,
        global_lb: state.lowerBounds.at(-1) ?? null,
        global_ub_mean: sampled.mean,
        global_ub_std: sampled.std,
        sync_time_ms: comm.size === 1 ? 0 : since(synced),
      },
    });

    const turned = performance.now();
    const made = backward(job, thread, team, exchange, iteration);
    const backwardMs = since(turned);
    tell({
      type: "event",
      event: {
        event: "BackwardPassComplete",
        iteration,
        cuts_generated: made.cuts,
        stages_processed: made.stages,
        elapsed_ms: backwardMs,
      },
    });
    const selection = selectionRound(study, memory, team, TrainingTask.select, iteration);
    if (selection !== null) tell({ type: "event", event: selection });
    const active = memory.pools.map((pool) => pool === null ? 0 : activeCuts(pool));
    tell({
      type: "event",
      event: {
        event: "CutSyncComplete",
        iteration,
        cuts_distributed: made.cuts,
        cuts_active: active.reduce((sum, stage) => sum + stage, 0),
        cuts_removed: selection?.cuts_deactivated ?? 0,
        sync_time_ms: made.syncMs,
        cuts_active_per_stage: active,
      },
    });

    // All cuts stay in it, so it can only fall by the tolerance of the solver.
    const bound = Math.max(
      lowerBound.evaluate(memory, iteration),
      state.lowerBounds.at(-1) ?? -Infinity,
    );
    let upper = sampled;
    let { innerBound } = state;
    const exact = inner !== null && innerBoundDue(study, iteration);
    if (exact) {
      const task = TrainingTask.value;
      const value = innerBoundRound(inner, study, memory, team, comm, task, iteration);
      innerBound = Math.min(value, innerBound ?? Infinity);
      upper = { mean: innerBound, std: 0, halfWidth: 0 };
    }
    state = {
      ...state,
      iteration,
      innerBound,
      lowerBounds: [...state.lowerBounds, bound],
      upperBound: upper.mean,
      upperBoundStd: upper.std,
      upperBoundHalfWidth: upper.halfWidth,
      elapsedMs: performance.now() - began,
      cutsMade: state.cutsMade + made.cuts,
      filled: memory.pools.map((pool) => pool === null ? 0 : cutCount(pool)),
    };
    const replications = simulationDue(study.training.stoppingRules, {
      iterations: iteration,
      lowerBounds: state.lowerBounds,
    });
    if (replications > 0) {
      const task = TrainingTask.replicate;
      const last = testSimulation(thread, memory, team, comm, task, replications, iteration);
      state = { ...state, simulations: [last, state.simulations[0]] };
    }
    const times = { total: since(started), forward: forwardMs, backward: backwardMs };
    const reason = conclude(job, team, tell, state, exact, times);
    if (reason !== null) return { reason, state };
  }
}

/** Adds the states of an iteration to those of all. */
function archiveStates({ states, archive, archived }: TrainingJob["memory"]): void {
  archive.forEach((all, position) => {
    const own = states[position]!;
    all?.set(own, archived[0]! * own.length);
  });
  if (archive[0] !== null) archived[0]!++;
}

/** Whether every pool can take the cuts of another iteration. */
function hasRoom({ study, memory }: TrainingJob): boolean {
  const wanted = new Map<CutPool, number>();
  memory.pools.forEach((pool, position) => {
    if (pool === null) return;
    const more = study.passes * cutsPerTrajectory(study, position);
    wanted.set(pool, (wanted.get(pool) ?? cutCount(pool)) + more);
  });
  const { archive, archived, states } = memory;
  const end = (archived[0]! + 1) * states[0]!.length;
  return (archive[0] ?? null) === null || archive[0]!.length >= end
    ? [...wanted].every(([pool, cuts]) => cuts <= pool.capacity)
    : false;
}

/** Cuts that no thread of this rank made lack what the openings add to them. */
function prepareCuts(
  thread: StudyThread,
  { memory }: TrainingJob,
  pool: CutPool,
  from: number,
  to: number,
): void {
  for (let cut = from; cut < to; cut++) thread.prepareCut(memory, pool, cut);
}

/** Makes cuts from the last stage to the first. */
function backward(
  job: TrainingJob,
  thread: StudyThread,
  team: Lead,
  exchange: Exchange,
  iteration: number,
): { cuts: number; stages: number; syncMs: number } {
  const { study, memory } = job;
  const { first, count } = exchange.share;
  const several = exchange.comm.size > 1;
  let cuts = 0;
  let stages = 0;
  let syncMs = 0;
  for (let position = study.stages.length - 1; position >= 0; position--) {
    const next = nextStage(study, position);
    const pool = memory.pools[position];
    if (next < 0 || pool === null || pool === undefined) continue;
    const ahead = memory.pools[next] ?? null;
    const before = several && ahead !== null ? ahead.activeCount.slice() : new Int32Array(0);
    team.run(count, TrainingTask.backward, iteration, position, next, first);
    const synced = performance.now();
    const perTrajectory = cutsPerTrajectory(study, position);
    exchange.cuts(pool, perTrajectory);
    if (ahead !== null) exchange.activity(ahead, before);
    if (several) {
      const from = cutCount(pool);
      prepareCuts(thread, job, pool, from, from + study.passes * perTrajectory);
    }
    if (several) syncMs += performance.now() - synced;
    Atomics.add(pool.filled, 0, study.passes * perTrajectory);
    cuts += study.passes * perTrajectory;
    stages++;
  }
  return { cuts, stages, syncMs: Math.round(syncMs) };
}

/** Asks the rules and tells how the iteration went. */
function conclude(
  { study, memory }: TrainingJob,
  team: Lead,
  tell: (news: TrainingNews) => void,
  state: TrainingState,
  exact: boolean,
  times: { readonly total: number; readonly forward: number; readonly backward: number },
): TerminationReason | null {
  const { iteration, lowerBounds, upperBound, elapsedMs, simulations } = state;
  const bound = lowerBounds.at(-1)!;
  const decision = decideStopping(study.training.stoppingRules, study.training.stoppingMode, {
    iterations: iteration,
    elapsedMs,
    lowerBounds,
    upperBound,
    simulations,
  });
  const gap = relativeGap(bound, upperBound);
  const solves = stageSolves(memory.counters, team.threads, study.stages.length);
  const problems = solves.reduce((sum, stage) => sum + stage.solves, 0);
  const rows = solves.reduce((sum, stage) => sum + stage.added_rows, 0);
  tell({
    type: "event",
    event: {
      event: "ConvergenceUpdate",
      iteration,
      lower_bound: bound,
      upper_bound: upperBound,
      upper_bound_std: state.upperBoundStd,
      ci_95: state.upperBoundHalfWidth,
      gap,
      wall_time_ms: Math.round(elapsedMs),
      iteration_time_ms: times.total,
      upper_bound_kind: exact ? "exact" : "statistical",
      rules_evaluated: [...decision.results],
    },
  });
  tell({ type: "iteration", state, solves });
  tell({
    type: "event",
    event: {
      event: "IterationSummary",
      iteration,
      lower_bound: bound,
      upper_bound: upperBound,
      gap,
      wall_time_ms: Math.round(elapsedMs),
      iteration_time_ms: times.total,
      forward_ms: times.forward,
      backward_ms: times.backward,
      lp_solves: problems,
      memory_peak_mb: Math.round(Deno.memoryUsage().rss / 2 ** 20),
      forward_passes: study.passes,
      mean_rows_in_lp: problems === 0 ? 0 : rows / problems,
    },
  });
  return decision.reason;
}
