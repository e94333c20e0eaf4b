/** Stages without a future. */
import type { CutRows, StageTemplate } from "../lp/mod.ts";

/** Cuts of a stage that has none. */
export function noCuts({ map }: StageTemplate): CutRows {
  return {
    slots: map.outgoing.slots.length,
    intercept: new Float64Array(0),
    coefficients: new Float64Array(0),
    future: new Int32Array(0),
    active: new Uint8Array(0),
  };
}
