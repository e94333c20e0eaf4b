/** The backward pass: a trajectory makes a cut on the future of a stage at the state it visited. */
import { cutCount, type CutPool } from "./cut_pool.ts";
import { cutsPerTrajectory } from "./future_shape.ts";
import { type Sweep, sweepOpenings } from "./opening_sweep.ts";
import { riskWeights, weightedSum } from "./risk_measure.ts";
import type { StageSite } from "./stage_site.ts";
import type { StudyThread } from "./thread.ts";
import { startAt } from "./start_store.ts";
import type { TrainingMemory } from "./training_memory.ts";

/**
 * Solves every opening of the stage `next` at the state in which a trajectory left the stage
 * `position`, and puts the cut (or one per opening) in its slots of the pool of that stage. Counts
 * the cuts of `next` that were binding.
 */
export function makeCuts(
  thread: StudyThread,
  memory: TrainingMemory,
  sweep: Sweep,
  iteration: number,
  trajectory: number,
  position: number,
  next: number,
): void {
  const { study, context } = thread;
  thread.phase = "backward";
  context.iteration = iteration;
  context.scenario = trajectory;
  const { slots } = sweep;
  const visited = memory.states[position + 1]!;
  const state = visited.subarray(trajectory * slots, (trajectory + 1) * slots);
  const start = startAt(memory.starts[next]!, trajectory);
  const first = memory.openings[trajectory * study.stages.length + next]!;
  const ahead = thread.pools[next] ?? null;
  const tolerance = study.training.cutActivityTolerance;
  const parts = memory.noiseParts[next] ?? null;
  sweepOpenings(thread, thread.sites[next]!, sweep, state, start, first, parts, (site) => {
    if (ahead !== null) countActivity(ahead, site, tolerance, iteration);
  });
  const pool = thread.pools[position]!;
  const perTrajectory = cutsPerTrajectory(study, position);
  const slot = cutCount(pool) + trajectory * perTrajectory;
  if (study.training.cutFormulation === "multi") {
    for (let opening = 0; opening < perTrajectory; opening++) {
      sweep.weights.fill(0);
      sweep.weights[opening] = 1;
      writeCut(pool, slot + opening, sweep, state, opening, iteration, trajectory);
      thread.prepareCut(memory, pool, slot + opening);
    }
    return;
  }
  const { costs, weights, ranking, openings } = sweep;
  riskWeights(study.stages[position]!.risk, costs, openings, weights, ranking);
  writeCut(pool, slot, sweep, state, 0, iteration, trajectory);
  thread.prepareCut(memory, pool, slot);
}

/** Counts each cut with a dual above the tolerance; whole numbers, so the order does not matter. */
function countActivity(
  { activeCount, lastActive }: CutPool,
  { solver }: StageSite,
  tolerance: number,
  iteration: number,
): void {
  solver.eachCutDual((cut, dual) => {
    if (dual <= tolerance) return;
    Atomics.add(activeCount, cut, 1);
    Atomics.store(lastActive, cut, iteration);
  });
}

/** The tangent at `state` of the weighted sum of the openings. */
function writeCut(
  { rows, iteration: madeIn, trajectory: madeBy, lastActive }: CutPool,
  cut: number,
  { costs, gradients, weights, openings, slots }: Sweep,
  state: Float64Array,
  future: number,
  iteration: number,
  trajectory: number,
): void {
  const first = cut * slots;
  const { coefficients } = rows;
  coefficients.fill(0, first, first + slots);
  for (let opening = 0; opening < openings; opening++) {
    const weight = weights[opening]!;
    if (weight === 0) continue;
    const row = opening * slots;
    for (let slot = 0; slot < slots; slot++) {
      coefficients[first + slot]! += weight * gradients[row + slot]!;
    }
  }
  let intercept = weightedSum(costs, weights, openings);
  for (let slot = 0; slot < slots; slot++) intercept -= coefficients[first + slot]! * state[slot]!;
  rows.intercept[cut] = intercept;
  rows.future[cut] = future;
  rows.active[cut] = 1;
  madeIn[cut] = iteration;
  madeBy[cut] = trajectory;
  lastActive[cut] = iteration;
}
