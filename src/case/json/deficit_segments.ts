/** The piecewise cost of unserved energy, as `penalties.json` and `system/buses.json` write it. */
import { z } from "zod";
import type { DeficitSegment } from "../../model/mod.ts";
import { addFault, nonNegative, opt, positive } from "./primitives.ts";

const Segment = z.strictObject({
  depth_mw: opt(nonNegative).describe("Width of the step (MW); the last step has none"),
  cost: positive.describe("Cost of unserved energy in this step ($/MWh)"),
});

/** Rules of a list of segments: that costs rise, and that only the last segment is open. */
export interface DeficitRules {
  readonly cost: string;
  readonly depth: string;
}

/** Schema of a list of deficit segments; `rules` names what is broken. */
export function deficitSegments(rules: DeficitRules): z.ZodArray<typeof Segment> {
  return z.array(Segment).min(1).superRefine((segments, ctx) => {
    segments.forEach((segment, index) => {
      const before = segments[index - 1];
      if (before !== undefined && segment.cost <= before.cost && segment.cost > 0) {
        addFault(ctx, {
          kind: "PhysicalConstraint",
          rule: rules.cost,
          path: [index, "cost"],
          message: `Deficit segment ${index} costs ${segment.cost} $/MWh, expected more than the ` +
            `${before.cost} of the segment before`,
          context: { detail: "Deficit costs must rise from segment to segment" },
        });
      }
      const last = index === segments.length - 1;
      if (last === (segment.depth_mw === null)) return;
      const [expected, actual] = last
        ? ["null in the last segment", `${segment.depth_mw}`]
        : ["a number in every segment but the last", "null"];
      addFault(ctx, {
        kind: "SchemaViolation",
        rule: rules.depth,
        path: [index, "depth_mw"],
        message: `depth_mw of deficit segment ${index} is ${actual}, expected ${expected}`,
        context: { expected, actual },
      });
    });
  }).describe("Steps of the cost of unserved energy, by rising cost");
}

/** The segments of the model. */
export function toDeficitSegments(
  segments: readonly z.output<typeof Segment>[],
): DeficitSegment[] {
  return segments.map(({ depth_mw, cost }) => ({ depthMw: depth_mw, cost }));
}
