/** Layers 4 and 5: shapes of reservoirs, and evaporation from them. */
import { type Geometry, type Hydro, isActive } from "../../model/mod.ts";
import { type Rule, rule } from "../rule.ts";
import { named, stageList } from "../wording.ts";

const FILE = "system/hydro_geometry.parquet";
const HYDROS = "system/hydros.json";

/** The rows `[from, to)` of each hydro; the table is sorted by hydro and volume. */
export function geometryRows(
  geometry: Geometry,
): ReadonlyMap<number, { readonly from: number; readonly to: number }> {
  const rows = new Map<number, { from: number; to: number }>();
  for (let row = 0; row < geometry.rows; row++) {
    const range = rows.get(geometry.hydro_id[row]!);
    if (range === undefined) rows.set(geometry.hydro_id[row]!, { from: row, to: row + 1 });
    else range.to = row + 1;
  }
  return rows;
}

/** How many rows of geometry a plant needs, and what for; null for none. */
function geometryNeed(hydro: Hydro): { readonly rows: number; readonly why: string } | null {
  const kinds = hydro.production.map(({ choice }) => choice);
  if (kinds.some(({ kind }) => kind === "linearized_head")) {
    return { rows: 2, why: "its model linearized_head" };
  }
  // One row is a reservoir whose level never changes.
  if (kinds.some(({ fpha }) => fpha?.source === "computed")) {
    return { rows: 1, why: "its computed model fpha" };
  }
  return null;
}

function columnRule(
  id: string,
  column: "volume_hm3" | "height_m" | "area_km2",
  unit: string,
  strict: boolean,
): Rule {
  const wanted = strict ? "increases from row to row" : "never decreases from row to row";
  return rule({
    id,
    layer: 5,
    kind: "PhysicalConstraint",
    severity: "error",
    file: FILE,
    description: `Of a hydro, ${column} ${wanted}; rows are taken by volume`,
    check({ system }, report) {
      const { geometry } = system;
      const values = geometry[column];
      const ranges = geometryRows(geometry);
      for (const hydro of system.hydros) {
        const rows = ranges.get(hydro.id);
        if (rows === undefined) continue;
        for (let row = rows.from + 1; row < rows.to; row++) {
          const before = values[row - 1]!;
          const value = values[row]!;
          if (strict ? value > before : value >= before) continue;
          const at = strict ? "" : ` at the volume ${geometry.volume_hm3[row]} hm³`;
          const detail = `${column} goes from ${before} to ${value} ${unit}${at}`;
          report.found(
            `${named("Hydro", hydro)}: ${detail}, but it ${wanted}`,
            { entity_id: hydro.id, detail },
            strict ? "Keep one row per volume" : "Correct the table",
          );
          break;
        }
      }
    },
  });
}

