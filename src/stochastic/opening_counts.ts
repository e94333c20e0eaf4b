/** How many openings each stage has. */
import type { NoiseClass, Stage } from "../model/mod.ts";
import { CobreError, type ErrorRecord, errorRecord } from "../protocol/mod.ts";

/** What besides the stages themselves bounds the number of openings. */
export interface OpeningLimits {
  /** Historical windows, for stages that draw from them. */
  readonly historicalWindows: number | null;
  /** External scenarios of each stage, for the classes that training takes from outside. */
  readonly externalScenarios: { readonly [noise in NoiseClass]?: Int32Array };
}

/**
 * The openings of each stage: as many as it asks for, but not more than there are historical windows
 * or external scenarios to tell apart. Warnings name the stages that get less than they ask for.
 */
export function openingCounts(
  stages: readonly Pick<Stage, "id" | "openings" | "sampling">[],
  { historicalWindows, externalScenarios }: OpeningLimits,
): { readonly counts: Int32Array; readonly warnings: readonly ErrorRecord[] } {
  const warnings: ErrorRecord[] = [];
  const problems: ErrorRecord[] = [];
  const counts = Int32Array.from(stages, ({ id, openings, sampling }, t) => {
    const limits: [number, string][] = Object.entries(externalScenarios)
      .map(([noise, counts]) => [counts[t]!, `external ${noise} scenarios`]);
    if (sampling === "historical_residuals" && historicalWindows !== null) {
      limits.unshift([historicalWindows, "historical windows"]);
    }
    let count = openings;
    let least = "";
    for (const [limit, what] of limits) {
      if (limit >= count) continue;
      count = limit;
      least = what;
    }
    if (count === 0) {
      problems.push(errorRecord("StageMismatch", `Stage ${id} has no opening: no ${least}`, {
        file: "stages.json",
        stage_id: id,
        detail: `0 ${least}`,
      }));
    } else if (count < openings) {
      warnings.push(errorRecord(
        "PhysicalConstraint",
        `Stage ${id} gets ${count} openings instead of ${openings}: there are only ${count} ${least}`,
        { file: "stages.json", entity_id: id, detail: `${count} ${least}` },
      ));
    }
    return count;
  });
  const [first, ...more] = problems;
  if (first !== undefined) throw new CobreError([first, ...more]);
  return { counts, warnings };
}
