/** Schemas of `stages.json` in both layouts. */
import { z } from "zod";
import {
  addFault,
  bool,
  count,
  date,
  def,
  f64,
  id,
  nonNegative,
  opt,
  positive,
  rootKeys,
  text,
  u32,
} from "./primitives.ts";

const FILE = "stages.json";

const season_id = opt(u32).describe("Season of the stage");
const month = u32.min(1).max(12);
const day = u32.min(1).max(31);

const seasonDefinitions = opt(z.strictObject({
  cycle_type: z.enum(["monthly", "weekly", "custom"]).describe("What the year is divided into"),
  seasons: z.array(z.strictObject({
    id: u32,
    label: text,
    month_start: month.describe("Month of the season, or in which it starts (1–12)"),
    day_start: opt(day).describe("First day (custom cycles); absent: 1"),
    month_end: opt(month).describe("Month in which it ends (custom cycles); absent: month_start"),
    day_end: opt(day).describe("Last day, which belongs to it (custom cycles); absent: 31"),
  })).superRefine((seasons, ctx) => {
    const seen = new Set<number>();
    seasons.forEach((season, index) => {
      if (seen.has(season.id)) {
        addFault(ctx, {
          kind: "DuplicateId",
          rule: "T10",
          path: [index, "id"],
          message: `${FILE}: season id ${season.id} appears twice in season_definitions.seasons`,
          context: { registry: "season_definitions.seasons" },
        });
      }
      seen.add(season.id);
    });
  }),
})).describe("The yearly cycle of seasons");

const transition = z.strictObject({
  source_id: id.describe("Stage that is left"),
  target_id: id.describe("Stage that is entered"),
  probability: f64,
  annual_discount_rate_override: opt(nonNegative).describe(
    "Yearly discount rate after the stage that is left (per unit)",
  ),
});

const graph = {
  type: z.enum(["finite_horizon", "cyclic"]).describe("Whether the study ends or repeats"),
  annual_discount_rate: nonNegative.describe("Yearly discount rate (per unit)"),
  transitions: def(z.array(transition), []).describe("Steps between stages; empty: a chain"),
} as const;

/** Cyclic studies have no finite value without discount. */
function checkRate(
  value: { type: string; annual_discount_rate: number },
  ctx: z.core.$RefinementCtx,
): void {
  if (value.type !== "cyclic" || value.annual_discount_rate > 0) return;
  addFault(ctx, {
    kind: "OutOfRange",
    rule: "T2",
    path: ["annual_discount_rate"],
    message: `${FILE}: policy_graph.annual_discount_rate is ${value.annual_discount_rate}, ` +
      "expected above 0 in a cyclic study",
    context: { value: value.annual_discount_rate, min: 0 },
  });
}

const dates = {
  start_date: date.describe("First day"),
  end_date: date.describe("Day after the last one"),
} as const;

function checkDates(
  value: { id: number; start_date: string; end_date: string },
  ctx: z.core.$RefinementCtx,
): void {
  if (value.start_date < value.end_date) return;
  addFault(ctx, {
    kind: "SchemaViolation",
    rule: "T8",
    path: ["end_date"],
    message: `Stage ${value.id} ends on ${value.end_date}, expected a day after its start on ` +
      value.start_date,
    context: { expected: `a day after ${value.start_date}`, actual: value.end_date },
  });
}

const blocks = z.array(z.strictObject({
  id: u32.describe("Position of the block in its stage, from 0"),
  name: text,
  hours: positive.describe("Length (h); it drives energy and water, not the dates"),
})).min(1).superRefine((list, ctx) => {
  const ids = new Set(list.map((block) => block.id));
  list.forEach((block, index) => {
    if (block.id < list.length && ids.size === list.length) return;
    const first = list.findIndex((other) => other.id === block.id);
    if (block.id < list.length && first === index) return;
    addFault(ctx, {
      kind: "SchemaViolation",
      rule: "T6",
      path: [index, "id"],
      message: `Block id ${block.id} at position ${index} ` +
        (first < index ? "appears twice" : "is too large") +
        `, expected each of 0 to ${list.length - 1} once`,
      context: { expected: `each of 0 to ${list.length - 1} once`, actual: `${block.id}` },
    });
  });
});

const cvar = z.strictObject({
  cvar: z.strictObject({
    alpha: positive.max(1).describe("Share of the dearest outcomes"),
    lambda: nonNegative.max(1).describe("Weight of the CVaR; 0 is the expectation"),
  }),
});

function expectation(word: string, ctx: z.core.$RefinementCtx): void {
  if (word.toLowerCase() === "expectation") return;
  addFault(ctx, {
    kind: "InvalidEnum",
    rule: "T7",
    path: [],
    message: `risk_measure is ${JSON.stringify(word)}, expected expectation or a cvar object`,
    context: { value: word, allowed_values: ["expectation"] },
  });
}

const stageFields = {
  id: id.min(0),
  ...dates,
  season_id,
  blocks: blocks.describe("Load levels of the stage"),
  block_mode: def(z.enum(["parallel", "chronological"]), "parallel").describe(
    "Whether blocks share one volume of water or follow one another",
  ),
  state_variables: opt(z.strictObject({
    storage: def(bool, true),
    inflow_lags: def(bool, false),
  })),
  risk_measure: def(z.union([text.superRefine(expectation), cvar]), "expectation").describe(
    "How the cost of the future is weighed",
  ),
  sampling_method: def(
    z.enum(["saa", "lhs", "qmc_sobol", "qmc_halton", "selective", "historical_residuals"]),
    "saa",
  ).describe("How openings are drawn"),
} as const;

const preStudyStages = def(
  z.array(z.strictObject({ id: id.max(-1), ...dates, season_id }).superRefine(checkDates)),
  [],
).describe("Stages before the study, which give lags their season");

/** The v0.5 layout. */
export const stagesV05 = z.strictObject({
  ...rootKeys,
  season_definitions: seasonDefinitions,
  policy_graph: z.strictObject(graph).superRefine(checkRate),
  pre_study_stages: preStudyStages,
  stages: z.array(
    z.strictObject({ ...stageFields, num_scenarios: count.describe("Openings of the stage") })
      .superRefine(checkDates),
  ).min(1),
  scenario_source: opt(z.unknown()).superRefine((value, ctx) => {
    if (value === null) return;
    addFault(ctx, {
      kind: "SchemaViolation",
      rule: "T1",
      path: [],
      message: `${FILE}: scenario_source belongs into config.json, under training and simulation`,
      context: { expected: "absent", actual: "present" },
    });
  }).describe("Belongs into config.json"),
});

/** The v0.18 layout. */
export const stagesV18 = z.strictObject({
  ...rootKeys,
  season_definitions: seasonDefinitions,
  policy_graph: z.strictObject({
    ...graph,
    nodes: def(
      z.array(z.strictObject({
        id,
        stage_id: id,
        scenario_id: opt(id),
        label: opt(text),
      })),
      [],
    ).describe("Not supported: a graph of nodes"),
  }).superRefine(checkRate),
  pre_study_stages: preStudyStages,
  stages: z.array(
    z.strictObject({
      ...stageFields,
      num_openings: count.describe("Openings of the stage"),
      annual_discount_rate_override: opt(nonNegative).describe(
        "Yearly discount rate after this stage (per unit)",
      ),
    }).superRefine(checkDates),
  ).min(1),
});

/** What a v0.5 file says. */
export type StagesV05 = z.output<typeof stagesV05>;
/** What a v0.18 file says. */
export type StagesV18 = z.output<typeof stagesV18>;
