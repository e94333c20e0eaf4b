/** A series of warm solves with a fixed start, whose every bit is compared in tests. */
import type { LpModel } from "./lp_solver.ts";
import { randomLp, randomStream } from "./random_lp.ts";

export const COLUMNS = 30;
export const ROWS = 20;

/** Loads a fixed model, solves it and returns its basis: the start of a series. */
export function startOf(model: LpModel): { columns: Uint8Array; rows: Uint8Array } {
  model.load(randomLp(14, COLUMNS, ROWS));
  model.solve();
  const columns = new Uint8Array(COLUMNS);
  const rows = new Uint8Array(ROWS);
  model.getBasis(columns, rows);
  return { columns, rows };
}

/** Solves ten openings in order after a reset, and returns the bits of everything they gave. */
export function seriesAfterReset(
  model: LpModel,
  columns: Int32Array | Uint8Array,
  rows: Int32Array | Uint8Array,
): BigUint64Array {
  const lp = model.data();
  const before = lp.rowLower.slice();
  const beforeUpper = lp.rowUpper.slice();
  const width = 2 * model.columns + 2 * model.rows + 2;
  const out = new Float64Array(10 * width);
  const random = randomStream(99);
  model.reset(columns, rows);
  for (let opening = 0; opening < 10; opening++) {
    for (let r = 0; r < 8; r++) {
      const shift = 0.2 * random() - 0.1;
      lp.rowLower[r] = before[r]! + shift;
      lp.rowUpper[r] = beforeUpper[r]! + shift;
    }
    model.setRowBounds(0, 8, lp.rowLower, lp.rowUpper);
    const status = model.solve();
    let at = opening * width;
    out[at++] = status === "optimal" ? model.objective() : NaN;
    out[at++] = model.iterations;
    if (status !== "optimal") continue;
    model.readSolution(
      out.subarray(at, at + model.columns),
      out.subarray(at + model.columns, at + 2 * model.columns),
      out.subarray(at + 2 * model.columns, at + 2 * model.columns + model.rows),
      out.subarray(at + 2 * model.columns + model.rows),
    );
  }
  model.setRowBounds(0, 8, before, beforeUpper);
  return new BigUint64Array(out.buffer);
}
