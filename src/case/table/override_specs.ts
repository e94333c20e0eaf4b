/** The Parquet files of `constraints/`. */
import {
  ALL_BLOCKS,
  HYDRO_BOUND_FIELDS,
  HYDRO_STAGE_BOUND_FIELDS,
  type HydroBoundField,
  type Table,
  UNIT_GROUP_BOUND_FIELDS,
} from "../../model/mod.ts";
import type { RuleInfo } from "../rule.ts";
import {
  entity,
  type FileName,
  key,
  type KeyColumn,
  onlyNew,
  optionalReal,
  type Range,
  real,
  renamed,
  type RowReport,
  rule,
  type TableSpec,
  tableSpec,
  type ValueColumn,
} from "./spec.ts";

function blockKey(column: FileName): KeyColumn<"block_id"> {
  return key("block_id", "block", {
    column,
    whenNull: ALL_BLOCKS,
    least: { value: 0, rule: "B1.block" },
  });
}

/** In all files of bounds but that of thermals, blocks came with the later layout. */
const newBlockKey = blockKey(onlyNew("block_id"));
const stageKey = key("stage_id", "stage");

function boundRules(file: string, stageOnly: readonly string[]): RuleInfo[] {
  const rules = [
    rule("B1", "OutOfRange", file, "Values are finite, flows and costs in their range"),
    rule("B1.block", "OutOfRange", file, "A block id is at least 0"),
    rule("N-12", "DuplicateId", file, "A value is given once per element, stage and block"),
  ];
  if (stageOnly.length > 0) {
    const names = stageOnly.join(", ");
    rules.push(
      rule("B1.stage", "SchemaViolation", file, `Rows of one block give no ${names}`, stageOnly),
    );
  }
  return rules;
}

/** Refuses values of a whole stage in rows of one block. */
function checkStageOnly<F extends string>(
  columns: readonly F[],
): (table: Table<"block_id", F>, report: RowReport) => void {
  return (table, report) => {
    for (const column of columns) {
      const values: Float64Array = table[column];
      for (let row = 0; row < table.rows; row++) {
        if (table.block_id[row] === ALL_BLOCKS || Number.isNaN(values[row])) continue;
        if (!report.admit("B1.stage")) continue;
        const name = report.columnName(column);
        const message = `The row of ${
          report.describe(row)
        } gives ${name}, which holds for a stage as a whole`;
        report.cell("SchemaViolation", "B1.stage", row, column, message, {
          expected: `${name} in a row without block_id`,
          actual: `block_id ${table.block_id[row]}`,
        });
      }
    }
  };
}

const thermalFile = "constraints/thermal_bounds.parquet";
/** Bounds and costs of thermals. */
export const THERMAL_BOUNDS = tableSpec({
  file: thermalFile,
  keys: [entity("entity_id", "thermal", "thermal_id"), stageKey, blockKey("block_id")],
  values: [
    optionalReal("min_generation_mw", "finite", "B1"),
    optionalReal("max_generation_mw", "finite", "B1"),
    optionalReal("cost_per_mwh", "non-negative", "B1"),
  ],
  duplicates: { mode: "join", rule: "N-12" },
  checkRows: checkStageOnly<"cost_per_mwh">(["cost_per_mwh"]),
  rules: boundRules(thermalFile, ["cost_per_mwh"]),
});

const HYDRO_COLUMNS: Readonly<Partial<Record<HydroBoundField, FileName>>> = {
  min_diversion_m3s: onlyNew("min_diversion_m3s"),
  min_spillage_m3s: onlyNew("min_spillage_m3s"),
  max_spillage_m3s: onlyNew("max_spillage_m3s"),
  filling_min_rate_m3s: renamed("filling_inflow_m3s", "filling_min_rate_m3s"),
};
const HYDRO_RANGES: Readonly<Partial<Record<HydroBoundField, Range>>> = {
  min_diversion_m3s: "non-negative",
  min_spillage_m3s: "non-negative",
  max_spillage_m3s: "non-negative",
};

