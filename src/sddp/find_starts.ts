/** Bases for walks that nothing came before. */
import type { Sampler } from "../stochastic/mod.ts";
import { startAt, type StartStore } from "./start_store.ts";
import type { StudyThread } from "./thread.ts";
import { walk, walkRoom } from "./walk.ts";

/**
 * Walks one trajectory to have a basis for each stage. All others begin with these, so what they find
 * does not depend on who simulates what, nor on what came before the simulation.
 */
export function findStarts(
  thread: StudyThread,
  starts: readonly StartStore[],
  samplers: readonly Sampler[],
  iteration: number,
): void {
  thread.phase = "simulation";
  for (const { counts } of starts) counts.fill(-1);
  walk(thread, walkRoom(thread.study), {
    samplers,
    iteration,
    scenario: 0,
    start: (position) => startAt(starts[position]!, 0),
    visit: ({ position, round, site }) => {
      if (round === 0) site.solver.storeStart(startAt(starts[position]!, 0));
    },
  });
}
