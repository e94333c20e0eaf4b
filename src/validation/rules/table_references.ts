/** Layer 3: ids of elements that tables and lists of constraints and scenarios name. */
import type { Case } from "../../case/mod.ts";
import type { NoiseClass } from "../../model/mod.ts";
import { unknownIds } from "../id_scan.ts";
import { rawList } from "../raw_json.ts";
import { type Rule, rule, type RuleReport } from "../rule.ts";
import { counted } from "../wording.ts";
import { REGISTRIES, type RegistryName } from "./registries.ts";

/** A table whose rows are about elements; the ids of a table that the case lacks are null. */
function tableRule(
  id: string,
  file: string,
  target: RegistryName,
  ids: (input: Case) => Int32Array | null,
  column: (input: Case) => string = () => `${target}_id`,
): Rule {
  const registry = REGISTRIES[target];
  return rule({
    id,
    layer: 3,
    kind: "MissingReference",
    severity: "error",
    file,
    description: `Every row is about a ${registry.noun} that exists`,
    check(input, report) {
      const values = ids(input);
      if (values === null) return;
      for (const [missing, rows] of unknownIds(values, registry.elements(input.system))) {
        report.found(
          `${file} has ${counted(rows, "row")} for ${registry.noun} ${missing}, but ` +
            `${registry.file} has no ${registry.noun} ${missing}`,
          {
            entity_id: missing,
            field: column(input),
            referenced_value: missing,
            referenced_registry: registry.file,
          },
          `Remove the rows, or add the ${registry.noun} to ${registry.file}`,
        );
      }
    },
  });
}

function reportEntry(
  report: RuleReport<"MissingReference">,
  file: string,
  what: string,
  field: string,
  missing: number,
  target: RegistryName,
  path: readonly (string | number)[],
): void {
  const registry = REGISTRIES[target];
  report.found(
    `${what} of ${file} names ${registry.noun} ${missing}, but ${registry.file} has no ` +
      `${registry.noun} ${missing}`,
    {
      entity_id: missing,
      field,
      referenced_value: missing,
      referenced_registry: registry.file,
      path,
    },
    `Correct ${field}, or add the ${registry.noun} to ${registry.file}`,
  );
}

/** A list of entries in a JSON file, each about one element. */
function listRule(
  id: string,
  file: string,
  list: string,
  target: RegistryName,
  field: string,
): Rule {
  return rule({
    id,
    layer: 3,
    kind: "MissingReference",
    severity: "error",
    file,
    description: `${field} of an entry is the id of a ${REGISTRIES[target].noun}`,
    check(input, report) {
      const elements = REGISTRIES[target].elements(input.system);
      const known = new Set<number>(elements.map((element) => element.id));
      rawList(input, file, list).forEach((entry, index) => {
        const missing = entry[field];
        if (typeof missing !== "number" || known.has(missing)) return;
        const path = [list, index, field];
        reportEntry(report, file, `Entry ${index} of ${list}`, field, missing, target, path);
      });
    },
  });
}

const CORRELATION_FILE = "scenarios/correlation.json";
const CLASS_REGISTRY: Readonly<Record<NoiseClass, RegistryName>> = {
  inflow: "hydro",
  load: "bus",
  ncs: "source",
};

const correlationEntities = rule({
  id: "R21",
  layer: 3,
  kind: "MissingReference",
  severity: "error",
  file: CORRELATION_FILE,
  description: "Entities of a correlation group are hydros, buses or sources that exist",
  check(input, report) {
    const { system } = input;
    const known = (type: NoiseClass): ReadonlySet<number> =>
      new Set(REGISTRIES[CLASS_REGISTRY[type]].elements(system).map(({ id }) => id));
    const ids = { inflow: known("inflow"), load: known("load"), ncs: known("ncs") };
    for (const profile of system.correlation?.profiles ?? []) {
      const list = ["profiles", profile.name, "correlation_groups"];
      profile.groups.forEach((group, g) => {
        group.entities.forEach(({ type, id }, e) => {
          if (ids[type].has(id)) return;
          const what = `Group '${group.name}' of profile '${profile.name}'`;
          const path = [...list, g, "entities", e];
          reportEntry(report, CORRELATION_FILE, what, "id", id, CLASS_REGISTRY[type], path);
        });
      });
    }
  },
});

/** Block factors and availabilities, whose rows the older layout ties to study stages. */
function factorStages(id: string, file: string, list: string, field: string): Rule {
  return rule({
    id,
    layer: 3,
    kind: "StageMismatch",
    severity: "error",
    file,
    description: "Every entry is for a study stage",
    check(input, report) {
      const stages = new Set(input.system.horizon.stages.map((stage) => stage.id));
      rawList(input, file, list).forEach((entry, index) => {
        const stageId = entry["stage_id"] as number;
        if (stages.has(stageId)) return;
        const id = entry[field] as number;
        report.found(
          `Entry ${index} of ${file}, with ${field} ${id}, is for stage ${stageId}, which the ` +
            "study does not have",
          { entity_id: id, stage_id: stageId, path: [list, index, "stage_id"] },
          "Correct stage_id, or remove the entry",
        );
      });
    },
  });
}

const sourceBoundStages = rule({
  id: "R40.stage",
  layer: 3,
  kind: "StageMismatch",
  severity: "error",
  file: "constraints/ncs_bounds.parquet",
  description: "In the v0.5 layout every row is for a study stage",
  check({ dialect, system }, report) {
    if (dialect !== "v0.5") return;
    const unknown = unknownIds(system.overrides.source.stage_id, system.horizon.stages);
    for (const [stageId, rows] of unknown) {
      report.found(
        `constraints/ncs_bounds.parquet has ${counted(rows, "row")} for stage ${stageId}, which ` +
          "the study does not have",
        { stage_id: stageId },
        "Remove the rows, or correct stage_id",
      );
    }
  },
});

