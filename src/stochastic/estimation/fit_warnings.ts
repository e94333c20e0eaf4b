/** Doubts about a fit, as warnings. */
import type { InflowStats, PastInflows } from "../../model/mod.ts";
import { type ErrorRecord, errorRecord } from "../../protocol/mod.ts";
import type { SeasonModels } from "./estimated_rows.ts";
import type { RecordClass } from "./season_moments.ts";

const HISTORY = "scenarios/inflow_history.parquet";
const STATS = "scenarios/inflow_seasonal_stats.parquet";
/** Deviations of neighbouring seasons may change by this factor more in one source than the other. */
const DEVIATION_RATIO_LIMIT = 2;

const DOUBTS: readonly { readonly is: RecordClass; readonly doubt: string }[] = [
  {
    is: "constant",
    doubt: "the same inflow in every year, so that its models there have no noise",
  },
  {
    is: "saturated",
    doubt: "one inflow in more than half of the years, which its models there take as constant",
  },
  { is: "negative", doubt: "negative inflows in more than a tenth of the years" },
];

/** Seasons whose record is no good sample, one warning per hydro and reason. */
export function recordWarnings(models: SeasonModels): ErrorRecord[] {
  const warnings: ErrorRecord[] = [];
  for (const [hydroId, seasons] of models) {
    for (const { is, doubt } of DOUBTS) {
      const ids = [...seasons].filter(([, { moments }]) => moments.recordClass === is)
        .map(([seasonId]) => seasonId);
      if (ids.length === 0) continue;
      const which = `${ids.length === 1 ? "season" : "seasons"} ${ids.join(", ")}`;
      warnings.push(errorRecord(
        "PhysicalConstraint",
        `The history of hydro ${hydroId} has in ${which} ${doubt}`,
        { file: HISTORY, entity_id: hydroId, detail: `${is} record` },
      ));
    }
  }
  return warnings;
}

/** Where given moments and the history, to which coefficients were fitted, tell different stories. */
export function givenMomentWarnings(
  stats: InflowStats,
  models: SeasonModels,
  pastInflows: readonly PastInflows[],
  firstStageId: number,
  seasonOf: (stageId: number) => number | null,
): ErrorRecord[] {
  const warnings: ErrorRecord[] = [];
  const deviations = new Map<number, Map<number, number>>();
  const latest = new Map(pastInflows.map(({ hydroId, valuesM3s }) => [hydroId, valuesM3s[0]]));
  for (let row = 0; row < stats.rows; row++) {
    const hydroId = stats.hydro_id[row]!;
    const stageId = stats.stage_id[row]!;
    const seasonId = seasonOf(stageId);
    const model = seasonId === null ? undefined : models.get(hydroId)?.get(seasonId);
    if (seasonId === null || model === undefined) continue;
    const own = deviations.get(hydroId) ?? new Map<number, number>();
    deviations.set(hydroId, own);
    if (!own.has(seasonId)) own.set(seasonId, stats.std_m3s[row]!);
    const before = latest.get(hydroId);
    if (stageId !== firstStageId || before === undefined) continue;
    const given = stats.mean_m3s[row]!;
    const fitted = model.moments.meanM3s;
    if (Math.abs(before - fitted) >= Math.abs(before - given)) continue;
    warnings.push(errorRecord(
      "PhysicalConstraint",
      `The last inflow of hydro ${hydroId} before the study, ${before} m³/s, is nearer to the mean ` +
        `of its history, ${fitted} m³/s, than to the given mean of stage ${stageId}, ${given} m³/s`,
      { file: STATS, entity_id: hydroId, row, detail: "given mean and history differ" },
    ));
  }
  for (const [hydroId, own] of deviations) {
    const ids = [...own.keys()].sort((a, b) => a - b);
    const seasons = models.get(hydroId)!;
    const changed = ids.flatMap((seasonId, at) => {
      const next = ids[(at + 1) % ids.length]!;
      const given = own.get(seasonId)! / own.get(next)!;
      const fitted = seasons.get(seasonId)!.moments.stdM3s / seasons.get(next)!.moments.stdM3s;
      const factor = Math.max(given / fitted, fitted / given);
      return factor > DEVIATION_RATIO_LIMIT && Number.isFinite(factor)
        ? [`${seasonId}/${next}`]
        : [];
    });
    if (changed.length === 0) continue;
    warnings.push(errorRecord(
      "PhysicalConstraint",
      `The given deviations of hydro ${hydroId} change from season to season by more than ` +
        `${DEVIATION_RATIO_LIMIT} times what they change by in the history: seasons ` +
        changed.join(", "),
      { file: STATS, entity_id: hydroId, detail: "given deviations and history differ" },
    ));
  }
  return warnings;
}
