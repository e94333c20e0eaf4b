/** The Parquet files of `system/`. */
import { ALL_STAGES, type Table } from "../../model/mod.ts";
import {
  entity,
  key,
  optionalReal,
  real,
  type RowReport,
  rule,
  tableSpec,
  type ValueColumn,
} from "./spec.ts";

const geometryFile = "system/hydro_geometry.parquet";
const planesFile = "system/fpha_hyperplanes.parquet";
const tailraceFile = "system/tailrace_curves.parquet";
const productivityFile = "system/hydro_energy_productivity.parquet";

/** Volume, height and area of reservoirs; rows of a hydro by volume. */
export const GEOMETRY = tableSpec({
  file: geometryFile,
  keys: [entity("hydro_id", "hydro")],
  values: [
    real("volume_hm3", "non-negative", "X1"),
    real("height_m", "non-negative", "X1"),
    real("area_km2", "non-negative", "X1"),
  ],
  orderBy: "volume_hm3",
  duplicates: { mode: "reject", rule: "N-12" },
  rules: [
    rule("X1", "OutOfRange", geometryFile, "Volumes, heights and areas are finite and at least 0"),
  ],
});

/** Given planes of the production function. */
export const FPHA_PLANES = tableSpec({
  file: planesFile,
  keys: [
    entity("hydro_id", "hydro"),
    key("stage_id", "stage", { whenNull: ALL_STAGES }),
    key("plane_id", "plane"),
  ],
  values: [
    real("gamma_0", "finite", "X7"),
    real("gamma_v", "finite", "X7"),
    real("gamma_q", "positive", "X8"),
    real("gamma_s", "finite", "X7"),
    optionalReal("kappa", "positive fraction", "X8", "kappa", 1),
    optionalReal("valid_v_min_hm3", "finite", "X7"),
    optionalReal("valid_v_max_hm3", "finite", "X7"),
    optionalReal("valid_q_max_m3s", "finite", "X7"),
  ],
  duplicates: { mode: "reject", rule: "N-12" },
  rules: [
    rule("X7", "OutOfRange", planesFile, "Coefficients and ranges of planes are finite"),
    rule("X8", "OutOfRange", planesFile, "gamma_q is above 0 and kappa is above 0 and at most 1"),
    rule("N-12", "DuplicateId", planesFile, "A hydro, a stage and a plane have one row"),
  ],
});

/** Only the first coefficient of a tailrace polynomial has to be given; the others are 0. */
function coefficient<const N extends string>(name: N): ValueColumn<N> {
  return optionalReal(name, "finite", "X9", name, 0);
}

function checkSegments(
  table: Table<"hydro_id", "outflow_min_m3s" | "outflow_max_m3s">,
  report: RowReport,
): void {
  for (let row = 0; row < table.rows; row++) {
    const least = table.outflow_min_m3s[row]!;
    const most = table.outflow_max_m3s[row]!;
    if (!(least > most) || !report.admit("X10")) continue;
    const message = `${report.describe(row)} begins at ${least} m³/s, above its end ${most} m³/s`;
    report.cell("CapacityViolation", "X10", row, "outflow_min_m3s", message, {
      field_min: "outflow_min_m3s",
      value_min: least,
      field_max: "outflow_max_m3s",
      value_max: most,
    });
  }
}

/** Families of tailrace polynomials. */
export const TAILRACE_CURVES = tableSpec({
  file: tailraceFile,
  keys: [entity("hydro_id", "hydro"), key("family_id", "family"), key("segment_id", "segment")],
  values: [
    optionalReal("downstream_reference_level_m", "finite", "X9"),
    real("outflow_min_m3s", "non-negative", "X9"),
    real("outflow_max_m3s", "non-negative", "X9"),
    real("coefficient_0", "finite", "X9"),
    coefficient("coefficient_1"),
    coefficient("coefficient_2"),
    coefficient("coefficient_3"),
    coefficient("coefficient_4"),
  ],
  duplicates: { mode: "reject", rule: "N-12" },
  checkRows: checkSegments,
  rules: [
    rule("X9", "OutOfRange", tailraceFile, "Levels, outflows and coefficients are finite"),
    rule("X10", "CapacityViolation", tailraceFile, "A segment does not end before it begins"),
    rule("N-12", "DuplicateId", tailraceFile, "A hydro, a family and a segment have one row"),
  ],
});

/** Productivities per hydro and stage. */
export const ENERGY_PRODUCTIVITY = tableSpec({
  file: productivityFile,
  keys: [entity("hydro_id", "hydro"), key("stage_id", "stage", { whenNull: ALL_STAGES })],
  values: [
    optionalReal("equivalent_productivity_mw_per_m3s", "non-negative", "X11"),
    optionalReal("reference_outflow_m3s", "non-negative", "X11"),
    optionalReal("specific_productivity_mw_per_m3s_per_m", "non-negative", "X11"),
  ],
  duplicates: { mode: "join", rule: "N-12" },
  rules: [
    rule("X11", "OutOfRange", productivityFile, "Productivities and outflows are at least 0"),
    rule("N-12", "DuplicateId", productivityFile, "A value is given once per hydro and stage"),
  ],
});
