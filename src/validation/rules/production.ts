/** Layers 4 and 5: what the production models of hydros need. */
import type { FphaConfig, Hydro, ProductionSpan, Stage, System } from "../../model/mod.ts";
import { ALL_STAGES } from "../../model/mod.ts";
import { type Rule, rule } from "../rule.ts";
import { listed, named, stageList } from "../wording.ts";
import { geometryRows } from "./geometry.ts";

const HYDROS = "system/hydros.json";
const MODELS = "system/hydro_production_models.json";
const PLANES = "system/fpha_hyperplanes.parquet";

/** The spans of a plant with the model fpha and the given source; null for no configuration. */
function fphaSpans(hydro: Hydro, source: FphaConfig["source"] | null): ProductionSpan[] {
  return hydro.production.filter(({ choice }) =>
    choice.kind === "fpha" && (choice.fpha?.source ?? null) === source
  );
}

function stagesOf(spans: readonly ProductionSpan[], stages: readonly Stage[]): Stage[] {
  return spans.flatMap(({ from, to }) => stages.slice(from, to));
}

/** Stages for which each plant has planes; `ALL_STAGES` stands for every stage. */
function planeStages({ fphaPlanes }: System): ReadonlyMap<number, ReadonlySet<number>> {
  const stages = new Map<number, Set<number>>();
  for (let row = 0; row < fphaPlanes.rows; row++) {
    const hydroId = fphaPlanes.hydro_id[row]!;
    let known = stages.get(hydroId);
    if (known === undefined) stages.set(hydroId, known = new Set());
    known.add(fphaPlanes.stage_id[row]!);
  }
  return stages;
}

/** What a computed production function lacks besides its geometry. */
function missingInputs(hydro: Hydro, withCurves: ReadonlySet<number>): string[] {
  const missing: string[] = [];
  if (hydro.tailrace === null && !withCurves.has(hydro.id)) missing.push("tailrace");
  if (hydro.hydraulicLosses === null) missing.push("hydraulic_losses");
  if (hydro.efficiency === null) missing.push("efficiency");
  return missing;
}