/** The rules. */
export const rules: readonly Rule[] = [
  tableRule("R12", "system/hydro_geometry.parquet", "hydro", (c) => c.system.geometry.hydro_id),
  listRule(
    "R13",
    "system/hydro_production_models.json",
    "production_models",
    "hydro",
    "hydro_id",
  ),
  tableRule("R14", "system/fpha_hyperplanes.parquet", "hydro", (c) => c.system.fphaPlanes.hydro_id),
  tableRule(
    "R15",
    "scenarios/inflow_seasonal_stats.parquet",
    "hydro",
    (c) => c.system.scenarios.inflowStats?.hydro_id ?? null,
  ),
  tableRule(
    "R16",
    "scenarios/inflow_ar_coefficients.parquet",
    "hydro",
    (c) => c.system.scenarios.inflowCoefficients?.hydro_id ?? null,
  ),
  tableRule(
    "R17",
    "scenarios/inflow_annual_component.parquet",
    "hydro",
    (c) => c.system.scenarios.inflowAnnual?.hydro_id ?? null,
  ),
  tableRule(
    "R18",
    "scenarios/inflow_history.parquet",
    "hydro",
    (c) => c.system.scenarios.inflowHistory?.hydro_id ?? null,
  ),
  tableRule(
    "R19",
    "scenarios/load_seasonal_stats.parquet",
    "bus",
    (c) => c.system.scenarios.loadStats?.bus_id ?? null,
  ),
  tableRule(
    "R20",
    "scenarios/non_controllable_stats.parquet",
    "source",
    (c) => c.system.scenarios.sourceStats?.ncs_id ?? null,
    () => "ncs_id",
  ),
  correlationEntities,
  tableRule(
    "R22",
    "scenarios/external_inflow_scenarios.parquet",
    "hydro",
    (c) => c.system.scenarios.externalInflow?.entity_id ?? null,
  ),
  tableRule(
    "R23",
    "scenarios/external_load_scenarios.parquet",
    "bus",
    (c) => c.system.scenarios.externalLoad?.entity_id ?? null,
  ),
  tableRule(
    "R24",
    "scenarios/external_ncs_scenarios.parquet",
    "source",
    (c) => c.system.scenarios.externalSource?.entity_id ?? null,
    () => "ncs_id",
  ),
  tableRule(
    "R25",
    "constraints/thermal_bounds.parquet",
    "thermal",
    (c) => c.system.overrides.thermal.entity_id,
  ),
  tableRule(
    "R26",
    "constraints/hydro_bounds.parquet",
    "hydro",
    (c) => c.system.overrides.hydro.entity_id,
  ),
  tableRule(
    "R27",
    "constraints/line_bounds.parquet",
    "line",
    (c) => c.system.overrides.line.entity_id,
  ),
  tableRule(
    "R28",
    "constraints/pumping_bounds.parquet",
    "station",
    (c) => c.system.overrides.station.entity_id,
    ({ dialect }) => dialect === "v0.5" ? "station_id" : "pumping_station_id",
  ),
  tableRule(
    "R29",
    "constraints/contract_bounds.parquet",
    "contract",
    (c) => c.system.overrides.contract.entity_id,
  ),
  tableRule(
    "R30",
    "constraints/generic_constraint_bounds.parquet",
    "constraint",
    (c) => c.system.genericBounds.constraint_id,
  ),
  tableRule(
    "R31",
    "constraints/penalty_overrides_bus.parquet",
    "bus",
    (c) => c.system.overrides.busPenalty.entity_id,
  ),
  tableRule(
    "R32",
    "constraints/penalty_overrides_line.parquet",
    "line",
    (c) => c.system.overrides.linePenalty.entity_id,
  ),
  tableRule(
    "R33",
    "constraints/penalty_overrides_hydro.parquet",
    "hydro",
    (c) => c.system.overrides.hydroPenalty.entity_id,
  ),
  tableRule(
    "R34",
    "constraints/penalty_overrides_ncs.parquet",
    "source",
    (c) => c.system.overrides.sourcePenalty.entity_id,
    ({ dialect }) => dialect === "v0.5" ? "source_id" : "ncs_id",
  ),
  listRule("R35", "scenarios/load_factors.json", "load_factors", "bus", "bus_id"),
  factorStages("R35.stage", "scenarios/load_factors.json", "load_factors", "bus_id"),
  tableRule(
    "R40",
    "constraints/ncs_bounds.parquet",
    "source",
    (c) => c.system.overrides.source.entity_id,
    () => "ncs_id",
  ),
  sourceBoundStages,
  listRule(
    "R41",
    "scenarios/non_controllable_factors.json",
    "non_controllable_factors",
    "source",
    "ncs_id",
  ),
  factorStages(
    "R41.stage",
    "scenarios/non_controllable_factors.json",
    "non_controllable_factors",
    "ncs_id",
  ),
  tableRule(
    "R42",
    "system/tailrace_curves.parquet",
    "hydro",
    (c) => c.system.tailraceCurves?.hydro_id ?? null,
  ),
  tableRule(
    "R43",
    "system/hydro_energy_productivity.parquet",
    "hydro",
    (c) => c.system.energyProductivity?.hydro_id ?? null,
  ),
];
