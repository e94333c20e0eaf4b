/** Which season comes before which, for the stages of a study. */
import type { Horizon, Season } from "../../model/mod.ts";

/** Stages placed on cycles of seasons. */
export interface CycleMap {
  /** Number of seasons of each cycle, never empty. */
  readonly lengths: readonly number[];
  /** The cycle of a stage and its place there; the place before it is the season before. */
  placeOf(stageId: number): { readonly cycle: number; readonly place: number };
}

/**
 * The cycles of the seasons that stages use, in id order. Seasons that overlap others, such as
 * quarters beside months, make a cycle of their own. A stage without season is a season of its own.
 * A stage that the horizon does not know takes its place by counting stages from the first one.
 */
export function seasonCycles(horizon: Horizon): CycleMap {
  const stages = [...horizon.preStudyStages, ...horizon.stages];
  const used = [...new Set(stages.map(({ seasonId }) => seasonId))]
    .filter((id): id is number => id !== null)
    .sort((a, b) => a - b);
  const definitions = new Map(horizon.seasons?.seasons.map((season) => [season.id, season]));

  const cycles: number[][] = [];
  for (const id of used) {
    const season = definitions.get(id);
    const free = cycles.find((cycle) =>
      horizon.seasons?.type !== "custom" || season === undefined ||
      !cycle.some((other) => overlap(season, definitions.get(other)))
    );
    if (free === undefined) cycles.push([id]);
    else free.push(id);
  }
  const places = new Map<number, { cycle: number; place: number }>();
  cycles.forEach((cycle, c) => cycle.forEach((id, place) => places.set(id, { cycle: c, place })));

  const lengths = cycles.map((cycle) => cycle.length);
  const byStage = new Map<number, { cycle: number; place: number }>();
  for (const { id, seasonId } of stages) {
    if (seasonId !== null) byStage.set(id, places.get(seasonId)!);
    else byStage.set(id, { cycle: lengths.push(1) - 1, place: 0 });
  }
  const first = horizon.stages[0];
  const start = first === undefined ? undefined : byStage.get(first.id);
  if (first === undefined || start === undefined) lengths.push(1);
  return {
    lengths,
    placeOf: (stageId) => {
      const known = byStage.get(stageId);
      if (known !== undefined) return known;
      if (first === undefined || start === undefined) return { cycle: 0, place: 0 };
      const length = lengths[start.cycle]!;
      const steps = start.place + stageId - first.id;
      return { cycle: start.cycle, place: ((steps % length) + length) % length };
    },
  };
}

function overlap(season: Season, other: Season | undefined): boolean {
  if (other === undefined) return false;
  const a = yearDays(season);
  const b = yearDays(other);
  return holds(a, b.start) || holds(b, a.start);
}

/** First and last day of a season as month · 32 + day. */
function yearDays(season: Season): { readonly start: number; readonly end: number } {
  return {
    start: season.monthStart * 32 + (season.dayStart ?? 1),
    end: (season.monthEnd ?? season.monthStart) * 32 + (season.dayEnd ?? 31),
  };
}

function holds(window: { readonly start: number; readonly end: number }, day: number): boolean {
  const { start, end } = window;
  return start <= end ? day >= start && day <= end : day >= start || day <= end;
}
