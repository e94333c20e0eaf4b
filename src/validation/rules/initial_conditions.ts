/** Volumes with which the study begins. */
import type { Case } from "../../case/mod.ts";
import type { Hydro } from "../../model/mod.ts";
import { rawList } from "../raw_json.ts";
import { type Rule, rule } from "../rule.ts";
import { counted, listed, named } from "../wording.ts";

const FILE = "initial_conditions.json";

/** Room for rounding at the ends of a range (hm³). */
const TOLERANCE = 1e-6;

/** Entries of some lists must be of hydros that exist. */
function hydrosExist(
  id: string,
  layer: Rule["layer"],
  lists: readonly string[],
  description: string,
): Rule {
  return rule({
    id,
    layer,
    kind: "MissingReference",
    severity: "error",
    file: FILE,
    description,
    check(input, report) {
      const known = new Set(input.system.hydros.map((hydro) => hydro.id));
      for (const list of lists) {
        rawList(input, FILE, list).forEach((entry, index) => {
          const hydroId = entry["hydro_id"] as number;
          if (known.has(hydroId)) return;
          report.found(
            `Entry ${index} of ${list} is of hydro ${hydroId}, but system/hydros.json has no hydro ` +
              hydroId,
            {
              entity_id: hydroId,
              path: [list, index, "hydro_id"],
              field: `${list}[${index}].hydro_id`,
              referenced_value: hydroId,
              referenced_registry: "system/hydros.json",
            },
            "Correct hydro_id, or remove the entry",
          );
        });
      }
    },
  });
}

const range = rule({
  id: "N-2",
  layer: 5,
  kind: "OutOfRange",
  severity: "error",
  file: FILE,
  description: "An initial volume lies within the storage of its hydro, that of a filling below it",
  check(input, report) {
    const hydros = new Map(input.system.hydros.map((hydro) => [hydro.id, hydro]));
    const check = (list: string, limits: (hydro: Hydro) => readonly [number, number]): void => {
      rawList(input, FILE, list).forEach((entry, index) => {
        const hydro = hydros.get(entry["hydro_id"] as number);
        if (hydro === undefined) return;
        const [min, max] = limits(hydro);
        const value = entry["value_hm3"] as number;
        if (value >= min - TOLERANCE && value <= max + TOLERANCE) return;
        report.found(
          `${named("Hydro", hydro)} begins with ${value} hm³, expected ${min} to ${max} hm³`,
          {
            entity_id: hydro.id,
            path: [list, index, "value_hm3"],
            field: `${list}[${index}].value_hm3`,
            value,
            min,
            max,
          },
          "Compare with min_storage_hm3 and max_storage_hm3 of the plant",
        );
      });
    };
    check("storage", (hydro) => [hydro.minStorageHm3, hydro.maxStorageHm3]);
    check("filling_storage", (hydro) => [0, hydro.minStorageHm3]);
  },
});

const missing = rule({
  id: "N-2.covered",
  layer: 4,
  kind: "PhysicalConstraint",
  severity: "warning",
  file: FILE,
  description: "Every hydro that operates when the study begins has an initial volume",
  check(input, report) {
    const open = hydrosWithoutVolume(input);
    if (open.length === 0) return;
    report.found(
      `No initial volume is given for ${counted(open.length, "hydro")} ` +
        `(${listed(open.map((hydro) => hydro.id))}), which ` +
        `${open.length === 1 ? "begins" : "begin"} empty`,
      {
        entity_id: open.length === 1 ? open[0]!.id : null,
        path: ["storage"],
        detail: "hydros that storage and filling_storage leave out begin with 0 hm³",
      },
      "Give their volumes in storage",
    );
  },
});

/** Run-of-river plants, whose volume does not change, need none. */
function hydrosWithoutVolume({ system }: Case): readonly Hydro[] {
  const { hydros, initial, horizon } = system;
  const given = new Set([...initial.storage, ...initial.fillingStorage].map((s) => s.hydroId));
  const first = horizon.stages[0]?.id ?? 0;
  return hydros.filter((hydro) =>
    !given.has(hydro.id) && hydro.maxStorageHm3 > 0 &&
    (hydro.entryStageId === null || hydro.entryStageId <= first)
  );
}

/** The rules of initial volumes. */
export const rules: readonly Rule[] = [
  hydrosExist(
    "N-2.hydro",
    3,
    ["storage", "filling_storage"],
    "Initial volumes are of hydros that exist",
  ),
  range,
  missing,
  hydrosExist(
    "S24",
    5,
    ["past_inflows", "recent_observations"],
    "Past inflows and observations are of hydros that exist",
  ),
];
