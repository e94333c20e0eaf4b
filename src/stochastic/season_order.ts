/** Which season comes before which. */
import type { Horizon, Season } from "../model/mod.ts";

/** A season of an earlier period, and how many turns of the year lie in between. */
export interface EarlierSeason {
  readonly seasonId: number;
  readonly years: number;
}

/** The seasons of a horizon in the order of the year. */
export interface SeasonOrder {
  /** The season a number of periods before; null for a season that nothing defines or uses. */
  before(seasonId: number, periods: number): EarlierSeason | null;
  /** Whether two seasons follow each other in one cycle, unlike a month and a quarter. */
  sameCycle(a: number, b: number): boolean;
}

/**
 * Orders the defined seasons by the days on which they begin; without definitions, those that stages
 * use by id. Seasons of a custom cycle that overlap, as quarters beside months, are cycles apart.
 */
export function seasonOrder(horizon: Horizon): SeasonOrder {
  const cycles: number[][] = [];
  if (horizon.seasons === null) {
    const stages = [...horizon.preStudyStages, ...horizon.stages];
    const used = new Set(stages.flatMap(({ seasonId }) => seasonId === null ? [] : [seasonId]));
    cycles.push([...used].sort((a, b) => a - b));
  } else {
    const { type, seasons } = horizon.seasons;
    const members: Season[][] = [];
    for (const season of [...seasons].sort((a, b) => a.id - b.id)) {
      const free = members.find((cycle) =>
        type !== "custom" || !cycle.some((other) => overlap(season, other))
      );
      if (free === undefined) members.push([season]);
      else free.push(season);
    }
    for (const cycle of members) {
      if (type !== "weekly") cycle.sort((a, b) => firstDay(a) - firstDay(b));
      cycles.push(cycle.map(({ id }) => id));
    }
  }
  const cycleOf = (id: number): number[] | undefined => cycles.find((ids) => ids.includes(id));
  return {
    before(seasonId, periods) {
      const cycle = cycleOf(seasonId);
      if (cycle === undefined) return null;
      const index = cycle.indexOf(seasonId) - periods;
      const years = 0 - Math.floor(index / cycle.length);
      return { seasonId: cycle[index + years * cycle.length]!, years };
    },
    sameCycle: (a, b) => cycleOf(a) === cycleOf(b),
  };
}

function overlap(a: Season, b: Season): boolean {
  return holds(a, firstDay(b)) || holds(b, firstDay(a));
}

function holds(season: Season, day: number): boolean {
  const first = firstDay(season);
  const last = (season.monthEnd ?? season.monthStart) * 32 + (season.dayEnd ?? 31);
  return first <= last ? day >= first && day <= last : day >= first || day <= last;
}

/** The day of the year as month · 32 + day. */
function firstDay(season: Season): number {
  return season.monthStart * 32 + (season.dayStart ?? 1);
}
