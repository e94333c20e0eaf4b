/**
 * The periods in which water is balanced, on a clock of hours from the start of the study. Blocks
 * drive the clock, not dates: a stage lasts as long as its blocks. A stage of parallel blocks is one
 * period, for its blocks share the stage without order; a chronological one has a period per block.
 */
import { type Stage, stageHours } from "../model/mod.ts";

/** Hours to seconds, m³ to hm³: hm³ per m³/s and hour. */
export const HM3_PER_M3S_HOUR = 0.0036;

/** A stretch of time in which flows are taken as even. */
export interface WaterPeriod {
  readonly stage: number;
  /** −1 in a stage of parallel blocks. */
  readonly block: number;
  readonly startHour: number;
  readonly endHour: number;
}

/** All periods of a study. */
export interface WaterClock {
  readonly periods: readonly WaterPeriod[];
  /** Position of the first period of each stage, and at the end the number of periods. */
  readonly first: Int32Array;
  /** Start of each stage, and at the end that of the time after the study. */
  readonly stageStartHour: Float64Array;
}

/** Sets up the clock of a study. */
export function waterClock(stages: readonly Stage[]): WaterClock {
  const periods: WaterPeriod[] = [];
  const first = new Int32Array(stages.length + 1);
  const stageStartHour = new Float64Array(stages.length + 1);
  let hour = 0;
  stages.forEach((stage, position) => {
    first[position] = periods.length;
    stageStartHour[position] = hour;
    const lengths = stage.blockMode === "chronological"
      ? stage.blocks.map((block) => block.hours)
      : [stageHours(stage)];
    lengths.forEach((hours, index) => {
      const block = stage.blockMode === "chronological" ? index : -1;
      periods.push({ stage: position, block, startHour: hour, endHour: hour + hours });
      hour += hours;
    });
  });
  first[stages.length] = periods.length;
  stageStartHour[stages.length] = hour;
  return { periods, first, stageStartHour };
}

/** Hours that two stretches of time share. */
export function sharedHours(from: number, to: number, start: number, end: number): number {
  return Math.max(0, Math.min(to, end) - Math.max(from, start));
}

/** Where the water of one stretch of time arrives. */
export interface Arrival {
  /** Position in the periods of the clock. */
  readonly period: number;
  /** Part of the water. */
  readonly share: number;
}

/** Shares of less than this are noise of the clock. */
const LEAST_SHARE = 1e-9;

/** Arrivals of water released evenly from `from` to `to`; what arrives after the study is left out. */
export function arrivals(
  clock: WaterClock,
  from: number,
  to: number,
  travelHours: number,
): Arrival[] {
  const result: Arrival[] = [];
  clock.periods.forEach(({ startHour, endHour }, period) => {
    const shared = sharedHours(from + travelHours, to + travelHours, startHour, endHour);
    const share = shared / (to - from);
    if (share > LEAST_SHARE) result.push({ period, share });
  });
  return result;
}
