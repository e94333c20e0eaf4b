/** The inner objects of an entry of `system/hydros.json`. */
import { z } from "zod";
import type { Evaporation, HydraulicLosses, HydroCosts, Tailrace } from "../../model/mod.ts";
import { def, f64, fraction, id, nonNegative, opt, positive, text } from "./primitives.ts";

/** Months of a year. */
const MONTHS = 12;

/** Bounds of the reservoir. */
export const reservoir = z.strictObject({
  min_storage_hm3: nonNegative.describe("Least storage, the dead volume (hm³)"),
  max_storage_hm3: nonNegative.describe("Greatest storage (hm³)"),
});

/** Bounds of the outflow. */
export const outflow = z.strictObject({
  min_outflow_m3s: nonNegative.describe("Least outflow (m³/s)"),
  max_outflow_m3s: opt(f64).describe("Greatest outflow (m³/s); null: no limit"),
});

const bounds = {
  min_turbined_m3s: nonNegative.describe("Least turbined flow (m³/s)"),
  max_turbined_m3s: nonNegative.describe("Greatest turbined flow (m³/s)"),
  min_generation_mw: f64.describe("Least generation (MW)"),
  max_generation_mw: f64.describe("Greatest generation (MW)"),
} as const;

const productivity = {
  productivity_mw_per_m3s: f64.describe("Generation per turbined flow (MW per m³/s)"),
} as const;

/** Production model and bounds of the plant, with the productivity of the plant. */
export const generationV05 = z.discriminatedUnion("model", [
  z.strictObject({ model: z.literal("constant_productivity"), ...productivity, ...bounds }),
  z.strictObject({ model: z.literal("linearized_head"), ...productivity, ...bounds }),
  z.strictObject({ model: z.literal("fpha"), ...bounds }),
]);

/** Production model and bounds of the plant; productivities stand in other files. */
export const generationV18 = z.discriminatedUnion("model", [
  z.strictObject({ model: z.literal("constant_productivity"), ...bounds }),
  z.strictObject({ model: z.literal("linearized_head"), ...bounds }),
  z.strictObject({ model: z.literal("fpha"), ...bounds }),
]);

/** Units of a plant on one bus. */
export const unitGroup = z.strictObject({
  id: id.describe("Number of the group, unique in the plant"),
  name: text.describe("Name for people"),
  bus_id: id.describe("Bus that receives the generation"),
  ...bounds,
});

/** Level below the dam. */
export const tailrace = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal("polynomial"),
    coefficients: z.array(f64).min(1).describe("By rising power of the outflow"),
  }),
  z.strictObject({
    type: z.literal("piecewise"),
    points: z.array(z.strictObject({
      outflow_m3s: f64.describe("Outflow (m³/s)"),
      height_m: f64.describe("Level (m)"),
    })).min(1),
  }),
]);

/** The tailrace of the model. */
export function toTailrace(value: z.output<typeof tailrace>): Tailrace {
  if (value.type === "polynomial") return value;
  const points = value.points.map(({ outflow_m3s, height_m }) => ({
    outflowM3s: outflow_m3s,
    heightM: height_m,
  }));
  return { type: "piecewise", points };
}

/** Head that is lost on the way to the turbine. */
export const hydraulicLosses = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal("factor"),
    value: fraction.describe("Share of the head, 0 to 1"),
  }),
  z.strictObject({ type: z.literal("constant"), value_m: f64.describe("Lost head (m)") }),
]);

/** The losses of the model. */
export function toHydraulicLosses(value: z.output<typeof hydraulicLosses>): HydraulicLosses {
  return value.type === "factor" ? value : { type: "constant", valueM: value.value_m };
}

/** Share of the power of the water that becomes electric. */
export const efficiency = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("constant"), value: positive.max(1).describe("In (0, 1]") }),
]);

