/** `scenario_source` of training and simulation: where trajectories get their random data. */
import { z } from "zod";
import type { SamplingScheme, ScenarioSource } from "../../model/mod.ts";
import { addFault, i32, i64, opt } from "./primitives.ts";

const scheme = (words: readonly SamplingScheme[]) => opt(z.strictObject({ scheme: z.enum(words) }));
const noHistory = ["in_sample", "out_of_sample", "external"] as const;

const fields = {
  seed: opt(i64).describe("Seed of the draws; its absolute value is used"),
  historical_years: opt(z.union([
    z.array(i32).min(1),
    z.strictObject({
      from: i32.describe("First year"),
      to: i32.describe("Last year"),
    }),
  ])).describe("First years of the windows that are replayed; absent: all that the history covers"),
  inflow: scheme([...noHistory, "historical"]).describe("Source of inflows; absent: in_sample"),
  load: scheme(noHistory).describe("Source of loads; absent: in_sample"),
  ncs: scheme(noHistory).describe("Source of availabilities; absent: in_sample"),
} as const;

const base = z.strictObject(fields);
type Base = z.output<typeof base>;

/** Rules between the fields; in v0.5 the replay of history wants a seed, too. */
function check(historyWantsSeed: boolean): (source: Base, ctx: z.core.$RefinementCtx) => void {
  return (source, ctx) => {
    const schemes = (["inflow", "load", "ncs"] as const).map((noise) => source[noise]?.scheme);
    const years = source.historical_years;
    if (years !== null && !schemes.includes("historical")) {
      addFault(ctx, {
        kind: "IncompatibleSettings",
        rule: "C7",
        path: ["historical_years"],
        message: "historical_years is given, but no class has the scheme historical",
        context: { settings: ["historical_years", "inflow.scheme"] },
      });
    }
    if (years !== null && "from" in years && years.from > years.to) {
      addFault(ctx, {
        kind: "CapacityViolation",
        rule: "C7",
        path: ["historical_years", "from"],
        message: `historical_years goes from ${years.from} to ${years.to}, expected from ≤ to`,
        context: {
          field_min: "historical_years.from",
          value_min: years.from,
          field_max: "historical_years.to",
          value_max: years.to,
        },
      });
    }
    const seeded = schemes.find((word) =>
      word === "out_of_sample" || word === "external" || word === "historical" && historyWantsSeed
    );
    if (source.seed !== null || seeded === undefined) return;
    addFault(ctx, {
      kind: "SchemaViolation",
      rule: "C9",
      path: ["seed"],
      message: `seed is missing, expected an integer because of the scheme ${seeded}`,
      context: { expected: "integer", actual: "missing" },
    });
  };
}

/** The source in the v0.5 layout. */
export const scenarioSourceV05 = base.superRefine(check(true));
/** The source of the simulation in the v0.18 layout. */
export const scenarioSourceV18 = base.superRefine(check(false));
/** The source of training in the v0.18 layout, which also says where the opening tree is from. */
export const trainingSourceV18 = z.strictObject({
  ...fields,
  openings: opt(z.strictObject({
    source: z.enum(["generated", "file"]).describe(
      "Whether the tree is drawn, or read from scenarios/noise_openings.parquet",
    ),
  })),
}).superRefine(check(false));

/** The source of the model; absent means that everything is drawn in sample. */
export function toScenarioSource(source: Base | null): ScenarioSource {
  return {
    seed: source?.seed === undefined || source.seed === null ? null : BigInt(source.seed),
    historicalYears: source?.historical_years ?? null,
    schemes: {
      inflow: source?.inflow?.scheme ?? "in_sample",
      load: source?.load?.scheme ?? "in_sample",
      ncs: source?.ncs?.scheme ?? "in_sample",
    },
  };
}
