/** What a case says about its inflow models, gathered for several rules. */
import type { InflowCoefficients, ScenarioTables, System } from "../model/mod.ts";

/** Rows `[from, to)` of the coefficients of one hydro and stage, lag 1 first. */
export interface CoefficientRun {
  readonly hydroId: number;
  readonly stageId: number;
  readonly from: number;
  readonly to: number;
}

/** The coefficients by hydro and stage, in table order. */
export function* coefficientRuns(table: InflowCoefficients | null): Generator<CoefficientRun> {
  if (table === null) return;
  const { rows, hydro_id, stage_id } = table;
  for (let from = 0; from < rows;) {
    const hydroId = hydro_id[from]!;
    const stageId = stage_id[from]!;
    let to = from + 1;
    while (to < rows && hydro_id[to] === hydroId && stage_id[to] === stageId) to++;
    yield { hydroId, stageId, from, to };
    from = to;
  }
}

/** Highest lag that each hydro with coefficients reads. */
export function highestLags(table: InflowCoefficients | null): ReadonlyMap<number, number> {
  const highest = new Map<number, number>();
  for (const { hydroId, from, to } of coefficientRuns(table)) {
    highest.set(hydroId, Math.max(highest.get(hydroId) ?? 0, to - from));
  }
  return highest;
}

/** Positions of rows by hydro and stage. */
export class HydroStageRows {
  readonly #rows = new Map<number, Map<number, number>>();

  constructor(
    table: { rows: number; hydro_id: Int32Array; stage_id: Int32Array } | null,
  ) {
    for (let row = 0; row < (table?.rows ?? 0); row++) {
      const hydroId = table!.hydro_id[row]!;
      let stages = this.#rows.get(hydroId);
      if (stages === undefined) this.#rows.set(hydroId, stages = new Map());
      stages.set(table!.stage_id[row]!, row);
    }
  }

  /** The row of a hydro and stage; undefined where there is none. */
  get(hydroId: number, stageId: number): number | undefined {
    return this.#rows.get(hydroId)?.get(stageId);
  }
}

/** Whether inflow models are fitted to the history: it has rows, and no complete model is given. */
export function isEstimating(scenarios: ScenarioTables): boolean {
  const { inflowHistory, inflowStats, inflowCoefficients } = scenarios;
  const given = (inflowStats?.rows ?? 0) > 0 && (inflowCoefficients?.rows ?? 0) > 0;
  return (inflowHistory?.rows ?? 0) > 0 && !given;
}

/** Seasons that the stages of a study and those before it use, ascending. */
export function usedSeasons({ horizon }: Pick<System, "horizon">): readonly number[] {
  const used = new Set<number>();
  for (const { seasonId } of [...horizon.preStudyStages, ...horizon.stages]) {
    if (seasonId !== null) used.add(seasonId);
  }
  return [...used].sort((a, b) => a - b);
}

/** Lists of values by key, keys in the order in which they came. */
export function groupBy<K, V, T>(
  items: Iterable<T>,
  key: (item: T) => K,
  value: (item: T) => V,
): ReadonlyMap<K, V[]> {
  const groups = new Map<K, V[]>();
  for (const item of items) {
    const list = groups.get(key(item));
    if (list === undefined) groups.set(key(item), [value(item)]);
    else list.push(value(item));
  }
  return groups;
}
