/** The forward pass: trajectories walk through the stages under the policy of the iteration before. */
import type { StageStart } from "../lp/mod.ts";
import type { Sampler } from "../stochastic/mod.ts";
import { chainStart } from "./chained_start.ts";
import { startAt } from "./start_store.ts";
import type { StudyThread } from "./thread.ts";
import type { TrainingMemory } from "./training_memory.ts";
import { extraRounds, walk, type WalkRoom } from "./walk.ts";

/**
 * Walks one trajectory of an iteration and leaves its states, bases and cost in the memory. Where it
 * goes round a cycle several times, cuts are made at the states of one of the rounds: another one in
 * the next iteration and for the next trajectory.
 */
export function walkForward(
  thread: StudyThread,
  memory: TrainingMemory,
  samplers: readonly Sampler[],
  room: WalkRoom,
  iteration: number,
  trajectory: number,
): void {
  thread.phase = "forward";
  const { study } = thread;
  const last = study.stages.length - 1;
  const kept = (iteration - 1 + trajectory) % (extraRounds(study) + 1);
  const cycleStart = study.cycle?.next ?? 0;
  const keep = (position: number, state: Float64Array): void =>
    memory.states[position]!.set(state, trajectory * state.length);
  const startOf = (position: number): StageStart => {
    const start = startAt(memory.starts[position]!, trajectory);
    if (thread.chainable[position]) {
      const before = startAt(memory.starts[position - 1]!, trajectory);
      const { pools } = memory;
      chainStart(before, pools[position - 1] ?? null, pools[position] ?? null, start);
    }
    return start;
  };
  memory.costs[trajectory] = walk(thread, room, {
    samplers,
    iteration,
    scenario: trajectory,
    start: startOf,
    visit: ({ position, round, site, state, opening, cost }) => {
      if (round === 0 && position === 0) memory.firstObjectives[trajectory] = cost;
      if (round !== (position < cycleStart ? 0 : kept)) return;
      keep(position, state);
      memory.openings[trajectory * study.stages.length + position] = opening;
      site.solver.storeStart(startAt(memory.starts[position]!, trajectory));
      if (position === last) keep(last + 1, room.states[last + 1]!);
    },
  });
}