/** The rules. */
export const rules: readonly Rule[] = [
  rule({
    id: "D7",
    layer: 4,
    kind: "CoverageMismatch",
    severity: "error",
    file: FILE,
    description: "A computed model fpha has a row of geometry, linearized_head has two or more",
    check({ system }, report) {
      const rows = geometryRows(system.geometry);
      for (const hydro of system.hydros) {
        const need = geometryNeed(hydro);
        if (need === null) continue;
        const range = rows.get(hydro.id);
        const count = range === undefined ? 0 : range.to - range.from;
        if (count >= need.rows) continue;
        report.found(
          `${named("Hydro", hydro)} has ${count} rows in ${FILE}, but ${need.why} needs ` +
            `at least ${need.rows}`,
          {
            entity_id: hydro.id,
            missing_dimension: "volume_hm3",
            expected_coverage: `at least ${need.rows} rows`,
          },
          "Add rows with volume, height and area of the reservoir",
        );
      }
    },
  }),
  columnRule("H8", "volume_hm3", "hm³", true),
  columnRule("H9", "height_m", "m", false),
  columnRule("H10", "area_km2", "km²", false),
  rule({
    id: "H11",
    layer: 5,
    kind: "PhysicalConstraint",
    severity: "error",
    file: HYDROS,
    description: "A plant with evaporation has rows of geometry",
    check({ system }, report) {
      const rows = geometryRows(system.geometry);
      for (const hydro of system.hydros) {
        if (hydro.evaporation === null || rows.has(hydro.id)) continue;
        const detail = `${FILE} has no row for it, so its area is not known`;
        report.found(
          `${named("Hydro", hydro)} has evaporation, but ${detail}`,
          { entity_id: hydro.id, detail, at: ["evaporation"] },
          `Add its rows to ${FILE}, or remove evaporation`,
        );
      }
    },
  }),
  rule({
    id: "G11.area",
    layer: 5,
    kind: "PhysicalConstraint",
    severity: "error",
    file: FILE,
    description: "A reservoir with evaporation has an area above zero",
    check({ system }, report) {
      const { geometry } = system;
      const rows = geometryRows(geometry);
      for (const hydro of system.hydros) {
        const range = rows.get(hydro.id);
        if (hydro.evaporation === null || range === undefined) continue;
        if (geometry.area_km2.subarray(range.from, range.to).some((area) => area > 0)) continue;
        const detail = "every area_km2 of it is 0";
        report.found(
          `${named("Hydro", hydro)} has evaporation, but ${detail}`,
          { entity_id: hydro.id, detail },
          "Give the area of the reservoir by volume, or remove evaporation",
        );
      }
    },
  }),
  rule({
    id: "G11.season",
    layer: 5,
    kind: "StageMismatch",
    severity: "error",
    file: "stages.json",
    description: "With evaporation, season_id of a stage is its month, from 0 for January to 11",
    check({ system }, report) {
      const evaporating = system.hydros.filter((hydro) => hydro.evaporation !== null);
      const stages = system.horizon.stages.filter(({ id, seasonId }) =>
        (seasonId === null || seasonId > 11) && evaporating.some((hydro) => isActive(hydro, id))
      );
      const first = stages[0];
      if (first === undefined) return;
      const where = stageList(stages.map(({ id }) => id));
      const detail = "expected a month from 0 to 11, because coefficients_mm is by month";
      report.found(
        `${where[0]!.toUpperCase()}${where.slice(1)} ${stages.length === 1 ? "has" : "have"} ` +
          `season_id ${first.seasonId ?? "missing"}, but ` +
          `${named("hydro", evaporating[0]!)} has evaporation: ${detail}`,
        { entity_id: first.id, stage_id: first.id, detail, at: ["season_id"] },
        "Give the stages the months in which they lie as season_id",
      );
    },
  }),
  rule({
    id: "N-4",
    layer: 5,
    kind: "PhysicalConstraint",
    severity: "warning",
    file: FILE,
    description: "Geometry that is used covers the storages from least to greatest",
    check({ system }, report) {
      const { volume_hm3: volumes } = system.geometry;
      const rows = geometryRows(system.geometry);
      for (const hydro of system.hydros) {
        const range = rows.get(hydro.id);
        if (range === undefined || (hydro.evaporation === null && geometryNeed(hydro) === null)) {
          continue;
        }
        const least = volumes[range.from]!;
        const most = volumes[range.to - 1]!;
        const { minStorageHm3: minimum, maxStorageHm3: maximum } = hydro;
        if (range.to - range.from === 1 || (least <= minimum && maximum <= most)) continue;
        const detail = `the rows reach from ${least} to ${most} hm³, the storage from ${minimum} ` +
          `to ${maximum} hm³`;
        report.found(
          `The geometry of ${named("hydro", hydro)} does not cover its storage: ${detail}`,
          { entity_id: hydro.id, detail },
          "Add rows up to both ends: beyond the table the outermost values hold",
        );
      }
    },
  }),
  rule({
    id: "N-4.tailrace",
    layer: 5,
    kind: "PhysicalConstraint",
    severity: "warning",
    file: HYDROS,
    description: "Points of a tailrace are in the order of outflow, and levels do not fall",
    check({ system }, report) {
      for (const hydro of system.hydros) {
        if (hydro.tailrace?.type !== "piecewise") continue;
        const { points } = hydro.tailrace;
        const index = points.findIndex((point, position) => {
          const before = points[position - 1];
          return before !== undefined &&
            (point.outflowM3s <= before.outflowM3s || point.heightM < before.heightM);
        });
        const [before, point] = [points[index - 1], points[index]];
        if (before === undefined || point === undefined) continue;
        const detail = `${before.heightM} m at ${before.outflowM3s} m³/s is followed by ` +
          `${point.heightM} m at ${point.outflowM3s} m³/s`;
        report.found(
          `The tailrace of ${named("hydro", hydro)} does not rise with the outflow: ${detail}`,
          { entity_id: hydro.id, detail, at: ["tailrace", "points", index] },
          "Sort the points by outflow and check the levels",
        );
      }
    },
  }),
];
