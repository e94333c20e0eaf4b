/** Water that travels from one plant to the next. */
import type { Case } from "../../case/mod.ts";
import { type Hydro, isActive, stageHours } from "../../model/mod.ts";
import { formatIsoDate } from "../../numeric/mod.ts";
import { rawList, rawPath } from "../raw_json.ts";
import { type Rule, rule } from "../rule.ts";
import { named, stageList } from "../wording.ts";

const HYDROS = "system/hydros.json";
const INITIAL = "initial_conditions.json";
const RELEASED = "past_defluences";

/** Below this share of every stage a travel time changes little but the size of the problem. */
const NEGLIGIBLE = 0.01;

/** Plants whose water takes time to arrive somewhere. */
function travelling({ system }: Case): readonly Hydro[] {
  return system.hydros.filter((hydro) => hydro.travelTimeHours > 0 && hydro.downstreamId !== null);
}

const zero = rule({
  id: "travel_time.2",
  layer: 5,
  kind: "IgnoredInput",
  severity: "warning",
  file: HYDROS,
  description: "A travel time is above 0",
  check(input, report) {
    for (const entry of rawList(input, HYDROS, "hydros")) {
      if (entry["travel_time_hours"] !== 0) continue;
      const who = named("Hydro", entry as unknown as { id: number; name: string });
      report.found(
        `${who} has travel_time_hours 0, which has no effect: water arrives at once`,
        {
          entity_id: entry["id"] as number,
          at: ["travel_time_hours"],
          field: "travel_time_hours",
          detail: "0 is the same as no travel time",
        },
        "Remove the field, or give the hours",
      );
    }
  },
});

const negligible = rule({
  id: "travel_time.3",
  layer: 5,
  kind: "PhysicalConstraint",
  severity: "warning",
  file: HYDROS,
  description: "A travel time is at least 1 % of some stage",
  check(input, report) {
    const hours = input.system.horizon.stages.map(stageHours);
    const shortest = hours.reduce((least, stage) => Math.min(least, stage), Infinity);
    for (const hydro of travelling(input)) {
      if (hydro.travelTimeHours >= NEGLIGIBLE * shortest) continue;
      report.found(
        `${named("Hydro", hydro)} has a travel time of ${hydro.travelTimeHours} h, less than 1 % ` +
          `of every stage: it adds states and changes little`,
        {
          entity_id: hydro.id,
          at: ["travel_time_hours"],
          detail: `the shortest stage has ${shortest} h`,
        },
        "Remove travel_time_hours",
      );
    }
  },
});

const beyond = rule({
  id: "travel_time.4",
  layer: 5,
  kind: "PhysicalConstraint",
  severity: "warning",
  file: HYDROS,
  description: "Water arrives within the study",
  check(input, report) {
    const { stages } = input.system.horizon;
    const days = stages.length === 0 ? 0 : stages.at(-1)!.endDay - stages[0]!.startDay;
    for (const hydro of travelling(input)) {
      if (hydro.travelTimeHours < days * 24) continue;
      report.found(
        `${named("Hydro", hydro)} has a travel time of ${hydro.travelTimeHours} h, but the study ` +
          `has ${days * 24} h: no water that it releases arrives`,
        {
          entity_id: hydro.id,
          at: ["travel_time_hours"],
          detail: "water in transit at the end has no value but that of boundary cuts",
        },
        "Check the unit: hours, not minutes",
      );
    }
  },
});

const uncovered = rule({
  id: "travel_time.5",
  layer: 5,
  kind: "CoverageMismatch",
  severity: "error",
  file: INITIAL,
  description: "Flows released before the study reach back as far as water travels",
  check(input, report) {
    const { horizon, initial } = input.system;
    const [first] = horizon.stages;
    if (first === undefined) return;
    for (const hydro of travelling(input)) {
      if (!isActive(hydro, first.id)) continue;
      const windows = initial.pastDefluences.filter(({ entityId }) => entityId === hydro.id)
        .sort((a, b) => b.startDay - a.startDay);
      let reached = first.startDay;
      for (const { startDay, endDay } of windows) {
        if (endDay >= reached && startDay < reached) reached = startDay;
      }
      const hours = (first.startDay - reached) * 24;
      if (hours >= hydro.travelTimeHours) continue;
      report.found(
        `${named("Hydro", hydro)} has a travel time of ${hydro.travelTimeHours} h, but ` +
          `${RELEASED} cover only ${hours} h before the study begins on ` +
          formatIsoDate(first.startDay),
        {
          entity_id: hydro.id,
          path: rawPath(input, INITIAL, [RELEASED], { hydro_id: hydro.id }),
          missing_dimension: "start_date",
          expected_coverage: `the ${hydro.travelTimeHours} h before the study`,
        },
        "Give the released flows of these days, without gaps",
      );
    }
  },
});

