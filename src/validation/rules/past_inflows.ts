/** Inflows before the study, from which the lags of inflow models start. */
import { type Case, periodOfDay } from "../../case/mod.ts";
import { formatIsoDate } from "../../numeric/mod.ts";
import { highestLags, isEstimating } from "../inflow_models.ts";
import { rawList, rawPath } from "../raw_json.ts";
import { type Rule, rule } from "../rule.ts";
import { counted, listed, named, namedById } from "../wording.ts";

const FILE = "initial_conditions.json";
const ANNUAL = "scenarios/inflow_annual_component.parquet";

/** What to do about lags that are not given, in the words of the layout. */
function remedy({ dialect }: Case): string {
  return dialect === "v0.5"
    ? "Give past_inflows, the latest period first"
    : "Give recent_observations or an inflow_history that cover these periods day by day";
}

/** Periods before the study that the given inflow models look back on, by hydro. */
function wantedLags({ system }: Case): ReadonlyMap<number, number> {
  const { inflowCoefficients } = system.scenarios;
  // Where lags are no state they begin at 0, with a warning.
  if (!system.horizon.stages.some((stage) => stage.stateInflowLags)) return new Map();
  return highestLags(inflowCoefficients);
}

const none = rule({
  id: "S22",
  layer: 5,
  kind: "CoverageMismatch",
  severity: "error",
  file: FILE,
  description: "Inflows before the study are given when inflow models have lags",
  check(input, report) {
    if (wantedLags(input).size === 0 || input.system.initial.pastInflows.length > 0) return;
    report.found(
      `${FILE} gives no inflows before the study, but inflow models have lags`,
      {
        path: [],
        missing_dimension: "hydro_id",
        expected_coverage: "every hydro whose inflow model has lags",
      },
      remedy(input),
    );
  },
});

const tooFew = rule({
  id: "S23",
  layer: 5,
  kind: "CoverageMismatch",
  severity: "error",
  file: FILE,
  description: "A hydro has as many inflows before the study as its inflow model has lags",
  check(input, report) {
    const { hydros, initial } = input.system;
    const wanted = wantedLags(input);
    if (initial.pastInflows.length === 0) return;
    const given = new Map(initial.pastInflows.map((past) => [past.hydroId, past.valuesM3s.length]));
    for (const hydro of hydros) {
      const found = given.get(hydro.id) ?? 0;
      const lags = wanted.get(hydro.id) ?? 0;
      if (found >= lags) continue;
      report.found(
        `${named("Hydro", hydro)} has ${counted(found, "inflow")} before the study, expected ` +
          `${lags}: the highest lag of its inflow model`,
        {
          entity_id: hydro.id,
          path: rawPath(
            input,
            FILE,
            [input.dialect === "v0.5" ? "past_inflows" : "recent_observations"],
            { hydro_id: hydro.id },
          ),
          missing_dimension: "lag",
          expected_coverage: counted(lags, "lag"),
        },
        remedy(input),
      );
    }
  },
});

const fromZero = rule({
  id: "S22.zero",
  layer: 5,
  kind: "PhysicalConstraint",
  severity: "warning",
  file: FILE,
  description: "Inflows before the study are given, even where lags are no state of the study",
  check(input, report) {
    const { horizon, hydros, initial, scenarios } = input.system;
    // Lags that are states have rules of their own.
    if (horizon.stages.some((stage) => stage.stateInflowLags)) return;
    const lags = highestLags(scenarios.inflowCoefficients);
    const given = new Map(initial.pastInflows.map((past) => [past.hydroId, past.valuesM3s.length]));
    const open = hydros.filter(({ id }) => (given.get(id) ?? 0) < (lags.get(id) ?? 0));
    if (open.length === 0) return;
    report.found(
      `Inflow models have lags, but inflows before the study are not given for ` +
        `${counted(open.length, "hydro")} (${listed(open.map((hydro) => hydro.id))}): they count ` +
        "as 0 m³/s",
      { path: [], detail: "lags that are not given begin at 0" },
      remedy(input),
    );
  },
});

const unused = rule({
  id: "S22.unused",
  layer: 5,
  kind: "IgnoredInput",
  severity: "warning",
  file: FILE,
  description: "v0.5: past_inflows are given only where inflow models have lags",
  check(input, report) {
    const { scenarios } = input.system;
    const { inflowCoefficients, inflowAnnual } = scenarios;
    const lags = (inflowCoefficients?.rows ?? 0) + (inflowAnnual?.rows ?? 0) > 0;
    if (lags || isEstimating(scenarios)) return;
    if (rawList(input, FILE, "past_inflows").length === 0) return;
    report.found(
      "past_inflows have no effect: no inflow model has a lag",
      { path: ["past_inflows"], field: "past_inflows", detail: "no inflow model has a lag" },
      "Give scenarios/inflow_ar_coefficients.parquet, or remove past_inflows",
    );
  },
});

