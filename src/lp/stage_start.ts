/** From where a solve starts: a basis of the stage and the cuts that take part in it. */
import { BasisStatus } from "../solver/mod.ts";
import type { StageTemplate } from "./stage_template.ts";

/**
 * A basis as plain bytes, so that it can lie in shared memory and in a checkpoint. Cut rows outside
 * the basis (at their bound) belong to it and must be present when it is used, for without them the
 * basis would be short of rows; cuts inside the basis need not be.
 */
export interface StageStart {
  readonly columns: Uint8Array;
  readonly rows: Uint8Array;
  /** The first `cutCount` are the cuts at their bound. */
  readonly cuts: Int32Array;
  cutCount: number;
}

/** Room for a basis; no more cuts can be at their bound than there are columns. */
export function stageStart({ columns, rows }: StageTemplate): StageStart {
  return {
    columns: new Uint8Array(columns.length).fill(BasisStatus.lower),
    rows: new Uint8Array(rows.length).fill(BasisStatus.basic),
    cuts: new Int32Array(columns.length),
    cutCount: 0,
  };
}
