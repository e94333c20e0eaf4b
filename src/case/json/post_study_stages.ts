/** `post_study_stages.json` (v0.18): stages after the study, in which anticipated thermals deliver. */
import { z } from "zod";
import type { PostStudy } from "../../model/mod.ts";
import { type FileReport, jsonFile } from "./issues.ts";
import { addFault, date, dayOf, id, nonNegative, positive, rootKeys, u32 } from "./primitives.ts";

const FILE = "post_study_stages.json";

const schemaV18 = z.strictObject({
  ...rootKeys,
  stages: z.array(z.strictObject({
    start_date: date.describe("First day"),
    duration_hours: positive.describe("Length (h)"),
  })).describe("Stages after the study, in order"),
  thermal_bounds: z.array(
    z.strictObject({
      thermal_id: id,
      post_study_stage_index: u32.describe("Position in stages, from 0"),
      cost_per_mwh: nonNegative.describe("Cost ($/MWh)"),
      min_mw: nonNegative.describe("Least generation (MW)"),
      max_mw: nonNegative.describe("Greatest generation (MW)"),
    }).superRefine((value, ctx) => {
      if (value.min_mw <= value.max_mw) return;
      addFault(ctx, {
        kind: "CapacityViolation",
        rule: "PS2",
        path: ["min_mw"],
        message: `${FILE}: thermal ${value.thermal_id} has min_mw ${value.min_mw} above max_mw ` +
          `${value.max_mw} in stage ${value.post_study_stage_index}`,
        context: {
          field_min: "min_mw",
          value_min: value.min_mw,
          field_max: "max_mw",
          value_max: value.max_mw,
        },
      });
    }),
  ).describe("Bounds and cost of anticipated thermals in these stages"),
});

type Value = z.output<typeof schemaV18>;

/** The file, which only the v0.18 layout has. */
export const POST_STUDY_STAGES = jsonFile<never, typeof schemaV18>({
  file: FILE,
  noun: "Thermal",
  list: "thermal_bounds",
  idField: "thermal_id",
  schemaV05: null,
  schemaV18,
  unique: [
    { list: "thermal_bounds", key: ["thermal_id", "post_study_stage_index"], rule: "PS3" },
  ],
  rules: [
    {
      id: "PS1",
      layer: 2,
      kind: "SchemaViolation",
      severity: "error",
      file: FILE,
      description: "Stages start one after the other, and bounds name one of them",
      fields: ["stages.start_date"],
    },
    {
      id: "PS2",
      layer: 2,
      kind: "CapacityViolation",
      severity: "error",
      file: FILE,
      description: "Bounds and costs are not negative, and min_mw does not exceed max_mw",
      fields: ["thermal_bounds.*", "stages.duration_hours"],
    },
    {
      id: "PS3",
      layer: 2,
      kind: "DuplicateId",
      severity: "error",
      file: FILE,
      description: "A thermal has one entry per stage",
    },
  ],
});

/** Checks of the file as a whole. */
export function checkPostStudy(value: Value, report: FileReport): void {
  value.stages.forEach((stage, index) => {
    const before = value.stages[index - 1];
    if (before === undefined || before.start_date < stage.start_date) return;
    const expected = `a day after ${before.start_date}`;
    report.fault({
      kind: "SchemaViolation",
      rule: "PS1",
      path: ["stages", index, "start_date"],
      message: `${FILE}: stages[${index}] starts on ${stage.start_date}, expected ${expected}`,
      context: { expected, actual: stage.start_date },
    });
  });
  value.thermal_bounds.forEach((bound, index) => {
    const count = value.stages.length;
    if (bound.post_study_stage_index < count) return;
    report.fault({
      kind: "OutOfRange",
      rule: "PS1",
      path: ["thermal_bounds", index, "post_study_stage_index"],
      message: `${FILE}: thermal ${bound.thermal_id} has bounds in post-study stage ` +
        `${bound.post_study_stage_index}, but there are only ${count} stages`,
      context: { value: bound.post_study_stage_index, min: 0, max: count - 1 },
    });
  });
}

/** What lies beyond the study. */
export function toPostStudy(value: Value): PostStudy {
  return {
    stages: value.stages.map((stage) => ({
      startDay: dayOf(stage.start_date),
      durationHours: stage.duration_hours,
    })),
    thermalBounds: value.thermal_bounds.map((bound) => ({
      thermalId: bound.thermal_id,
      stageIndex: bound.post_study_stage_index,
      costPerMwh: bound.cost_per_mwh,
      minMw: bound.min_mw,
      maxMw: bound.max_mw,
    })).toSorted((a, b) => a.thermalId - b.thermalId || a.stageIndex - b.stageIndex),
  };
}