const late = rule({
  id: "travel_time.5b",
  layer: 5,
  kind: "PhysicalConstraint",
  severity: "error",
  file: INITIAL,
  description: "Flows released before the study end where it begins",
  check(input, report) {
    const [first] = input.system.horizon.stages;
    if (first === undefined) return;
    const start = formatIsoDate(first.startDay);
    const names = new Map(input.system.hydros.map((hydro) => [hydro.id, named("Hydro", hydro)]));
    rawList(input, INITIAL, RELEASED).forEach((entry, index) => {
      // ISO dates sort as text.
      if (String(entry["end_date"]) <= start) return;
      const id = entry["hydro_id"] as number;
      report.found(
        `${names.get(id) ?? `Hydro ${id}`} has a released flow until ${entry["end_date"]}, but ` +
          `the study begins on ${start}`,
        {
          entity_id: id,
          path: [RELEASED, index, "end_date"],
          detail: "what is released during the study is decided by it",
        },
        "End the window where the study begins",
      );
    });
  },
});

const releasedBy = rule({
  id: "travel_time.5.hydro",
  layer: 3,
  kind: "MissingReference",
  severity: "error",
  file: INITIAL,
  description: "Flows released before the study are of hydros that exist",
  check(input, report) {
    const known = new Set(input.system.hydros.map((hydro) => hydro.id));
    rawList(input, INITIAL, RELEASED).forEach((entry, index) => {
      const id = entry["hydro_id"] as number;
      if (known.has(id)) return;
      report.found(
        `Entry ${index} of ${RELEASED} is of hydro ${id}, but ${HYDROS} has no hydro ${id}`,
        {
          entity_id: id,
          path: [RELEASED, index, "hydro_id"],
          field: `${RELEASED}[${index}].hydro_id`,
          referenced_value: id,
          referenced_registry: HYDROS,
        },
        "Correct hydro_id, or remove the entry",
      );
    });
  },
});

const notTravelling = rule({
  id: "travel_time.5.unused",
  layer: 5,
  kind: "IgnoredInput",
  severity: "warning",
  file: INITIAL,
  description: "Flows released before the study are of hydros whose water travels",
  check(input, report) {
    const moving = new Set(travelling(input).map((hydro) => hydro.id));
    const released = new Set(input.system.initial.pastDefluences.map((window) => window.entityId));
    for (const hydro of input.system.hydros) {
      if (moving.has(hydro.id) || !released.has(hydro.id)) continue;
      report.found(
        `${named("Hydro", hydro)} has ${RELEASED}, which have no effect: its water does not ` +
          "travel to another plant",
        {
          entity_id: hydro.id,
          path: rawPath(input, INITIAL, [RELEASED], { hydro_id: hydro.id }),
          field: RELEASED,
          detail: "no travel_time_hours, or no downstream plant",
        },
        "Give travel_time_hours in system/hydros.json, or remove the entries",
      );
    }
  },
});

const nobodyThere = rule({
  id: "travel_time.12",
  layer: 5,
  kind: "PhysicalConstraint",
  severity: "error",
  file: HYDROS,
  description: "Travelling water is released towards a plant that operates",
  check(input, report) {
    const hydros = new Map(input.system.hydros.map((hydro) => [hydro.id, hydro]));
    for (const hydro of travelling(input)) {
      const below = hydros.get(hydro.downstreamId!);
      if (below === undefined) continue;
      const stages = input.system.horizon.stages.map(({ id }) => id)
        .filter((id) => isActive(hydro, id) && !isActive(below, id));
      if (stages.length === 0) continue;
      report.found(
        `${named("Hydro", hydro)} releases water at ${stageList(stages)} that travels to ` +
          `${named("hydro", below)}, which does not operate there`,
        {
          entity_id: hydro.id,
          at: ["travel_time_hours"],
          detail: "travelling water needs a reservoir to arrive in",
        },
        "Compare entry_stage_id and exit_stage_id of both, or lead the water to another plant",
      );
    }
  },
});

/** The rules of travelling water. */
export const rules: readonly Rule[] = [
  releasedBy,
  zero,
  negligible,
  beyond,
  uncovered,
  late,
  notTravelling,
  nobodyThere,
];
