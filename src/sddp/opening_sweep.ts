/** All openings of a stage at one state: costs and gradients, from which cuts and bounds are made. */
import { type StageStart, stageStart } from "../lp/mod.ts";
import { openingsByInflow } from "./opening_order.ts";
import type { NoiseParts } from "./noise_parts.ts";
import type { StageSite } from "./stage_site.ts";
import type { StudyThread } from "./thread.ts";

/** Costs and gradients of the openings of a stage, reused by every sweep over it. */
export interface Sweep {
  readonly openings: number;
  readonly slots: number;
  /** Openings in the order in which they are solved. */
  readonly order: Int32Array;
  /** By opening ($). */
  readonly costs: Float64Array;
  /** Row ω holds the derivatives of the cost of opening ω in the incoming state ($ per unit). */
  readonly gradients: Float64Array;
  /** Weights of the openings and room to sort them, for the risk measure. */
  readonly weights: Float64Array;
  readonly ranking: Int32Array;
  /** The basis of the opening that is solved first. */
  readonly firstStart: StageStart;
}

/** Room for sweeps over a stage. */
export function makeSweep({ study }: StudyThread, position: number): Sweep {
  const { template } = study.stages[position]!;
  const openings = study.tree.counts[position]!;
  const slots = template.map.incoming.slots.length;
  return {
    openings,
    slots,
    order: openingsByInflow(study.tree, position, template),
    costs: new Float64Array(openings),
    gradients: new Float64Array(openings * slots),
    weights: new Float64Array(openings),
    ranking: new Int32Array(openings),
    firstStart: stageStart(template),
  };
}

/**
 * Solves all openings at `state`. It begins with the opening `first` (or, where that is −1, with the
 * middle one) and the basis `start`, walks on to the wettest, then from the first one to the driest.
 * `parts` is what the openings add to the cuts of the stage; null where it has none. `afterSolve` is called after each.
 */
export function sweepOpenings(
  thread: StudyThread,
  site: StageSite,
  sweep: Sweep,
  state: Float64Array,
  start: StageStart,
  first: number,
  parts: NoiseParts | null,
  afterSolve: (site: StageSite) => void,
): void {
  const { order, openings, slots, costs, gradients, firstStart } = sweep;
  const turn = first < 0 ? openings >> 1 : order.indexOf(first);
  const solve = (opening: number): void => {
    thread.context.opening = opening;
    const noise = thread.opening(site.position, opening);
    if (parts === null) site.setNoise(noise);
    else site.setOpening(noise, opening, thread.opening(site.position, 0), parts);
    costs[opening] = thread.solve(site);
    site.gradient(gradients.subarray(opening * slots, (opening + 1) * slots));
    afterSolve(site);
  };
  thread.beginTask(site, state, start);
  for (let at = turn; at < openings; at++) {
    solve(order[at]!);
    if (at === turn) site.solver.storeStart(firstStart);
  }
  if (turn === 0) return;
  thread.beginTask(site, state, firstStart);
  for (let at = turn - 1; at >= 0; at--) solve(order[at]!);
}
