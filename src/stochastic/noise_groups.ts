/** Stages that share their noise. */
import type { Stage } from "../model/mod.ts";
import { civilFromDays } from "../numeric/mod.ts";

/**
 * The noise group of each stage, numbered in the order of their first stages. Stages of one season
 * that begin in one year are one group, as the weeks of a month; a stage without season is alone.
 */
export function noiseGroups(stages: readonly Stage[]): Int32Array {
  const known = new Map<string, number>();
  let count = 0;
  return Int32Array.from(stages, ({ seasonId, startDay }) => {
    if (seasonId === null) return count++;
    const key = `${seasonId},${civilFromDays(startDay).year}`;
    const group = known.get(key) ?? count++;
    known.set(key, group);
    return group;
  });
}
