/** A case directory as data, whatever its layout. */
import type { OutputColumn } from "../../src/files/mod.ts";

/** A JSON value or the columns of a table, by path relative to the case. */
export type CaseContent = Record<string, object | readonly OutputColumn[]>;

/** An integer column. */
export function integers(name: string, values: Int32Array | readonly number[]): OutputColumn {
  return { name, type: "i32", values: Int32Array.from(values) };
}

/** A column of reals. */
export function reals(name: string, values: Float64Array | readonly number[]): OutputColumn {
  return { name, type: "f64", values: Float64Array.from(values) };
}
