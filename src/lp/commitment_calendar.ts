/** When the dispatch of anticipated thermals is decided, and for which stage. */
import type { System, Thermal } from "../model/mod.ts";
import { waterClock } from "./water_clock.ts";

/** The generation of one thermal in one stage, decided before that stage. */
export interface Delivery {
  /** Position of the thermal. */
  readonly thermal: number;
  /** Stage of generation; those after the study follow the study stages. */
  readonly stage: number;
  /** Stage of decision; negative when the decision was made before the study. */
  readonly decidedAt: number;
}

/** Deliveries by thermal and stage; stages after the study only as far as the case defines them. */
export function deliveries(system: System): readonly Delivery[] {
  const stages = system.horizon.stages.length;
  const starts = [...waterClock(system.horizon.stages).stageStartHour];
  for (const { durationHours } of system.postStudy?.stages ?? []) {
    starts.push(starts.at(-1)! + durationHours);
  }
  const result: Delivery[] = [];
  system.thermals.forEach((thermal, position) => {
    if (thermal.anticipated === null) return;
    for (let stage = 0; stage < starts.length - 1; stage++) {
      const decidedAt = decisionStage(thermal, stage, starts);
      // What is decided after the study, for stages after the study, is not of this study.
      if (decidedAt < stages && boundsKnown(system, thermal, stage)) {
        result.push({ thermal: position, stage, decidedAt });
      }
    }
  });
  return result;
}

function decisionStage(thermal: Thermal, stage: number, starts: readonly number[]): number {
  const config = thermal.anticipated!;
  if ("leadStages" in config) return stage - config.leadStages;
  const latest = starts[stage]! - config.leadTimeHours;
  let decidedAt = stage;
  while (decidedAt >= 0 && starts[decidedAt]! > latest) decidedAt--;
  return decidedAt;
}

function boundsKnown(system: System, thermal: Thermal, stage: number): boolean {
  const after = stage - system.horizon.stages.length;
  if (after < 0) return true;
  return system.postStudy!.thermalBounds.some((bound) =>
    bound.thermalId === thermal.id && bound.stageIndex === after
  );
}
