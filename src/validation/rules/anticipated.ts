/** Thermals whose dispatch is decided some stages ahead. */
import type { Case } from "../../case/mod.ts";
import { ALL_BLOCKS, stageDays, type Thermal } from "../../model/mod.ts";
import { formatIsoDate } from "../../numeric/mod.ts";
import { anticipatedThermals, deliveryCalendar, deliveryOf } from "../delivery.ts";
import { rawList, rawPath } from "../raw_json.ts";
import { type Rule, rule } from "../rule.ts";
import { counted, named, namedById, stageList } from "../wording.ts";

const INITIAL = "initial_conditions.json";
const THERMALS = "system/thermals.json";
const BOUNDS = "constraints/thermal_bounds.parquet";

/** Stages within a week of each other have one length: months do. */
const SAME_LENGTH_DAYS = 7;

/** Name of the lead in its file. */
function leadField({ anticipated }: Thermal): string {
  return anticipated !== null && "leadStages" in anticipated ? "lead_stages" : "lead_time_hours";
}

/** Days from the start of the first study stage to the end of the last. */
function studyDays({ system }: Case): number {
  const { stages } = system.horizon;
  return stages.length === 0 ? 0 : stages.at(-1)!.endDay - stages[0]!.startDay;
}

/** Whether the first decision comes after the end of the study. */
function neverDelivers(input: Case, { anticipated }: Thermal): boolean {
  if (anticipated === null) return false;
  return "leadStages" in anticipated
    ? anticipated.leadStages > input.system.horizon.stages.length
    : anticipated.leadTimeHours / 24 > studyDays(input);
}

const unreachable = rule({
  id: "semantic.5a.14",
  layer: 5,
  kind: "PhysicalConstraint",
  severity: "error",
  file: THERMALS,
  description: "The lead of an anticipated thermal is not longer than the study",
  check(input, report) {
    for (const thermal of anticipatedThermals(input)) {
      if (!neverDelivers(input, thermal)) continue;
      report.found(
        `${named("Thermal", thermal)} is dispatched so far ahead that no decision of the study ` +
          `is delivered in it: the study has ${
            counted(input.system.horizon.stages.length, "stage")
          }`,
        {
          entity_id: thermal.id,
          at: ["anticipated_config", leadField(thermal)],
          detail: "the lead is longer than the study",
        },
        "Shorten the lead, or lengthen the study",
      );
    }
  },
});

const tiling = rule({
  id: "semantic.5a.15",
  layer: 5,
  kind: "CoverageMismatch",
  severity: "error",
  file: INITIAL,
  description: "Past commitments cover the stages that were dispatched before the study, no others",
  check(input, report) {
    const { horizon, initial } = input.system;
    const calendar = deliveryCalendar(input);
    for (const thermal of anticipatedThermals(input)) {
      if (horizon.stages.length === 0 || neverDelivers(input, thermal)) continue;
      const leading = Math.min(deliveryOf(thermal, calendar, 0), horizon.stages.length);
      const windows = initial.pastCommitments.filter(({ entityId }) => entityId === thermal.id);
      const wrong: { readonly lacking: number[]; readonly extra: number[] } = {
        lacking: [],
        extra: [],
      };
      horizon.stages.forEach((stage, position) => {
        const days = windows.reduce((sum, window) => {
          const from = Math.max(window.startDay, stage.startDay);
          return sum + Math.max(0, Math.min(window.endDay, stage.endDay) - from);
        }, 0);
        if (position < leading && days < stageDays(stage)) wrong.lacking.push(stage.id);
        if (position >= leading && days > 0) wrong.extra.push(stage.id);
      });
      const { lacking, extra } = wrong;
      if (lacking.length === 0 && extra.length === 0) continue;
      const what = lacking.length > 0
        ? `do not cover ${stageList(lacking)}, whose dispatch was decided before the study`
        : `cover ${stageList(extra)}, whose dispatch the study decides`;
      report.found(
        `Past commitments of ${named("thermal", thermal)} ${what}`,
        {
          entity_id: thermal.id,
          path: rawPath(input, INITIAL, ["past_anticipated_commitments"], {
            thermal_id: thermal.id,
          }),
          missing_dimension: "start_date",
          expected_coverage: leading === 0
            ? "no stage"
            : stageList(horizon.stages.slice(0, leading).map(({ id }) => id)),
        },
        "Give past_anticipated_commitments for exactly these days; 0 MW is a commitment, too",
      );
    }
  },
});