/** The rules. */
export const rules: readonly Rule[] = [
  rule({
    id: "D6",
    layer: 4,
    kind: "CoverageMismatch",
    severity: "error",
    file: PLANES,
    description: "A plant with turbines and given planes of the model fpha has a plane",
    check({ system }, report) {
      const planes = planeStages(system);
      for (const hydro of system.hydros) {
        if (hydro.maxTurbinedM3s === 0 || planes.has(hydro.id)) continue;
        const stages = stagesOf(fphaSpans(hydro, "precomputed"), system.horizon.stages);
        if (stages.length === 0) continue;
        report.found(
          `${named("Hydro", hydro)} has no row in ${PLANES}, but its model is fpha with source ` +
            `precomputed in ${stageList(stages.map(({ id }) => id))}`,
          {
            entity_id: hydro.id,
            missing_dimension: "hydro_id",
            expected_coverage: "at least one plane",
          },
          "Add its planes, or let them be computed",
        );
      }
    },
  }),
  rule({
    id: "G10.planes",
    layer: 4,
    kind: "CoverageMismatch",
    severity: "error",
    file: PLANES,
    description: "Given planes cover every stage in which the model of the plant uses them",
    check({ system }, report) {
      const planes = planeStages(system);
      for (const hydro of system.hydros) {
        const known = planes.get(hydro.id);
        if (known === undefined || known.has(ALL_STAGES)) continue;
        const missing = stagesOf(fphaSpans(hydro, "precomputed"), system.horizon.stages)
          .filter(({ id }) => !known.has(id));
        if (missing.length === 0) continue;
        const where = stageList(missing.map(({ id }) => id));
        report.found(
          `${named("Hydro", hydro)} has planes in ${PLANES}, but none for ${where}`,
          {
            entity_id: hydro.id,
            missing_dimension: "stage_id",
            expected_coverage: `a plane for ${where}, or one without stage_id`,
          },
          "Add the planes, or one without stage_id for all stages",
        );
      }
    },
  }),
  rule({
    id: "G10.config",
    layer: 5,
    kind: "IncompatibleSettings",
    severity: "error",
    file: HYDROS,
    description: `A plant with the model fpha has an entry with fpha_config in ${MODELS}`,
    check({ system }, report) {
      for (const hydro of system.hydros) {
        const stages = stagesOf(fphaSpans(hydro, null), system.horizon.stages);
        if (stages.length === 0) continue;
        const detail = `${MODELS} has no fpha_config for ${stageList(stages.map(({ id }) => id))}`;
        report.found(
          `${named("Hydro", hydro)} has the model fpha, but ${detail}`,
          {
            entity_id: hydro.id,
            settings: ["generation.model", `${MODELS}: fpha_config`],
            detail,
            at: ["generation", "model"],
          },
          "Say in the entry of the plant whether its planes are precomputed or computed",
        );
      }
    },
  }),
  rule({
    id: "G10.inputs",
    layer: 5,
    kind: "CoverageMismatch",
    severity: "error",
    file: HYDROS,
    description: "A plant whose planes are computed has tailrace, hydraulic losses and efficiency",
    check({ system }, report) {
      const withCurves = new Set(system.tailraceCurves?.hydro_id);
      for (const hydro of system.hydros) {
        if (fphaSpans(hydro, "computed").length === 0) continue;
        const missing = missingInputs(hydro, withCurves);
        if (missing.length === 0) continue;
        report.found(
          `${named("Hydro", hydro)} has no ${listed(missing)}, but the planes of its model ` +
            "fpha are computed",
          {
            entity_id: hydro.id,
            missing_dimension: missing.join(", "),
            expected_coverage: "tailrace, hydraulic losses and efficiency of the plant",
          },
          "Add what is missing, or give the planes",
        );
      }
    },
  }),
  rule({
    id: "G10.window",
    layer: 5,
    kind: "CapacityViolation",
    severity: "error",
    file: MODELS,
    description: "The range of volumes in which planes are computed is not empty",
    check({ system }, report) {
      const { volume_hm3: volumes } = system.geometry;
      const rows = geometryRows(system.geometry);
      for (const hydro of system.hydros) {
        const range = rows.get(hydro.id);
        // One row is a level that never changes: any window will do.
        if (range === undefined || range.to - range.from === 1) continue;
        const least = volumes[range.from]!;
        const most = volumes[range.to - 1]!;
        const useful = hydro.maxStorageHm3 - hydro.minStorageHm3;
        const end = (volume: number | null, share: number | null, whenOpen: number): number => {
          const value = volume ??
            (share === null ? whenOpen : hydro.minStorageHm3 + share * useful);
          return Math.min(Math.max(value, least), most);
        };
        for (const { choice: { fpha } } of fphaSpans(hydro, "computed")) {
          const from = end(fpha!.volumeMinHm3, fpha!.volumeMinPercentile, least);
          const to = end(fpha!.volumeMaxHm3, fpha!.volumeMaxPercentile, most);
          if (from < to) continue;
          report.found(
            `${named("Hydro", hydro)} has a fitting window from ${from} to ${to} hm³, inside a ` +
              `geometry from ${least} to ${most} hm³: it must not be empty`,
            {
              entity_id: hydro.id,
              field_min: "fitting_window.volume_min_hm3",
              value_min: from,
              field_max: "fitting_window.volume_max_hm3",
              value_max: to,
              at: [],
            },
            "Widen fitting_window, or check the volumes of the geometry",
          );
          break;
        }
      }
    },
  }),
  rule({
    id: "H12",
    layer: 5,
    kind: "PhysicalConstraint",
    severity: "error",
    file: PLANES,
    description: "More storage never lowers generation (gamma_v ≥ 0), spillage never raises it " +
      "(gamma_s ≤ 0)",
    check({ system }, report) {
      const { fphaPlanes: planes } = system;
      for (let row = 0; row < planes.rows; row++) {
        const gammaV = planes.gamma_v[row]!;
        const gammaS = planes.gamma_s[row]!;
        if (gammaV >= 0 && gammaS <= 0) continue;
        const detail = gammaV < 0
          ? `gamma_v is ${gammaV}, expected at least 0`
          : `gamma_s is ${gammaS}, expected at most 0`;
        const stage = planes.stage_id[row] === ALL_STAGES
          ? "all stages"
          : `stage ${planes.stage_id[row]}`;
        report.found(
          `Plane ${planes.plane_id[row]} of hydro ${planes.hydro_id[row]} for ${stage}: ${detail}`,
          { entity_id: planes.hydro_id[row]!, detail },
          "Check how the planes were fitted",
        );
      }
    },
  }),
];
