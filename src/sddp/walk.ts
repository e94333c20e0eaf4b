/** A walk through the stages along one trajectory, under the policy that the cuts describe. */
import type { StageStart } from "../lp/mod.ts";
import type { Sampler } from "../stochastic/mod.ts";
import type { StageSite } from "./stage_site.ts";
import type { Study } from "./study.ts";
import type { StudyThread } from "./thread.ts";
import { startState } from "./trajectory_start.ts";

/** Room for the walks of one thread. */
export interface WalkRoom {
  /** States before each stage, and after the last. */
  readonly states: readonly Float64Array[];
  readonly lags: Float64Array;
}

/** What a walk is made of. */
export interface WalkPlan {
  readonly samplers: readonly Sampler[];
  /** As the samplers count: 0 for simulations. */
  readonly iteration: number;
  readonly scenario: number;
  /** Basis to begin with at a stage. */
  readonly start: (position: number) => StageStart;
  /** Called after each solve, while the solution is there. */
  readonly visit: (step: WalkStep) => void;
}

/** One solve of a walk. */
export interface WalkStep {
  readonly position: number;
  /** Times that the walk has gone round a cycle before. */
  readonly round: number;
  readonly site: StageSite;
  readonly state: Float64Array;
  /** Opening of the tree that the inflows are from, or −1. */
  readonly opening: number;
  /** Cost of the stage and its future ($). */
  readonly cost: number;
  /** Cost of the stage alone ($). */
  readonly stageCost: number;
  /** Factor on costs of the stage, seen from the start of the study. */
  readonly discount: number;
}

/** Each round of a cycle draws as an iteration of its own; runs have fewer iterations than this. */
const ITERATIONS_PER_ROUND = 2 ** 24;

/** Room for walks through a study. */
export function walkRoom({ stages }: Study): WalkRoom {
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

/** How often a walk goes through the stages after it has been through them once. */
export function extraRounds({ stages, cycle }: Study): number {
  if (cycle === null) return 0;
  let discount = stages.reduce((product, stage) => product * stage.discount, 1);
  const perRound = stages.slice(cycle.next)
    .reduce((product, stage) => product * stage.discount, 1);
  let rounds = 0;
  while (discount >= cycle.discountTolerance && rounds + 1 < cycle.maxRounds) {
    discount *= perRound;
    rounds++;
  }
  return rounds;
}

/** Walks; returns the discounted cost of the stages ($). The last state is left in the room. */
export function walk(thread: StudyThread, room: WalkRoom, plan: WalkPlan): number {
  const { study, noise, context, sites } = thread;
  const { samplers, iteration, scenario } = plan;
  const { states } = room;
  const last = study.stages.length - 1;
  const rounds = extraRounds(study);
  context.iteration = iteration;
  context.scenario = scenario;
  startState(study, samplers, iteration, scenario, states[0]!, room.lags);
  let total = 0;
  let discount = 1;
  for (let round = 0, position = 0; round <= rounds; position++) {
    const state = states[position]!;
    const draw = iteration + round * ITERATIONS_PER_ROUND;
    let opening = -1;
    for (const sampler of samplers) {
      sampler.draw(draw, scenario, position, noise);
      if (sampler.noise === "inflow") opening = sampler.opening(draw, scenario, position);
    }
    context.opening = opening;
    const site = sites[position]!;
    const start = plan.start(position);
    thread.beginTask(site, state, start);
    site.setNoise(noise);
    const cost = thread.solve(site);
    site.outgoingState(states[position + 1]!);
    const stageCost = cost - site.futureCost();
    plan.visit({ position, round, site, state, opening, cost, stageCost, discount });
    total += discount * stageCost;
    discount *= study.stages[position]!.discount;
    if (position === last) {
      round++;
      if (round > rounds) break;
      position = study.cycle!.next;
      states[position]!.set(states[last + 1]!);
      position--;
    }
  }
  return total;
}
