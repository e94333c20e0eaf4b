/** The forward pass: a trajectory walks through the stages under the policy of the iteration before. */
import type { Sampler } from "../stochastic/mod.ts";
import type { StudyThread } from "./thread.ts";
import { startAt } from "./start_store.ts";
import type { TrainingMemory } from "./training_memory.ts";
import { startState } from "./trajectory_start.ts";

/** Room for walks of one thread. */
export interface WalkRoom {
  /** States before each stage, and after the last. */
  readonly states: readonly Float64Array[];
  readonly lags: Float64Array;
}

/** Room for walks through a study. */
export function walkRoom({ study }: StudyThread): WalkRoom {
  const { stages } = study;
  const maps = stages.map(({ template }) => template.map);
  const { base } = maps[0]!.inflow;
  const depth = maps[0]!.incoming.slots.reduce(
    (most, { kind, sub }) => kind === "inflow_lag" ? Math.max(most, sub) : most,
    0,
  );
  return {
    states: [...maps.map((map) => map.incoming), maps.at(-1)!.outgoing]
      .map(({ slots }) => new Float64Array(slots.length)),
    lags: new Float64Array(base.length * depth),
  };
}

/** Walks one trajectory of an iteration and leaves its states, bases and cost in the memory. */
export function walkForward(
  thread: StudyThread,
  memory: TrainingMemory,
  samplers: readonly Sampler[],
  room: WalkRoom,
  iteration: number,
  trajectory: number,
): void {
  const { study, noise, context } = thread;
  thread.phase = "forward";
  context.iteration = iteration;
  context.scenario = trajectory;
  const { states } = room;
  startState(study, samplers, iteration, trajectory, states[0]!, room.lags);
  let total = 0;
  let discount = 1;
  study.stages.forEach((stage, position) => {
    const state = states[position]!;
    memory.states[position]!.set(state, trajectory * state.length);
    let opening = -1;
    for (const sampler of samplers) {
      sampler.draw(iteration, trajectory, position, noise);
      if (sampler.noise === "inflow") opening = sampler.opening(iteration, trajectory, position);
    }
    context.opening = opening;
    memory.openings[trajectory * study.stages.length + position] = opening;
    const site = thread.sites[position]!;
    const start = startAt(memory.starts[position]!, trajectory);
    thread.beginTask(site, state, start);
    site.setNoise(noise);
    const cost = thread.solve(site);
    site.solver.storeStart(start);
    if (position === 0) memory.firstObjectives[trajectory] = cost;
    total += discount * (cost - site.futureCost());
    discount *= stage.discount;
    site.outgoingState(states[position + 1]!);
  });
  const end = states[study.stages.length]!;
  memory.states[study.stages.length]!.set(end, trajectory * end.length);
  memory.costs[trajectory] = total;
}
