/** The rules of every table, for messages and for the manual. */
import { REMOVED_FILE_RULES } from "./removed_files.ts";
import type { RuleInfo } from "../rule.ts";
import { GENERIC_BOUNDS_BY_SIDE } from "./generic_bound_specs.ts";
import * as bounds from "./override_specs.ts";
import * as penalties from "./penalty_specs.ts";
import * as scenarios from "./scenario_specs.ts";
import * as system from "./system_specs.ts";

/** Rules of all Parquet files of a case, and of the files that a layout dropped. */
export const TABLE_RULES: readonly RuleInfo[] = [
  ...REMOVED_FILE_RULES,
  {
    id: "L2.ignored_column",
    layer: 2,
    kind: "IgnoredInput",
    severity: "warning",
    file: "*",
    description: "A value column that only the other layout has is without effect",
  },
  ...system.GEOMETRY.rules,
  ...system.FPHA_PLANES.rules,
  ...system.TAILRACE_CURVES.rules,
  ...system.ENERGY_PRODUCTIVITY.rules,
  ...scenarios.INFLOW_STATS.rules,
  ...scenarios.INFLOW_COEFFICIENTS.rules,
  {
    id: "N4.stationary",
    layer: 5,
    kind: "PhysicalConstraint",
    severity: "error",
    file: scenarios.INFLOW_COEFFICIENTS.file,
    description: "In the v0.18 layout the coefficients of a hydro leave variance for the noise",
  },
  ...scenarios.INFLOW_ANNUAL.rules,
  ...scenarios.INFLOW_HISTORY_WINDOWS.rules,
  ...scenarios.LOAD_STATS.rules,
  ...scenarios.SOURCE_STATS.rules,
  ...scenarios.EXTERNAL_INFLOW.rules,
  ...scenarios.EXTERNAL_LOAD.rules,
  ...scenarios.EXTERNAL_SOURCE.rules,
  ...scenarios.NOISE_OPENINGS.rules,
  ...bounds.THERMAL_BOUNDS.rules,
  ...bounds.HYDRO_BOUNDS.rules,
  ...bounds.UNIT_GROUP_BOUNDS.rules,
  ...bounds.LINE_BOUNDS.rules,
  ...bounds.STATION_BOUNDS.rules,
  ...bounds.CONTRACT_BOUNDS.rules,
  ...bounds.SOURCE_BOUNDS.rules,
  ...GENERIC_BOUNDS_BY_SIDE.rules,
  ...penalties.BUS_PENALTIES.rules,
  ...penalties.LINE_PENALTIES.rules,
  ...penalties.HYDRO_PENALTIES.rules,
  ...penalties.SOURCE_PENALTIES.rules,
];
