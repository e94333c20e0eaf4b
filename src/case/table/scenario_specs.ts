/** The Parquet files of `scenarios/`. */
import { formatIsoDate } from "../../numeric/mod.ts";
import type { ExternalScenarios, Table } from "../../model/mod.ts";
import {
  entity,
  type FileName,
  key,
  real,
  renamed,
  type RowReport,
  rule,
  type TableSpec,
  tableSpec,
} from "./spec.ts";

const statsFile = "scenarios/inflow_seasonal_stats.parquet";
const arFile = "scenarios/inflow_ar_coefficients.parquet";
const annualFile = "scenarios/inflow_annual_component.parquet";
const historyFile = "scenarios/inflow_history.parquet";
const loadFile = "scenarios/load_seasonal_stats.parquet";
const sourceFile = "scenarios/non_controllable_stats.parquet";
const noiseFile = "scenarios/noise_openings.parquet";

/** Inflow moments. */
export const INFLOW_STATS = tableSpec({
  file: statsFile,
  keys: [entity("hydro_id", "hydro"), key("stage_id", "stage")],
  values: [real("mean_m3s", "finite", "N1"), real("std_m3s", "non-negative", "N1")],
  duplicates: { mode: "reject", rule: "N-12" },
  rules: [
    rule("N1", "OutOfRange", statsFile, "Means are finite; deviations are finite and at least 0"),
    rule("N-12", "DuplicateId", statsFile, "A hydro and a stage have one row"),
  ],
});

function checkLags(
  table: Table<"hydro_id" | "stage_id" | "lag", never>,
  report: RowReport,
  fileRow: (row: number) => number,
): void {
  const { hydro_id, stage_id, lag } = table;
  let order = 0;
  for (let row = 0; row < table.rows; row++) {
    const same = row > 0 && hydro_id[row] === hydro_id[row - 1] &&
      stage_id[row] === stage_id[row - 1];
    order = same ? order + 1 : 1;
    // Lags below 1 and repeated lags have rules of their own.
    const last = same ? lag[row - 1]! : 0;
    if (lag[row]! <= last + 1 || last < 0 || !report.admit("N-9")) continue;
    const at = fileRow(row);
    const message = `The row of ${report.describe(at)} has no row of lag ${last + 1} before it`;
    report.cell("SchemaViolation", "N-9", at, "lag", message, {
      expected: `lag ${last + 1}`,
      actual: `lag ${lag[row]}`,
    });
  }
}

/** Autoregressive coefficients; the later layout derives the ratio. */
export const INFLOW_COEFFICIENTS = tableSpec({
  file: arFile,
  keys: [
    entity("hydro_id", "hydro"),
    key("stage_id", "stage"),
    key("lag", "lag", { least: { value: 1, rule: "N4" } }),
  ],
  values: [
    real("coefficient", "finite", "N-9"),
    {
      ...real("residual_std_ratio", "positive fraction", "N4"),
      column: { "v0.5": "residual_std_ratio", "v0.18": null },
    },
  ],
  duplicates: { mode: "reject", rule: "N-12" },
  checkSorted: checkLags,
  rules: [
    rule("N4", "OutOfRange", arFile, "Lags are at least 1; ratios are above 0 and at most 1"),
    rule("N-9", "SchemaViolation", arFile, "Coefficients are finite; lags count 1, 2, 3, …"),
    rule("N-12", "DuplicateId", arFile, "A hydro, a stage and a lag have one row"),
  ],
});

/** Annual components. */
export const INFLOW_ANNUAL = tableSpec({
  file: annualFile,
  keys: [entity("hydro_id", "hydro"), key("stage_id", "stage")],
  values: [
    real("annual_coefficient", "finite", "N5"),
    real("annual_mean_m3s", "finite", "N5"),
    real("annual_std_m3s", "positive", "N5"),
  ],
  duplicates: { mode: "reject", rule: "A2" },
  rules: [
    rule("N5", "OutOfRange", annualFile, "Values are finite; deviations are above 0"),
    rule("A2", "DuplicateId", annualFile, "A hydro and a stage have one row"),
  ],
});

const historyRules = [
  rule("N6", "OutOfRange", historyFile, "Observed inflows are finite"),
  rule("N-12", "DuplicateId", historyFile, "A hydro has one observation per date"),
  rule("N6.window", "SchemaViolation", historyFile, "An observation ends after it starts"),
  rule("N6.overlap", "SchemaViolation", historyFile, "Observations of a hydro do not overlap"),
];

/** Observed inflows by date. */
export const INFLOW_HISTORY_POINTS = tableSpec({
  file: historyFile,
  keys: [entity("hydro_id", "hydro"), key("date", "date", { type: "date" })],
  values: [real("value_m3s", "finite", "N6")],
  duplicates: { mode: "reject", rule: "N-12" },
  foreign: (["start_date", "end_date"] as const).map((name) => ({
    name,
    type: "date" as const,
    remedy: "Give the first day of each observation in a column date",
  })),
  rules: historyRules,
});

function checkWindow(table: Table<"start_day" | "end_day", never>, report: RowReport): void {
  for (let row = 0; row < table.rows; row++) {
    if (table.end_day[row]! > table.start_day[row]! || !report.admit("N6.window")) continue;
    const message = `The observation of ${report.describe(row)} does not end after it starts`;
    report.cell("SchemaViolation", "N6.window", row, "end_day", message, {
      expected: "an end_date after start_date",
      actual: formatIsoDate(table.end_day[row]!),
    });
  }
}

