/** From where a solve starts: a basis of the stage and the added rows that take part in it. */
import { BasisStatus } from "../solver/mod.ts";
import type { StageTemplate } from "./stage_template.ts";

/**
 * A basis as plain bytes, so that it can lie in shared memory and in a checkpoint. Added rows outside
 * the basis (at a bound) belong to it and must be present when it is used, for without them the basis
 * would be short of rows; added rows inside the basis need not be.
 */
export interface StageStart {
  readonly columns: Uint8Array;
  /** Of the rows that are always present. */
  readonly rows: Uint8Array;
  /** `counts[0]` waiting rows of the stage at a bound, and which. */
  readonly lazy: Int32Array;
  readonly lazyStatus: Uint8Array;
  /** `counts[1]` cuts at their bound. */
  readonly cuts: Int32Array;
  readonly counts: Int32Array;
}

/** Room for a basis; no more rows can be at a bound than there are columns. */
export function stageStart({ columns, rows, coreRows }: StageTemplate): StageStart {
  const lazy = Math.min(columns.length, rows.length - coreRows);
  return {
    columns: new Uint8Array(columns.length).fill(BasisStatus.lower),
    rows: new Uint8Array(coreRows).fill(BasisStatus.basic),
    lazy: new Int32Array(lazy),
    lazyStatus: new Uint8Array(lazy),
    cuts: new Int32Array(columns.length),
    counts: new Int32Array(2),
  };
}
