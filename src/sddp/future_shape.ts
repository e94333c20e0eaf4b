/** How the future of a stage is bounded by cuts. */
import type { Study } from "./study.ts";

/** Position of the stage that follows; −1 where none does. */
export function nextStage(study: Study, position: number): number {
  if (position + 1 < study.stages.length) return position + 1;
  return study.cycle?.next ?? -1;
}

/** Cuts that one trajectory adds to a stage in an iteration: one, or one per opening that follows. */
export function cutsPerTrajectory(study: Study, position: number): number {
  const next = nextStage(study, position);
  if (next < 0) return 0;
  return study.training.cutFormulation === "multi" ? study.tree.counts[next]! : 1;
}
