/** Seasons of stages in the v0.18 layout: from the dates where a stage does not say. */
import type { SeasonCycle } from "../../model/mod.ts";
import { hasSeveralResolutions, type Period, periodOfDay, seasonOfStage } from "../seasons.ts";
import type { FileReport } from "./issues.ts";
import { dayOf } from "./primitives.ts";

interface DatedStage {
  readonly id: number;
  readonly start_date: string;
  readonly end_date: string;
  readonly season_id: number | null;
}

/** A stage that is shorter than its season by more than this is a part of it (days). */
const TOLERANCE_DAYS = 7;

/**
 * The season of every stage by id. Where a report is given, faults go there: a stage without season
 * in a cycle whose seasons overlap, and a season that contradicts the dates.
 */
export function seasonIds(
  value: {
    readonly stages: readonly DatedStage[];
    readonly pre_study_stages: readonly DatedStage[];
  },
  cycle: SeasonCycle | null,
  report: FileReport | null,
): ReadonlyMap<number, number | null> {
  const seasons = new Map<number, number | null>();
  const several = cycle !== null && hasSeveralResolutions(cycle);
  for (const list of ["stages", "pre_study_stages"] as const) {
    value[list].forEach((stage, index) => {
      seasons.set(stage.id, stage.season_id);
      if (cycle === null) return;
      const fault = (expected: string, rest: string) =>
        report?.fault({
          kind: "SchemaViolation",
          rule: "T12",
          path: [list, index, "season_id"],
          message: `Stage ${stage.id} ${rest}, expected ${expected}`,
          context: { expected, actual: `${stage.season_id ?? "missing"}` },
        });
      if (several) {
        const rest = "has no season_id in a cycle whose seasons overlap";
        if (stage.season_id === null) fault("the id of a season", rest);
        return;
      }
      const period = { startDay: dayOf(stage.start_date), endDay: dayOf(stage.end_date) };
      const derived = seasonOfStage(cycle, period);
      if (stage.season_id === null) seasons.set(stage.id, derived?.id ?? null);
      else if (
        derived !== null && derived.id !== stage.season_id && !isPartOfSeason(cycle, period)
      ) {
        fault(
          `season ${derived.id} '${derived.label}', which holds its days`,
          `from ${stage.start_date} to ${stage.end_date} has season_id ${stage.season_id}`,
        );
      }
    });
  }
  return seasons;
}

function isPartOfSeason(cycle: SeasonCycle, stage: Period): boolean {
  const season = periodOfDay(cycle, stage.startDay);
  return stage.endDay - stage.startDay < season.endDay - season.startDay - TOLERANCE_DAYS;
}
