/** The short simulation that a stopping rule compares with the one before. */
import { type Communicator, rankShare } from "../comm/mod.ts";
import type { Lead } from "../parallel/mod.ts";
import type { Sampler } from "../stochastic/mod.ts";
import { findStarts } from "./find_starts.ts";
import { startAt } from "./start_store.ts";
import type { TestSimulation } from "./stopping_rules.ts";
import type { StudyThread } from "./thread.ts";
import type { TrainingMemory } from "./training_memory.ts";
import { walk, type WalkRoom } from "./walk.ts";

/** Test simulations draw as iteration 0 of the training: all of them see the same noise. */
const TEST_ITERATION = 0;

/** Walks one replication and leaves the cost of each stage. */
export function replicate(
  thread: StudyThread,
  { testStarts, testCosts }: TrainingMemory,
  samplers: readonly Sampler[],
  room: WalkRoom,
  replication: number,
): void {
  thread.phase = "simulation";
  const stages = thread.study.stages.length;
  const costs = testCosts.subarray(replication * stages, (replication + 1) * stages).fill(0);
  walk(thread, room, {
    samplers,
    iteration: TEST_ITERATION,
    scenario: replication,
    start: (position) => startAt(testStarts[position]!, 0),
    visit: ({ position, stageCost }) => costs[position]! += stageCost,
  });
}

/** Simulates the policy as it is after an iteration. */
export function testSimulation(
  thread: StudyThread,
  memory: TrainingMemory,
  team: Lead,
  comm: Communicator,
  task: number,
  replications: number,
  iteration: number,
): TestSimulation {
  const { study } = thread;
  findStarts(thread, memory.testStarts, thread.samplers(study.trainingNoise), TEST_ITERATION);
  const shares = Array.from({ length: comm.size }, (_, r) => rankShare(replications, r, comm.size));
  const { first, count } = shares[comm.rank]!;
  team.run(count, task, iteration, 0, 0, first);
  const stages = study.stages.length;
  const all = memory.testCosts.subarray(0, replications * stages);
  const counts = Int32Array.from(shares, (share) => share.count * stages);
  if (comm.size > 1) {
    comm.allgatherv(all.slice(first * stages, (first + count) * stages), all, counts);
  }
  const stageCosts = new Float64Array(stages);
  for (let at = 0; at < all.length; at++) stageCosts[at % stages]! += all[at]! / replications;
  return { iteration, stageCosts };
}
