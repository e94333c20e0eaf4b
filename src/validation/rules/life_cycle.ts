/** Layer 5: when elements enter and leave the system. */
import type { Entity, System } from "../../model/mod.ts";
import { type Rule, rule } from "../rule.ts";
import { named } from "../wording.ts";
import { REGISTRIES } from "./registries.ts";

/** Every element with a life cycle, with its file and what it is called. */
function* elements(
  system: System,
): Iterable<{ readonly entity: Entity; readonly who: string; readonly file: string }> {
  const lists: readonly (readonly [keyof typeof REGISTRIES, readonly Entity[]])[] = [
    ["bus", system.buses],
    ["line", system.lines],
    ["hydro", system.hydros],
    ["thermal", system.thermals],
    ["source", system.sources],
    ["station", system.stations],
    ["contract", system.contracts],
  ];
  for (const [name, list] of lists) {
    const { noun, file } = REGISTRIES[name];
    const subject = noun[0]!.toUpperCase() + noun.slice(1);
    for (const entity of list) yield { entity, who: named(subject, entity), file };
  }
}

/** The rules. */
export const rules: readonly Rule[] = [
  rule({
    id: "H6",
    layer: 5,
    kind: "StageMismatch",
    severity: "error",
    file: "*",
    description: "An element leaves the system after it has entered it",
    check({ system }, report) {
      for (const { entity, who, file } of elements(system)) {
        const { entryStageId: entry, exitStageId: exit } = entity;
        if (entry === null || exit === null || entry < exit) continue;
        report.found(
          `${who} enters at stage ${entry}, but leaves at stage ${exit}`,
          {
            file,
            entity_id: entity.id,
            stage_id: exit,
            detail: `expected an exit after stage ${entry}`,
            at: ["exit_stage_id"],
          },
          "Make exit_stage_id the first stage in which the element is gone",
        );
      }
    },
  }),
  rule({
    id: "N-16",
    layer: 5,
    kind: "PhysicalConstraint",
    severity: "warning",
    file: "*",
    description: "Entry and exit are stages of the study, and the element operates in one of them",
    check({ system }, report) {
      const { stages } = system.horizon;
      const first = stages[0];
      const last = stages.at(-1);
      if (first === undefined || last === undefined) return;
      const known = new Set(stages.map((stage) => stage.id));
      // A plant that is being filled beyond the study has a rule of its own.
      const filled = new Set<Entity>(system.hydros.filter((hydro) => hydro.filling !== null));
      for (const { entity, who, file } of elements(system)) {
        const { entryStageId: entry, exitStageId: exit } = entity;
        if (entry !== null && exit !== null && entry >= exit) continue;
        const warn = (field: string, rest: string, suggestion: string): void =>
          report.found(
            `${who} ${rest}`,
            { file, entity_id: entity.id, detail: rest, at: [field] },
            suggestion,
          );
        const horizon = `the study has the stages ${first.id} to ${last.id}`;
        if (exit !== null && exit <= first.id) {
          warn(
            "exit_stage_id",
            `never operates: it leaves at stage ${exit}, and ${horizon}`,
            "Correct exit_stage_id, or remove the element",
          );
        } else if (entry !== null && entry > last.id) {
          if (filled.has(entity)) continue;
          warn(
            "entry_stage_id",
            `never operates: it enters after stage ${last.id}, the last of the study`,
            "Correct the entry, or remove the element",
          );
        } else if (entry !== null && !known.has(entry)) {
          warn(
            "entry_stage_id",
            `enters at stage ${entry}, which the study does not have`,
            "Name a stage of the study",
          );
        } else if (exit !== null && exit <= last.id && !known.has(exit)) {
          warn(
            "exit_stage_id",
            `leaves at stage ${exit}, which the study does not have`,
            "Name a stage of the study",
          );
        }
      }
    },
  }),
];
