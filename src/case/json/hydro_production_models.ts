/** `system/hydro_production_models.json`: which production model a plant uses in which stage. */
import { z } from "zod";
import type { PlaneReduction } from "../../model/mod.ts";
import { entityRule } from "./entity_fields.ts";
import { jsonFile } from "./issues.ts";
import {
  addFault,
  count,
  f64,
  fraction,
  i32,
  id,
  nonNegative,
  opt,
  positive,
  rootKeys,
} from "./primitives.ts";

const FILE = "system/hydro_production_models.json";

const model = z.enum(["constant_productivity", "linearized_head", "fpha"]);

const points = opt(i32.min(2));

const fittingWindow = z.strictObject({
  volume_min_hm3: opt(f64).describe("Lower end (hm³)"),
  volume_max_hm3: opt(f64).describe("Upper end (hm³)"),
  volume_min_percentile: opt(fraction).describe("Lower end, as a share of the useful volume"),
  volume_max_percentile: opt(fraction).describe("Upper end, as a share of the useful volume"),
}).superRefine((window, ctx) => {
  for (const side of ["min", "max"] as const) {
    const absolute = window[`volume_${side}_hm3`];
    const share = window[`volume_${side}_percentile`];
    if (absolute === null || share === null) continue;
    addFault(ctx, {
      kind: "SchemaViolation",
      rule: "X5",
      path: [`volume_${side}_percentile`],
      message: `A fitting window has volume_${side}_hm3 ${absolute} and ` +
        `volume_${side}_percentile ${share}, expected one of them`,
      context: { expected: "one of volume and percentile", actual: "both" },
    });
  }
});

const fphaConfig = z.strictObject({
  source: z.enum(["precomputed", "computed"]).describe(
    "Planes of fpha_hyperplanes.parquet, or planes fitted to the geometry of the plant",
  ),
  volume_discretization_points: points.describe("Points of the volume grid; null: 5"),
  turbine_discretization_points: points.describe("Points of the turbined flow grid; null: 5"),
  spillage_discretization_points: points.describe("Points of the spillage grid; null: 5"),
  max_planes_per_hydro: opt(i32.min(1)).describe("Most planes of a plant; null: 10"),
  fitting_window: opt(fittingWindow).describe("Range of volumes; null: that of the geometry"),
});

const choice = {
  model: model.describe("Production model"),
  fpha_config: opt(fphaConfig).describe("Only for the model fpha"),
} as const;

const overrideV05 = {
  productivity_override: opt(positive).describe("Generation per turbined flow (MW per m³/s)"),
} as const;

const referenceVolume = z.strictObject({
  volume_hm3: opt(positive).describe("Volume (hm³)"),
  percentile: opt(fraction).describe("Share of the useful volume"),
}).superRefine(({ volume_hm3, percentile }, ctx) => {
  if ((volume_hm3 === null) !== (percentile === null)) return;
  const actual = volume_hm3 === null ? "neither" : "both";
  addFault(ctx, {
    kind: "SchemaViolation",
    rule: "X5.reference",
    path: [],
    message: `A reference volume gives ${actual} of volume_hm3 and percentile, expected one`,
    context: { expected: "volume_hm3 or percentile", actual },
  });
});

const overrideV18 = {
  productivity_mw_per_m3s: opt(nonNegative).describe(
    "Generation per turbined flow (MW per m³/s); 0 is an outage; null: of " +
      "hydro_energy_productivity.parquet",
  ),
  reference_volume: opt(referenceVolume).describe("Volume at which the head is taken"),
} as const;

const rangeFields = {
  start_stage_id: id.describe("First stage"),
  end_stage_id: opt(id).describe("Last stage; null: to the end"),
} as const;
const seasonFields = { season_id: i32.describe("Season") } as const;

interface CheckedChoice {
  readonly model: z.output<typeof model>;
  readonly fpha_config: object | null;
  readonly productivity_override?: number | null;
  readonly productivity_mw_per_m3s?: number | null;
}

function checkChoice(choice: CheckedChoice, ctx: z.core.$RefinementCtx): void {
  const fpha = choice.model === "fpha";
  if (fpha !== (choice.fpha_config !== null)) {
    const [found, expected] = fpha
      ? ["no fpha_config", "one, because the model is fpha"]
      : ["an fpha_config", `none, because the model is ${choice.model}`];
    addFault(ctx, {
      kind: "SchemaViolation",
      rule: "X4.config",
      path: ["fpha_config"],
      message: `A production model has ${found}, expected ${expected}`,
      context: { expected, actual: found },
    });
  }
  const field = "productivity_mw_per_m3s" in choice
    ? "productivity_mw_per_m3s"
    : "productivity_override";
  const productivity = choice[field] ?? null;
  if (!fpha || productivity === null) return;
  addFault(ctx, {
    kind: "SchemaViolation",
    rule: "X4",
    path: [field],
    message: `A production model fpha has ${field} ${productivity}, expected none, because its ` +
      "planes give the productivity",
    context: { expected: "null for the model fpha", actual: `${productivity}` },
  });
}

