/** Fitting the inflow models of a case, and drawing from them to compare with what was observed. */
import type { Case } from "../case/mod.ts";
import type { Correlation, Horizon, Hydro } from "../model/mod.ts";
import { mean, populationStd, quantiles } from "../numeric/mod.ts";
import { CobreError, type CommandData, type ErrorRecord, listed } from "../protocol/mod.ts";
import type {
  InflowModelRow,
  ObservedInflows,
  PreparedInflows,
  SimulatedInflows,
} from "../stochastic/mod.ts";
import { load } from "./load.ts";

/** What to tell about; an empty list means all. */
export interface FitRequest {
  readonly hydroIds: readonly number[];
  readonly seasonIds: readonly number[];
}

/** The models of a case. */
export interface FitOutcome {
  readonly data: CommandData<"fit">;
  /** Doubts about the fits. */
  readonly warnings: readonly ErrorRecord[];
}

type Data = CommandData<"fit">;
type Model = Data["hydros"][number]["models"][number];
type Sample = NonNullable<Model["observed"]>;

/** Years drawn from the models. */
const YEARS = 2000;
const SEED = 42;
/** Hydros beyond which matrices are left out: nobody reads them, and they fill megabytes. */
const MATRIX_HYDROS = 40;
const LARGEST_ENTRIES = 10;

/**
 * Prepares the inflow models of a valid case as a run does, and draws from them. Throws what only
 * shows when models are fitted, and `InvalidArguments` for hydros and seasons that there are not.
 */
export async function fitCase(
  { directory, system, config }: Case,
  request: FitRequest,
): Promise<FitOutcome> {
  const { hydros, horizon, scenarios } = system;
  requireKnown("--hydro", request.hydroIds, hydros);
  requireKnown("--season", request.seasonIds, horizon.seasons?.seasons ?? []);
  const { periodOfDay, seasonOfDay } = await import("../case/mod.ts");
  const { observedInflows, prepareInflowModels, seasonOfStageId, simulateInflows } = await load<
    typeof import("../stochastic/mod.ts")
  >("../stochastic/mod.ts");
  const rules = { periodOfDay, seasonOfDay };
  const prepared = prepareInflowModels(system, config, rules);
  const { rows, provenance, fitting, warnings } = prepared;
  const chosen = hydros.flatMap(({ id }, position) =>
    request.hydroIds.length === 0 || request.hydroIds.includes(id) ? [position] : []
  );
  const observed = scenarios.inflowHistory === null
    ? null
    : observedInflows(scenarios.inflowHistory, horizon, rules);
  const simulated = rows.length === 0 ? null : simulateInflows(system, prepared, rules, {
    years: YEARS,
    seed: BigInt(SEED),
    hydros: chosen,
  });
  const isChosen = (seasonId: number | null): boolean =>
    request.seasonIds.length === 0 ||
    (seasonId !== null && request.seasonIds.includes(seasonId));
  const seasonOf = seasonOfStageId(horizon);
  return {
    data: {
      case_directory: directory,
      provenance: { ...provenance, white_noise_fallbacks: [...provenance.white_noise_fallbacks] },
      season_cycle: horizon.seasons?.type ?? null,
      simulation: simulated === null
        ? null
        : { start: simulated.start, rounds: simulated.rounds, years: simulated.years, seed: SEED },
      hydros: chosen.map((position) => {
        const { id, name } = hydros[position]!;
        const own = rows.filter(({ hydroId, stageId }) =>
          hydroId === id && isChosen(seasonOf(stageId))
        );
        return {
          hydro_id: id,
          name,
          models: modelsOf(own, position, horizon, seasonOf, observed, simulated),
          reductions: (fitting?.hydros[id]?.contribution_reductions ?? [])
            .filter(({ season_id }) => isChosen(season_id))
            .map((reduction) => ({ ...reduction, contributions: [...reduction.contributions] })),
        };
      }),
      correlation: correlationsOf(
        prepared.correlation,
        chosen.map((position) => hydros[position]!),
        horizon.stages.filter(({ seasonId }) => isChosen(seasonId)).map(({ id }) => id),
      ),
    },
    warnings: warnings.filter(({ context }) => {
      const hydroId = context["entity_id"];
      return typeof hydroId !== "number" || chosen.some((at) => hydros[at]!.id === hydroId);
    }),
  };
}

