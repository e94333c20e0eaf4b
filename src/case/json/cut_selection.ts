/** `training.cut_selection`: which cuts stay in the stage problems. */
import { z } from "zod";
import type { CutSelection } from "../../model/mod.ts";
import { addFault, bool, count, def, nonNegative, opt, u32 } from "./primitives.ts";

const cap = opt(count).describe("Most cuts that a stage keeps; absent: no limit");
const tolerance = opt(nonNegative).describe("Least dual for which a cut counts as binding");

/** The section in the v0.5 layout. */
export const cutSelectionV05 = z.strictObject({
  enabled: opt(bool).describe("Whether cuts are dropped; absent: they are not"),
  method: opt(z.enum(["level1", "lml1", "domination"])).describe("Which cuts are dropped"),
  threshold: opt(u32).describe("Old name of memory_window and domination_epsilon"),
  memory_window: opt(u32).describe("Iterations without activity before lml1 drops a cut"),
  domination_epsilon: opt(nonNegative).describe("How much a cut may be dominated by ($)"),
  check_frequency: opt(u32).describe("Iterations between two selections; absent: 5"),
  cut_activity_tolerance: tolerance,
  basis_activity_window: opt(u32.min(1).max(31)).describe("Has no effect"),
  max_active_per_stage: cap,
}).superRefine((value, ctx) => {
  if (value.enabled !== true) return;
  if (value.method === null) {
    addFault(ctx, {
      kind: "SchemaViolation",
      rule: "C10",
      path: ["method"],
      message: "cut_selection is enabled without a method, expected level1, lml1 or domination",
      context: { expected: "level1, lml1 or domination", actual: "missing" },
    });
  }
  if (value.check_frequency === 0) {
    addFault(ctx, {
      kind: "OutOfRange",
      rule: "C10",
      path: ["check_frequency"],
      message: "check_frequency is 0, expected at least 1",
      context: { value: 0, min: 1 },
    });
  }
});

const check_frequency = def(count, 5).describe("Iterations between two selections");
const tie_tolerance = def(nonNegative, 1e-10).describe(
  "Two cuts this near to each other at a visited state tie ($)",
);

/** The section in the v0.18 layout. */
export const cutSelectionV18 = z.strictObject({
  selection: opt(z.discriminatedUnion("method", [
    z.strictObject({ method: z.literal("level1"), tie_tolerance, check_frequency }),
    z.strictObject({ method: z.literal("lml1"), tie_tolerance, check_frequency }),
    z.strictObject({
      method: z.literal("domination"),
      domination_tolerance: nonNegative.describe("How much a cut may be dominated by ($)"),
      check_frequency,
    }),
    z.strictObject({
      method: z.literal("dynamic"),
      start_iteration: def(u32, 2).describe("First iteration in which cuts are left out"),
      seed_window: def(u32, 5).describe("Iterations whose cuts start every problem"),
      candidate_recency: opt(count).describe("Oldest cuts looked at (iterations); absent: all"),
      max_added_per_round: def(count, 10).describe("Most violated cuts added at once"),
      violation_tolerance: def(nonNegative, 1e-10).describe("Least violation that counts ($)"),
    }),
  ])).describe("Method; absent: all cuts stay"),
  row_activity_tolerance: tolerance,
  max_active_per_stage: cap,
});

/** The selection of the model. */
export function toCutSelection(
  value: z.output<typeof cutSelectionV05> | z.output<typeof cutSelectionV18>,
): CutSelection {
  return "selection" in value ? fromV18(value.selection) : fromV05(value);
}

function fromV05(value: z.output<typeof cutSelectionV05>): CutSelection {
  if (value.enabled !== true || value.method === null) return { method: "none" };
  const threshold = value.threshold ?? 0;
  const checkFrequency = value.check_frequency ?? 5;
  if (value.method === "domination") {
    const tolerance = value.domination_epsilon ?? threshold;
    return { method: "domination", checkFrequency, tolerance };
  }
  return {
    method: value.method,
    checkFrequency,
    tieTolerance: null,
    threshold,
    memoryWindow: value.memory_window ?? threshold,
  };
}

function fromV18(value: z.output<typeof cutSelectionV18>["selection"]): CutSelection {
  if (value === null) return { method: "none" };
  switch (value.method) {
    case "level1":
    case "lml1":
      return {
        method: value.method,
        checkFrequency: value.check_frequency,
        tieTolerance: value.tie_tolerance,
        threshold: 0,
        memoryWindow: 0,
      };
    case "domination":
      return {
        method: "domination",
        checkFrequency: value.check_frequency,
        tolerance: value.domination_tolerance,
      };
    case "dynamic":
      return {
        method: "dynamic",
        startIteration: value.start_iteration,
        seedWindow: value.seed_window,
        candidateRecency: value.candidate_recency,
        maxAddedPerRound: value.max_added_per_round,
        violationTolerance: value.violation_tolerance,
      };
  }
}
