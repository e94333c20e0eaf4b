/** Rules about one plant of `system/hydros.json` that concern several of its fields. */
import type { z } from "zod";
import type { evaporation, outflow, reservoir, unitGroup } from "./hydro_parts.ts";
import { checkOrder, ownerName } from "./entity_fields.ts";
import { addFault } from "./primitives.ts";

type Group = z.output<typeof unitGroup>;
type Bounds = Pick<
  Group,
  "min_turbined_m3s" | "max_turbined_m3s" | "min_generation_mw" | "max_generation_mw"
>;

/** The fields of a plant that both layouts have. */
export interface CheckedHydro {
  readonly id: number;
  readonly name: string;
  readonly reservoir: z.output<typeof reservoir>;
  readonly outflow: z.output<typeof outflow>;
  readonly generation: Bounds;
  readonly evaporation: z.output<typeof evaporation> | null;
}

/** Bounds in order, and reference volumes inside the reservoir. */
export function checkHydro(hydro: CheckedHydro, ctx: z.core.$RefinementCtx): void {
  const owner = ownerName("Hydro", hydro);
  const { min_storage_hm3: minStorage, max_storage_hm3: maxStorage } = hydro.reservoir;
  checkOrder(ctx, {
    rule: "E5",
    owner,
    path: ["reservoir"],
    min: ["min_storage_hm3", minStorage],
    max: ["max_storage_hm3", maxStorage],
  });
  checkBounds(hydro.generation, owner, ["generation"], "E7", ctx);
  const volumes = hydro.evaporation?.reference_volumes_hm3 ?? [];
  volumes.forEach((volume, month) => {
    if (volume >= minStorage && volume <= maxStorage) return;
    addFault(ctx, {
      kind: "OutOfRange",
      rule: "E9",
      path: ["evaporation", "reference_volumes_hm3", month],
      message: `${owner} has the reference volume ${volume} hm³ for month ${month + 1}, expected ` +
        `one between ${minStorage} and ${maxStorage}`,
      context: { value: volume, min: minStorage, max: maxStorage },
    });
  });
}

function checkBounds(
  bounds: Bounds,
  owner: string,
  path: readonly (string | number)[],
  rule: string,
  ctx: z.core.$RefinementCtx,
): void {
  checkOrder(ctx, {
    rule,
    owner,
    path,
    min: ["min_turbined_m3s", bounds.min_turbined_m3s],
    max: ["max_turbined_m3s", bounds.max_turbined_m3s],
  });
  checkOrder(ctx, {
    rule,
    owner,
    path,
    min: ["min_generation_mw", bounds.min_generation_mw],
    max: ["max_generation_mw", bounds.max_generation_mw],
  });
}

/** Unit groups differ in their ids, have bounds in order, and together fit into the plant. */
export function checkUnitGroups(
  hydro: CheckedHydro & { readonly unit_groups: readonly Group[] },
  ctx: z.core.$RefinementCtx,
): void {
  const owner = ownerName("Hydro", hydro);
  const seen = new Set<number>();
  hydro.unit_groups.forEach((group, index) => {
    const path = ["unit_groups", index];
    if (seen.has(group.id)) {
      addFault(ctx, {
        kind: "DuplicateId",
        rule: "semantic.5a.39",
        path: [...path, "id"],
        message: `${owner} has unit group ${group.id} more than once`,
        context: { registry: "unit_groups" },
      });
    }
    seen.add(group.id);
    checkBounds(group, `${owner} in unit group ${group.id}`, path, "semantic.5a.40", ctx);
  });
  if (seen.size === 0) return;
  for (const quantity of ["turbined_m3s", "generation_mw"] as const) {
    // Sums of bounds that are wrong in themselves would only repeat their faults.
    if (![hydro.generation, ...hydro.unit_groups].every((bounds) => inOrder(bounds, quantity))) {
      continue;
    }
    const sum = (bound: "min" | "max") =>
      hydro.unit_groups.reduce((total, group) => total + group[`${bound}_${quantity}`], 0);
    checkEnvelope(hydro, owner, `max_${quantity}`, sum("max"), ctx);
    checkEnvelope(hydro, owner, `min_${quantity}`, sum("min"), ctx);
  }
}

function inOrder(bounds: Bounds, quantity: "turbined_m3s" | "generation_mw"): boolean {
  const least = quantity === "turbined_m3s" ? 0 : -Infinity;
  const min = bounds[`min_${quantity}`];
  return least <= min && min <= bounds[`max_${quantity}`];
}

/** Groups neither add to the capacity of their plant nor take its least values away. */
function checkEnvelope(
  hydro: CheckedHydro,
  owner: string,
  field: keyof Bounds,
  sum: number,
  ctx: z.core.$RefinementCtx,
): void {
  const plant = hydro.generation[field];
  const upper = field.startsWith("max");
  // Sums of decimal fractions miss by an ulp or two what a person added up.
  const slack = 1e-9 * Math.max(1, Math.abs(plant));
  if (upper ? sum <= plant + slack : sum >= plant - slack) return;
  addFault(ctx, {
    kind: "CapacityViolation",
    rule: "semantic.5a.41",
    path: ["unit_groups"],
    message: `${owner} has unit groups with ${field} of ${sum} together, expected at ` +
      `${upper ? "most" : "least"} the ${plant} of the plant`,
    context: upper
      ? {
        field_min: `unit_groups.${field}`,
        value_min: sum,
        field_max: `generation.${field}`,
        value_max: plant,
      }
      : {
        field_min: `generation.${field}`,
        value_min: plant,
        field_max: `unit_groups.${field}`,
        value_max: sum,
      },
  });
}

/** The older layout fills with a given inflow towards a given stage. */
export function checkFillingV05(
  hydro: CheckedHydro & {
    readonly entry_stage_id: number | null;
    readonly filling: { readonly filling_inflow_m3s: number } | null;
  },
  ctx: z.core.$RefinementCtx,
): void {
  if (hydro.filling === null) return;
  const inflow = hydro.filling.filling_inflow_m3s;
  if (inflow <= 0) {
    addFault(ctx, {
      kind: "OutOfRange",
      rule: "A6",
      path: ["filling", "filling_inflow_m3s"],
      message: `${ownerName("Hydro", hydro)} is filled with ${inflow} m³/s, expected more than 0`,
      context: { value: inflow, min: 0 },
    });
  }
  checkFillingEntry(hydro, ctx);
}

/** A filling leads to the stage in which the plant enters. */
export function checkFillingEntry(
  hydro: CheckedHydro & {
    readonly entry_stage_id: number | null;
    readonly filling: object | null;
  },
  ctx: z.core.$RefinementCtx,
): void {
  if (hydro.filling === null || hydro.entry_stage_id !== null) return;
  addFault(ctx, {
    kind: "SchemaViolation",
    rule: "A6",
    path: ["entry_stage_id"],
    message: `${ownerName("Hydro", hydro)} has a filling without entry_stage_id, expected the ` +
      "stage towards which it is filled",
    context: { expected: "a stage id, because the plant has a filling", actual: "null" },
  });
}
