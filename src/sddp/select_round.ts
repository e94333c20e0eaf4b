/** The selection of cuts after an iteration, one task for each pool. */
import type { Lead } from "../parallel/mod.ts";
import type { EventOf } from "../protocol/mod.ts";
import { activeCuts, cutCount, type CutPool } from "./cut_pool.ts";
import {
  applyBudget,
  selectCuts,
  SELECTION_FIELDS,
  selectionDue,
  type VisitedStates,
} from "./cut_selection.ts";
import { nextStage } from "./future_shape.ts";
import type { Study } from "./study.ts";
import type { TrainingMemory } from "./training_memory.ts";

/** Selects the cuts on the future of one stage. */
export function selectAtStage(
  study: Study,
  memory: TrainingMemory,
  iteration: number,
  position: number,
): void {
  const pool = memory.pools[position] ?? null;
  const results = memory.selection.subarray(
    SELECTION_FIELDS * position,
    SELECTION_FIELDS * (position + 1),
  ).fill(0);
  // A pool that stages share is the business of the first of them.
  if (pool === null || memory.pools.indexOf(pool) < position) return;
  const began = performance.now();
  const { cutSelection, maxActiveCutsPerStage } = study.training;
  const selected = position > 0 && nextStage(study, position) >= 0 &&
    selectionDue(cutSelection, iteration);
  if (selected) {
    const counts = selectCuts(pool, cutSelection, iteration, visitedStates(study, memory, pool));
    results[0] = counts.before;
    results[1] = counts.deactivated;
    results[2] = counts.reactivated;
  } else results[0] = activeCuts(pool);
  if (maxActiveCutsPerStage !== null) {
    results[3] = applyBudget(pool, maxActiveCutsPerStage, iteration);
  }
  results[4] = performance.now() - began;
}

/** Makes the selection that is due, if any; returns what it did. */
export function selectionRound(
  study: Study,
  memory: TrainingMemory,
  team: Lead,
  kind: number,
  iteration: number,
): EventOf<"CutSelectionComplete"> | null {
  const { cutSelection, maxActiveCutsPerStage } = study.training;
  if (!selectionDue(cutSelection, iteration) && maxActiveCutsPerStage === null) return null;
  const began = performance.now();
  team.run(study.stages.length, kind, iteration);
  const perStage: EventOf<"CutSelectionComplete">["per_stage"] = [];
  let deactivated = 0;
  memory.pools.forEach((pool, position) => {
    if (pool === null || memory.pools.indexOf(pool) < position) return;
    const at = SELECTION_FIELDS * position;
    const [before, dropped, returned, evicted, time] = memory.selection.subarray(
      at,
      at + SELECTION_FIELDS,
    );
    const after = before! - dropped! + returned!;
    deactivated += dropped! + evicted!;
    perStage.push({
      stage: position,
      cuts_populated: cutCount(pool),
      cuts_active_before: before!,
      cuts_deactivated: dropped!,
      cuts_reactivated: returned!,
      cuts_active_after: after,
      selection_time_ms: time!,
      budget_evicted: maxActiveCutsPerStage === null ? null : evicted!,
      active_after_budget: maxActiveCutsPerStage === null ? null : after - evicted!,
    });
  });
  return {
    event: "CutSelectionComplete",
    iteration,
    cuts_deactivated: deactivated,
    stages_processed: perStage.length,
    selection_time_ms: Math.round(performance.now() - began),
    allgatherv_time_ms: 0,
    per_stage: perStage,
  };
}

/** The states at which the cuts of a pool are of use. */
function visitedStates(
  { passes }: Study,
  { pools, archive, archived }: TrainingMemory,
  pool: CutPool,
): VisitedStates[] {
  return pools.flatMap((other, position) => {
    const values = archive[position + 1];
    if (other !== pool || values === null || values === undefined) return [];
    return [{ values, count: archived[0]! * passes }];
  });
}