/** Stages of one season with the same numbers have one model. */
function modelsOf(
  rows: PreparedInflows["rows"],
  position: number,
  { stages, seasons }: Horizon,
  seasonOf: (stageId: number) => number | null,
  observed: ObservedInflows | null,
  simulated: SimulatedInflows | null,
): Model[] {
  const groups = new Map<string, InflowModelRow[]>();
  for (const row of rows) {
    const season = seasonOf(row.stageId);
    const key = JSON.stringify([season ?? `stage ${row.stageId}`, { ...row, stageId: 0 }]);
    groups.set(key, [...groups.get(key) ?? [], row]);
  }
  const positionOf = new Map(stages.map(({ id }, at) => [id, at]));
  const firstOf = (group: readonly InflowModelRow[]): number =>
    group.find(({ stageId }) => positionOf.has(stageId))?.stageId ?? group[0]!.stageId;
  return [...groups.values()].sort((a, b) => firstOf(a) - firstOf(b)).map((group): Model => {
    const [{ hydroId, stageId, meanM3s, stdM3s, coefficients, residualRatio, annual }] = group as [
      InflowModelRow,
    ];
    const seasonId = seasonOf(stageId);
    const history = seasonId === null ? undefined : observed?.get(hydroId)?.get(seasonId);
    const drawn = group.flatMap((row) => {
      const stage = positionOf.get(row.stageId);
      const values = stage === undefined ? null : simulated?.inflows(stage, position) ?? null;
      return values === null ? [] : [...values];
    });
    return {
      season_id: seasonId,
      season_label: seasons?.seasons.find(({ id }) => id === seasonId)?.label ?? null,
      stage_ids: group.map((row) => row.stageId),
      mean_m3s: meanM3s,
      std_m3s: stdM3s,
      order: coefficients.length,
      coefficients: [...coefficients],
      residual_std_ratio: residualRatio,
      annual: annual === null
        ? null
        : { coefficient: annual.coefficient, mean_m3s: annual.meanM3s, std_m3s: annual.stdM3s },
      observed: history === undefined || history.length === 0 ? null : sampleOf(history),
      simulated: drawn.length === 0 ? null : {
        ...sampleOf(drawn),
        negative_share: drawn.filter((value) => value < 0).length / drawn.length,
      },
    };
  });
}

function sampleOf(values: readonly number[]): Sample {
  const [p10, p50, p90] = quantiles(values, [0.1, 0.5, 0.9]);
  return {
    count: values.length,
    mean_m3s: mean(values),
    std_m3s: populationStd(values),
    p10_m3s: p10!,
    p50_m3s: p50!,
    p90_m3s: p90!,
  };
}

/** The profiles of the stages, each with its entries between the hydros. */
function correlationsOf(
  correlation: Correlation | null,
  hydros: readonly Hydro[],
  stageIds: readonly number[],
): Data["correlation"] {
  if (correlation === null) return [];
  const { profiles, schedule } = correlation;
  const otherwise = profiles.find(({ name }) => name === "default") ?? profiles[0];
  // The last entry of a stage counts.
  const scheduled = new Map(schedule.map(({ stageId, profile }) => [stageId, profile]));
  return profiles.flatMap(({ name, groups }) => {
    const used = stageIds.filter((id) => (scheduled.get(id) ?? otherwise?.name) === name);
    if (used.length === 0 && name !== otherwise?.name) return [];
    const ids = hydros.map(({ id }) => id).filter((id) =>
      groups.some(({ entities }) => entities.some((e) => e.type === "inflow" && e.id === id))
    );
    const matrix = ids.map((_, row) => ids.map((_, column): number => row === column ? 1 : 0));
    for (const { entities, matrix: given } of groups) {
      const places = entities.map(({ type, id }) => type === "inflow" ? ids.indexOf(id) : -1);
      places.forEach((row, i) =>
        places.forEach((column, j) => {
          if (row >= 0 && column >= 0) matrix[row]![column] = given[i]![j]!;
        })
      );
    }
    const pairs = ids.flatMap((a, row) =>
      ids.slice(0, row).map((b, column) => ({
        hydro_a: b,
        hydro_b: a,
        value: matrix[row]![column]!,
      }))
    ).filter(({ value }) => value !== 0)
      .sort((a, b) => Math.abs(b.value) - Math.abs(a.value));
    return [{
      profile: name,
      stage_ids: used,
      hydro_ids: ids,
      matrix: ids.length > MATRIX_HYDROS ? null : matrix,
      largest: pairs.slice(0, LARGEST_ENTRIES),
    }];
  });
}

function requireKnown(
  flag: string,
  ids: readonly number[],
  known: readonly { readonly id: number }[],
): void {
  const unknown = ids.find((id) => known.every((entity) => entity.id !== id));
  if (unknown === undefined) return;
  const what = flag === "--hydro" ? "hydro" : "season";
  const wanted = known.length === 0 ? "there are none" : listed(known.map(({ id }) => id));
  throw CobreError.of(
    "InvalidArguments",
    `Cannot tell about ${what} ${unknown}: the case has no such ${what}, expected ${wanted}`,
    { argument: flag, value: String(unknown), detail: `unknown ${what}` },
  );
}
