/** Planes of a production function that the case gives. */
import { ALL_STAGES, type FphaPlanes, type Hydro } from "../../model/mod.ts";
import { CobreError } from "../../protocol/mod.ts";
import type { FphaPlaneSet } from "../plant_data.ts";

/**
 * The planes of a plant in a stage: its rows for that stage, else those for all stages. κ scales the
 * intercept only, as it does in files of the reference program.
 */
export function givenPlanes(table: FphaPlanes, hydro: Hydro, stageId: number): FphaPlaneSet {
  const own = rowsOf(table, hydro.id, stageId);
  const rows = own.length > 0 ? own : rowsOf(table, hydro.id, ALL_STAGES);
  if (rows.length === 0) {
    throw CobreError.of(
      "CoverageMismatch",
      `Hydro ${hydro.id} '${hydro.name}' takes given planes in stage ${stageId}, but ` +
        "system/fpha_hyperplanes.parquet has no row for it",
      {
        entity_id: hydro.id,
        missing_dimension: "stage_id",
        expected_coverage: `a plane for stage ${stageId}, or one without stage_id`,
      },
      "Add its planes, or let them be computed",
    );
  }
  for (const row of rows) check(table, row, hydro);
  const pick = (column: Float64Array): Float64Array =>
    Float64Array.from(rows, (row) => column[row]!);
  return {
    intercept: Float64Array.from(rows, (row) => table.gamma_0[row]! * table.kappa[row]!),
    byVolume: pick(table.gamma_v),
    byTurbined: pick(table.gamma_q),
    bySpillage: pick(table.gamma_s),
  };
}

function rowsOf(table: FphaPlanes, hydroId: number, stageId: number): number[] {
  const rows: number[] = [];
  for (let row = 0; row < table.rows; row++) {
    if (table.hydro_id[row] === hydroId && table.stage_id[row] === stageId) rows.push(row);
  }
  return rows;
}

function check(table: FphaPlanes, row: number, hydro: Hydro): void {
  const values = {
    gamma_v: table.gamma_v[row]!,
    gamma_q: table.gamma_q[row]!,
    gamma_s: table.gamma_s[row]!,
    kappa: table.kappa[row]!,
  };
  const { gamma_v, gamma_q, gamma_s, kappa } = values;
  const wrong = !(gamma_v >= 0)
    ? ["gamma_v", "at least 0"] as const
    : !(gamma_q > 0)
    ? ["gamma_q", "above 0"] as const
    : !(gamma_s <= 0)
    ? ["gamma_s", "at most 0"] as const
    : !(kappa > 0 && kappa <= 1)
    ? ["kappa", "above 0 and at most 1"] as const
    : null;
  if (wrong === null) return;
  const detail = `${wrong[0]} is ${values[wrong[0]]}, expected ${wrong[1]}`;
  throw CobreError.of(
    "PhysicalConstraint",
    `Plane ${table.plane_id[row]} of hydro ${hydro.id} '${hydro.name}': ${detail}`,
    { entity_id: hydro.id, detail },
    "Check how the planes were fitted",
  );
}