const hydroFile = "constraints/hydro_bounds.parquet";
/** Bounds of hydros. */
export const HYDRO_BOUNDS: TableSpec<"entity_id" | "stage_id" | "block_id", HydroBoundField> = {
  file: hydroFile,
  keys: [entity("entity_id", "hydro", "hydro_id"), stageKey, newBlockKey],
  values: HYDRO_BOUND_FIELDS.map((name): ValueColumn<HydroBoundField> =>
    optionalReal(name, HYDRO_RANGES[name] ?? "finite", "B1", HYDRO_COLUMNS[name] ?? name)
  ),
  duplicates: { mode: "join", rule: "N-12" },
  checkRows: checkStageOnly(HYDRO_STAGE_BOUND_FIELDS),
  rules: boundRules(hydroFile, HYDRO_STAGE_BOUND_FIELDS),
};

const groupFile = "constraints/hydro_unit_group_bounds.parquet";
/** Bounds of unit groups. */
export const UNIT_GROUP_BOUNDS: TableSpec<
  "hydro_id" | "unit_group_id" | "stage_id" | "block_id",
  (typeof UNIT_GROUP_BOUND_FIELDS)[number]
> = {
  file: groupFile,
  keys: [
    entity("hydro_id", "hydro"),
    key("unit_group_id", "unit group", { column: "hydro_unit_group_id" }),
    stageKey,
    newBlockKey,
  ],
  values: UNIT_GROUP_BOUND_FIELDS.map((name) => optionalReal(name, "finite", "B1")),
  duplicates: { mode: "join", rule: "N-12" },
  rules: boundRules(groupFile, []),
};

const lineFile = "constraints/line_bounds.parquet";
/** Capacities of lines. */
export const LINE_BOUNDS = tableSpec({
  file: lineFile,
  keys: [entity("entity_id", "line", "line_id"), stageKey, newBlockKey],
  values: [
    optionalReal("direct_mw", "finite", "B1"),
    optionalReal("reverse_mw", "finite", "B1"),
  ],
  duplicates: { mode: "join", rule: "N-12" },
  rules: boundRules(lineFile, []),
});

const stationFile = "constraints/pumping_bounds.parquet";
/** Flows of pumping stations. */
export const STATION_BOUNDS = tableSpec({
  file: stationFile,
  keys: [
    entity("entity_id", "pumping station", renamed("station_id", "pumping_station_id")),
    stageKey,
    newBlockKey,
  ],
  values: [optionalReal("min_m3s", "finite", "B1"), optionalReal("max_m3s", "finite", "B1")],
  duplicates: { mode: "join", rule: "N-12" },
  rules: boundRules(stationFile, []),
});

const contractFile = "constraints/contract_bounds.parquet";
/** Limits and prices of contracts. */
export const CONTRACT_BOUNDS = tableSpec({
  file: contractFile,
  keys: [entity("entity_id", "contract", "contract_id"), stageKey, newBlockKey],
  values: [
    optionalReal("min_mw", "finite", "B1"),
    optionalReal("max_mw", "finite", "B1"),
    optionalReal("price_per_mwh", "finite", "B1"),
  ],
  duplicates: { mode: "join", rule: "N-12" },
  rules: boundRules(contractFile, []),
});

const sourceFile = "constraints/ncs_bounds.parquet";
/** Available generation of sources. */
export const SOURCE_BOUNDS = tableSpec({
  file: sourceFile,
  keys: [entity("entity_id", "source", "ncs_id"), stageKey, newBlockKey],
  values: [real("available_generation_mw", "non-negative", "B2")],
  duplicates: { mode: "join", rule: "N-12" },
  rules: [
    rule("B2", "OutOfRange", sourceFile, "Available generation is finite and at least 0"),
    ...boundRules(sourceFile, []).slice(1),
  ],
});