const box = rule({
  id: "semantic.5a.15.range",
  layer: 5,
  kind: "OutOfRange",
  severity: "error",
  file: INITIAL,
  description: "A past commitment lies within the generation of its thermal",
  check(input, report) {
    const thermals = new Map(anticipatedThermals(input).map((thermal) => [thermal.id, thermal]));
    const { overrides, horizon } = input.system;
    const limits = new Map<string, readonly [number, number]>();
    for (let row = 0; row < overrides.thermal.rows; row++) {
      if (overrides.thermal.block_id[row] !== ALL_BLOCKS) continue;
      const { min_generation_mw, max_generation_mw, entity_id, stage_id } = overrides.thermal;
      limits.set(`${entity_id[row]},${stage_id[row]}`, [
        min_generation_mw[row]!,
        max_generation_mw[row]!,
      ]);
    }
    for (const { entityId, startDay, endDay, value } of input.system.initial.pastCommitments) {
      const thermal = thermals.get(entityId);
      if (thermal === undefined) continue;
      const stage = horizon.stages.find((stage) => {
        if (startDay >= stage.endDay || endDay <= stage.startDay) return false;
        const [least, most] = boundsAt(thermal, limits.get(`${entityId},${stage.id}`));
        return value < least || value > most;
      });
      if (stage === undefined) continue;
      const [min, max] = boundsAt(thermal, limits.get(`${entityId},${stage.id}`));
      const path = rawPath(input, INITIAL, ["past_anticipated_commitments"], {
        thermal_id: entityId,
        start_date: formatIsoDate(startDay),
      });
      report.found(
        `${
          named("Thermal", thermal)
        } has a past commitment of ${value} MW for stage ${stage.id}, ` +
          `expected ${min} to ${max} MW`,
        { entity_id: entityId, path: [...path, "value_mw"], field: "value_mw", value, min, max },
        "Correct the commitment, or the bounds of the thermal",
      );
    }
  },
});

function boundsAt(
  thermal: Thermal,
  override: readonly [number, number] | undefined,
): readonly [number, number] {
  const [min, max] = override ?? [NaN, NaN];
  return [Number.isNaN(min) ? thermal.minMw : min, Number.isNaN(max) ? thermal.maxMw : max];
}

const committed = rule({
  id: "semantic.5a.15.thermal",
  layer: 3,
  kind: "MissingReference",
  severity: "error",
  file: INITIAL,
  description: "Past commitments are of anticipated thermals",
  check(input, report) {
    const known = new Set(anticipatedThermals(input).map(({ id }) => id));
    const list = "past_anticipated_commitments";
    rawList(input, INITIAL, list).forEach((entry, index) => {
      const id = entry["thermal_id"] as number;
      if (known.has(id)) return;
      report.found(
        `Entry ${index} of ${list} is of ${namedById("thermal", id, input.system.thermals)}, but ` +
          `${THERMALS} has no anticipated thermal ${id}`,
        {
          entity_id: id,
          path: [list, index, "thermal_id"],
          field: `${list}[${index}].thermal_id`,
          referenced_value: id,
          referenced_registry: THERMALS,
        },
        "Correct thermal_id, or give the thermal an anticipated_config",
      );
    });
  },
});

const mixedLengths = rule({
  id: "semantic.5a.28",
  layer: 5,
  kind: "PhysicalConstraint",
  severity: "warning",
  file: THERMALS,
  description: "A lead in stages spans stages of one length",
  check(input, report) {
    const { stages } = input.system.horizon;
    for (const thermal of anticipatedThermals(input)) {
      const { anticipated } = thermal;
      if (anticipated === null || !("leadStages" in anticipated)) continue;
      if (neverDelivers(input, thermal)) continue;
      const change = stages.findIndex((stage, position) => {
        const next = stages[position + 1];
        return next !== undefined &&
          Math.abs(stageDays(next) - stageDays(stage)) > SAME_LENGTH_DAYS;
      });
      if (change < 0) continue;
      const [before, after] = [stages[change]!, stages[change + 1]!];
      report.found(
        `${named("Thermal", thermal)} has a lead of ${counted(anticipated.leadStages, "stage")}, ` +
          `but stage ${before.id} has ${stageDays(before)} days and stage ${after.id} ` +
          `${stageDays(after)}: the lead in time changes there`,
        {
          entity_id: thermal.id,
          at: ["anticipated_config", "lead_stages"],
          detail: "stages of different length",
        },
        "Give the lead in hours, as lead_time_hours",
      );
    }
  },
});

const blockBounds = rule({
  id: "semantic.5a.38",
  layer: 5,
  kind: "PhysicalConstraint",
  severity: "error",
  file: BOUNDS,
  description: "Bounds of anticipated thermals are for whole stages",
  check(input, report) {
    const anticipated = new Map(anticipatedThermals(input).map((t) => [t.id, t]));
    const { rows, entity_id, stage_id, block_id } = input.system.overrides.thermal;
    for (let row = 0; row < rows; row++) {
      if (block_id[row] === ALL_BLOCKS) continue;
      const thermal = anticipated.get(entity_id[row]!);
      if (thermal === undefined) continue;
      report.found(
        `${named("Thermal", thermal)} has a bound for block ${block_id[row]} of stage ` +
          `${stage_id[row]}, but its dispatch is decided for a whole stage`,
        { entity_id: thermal.id, detail: "a commitment is the same in every block" },
        "Give the bound in a row without block_id",
      );
    }
  },
});

/** The rules of anticipated thermals. */
export const rules: readonly Rule[] = [
  committed,
  unreachable,
  tiling,
  box,
  mixedLengths,
  blockBounds,
];
