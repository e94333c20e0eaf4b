/** Unit groups of hydros, and overrides beyond what a plant can do. */
import { type Hydro, UNIT_GROUP_BOUND_FIELDS, type UnitGroup } from "../../model/mod.ts";
import { type Rule, rule } from "../rule.ts";
import { counted, named } from "../wording.ts";

const GROUP_BOUNDS = "constraints/hydro_unit_group_bounds.parquet";
const HYDRO_BOUNDS = "constraints/hydro_bounds.parquet";

const MAXIMA = {
  max_turbined_m3s: (owner: Hydro | UnitGroup) => owner.maxTurbinedM3s,
  max_generation_mw: (owner: Hydro | UnitGroup) => owner.maxGenerationMw,
} as const;
type Maximum = keyof typeof MAXIMA;
const MAXIMUM_FIELDS = UNIT_GROUP_BOUND_FIELDS.filter((field): field is Maximum => field in MAXIMA);

const unknownGroup = rule({
  id: "referential.3",
  layer: 3,
  kind: "MissingReference",
  severity: "error",
  file: GROUP_BOUNDS,
  description: "Rows are about unit groups that their hydro has",
  check({ system }, report) {
    const hydros = new Map(system.hydros.map((hydro) => [hydro.id, hydro]));
    const { rows, hydro_id, unit_group_id } = system.overrides.unitGroup;
    // Rows of one group are neighbours, so that each group is named once.
    for (let from = 0, to = 0; from < rows; from = to) {
      const id = unit_group_id[from]!;
      while (to < rows && hydro_id[to] === hydro_id[from] && unit_group_id[to] === id) to++;
      const hydro = hydros.get(hydro_id[from]!);
      if (hydro?.unitGroups.some((group) => group.id === id)) continue;
      const who = hydro === undefined ? `hydro ${hydro_id[from]}` : named("hydro", hydro);
      report.found(
        `${GROUP_BOUNDS} has ${counted(to - from, "row")} for unit group ${id} of ${who}, which ` +
          (hydro === undefined ? "does not exist" : "has no such group"),
        {
          entity_id: hydro_id[from]!,
          field: "hydro_unit_group_id",
          referenced_value: hydro === undefined ? hydro_id[from]! : id,
          referenced_registry: "system/hydros.json",
        },
        "Correct the ids, or remove the rows",
      );
    }
  },
});

const raisedPlant = rule({
  id: "semantic.5a.43",
  layer: 5,
  kind: "CapacityViolation",
  severity: "error",
  file: HYDRO_BOUNDS,
  description: "v0.18: a row of bounds does not raise a plant above its own capacity",
  check({ system, dialect }, report) {
    if (dialect === "v0.5") return;
    const hydros = new Map(system.hydros.map((hydro) => [hydro.id, hydro]));
    const table = system.overrides.hydro;
    for (const field of MAXIMUM_FIELDS) {
      for (let row = 0; row < table.rows; row++) {
        const hydro = hydros.get(table.entity_id[row]!);
        if (hydro === undefined) continue;
        const value = table[field][row]!;
        const most = MAXIMA[field](hydro);
        if (!(value > most)) continue;
        report.found(
          `${named("Hydro", hydro)} has ${field} ${value} at stage ${table.stage_id[row]}, above ` +
            `the ${most} of the plant`,
          {
            entity_id: hydro.id,
            field_min: field,
            value_min: value,
            field_max: `generation.${field}`,
            value_max: most,
          },
          "Declare the plant with its final capacity, and lower the stages before",
        );
      }
    }
  },
});

const raisedGroup = rule({
  id: "semantic.5a.45",
  layer: 5,
  kind: "CapacityViolation",
  severity: "error",
  file: GROUP_BOUNDS,
  description: "A row of bounds does not raise a unit group above its own capacity",
  check({ system }, report) {
    const groups = new Map<string, { readonly hydro: Hydro; readonly group: UnitGroup }>();
    for (const hydro of system.hydros) {
      for (const group of hydro.unitGroups) groups.set(`${hydro.id},${group.id}`, { hydro, group });
    }
    const table = system.overrides.unitGroup;
    for (const field of MAXIMUM_FIELDS) {
      for (let row = 0; row < table.rows; row++) {
        const owner = groups.get(`${table.hydro_id[row]},${table.unit_group_id[row]}`);
        if (owner === undefined) continue;
        const value = table[field][row]!;
        const most = MAXIMA[field](owner.group);
        if (!(value > most)) continue;
        report.found(
          `${
            named("Hydro", owner.hydro)
          } has ${field} ${value} in unit group ${owner.group.id} at ` +
            `stage ${table.stage_id[row]}, above the ${most} of the group`,
          {
            entity_id: owner.hydro.id,
            field_min: field,
            value_min: value,
            field_max: `unit_groups.${field}`,
            value_max: most,
          },
          "Declare the group with its final capacity, and lower the stages before",
        );
      }
    }
  },
});

const noChannel = rule({
  id: "semantic.5a.46",
  layer: 5,
  kind: "PhysicalConstraint",
  severity: "error",
  file: HYDRO_BOUNDS,
  description: "A least diversion is of a plant that has a diversion",
  check({ system }, report) {
    const hydros = new Map(system.hydros.map((hydro) => [hydro.id, hydro]));
    const { rows, entity_id, stage_id, min_diversion_m3s } = system.overrides.hydro;
    for (let row = 0; row < rows; row++) {
      const hydro = hydros.get(entity_id[row]!);
      const value = min_diversion_m3s[row]!;
      if (hydro === undefined || hydro.diversion !== null || !(value > 0)) continue;
      report.found(
        `${named("Hydro", hydro)} has min_diversion_m3s ${value} at stage ${stage_id[row]}, but ` +
          "no diversion",
        { entity_id: hydro.id, detail: "without a diversion no water can take that way" },
        "Give the plant a diversion in system/hydros.json, or remove the bound",
      );
    }
  },
});

/** The rules of unit groups. */
export const rules: readonly Rule[] = [unknownGroup, raisedPlant, raisedGroup, noChannel];