function checkOverlap(
  table: Table<"hydro_id" | "start_day" | "end_day", never>,
  report: RowReport,
  fileRow: (row: number) => number,
): void {
  for (let row = 1; row < table.rows; row++) {
    if (table.hydro_id[row] !== table.hydro_id[row - 1]) continue;
    if (table.start_day[row]! >= table.end_day[row - 1]! || !report.admit("N6.overlap")) continue;
    const at = fileRow(row);
    const before = fileRow(row - 1);
    const message = `The observation of ${
      report.describe(at)
    } (row ${at}) begins before that of row ${before} ends`;
    report.cell("SchemaViolation", "N6.overlap", at, "start_day", message, {
      expected: `a start_date from ${formatIsoDate(table.end_day[row - 1]!)} on`,
      actual: formatIsoDate(table.start_day[row]!),
    });
  }
}

/** Observed inflows by window. */
export const INFLOW_HISTORY_WINDOWS = tableSpec({
  file: historyFile,
  keys: [
    entity("hydro_id", "hydro"),
    key("start_day", "from", { type: "date", column: "start_date" }),
    key("end_day", "to", { type: "date", column: "end_date" }),
  ],
  values: [real("value_m3s", "finite", "N6")],
  duplicates: { mode: "reject", rule: "N-12" },
  foreign: [{
    name: "date",
    type: "date",
    remedy: "Replace the column date by start_date and end_date, the end being exclusive",
  }],
  checkRows: checkWindow,
  checkSorted: checkOverlap,
  rules: historyRules,
});

/** Load moments. */
export const LOAD_STATS = tableSpec({
  file: loadFile,
  keys: [entity("bus_id", "bus"), key("stage_id", "stage")],
  values: [real("mean_mw", "finite", "N2"), real("std_mw", "non-negative", "N2")],
  duplicates: { mode: "reject", rule: "N-12" },
  rules: [
    rule("N2", "OutOfRange", loadFile, "Means are finite; deviations are finite and at least 0"),
    rule("N-12", "DuplicateId", loadFile, "A bus and a stage have one row"),
  ],
});

/** Moments of availability. */
export const SOURCE_STATS = tableSpec({
  file: sourceFile,
  keys: [entity("ncs_id", "source"), key("stage_id", "stage")],
  values: [real("mean", "fraction", "N3"), real("std", "non-negative", "N3")],
  duplicates: { mode: "reject", rule: "N-12" },
  rules: [
    rule("N3", "OutOfRange", sourceFile, "Means lie in [0, 1]; deviations are at least 0"),
    rule("N-12", "DuplicateId", sourceFile, "A source and a stage have one row"),
  ],
});

/** Every entity has the scenarios 0 to n − 1 of a stage; one pass over the rows in key order. */
function checkScenarios(
  { rows, stage_id, scenario_id, entity_id }: ExternalScenarios,
  report: RowReport,
  fileRow: (row: number) => number,
): void {
  let first = 0; // Rows of the first scenario of the stage are [first, first + size).
  while (first < rows) {
    const stage = stage_id[first]!;
    let size = 1;
    while (
      first + size < rows && stage_id[first + size] === stage &&
      scenario_id[first + size] === scenario_id[first]
    ) size++;
    let end = first + size;
    let whole = scenario_id[first] === 0;
    for (; end < rows && stage_id[end] === stage; end++) {
      const place = (end - first) % size;
      if (scenario_id[end] !== (end - first - place) / size) whole = false;
      else if (entity_id[end] !== entity_id[first + place]) whole = false;
    }
    if ((end - first) % size !== 0) whole = false;
    if (!whole && report.admit("N-18")) {
      const message =
        `The scenarios of stage ${stage} do not count 0, 1, 2, … for each of its entities`;
      report.cell("CoverageMismatch", "N-18", fileRow(first), "scenario_id", message, {
        entity_id: null,
        missing_dimension: "scenario_id",
        expected_coverage: "one row per entity and scenario, without holes",
      });
    }
    first = end;
  }
}

function external(
  file: string,
  label: string,
  column: string,
  value: FileName,
): TableSpec<"stage_id" | "scenario_id" | "entity_id", "value"> {
  return {
    file,
    keys: [
      key("stage_id", "stage", { least: { value: 0, rule: "N7" } }),
      key("scenario_id", "scenario", { least: { value: 0, rule: "N7" } }),
      entity("entity_id", label, column),
    ],
    values: [real("value", "finite", "N7", value)],
    duplicates: { mode: "reject", rule: "N7" },
    checkSorted: checkScenarios,
    rules: [
      rule(
        "N7",
        "OutOfRange",
        file,
        "Ids of stages and scenarios are at least 0, values finite, rows unique",
      ),
      rule("N-18", "CoverageMismatch", file, "Each entity of a stage has the scenarios 0, 1, 2, …"),
    ],
  };
}

/** External inflows. */
export const EXTERNAL_INFLOW = external(
  "scenarios/external_inflow_scenarios.parquet",
  "hydro",
  "hydro_id",
  "value_m3s",
);
/** External loads. */
export const EXTERNAL_LOAD = external(
  "scenarios/external_load_scenarios.parquet",
  "bus",
  "bus_id",
  "value_mw",
);
/** External availability of sources. */
export const EXTERNAL_SOURCE = external(
  "scenarios/external_ncs_scenarios.parquet",
  "source",
  "ncs_id",
  renamed("value", "availability_factor"),
);

/** The noise of an opening tree. */
export const NOISE_OPENINGS = tableSpec({
  file: noiseFile,
  keys: [
    key("stage_id", "stage"),
    key("opening_index", "opening", { type: "u32" }),
    key("entity_index", "entity", { type: "u32" }),
  ],
  values: [real("value", "finite", "N12")],
  duplicates: { mode: "reject", rule: "N-12" },
  rules: [
    rule("N12", "OutOfRange", noiseFile, "Noises are finite"),
    rule("N-12", "DuplicateId", noiseFile, "A stage, an opening and an entity have one row"),
  ],
});