const annualYear = rule({
  id: "S23.annual",
  layer: 5,
  kind: "PhysicalConstraint",
  severity: "warning",
  file: FILE,
  description: "A hydro with an annual component has twelve inflows before the study",
  check(input, report) {
    const { hydros, initial, scenarios } = input.system;
    const annual = new Set(scenarios.inflowAnnual?.hydro_id);
    const given = new Map(initial.pastInflows.map((past) => [past.hydroId, past.valuesM3s.length]));
    const wanted = wantedLags(input);
    for (const hydro of hydros) {
      const found = given.get(hydro.id) ?? 0;
      // Fewer than its lags are an error of their own.
      if (!annual.has(hydro.id) || found >= 12 || found < (wanted.get(hydro.id) ?? 0)) continue;
      report.found(
        `${named("Hydro", hydro)} has an annual component and ${counted(found, "inflow")} before ` +
          "the study, so that the rest of the year counts as 0 m³/s",
        {
          entity_id: hydro.id,
          path: [],
          detail: `${ANNUAL} looks back twelve periods`,
        },
        remedy(input),
      );
    }
  },
});

const runningPeriod = rule({
  id: "semantic.5a.33",
  layer: 5,
  kind: "PhysicalConstraint",
  severity: "warning",
  file: FILE,
  description: "When a study begins inside a period, the period before it is observed until then",
  check(input, report) {
    const { horizon, hydros, initial, scenarios } = input.system;
    const lags = highestLags(scenarios.inflowCoefficients);
    const endDay = horizon.stages[0]?.startDay;
    // Without a cycle of seasons the first stage begins the first period.
    if (lags.size === 0 || horizon.seasons === null || endDay === undefined) return;
    const { startDay } = periodOfDay(horizon.seasons, endDay);
    const days = endDay - startDay;
    if (days <= 0) return;
    const observed = new Map<number, number>();
    for (const { entityId, startDay: from, endDay: to } of initial.recentObservations) {
      const inside = Math.min(to, endDay) - Math.max(from, startDay);
      observed.set(entityId, (observed.get(entityId) ?? 0) + Math.max(0, inside));
    }
    const open = hydros.filter((hydro) =>
      lags.has(hydro.id) && (observed.get(hydro.id) ?? 0) < days
    );
    if (open.length === 0) return;
    const period = `${formatIsoDate(startDay)} to ${formatIsoDate(endDay)}`;
    report.found(
      `The study begins inside a period, but inflows from ${period} are not observed for ` +
        `${counted(open.length, "hydro")} (${listed(open.map((hydro) => hydro.id))}): the lag of ` +
        "this period rests on the study alone",
      { path: ["recent_observations"], detail: `${counted(days, "day")} before the study` },
      "Give recent_observations for these days",
    );
  },
});

const negative = rule({
  id: "semantic.5a.34a",
  layer: 5,
  kind: "PhysicalConstraint",
  severity: "warning",
  file: FILE,
  description: "Inflows before the study are not negative",
  check(input, report) {
    const values = [
      ...input.system.initial.pastInflows.flatMap(({ hydroId, valuesM3s }) =>
        valuesM3s.map((value) => ({ hydroId, value }))
      ),
      ...input.system.initial.recentObservations.map(({ entityId, value }) => ({
        hydroId: entityId,
        value,
      })),
    ].filter(({ value }) => value < 0).sort((a, b) => a.value - b.value);
    const worst = values[0];
    if (worst === undefined) return;
    const who = namedById("Hydro", worst.hydroId, input.system.hydros);
    report.found(
      `Inflows before the study are negative: ${counted(values.length, "value")}, down to ` +
        `${worst.value} m³/s for ${who}`,
      {
        entity_id: worst.hydroId,
        path: [input.dialect === "v0.5" ? "past_inflows" : "recent_observations"],
        detail: "negative incremental inflow",
      },
      "Check that these are incremental inflows",
    );
  },
});

/** The rules of inflows before the study. */
export const rules: readonly Rule[] = [
  none,
  tooFew,
  fromZero,
  unused,
  annualYear,
  runningPeriod,
  negative,
];