function checkRange(
  range: CheckedChoice & { start_stage_id: number; end_stage_id: number | null },
  ctx: z.core.$RefinementCtx,
): void {
  const { start_stage_id: start, end_stage_id: end } = range;
  if (end !== null && start > end) {
    addFault(ctx, {
      kind: "CapacityViolation",
      rule: "X3",
      path: ["start_stage_id"],
      message: `A range of stages has start_stage_id ${start} above end_stage_id ${end}`,
      context: {
        field_min: "start_stage_id",
        value_min: start,
        field_max: "end_stage_id",
        value_max: end,
      },
    });
  }
  checkChoice(range, ctx);
}

const hydroId = { hydro_id: id.describe("Plant") } as const;
const byRanges = { ...hydroId, selection_mode: z.literal("stage_ranges") } as const;
const bySeasons = {
  ...hydroId,
  selection_mode: z.literal("seasonal"),
  default_model: model.describe("Model of seasons that are not listed"),
} as const;

const modelV05 = z.discriminatedUnion("selection_mode", [
  z.strictObject({
    ...byRanges,
    stage_ranges: z.array(
      z.strictObject({ ...rangeFields, ...choice, ...overrideV05 }).superRefine(checkRange),
    ),
  }),
  z.strictObject({
    ...bySeasons,
    seasons: z.array(
      z.strictObject({ ...seasonFields, ...choice, ...overrideV05 }).superRefine(checkChoice),
    ),
  }),
]);

const modelV18 = z.discriminatedUnion("selection_mode", [
  z.strictObject({
    ...byRanges,
    stage_ranges: z.array(
      z.strictObject({ ...rangeFields, ...choice, ...overrideV18 }).superRefine(checkRange),
    ),
  }),
  z.strictObject({
    ...bySeasons,
    seasons: z.array(
      z.strictObject({ ...seasonFields, ...choice, ...overrideV18 }).superRefine(checkChoice),
    ),
  }),
]);

const planeReduction = z.discriminatedUnion("method", [
  z.strictObject({
    method: z.literal("angle"),
    tolerance_deg: nonNegative.max(90).describe("Angle below which planes are one (degrees)"),
  }),
  z.strictObject({
    method: z.literal("distance"),
    tolerance_pct: nonNegative.describe("Distance below which planes are one (%)"),
    n_samples: count.describe("Points at which the distance is taken"),
  }),
]);

const schemaV05 = z.strictObject({ ...rootKeys, production_models: z.array(modelV05) });
const schemaV18 = z.strictObject({
  ...rootKeys,
  fpha_plane_reduction: opt(planeReduction).describe("How neighbouring fitted planes are merged"),
  production_models: z.array(modelV18),
});

/** What the file holds, in either layout. */
export type ProductionFile = z.output<typeof schemaV05> | z.output<typeof schemaV18>;
/** The production models of a plant, in either layout. */
export type ProductionEntry = ProductionFile["production_models"][number];
/** Settings of planes, as written. */
export type FphaEntry = z.output<typeof fphaConfig>;

/** The file. */
export const HYDRO_PRODUCTION_MODELS = jsonFile({
  file: FILE,
  noun: "Hydro",
  list: "production_models",
  idField: "hydro_id",
  schemaV05,
  schemaV18,
  unique: [{ list: "production_models", key: ["hydro_id"], rule: "X2" }],
  rules: [
    entityRule(FILE, "X2", "DuplicateId", "A plant comes once"),
    entityRule(FILE, "X3", "CapacityViolation", "A range of stages does not end before it starts"),
    entityRule(
      FILE,
      "X4",
      "OutOfRange",
      "A productivity is above zero (v0.18: not negative) and not given for the model fpha",
      ["productivity_override", "productivity_mw_per_m3s"],
    ),
    entityRule(
      FILE,
      "X5",
      "OutOfRange",
      "Either end of a fitting window is a volume or a percentile, not both",
      ["fitting_window.*"],
    ),
    entityRule(FILE, "X6", "InvalidEnum", "Models, sources and selection modes are known", [
      "selection_mode",
      "default_model",
      "model",
      "source",
    ]),
    entityRule(
      FILE,
      "X4.config",
      "SchemaViolation",
      "The model fpha, and no other, has an fpha_config",
    ),
    entityRule(
      FILE,
      "X5.grid",
      "OutOfRange",
      "Grids have two points or more, and one plane is kept",
      [
        "volume_discretization_points",
        "turbine_discretization_points",
        "spillage_discretization_points",
        "max_planes_per_hydro",
      ],
    ),
    entityRule(
      FILE,
      "X5.reference",
      "OutOfRange",
      "A reference volume is a volume or a percentile",
      [
        "reference_volume.*",
      ],
    ),
    entityRule(
      FILE,
      "X5.reduction",
      "OutOfRange",
      "Tolerances of the plane reduction are in their range",
      [
        "fpha_plane_reduction.*",
      ],
    ),
  ],
});

/** How neighbouring planes are merged; null: not at all. */
export function toPlaneReduction(value: ProductionFile | null): PlaneReduction | null {
  const reduction = value !== null && "fpha_plane_reduction" in value
    ? value.fpha_plane_reduction
    : null;
  if (reduction === null) return null;
  return reduction.method === "angle"
    ? { method: "angle", toleranceDeg: reduction.tolerance_deg }
    : {
      method: "distance",
      tolerancePct: reduction.tolerance_pct,
      samples: reduction.n_samples,
    };
}
