/** Given moments of inflows beside a history from which the rest is fitted. */
import { type Case, seasonOfDay } from "../../case/mod.ts";
import { populationStd } from "../../numeric/mod.ts";
import { HydroStageRows, usedSeasons } from "../inflow_models.ts";
import { type Rule, rule } from "../rule.ts";
import { named } from "../wording.ts";

/** A change of the deviation between seasons may differ this much before it is told. */
const MOST = 2;
/** Deviations below are none (m³/s). */
const LEAST = 1e-9;

/** The deviation of the history by hydro and season. */
function observedDeviations({ system }: Case): ReadonlyMap<number, ReadonlyMap<number, number>> {
  const { inflowHistory: history } = system.scenarios;
  const { seasons: cycle } = system.horizon;
  const values = new Map<number, Map<number, number[]>>();
  if (history === null || cycle === null) return new Map();
  const seasons = new Map<number, number | null>();
  for (let row = 0; row < history.rows; row++) {
    const day = history.start_day[row]!;
    let season = seasons.get(day);
    if (season === undefined) seasons.set(day, season = seasonOfDay(cycle, day)?.id ?? null);
    if (season === null) continue;
    const hydroId = history.hydro_id[row]!;
    let bySeason = values.get(hydroId);
    if (bySeason === undefined) values.set(hydroId, bySeason = new Map());
    const list = bySeason.get(season);
    if (list === undefined) bySeason.set(season, [history.value_m3s[row]!]);
    else list.push(history.value_m3s[row]!);
  }
  return new Map(
    [...values].map(([hydroId, bySeason]) => [
      hydroId,
      new Map([...bySeason].map(([season, list]) => [season, populationStd(list)])),
    ]),
  );
}

/** The rules of agreement between moments and history. */
export const rules: readonly Rule[] = [
  rule({
    id: "G4.deviation",
    layer: 5,
    kind: "PhysicalConstraint",
    severity: "warning",
    file: "scenarios/inflow_seasonal_stats.parquet",
    description:
      "Given deviations change from season to season as those of the history that is fitted",
    check(input, report) {
      const { scenarios, horizon, hydros } = input.system;
      const { inflowStats: stats, inflowCoefficients } = scenarios;
      // Only where moments are given and coefficients are fitted do both count.
      if (stats === null || stats.rows === 0 || inflowCoefficients !== null) return;
      const rows = new HydroStageRows(stats);
      const observed = observedDeviations(input);
      const seasons = usedSeasons(input.system);
      const stageOf = new Map(horizon.stages.toReversed().map((stage) => [stage.seasonId, stage]));
      for (const hydro of hydros) {
        const given = (season: number): number => {
          const row = rows.get(hydro.id, stageOf.get(season)?.id ?? NaN);
          return row === undefined ? 0 : stats.std_m3s[row]!;
        };
        const fitted = (season: number): number => observed.get(hydro.id)?.get(season) ?? 0;
        for (const [place, season] of seasons.entries()) {
          const next = seasons[(place + 1) % seasons.length]!;
          const four = [given(season), given(next), fitted(season), fitted(next)] as const;
          if (next === season || four.some((deviation) => !(deviation > LEAST))) continue;
          const [from, to, fittedFrom, fittedTo] = four;
          const factor = (to / from) / (fittedTo / fittedFrom);
          if (factor <= MOST && factor >= 1 / MOST) continue;
          report.found(
            `${named("Hydro", hydro)} has a deviation that changes by the factor ` +
              `${(to / from).toPrecision(3)} from season ${season} to ${next}, in the history by ` +
              (fittedTo / fittedFrom).toPrecision(3),
            {
              entity_id: hydro.id,
              detail: "coefficients are fitted to a history that the moments do not describe",
            },
            "Compare the moments with the history",
          );
          break;
        }
      }
    },
  }),
];
