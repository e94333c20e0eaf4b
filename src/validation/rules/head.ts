/** Layer 5: the head of plants whose generation is computed from it. */
import type { HydraulicLosses, Hydro, Tailrace } from "../../model/mod.ts";
import { leastOf } from "../../numeric/mod.ts";
import { type Rule, rule } from "../rule.ts";
import { named } from "../wording.ts";
import { geometryRows } from "./geometry.ts";

function usesHead(hydro: Hydro): boolean {
  return hydro.production.some(({ choice: { kind, fpha } }) =>
    kind === "linearized_head" || fpha?.source === "computed"
  );
}

/** Level below the dam while nothing flows out. */
function lowestTailrace(tailrace: Tailrace): number {
  return tailrace.type === "polynomial"
    ? tailrace.coefficients[0]!
    : leastOf(tailrace.points.map((point) => point.heightM));
}

function netHead(gross: number, losses: HydraulicLosses | null): number {
  if (losses === null) return gross;
  return losses.type === "factor" ? gross * (1 - losses.value) : gross - losses.valueM;
}

/** The rules. */
export const rules: readonly Rule[] = [
  rule({
    id: "G10.head",
    layer: 5,
    kind: "PhysicalConstraint",
    severity: "error",
    file: "system/hydros.json",
    description:
      "A plant that is computed from its head has one above zero: at the highest level " +
      "of its reservoir, with nothing turbined",
    check({ system }, report) {
      const { geometry } = system;
      const rows = geometryRows(geometry);
      for (const hydro of system.hydros) {
        const range = rows.get(hydro.id);
        if (range === undefined || hydro.tailrace === null || !usesHead(hydro)) continue;
        const upper = geometry.height_m[range.to - 1]!;
        const lower = lowestTailrace(hydro.tailrace);
        const head = netHead(upper - lower, hydro.hydraulicLosses);
        if (head > 0) continue;
        const detail = `the reservoir reaches ${upper} m, the tailrace is at ${lower} m, which ` +
          `leaves ${head} m after losses`;
        report.found(
          `${named("Hydro", hydro)} has no head: ${detail}`,
          { entity_id: hydro.id, detail, at: ["tailrace"] },
          "Check heights of the geometry, tailrace and hydraulic losses",
        );
      }
    },
  }),
];