/** Evaporation by month. */
export const evaporation = z.strictObject({
  coefficients_mm: z.array(f64).length(MONTHS).describe("mm per month, January to December"),
  reference_volumes_hm3: opt(z.array(f64).length(MONTHS)).describe(
    "Volumes at which the area is taken (hm³), January to December; null: the middle",
  ),
});

/** The evaporation of the model. */
export function toEvaporation(value: z.output<typeof evaporation>): Evaporation {
  return {
    coefficientsMm: value.coefficients_mm,
    referenceVolumesHm3: value.reference_volumes_hm3,
  };
}

/** A second outlet. */
export const diversion = z.strictObject({
  downstream_id: id.describe("Plant that receives the diverted water"),
  max_flow_m3s: nonNegative.describe("Greatest diverted flow (m³/s)"),
});

const fillingStart = {
  start_stage_id: id.describe("Stage in which the filling begins"),
} as const;

/** First filling of the reservoir. */
export const fillingV05 = z.strictObject({
  ...fillingStart,
  filling_inflow_m3s: def(f64, 0).describe("Inflow kept for the filling (m³/s), above zero"),
});

/** First filling of the reservoir. */
export const fillingV18 = z.strictObject({
  ...fillingStart,
  filling_min_rate_m3s: def(nonNegative, 0).describe("Least inflow kept for the filling (m³/s)"),
});

const costs = {
  spillage_cost: opt(f64),
  diversion_cost: opt(f64),
  storage_violation_below_cost: opt(f64),
  filling_target_violation_cost: opt(f64),
  turbined_violation_below_cost: opt(f64),
  outflow_violation_below_cost: opt(f64),
  outflow_violation_above_cost: opt(f64),
  generation_violation_below_cost: opt(f64),
  evaporation_violation_cost: opt(f64).describe("For either direction"),
  water_withdrawal_violation_cost: opt(f64).describe("For either direction"),
  inflow_nonnegativity_cost: opt(f64),
} as const;

/** Costs of the plant that replace those of `penalties.json`. */
export const penaltiesV05 = z.strictObject({
  ...costs,
  fpha_turbined_cost: opt(f64).describe("Only in stages with the model fpha"),
});

/** Costs of the plant that replace those of `penalties.json`. */
export const penaltiesV18 = z.strictObject({ ...costs, turbined_cost: opt(f64) });

/** The costs of a plant: its own where given, else the global ones. */
export function toHydroCosts(
  own: z.output<typeof penaltiesV05> | z.output<typeof penaltiesV18> | null,
  global: HydroCosts,
): HydroCosts {
  if (own === null) return global;
  const turbined = "turbined_cost" in own ? own.turbined_cost : own.fpha_turbined_cost;
  // The plant's key for both directions hides what is global, even a directional global cost.
  const { evaporation_violation_cost: evaporation, water_withdrawal_violation_cost: withdrawal } =
    own;
  return {
    spillage: own.spillage_cost ?? global.spillage,
    turbined: turbined ?? global.turbined,
    diversion: own.diversion_cost ?? global.diversion,
    storageBelow: own.storage_violation_below_cost ?? global.storageBelow,
    fillingTarget: own.filling_target_violation_cost ?? global.fillingTarget,
    turbinedBelow: own.turbined_violation_below_cost ?? global.turbinedBelow,
    outflowBelow: own.outflow_violation_below_cost ?? global.outflowBelow,
    outflowAbove: own.outflow_violation_above_cost ?? global.outflowAbove,
    generationBelow: own.generation_violation_below_cost ?? global.generationBelow,
    evaporationPos: evaporation ?? global.evaporationPos,
    evaporationNeg: evaporation ?? global.evaporationNeg,
    withdrawalPos: withdrawal ?? global.withdrawalPos,
    withdrawalNeg: withdrawal ?? global.withdrawalNeg,
    inflowNonNegativity: own.inflow_nonnegativity_cost ?? global.inflowNonNegativity,
  };
}
