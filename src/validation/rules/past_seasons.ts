/** Seasons of the periods before the study. */
import { hasSeveralResolutions, periodOfDay, seasonOfDay } from "../../case/mod.ts";
import type { SeasonCycle } from "../../model/mod.ts";
import { formatIsoDate } from "../../numeric/mod.ts";
import { isEstimating } from "../inflow_models.ts";
import { rawList } from "../raw_json.ts";
import { type Rule, rule } from "../rule.ts";
import { namedById } from "../wording.ts";

const FILE = "initial_conditions.json";
const ANNUAL = "scenarios/inflow_annual_component.parquet";

const unknownSeason = rule({
  id: "S32",
  layer: 5,
  kind: "MissingReference",
  severity: "error",
  file: FILE,
  description: "Seasons of past inflows are defined",
  check(input, report) {
    const { seasons } = input.system.horizon;
    if (seasons === null) return;
    const known = new Set(seasons.seasons.map((season) => season.id));
    rawList(input, FILE, "past_inflows").forEach((entry, index) => {
      const ids = (entry["season_ids"] ?? []) as readonly number[];
      const position = ids.findIndex((id) => !known.has(id));
      if (position < 0) return;
      const hydroId = entry["hydro_id"] as number;
      const who = namedById("Hydro", hydroId, input.system.hydros);
      report.found(
        `${who} has a past inflow of season ${ids[position]}, which season_definitions of ` +
          "stages.json does not have",
        {
          entity_id: hydroId,
          path: ["past_inflows", index, "season_ids", position],
          field: `past_inflows[${index}].season_ids[${position}]`,
          referenced_value: ids[position]!,
          referenced_registry: "stages.json",
        },
        "Correct the season, or define it",
      );
    });
  },
});

/** Seasons of the periods before a day, the latest first; null where no season holds one. */
function seasonsBefore(cycle: SeasonCycle, day: number, count: number): (number | null)[] {
  let end = periodOfDay(cycle, day).startDay;
  return Array.from({ length: count }, () => {
    const season = seasonOfDay(cycle, end - 1);
    end = periodOfDay(cycle, end - 1).startDay;
    return season?.id ?? null;
  });
}

const seasonOrder = rule({
  id: "S32.order",
  layer: 5,
  kind: "StageMismatch",
  severity: "error",
  file: FILE,
  description:
    "Seasons of past inflows are those of the periods before the study, the latest first",
  check(input, report) {
    const { seasons, stages: [first] } = input.system.horizon;
    if (seasons === null || first === undefined || hasSeveralResolutions(seasons)) return;
    const known = new Set(seasons.seasons.map((season) => season.id));
    rawList(input, FILE, "past_inflows").forEach((entry, index) => {
      const ids = (entry["season_ids"] ?? []) as readonly number[];
      // What is no season at all is a fault of its own.
      if (!ids.every((id) => known.has(id))) return;
      const expected = seasonsBefore(seasons, first.startDay, ids.length);
      const position = ids.findIndex((id, at) => expected[at] !== null && expected[at] !== id);
      if (position < 0) return;
      const hydroId = entry["hydro_id"] as number;
      const who = namedById("Hydro", hydroId, input.system.hydros);
      report.found(
        `${who} has a past inflow of season ${ids[position]} as lag ${position + 1}, expected ` +
          `season ${expected[position]}: the study begins on ${formatIsoDate(first.startDay)}`,
        {
          entity_id: hydroId,
          path: ["past_inflows", index, "season_ids", position],
          stage_id: first.id,
          detail: "the latest period comes first",
        },
        "Check the order of values_m3s and season_ids: the latest period comes first",
      );
    });
  },
});

const annualCycle = rule({
  id: "semantic.5a.29",
  layer: 5,
  kind: "IncompatibleSettings",
  severity: "error",
  file: "stages.json",
  description: "An annual component of inflows goes with a monthly cycle of seasons",
  check({ system, config }, report) {
    const { horizon, scenarios } = system;
    const given = (scenarios.inflowAnnual?.rows ?? 0) > 0;
    const fitted = isEstimating(scenarios) && scenarios.inflowCoefficients === null &&
      config.estimation.orderSelection === "pacf_annual";
    if ((!given && !fitted) || horizon.seasons === null || horizon.seasons.type === "monthly") {
      return;
    }
    const setting = given ? ANNUAL : "estimation.order_selection";
    report.found(
      `The annual component of inflows averages twelve months, but cycle_type is ` +
        `${horizon.seasons.type}`,
      {
        path: ["season_definitions", "cycle_type"],
        settings: ["season_definitions.cycle_type", setting],
        detail: "twelve lags are a year only in a monthly cycle",
      },
      given ? `Remove ${ANNUAL}, or use monthly seasons` : "Use order_selection pacf",
    );
  },
});

/** The rules of seasons before the study. */
export const rules: readonly Rule[] = [unknownSeason, seasonOrder, annualCycle];
