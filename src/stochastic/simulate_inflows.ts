/** Inflows drawn from models alone, without a study around them: what the models believe. */
import type { Horizon, InitialConditions, System } from "../model/mod.ts";
import { resolveCorrelation } from "./correlation.ts";
import { realisedInflow } from "./inflow_equation.ts";
import { lagTransitions } from "./lag_transition.ts";
import { makeLagWalk } from "./lag_walk.ts";
import { noiseGroups } from "./noise_groups.ts";
import { noiseLayout } from "./noise_layout.ts";
import { outOfSampleSampler } from "./out_of_sample.ts";
import type { PreparedInflows } from "./prepare_inflow_models.ts";
import type { CalendarRules } from "./season_calendar.ts";
import { seasonOrder } from "./season_order.ts";
import { baseSeed } from "./seeds.ts";

/** What was drawn. */
export interface SimulatedInflows {
  /**
   * `stationary`: the years follow each other, so that the inflows before the study are forgotten.
   * `known_inflows`: every draw begins with them, because the study is no whole cycle of seasons.
   */
  readonly start: "stationary" | "known_inflows";
  /** Times that the stages were gone through. */
  readonly rounds: number;
  /** Years of stationary inflows; null for draws that do not follow each other. */
  readonly years: number | null;
  /** Inflows (m³/s) by round; null for a stage that lies before the part that is repeated. */
  inflows(stage: number, hydro: number): Float64Array | null;
}

/** What to draw. */
export interface SimulationOrder {
  /** About so many years of every season. */
  readonly years: number;
  readonly seed: bigint;
  /** Positions of the hydros whose inflows are kept. */
  readonly hydros: readonly number[];
}

/** Years that pass before the inflows before the study are forgotten. */
const FORGOTTEN_YEARS = 20;
const DAYS_OF_YEAR = 365.25;

/**
 * Draws correlated, independent noises and follows the models. The inflows are those of the models,
 * negative ones too.
 */
export function simulateInflows(
  system: Pick<System, "hydros" | "buses" | "sources" | "scenarios" | "horizon"> & {
    readonly initial: Pick<InitialConditions, "pastInflows" | "recentObservations">;
  },
  { models, correlation }: Pick<PreparedInflows, "models" | "correlation">,
  rules: CalendarRules,
  { years, seed, hydros: kept }: SimulationOrder,
): SimulatedInflows {
  const { hydros, horizon, initial } = system;
  const { stages } = horizon;
  const target = repeatedFrom(horizon);
  const first = target ?? 0;
  const repeated = target === null ? horizon : endless(horizon, target);
  const layout = noiseLayout(system);
  const walk = makeLagWalk(
    lagTransitions(repeated, hydros, models.depths, initial, rules),
    hydros.length,
  );
  const sampler = outOfSampleSampler("inflow", layout.blocks.inflow, {
    stages: stages.map(() => ({ sampling: "saa" })),
    groups: noiseGroups(stages),
    seed: baseSeed(seed),
    scenarios: years,
    correlation: resolveCorrelation(correlation, layout, stages.map(({ id }) => id)),
    historical: null,
  });
  const days = target === null ? 0 : stages.at(-1)!.endDay - stages[first]!.startDay;
  const yearsOfRound = Math.max(1, Math.round(days / DAYS_OF_YEAR));
  const rounds = Math.ceil(years / yearsOfRound);
  const forgotten = target === null ? 0 : Math.ceil(FORGOTTEN_YEARS / yearsOfRound);
  const values = new Float64Array((stages.length - first) * kept.length * rounds);
  const lags = new Float64Array(models.lagDepth * hydros.length);
  const noise = new Float64Array(layout.dim);
  const inflow = new Float64Array(hydros.length);
  for (let draw = 0; draw < forgotten + rounds; draw++) {
    const goesOn = target !== null && draw > 0;
    if (!goesOn) walk.start(lags);
    for (let t = goesOn ? first : 0; t < stages.length; t++) {
      sampler.draw(1, draw, t, noise);
      realisedInflow(models, t, lags, noise, inflow);
      walk.advance(t, inflow, lags);
      const round = draw - forgotten;
      if (round < 0) continue;
      for (let k = 0; k < kept.length; k++) {
        values[((t - first) * kept.length + k) * rounds + round] = inflow[kept[k]!]!;
      }
    }
  }
  return {
    start: target === null ? "known_inflows" : "stationary",
    rounds,
    years: target === null ? null : rounds * yearsOfRound,
    inflows(stage, hydro) {
      const k = kept.indexOf(hydro);
      if (stage < first || k < 0) return null;
      const from = ((stage - first) * kept.length + k) * rounds;
      return values.subarray(from, from + rounds);
    },
  };
}

/**
 * The first stage whose season follows that of the last one, so that the stages from it on can be
 * repeated without end; null where there is none, or where seasons are of several resolutions.
 */
function repeatedFrom(horizon: Horizon): number | null {
  const { stages, seasons } = horizon;
  const last = stages.at(-1)?.seasonId ?? null;
  if (seasons === null || last === null) return null;
  const order = seasonOrder(horizon);
  const fits = stages.every(({ seasonId }) => seasonId !== null && order.sameCycle(seasonId, last));
  if (!fits) return null;
  const found = stages.findIndex(({ seasonId }, t) =>
    order.before(seasonId!, 1)?.seasonId === last &&
    (t === 0 || stages[t - 1]!.seasonId !== seasonId)
  );
  return found < 0 ? null : found;
}

function endless(horizon: Horizon, target: number): Horizon {
  const { stages } = horizon;
  return {
    ...horizon,
    type: "cyclic",
    transitions: [{
      sourceId: stages.at(-1)!.id,
      targetId: stages[target]!.id,
      probability: 1,
    }],
  };
}
