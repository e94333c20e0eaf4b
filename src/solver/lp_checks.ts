/**
 * Checks of what callers hand to a model. HiGHS trusts its arguments: it takes NaN for a number,
 * reads past short arrays and takes the bytes of one array kind for another.
 */
import { CobreError } from "../protocol/mod.ts";
import { type BasisArray, BasisStatus, type LpData } from "./lp_types.ts";

/** An error for a call that the caller should not have made. */
export function misuse(operation: string, message: string): CobreError {
  return CobreError.of("InternalPanic", `${operation}: ${message}`, {
    location: `LpModel.${operation}`,
  });
}

function kindOf(value: unknown): string {
  return Object.prototype.toString.call(value).slice(8, -1);
}

/** `array` must be a Float64Array with room for `count` values. */
export function needFloats(op: string, name: string, array: Float64Array, count: number): void {
  if (!(array instanceof Float64Array)) {
    throw misuse(op, `${name} is a ${kindOf(array)}, wanted a Float64Array`);
  }
  if (array.length < count) {
    throw misuse(op, `${name} has ${array.length} values, wanted at least ${count}`);
  }
}

/** `array` must be an Int32Array with room for `count` values. */
export function needInts(op: string, name: string, array: Int32Array, count: number): void {
  if (!(array instanceof Int32Array)) {
    throw misuse(op, `${name} is a ${kindOf(array)}, wanted an Int32Array`);
  }
  if (array.length < count) {
    throw misuse(op, `${name} has ${array.length} values, wanted at least ${count}`);
  }
}

/** The first `count` values must not be NaN. Infinite bounds are fine. */
export function needNumbers(op: string, name: string, array: Float64Array, count: number): void {
  needFloats(op, name, array, count);
  for (let i = 0; i < count; i++) {
    const value = array[i];
    // NaN is the one value that differs from itself; this runs on every change of bounds.
    if (value !== value) throw misuse(op, `${name}[${i}] is NaN, wanted a number`);
  }
}

/** Lower and upper bounds, as {@link needNumbers}. */
export function needBounds(
  op: string,
  lower: Float64Array,
  upper: Float64Array,
  count: number,
): void {
  needNumbers(op, "lower", lower, count);
  needNumbers(op, "upper", upper, count);
}

/** The first `count` values must be finite. */
export function needFinite(op: string, name: string, array: Float64Array, count: number): void {
  needFloats(op, name, array, count);
  for (let i = 0; i < count; i++) {
    if (!Number.isFinite(array[i])) {
      throw misuse(op, `${name}[${i}] is ${array[i]}, wanted a finite number`);
    }
  }
}

/** A single value must be finite. */
export function needFiniteValue(op: string, name: string, value: number): void {
  if (!Number.isFinite(value)) throw misuse(op, `${name} is ${value}, wanted a finite number`);
}

/** `value` must be an integer in [0, total). */
export function needIndex(op: string, name: string, value: number, total: number): void {
  if (!Number.isInteger(value) || value < 0 || value >= total) {
    throw misuse(op, `${name} is ${value}, wanted an integer from 0 to ${total - 1}`);
  }
}

/** `count` must be an integer that is not negative. */
export function needCount(op: string, count: number): void {
  if ((count | 0) !== count || count < 0) {
    throw misuse(op, `count is ${count}, wanted a whole number that is not negative`);
  }
}

/** `first` up to `first + count` must lie within [0, total). */
export function needRange(
  op: string,
  what: string,
  first: number,
  count: number,
  total: number,
): void {
  needCount(op, count);
  if ((first | 0) !== first || first < 0 || first + count > total) {
    throw misuse(op, `${what} ${first} to ${first + count - 1} were named, the model has ${total}`);
  }
}

/** The first `count` indices must lie in [0, total). */
export function needIndices(
  op: string,
  name: string,
  array: Int32Array,
  count: number,
  total: number,
): void {
  needCount(op, count);
  needInts(op, name, array, count);
  for (let i = 0; i < count; i++) {
    const index = array[i]!;
    if (index < 0 || index >= total) {
      throw misuse(op, `${name}[${i}] is ${index}, wanted 0 to ${total - 1}`);
    }
  }
}

/** The first `count` indices must lie in [0, total) and rise strictly. */
export function needRisingIndices(
  op: string,
  name: string,
  array: Int32Array,
  count: number,
  total: number,
): void {
  needIndices(op, name, array, count, total);
  for (let i = 1; i < count; i++) {
    if (array[i]! <= array[i - 1]!) {
      throw misuse(op, `${name}[${i}] is ${array[i]} after ${array[i - 1]}, wanted rising indices`);
    }
  }
}

/** A basis array must be of a known kind, long enough, and hold statuses only. */
export function needBasis(
  op: string,
  name: string,
  array: BasisArray,
  count: number,
  reading: boolean,
): void {
  if (!(array instanceof Int32Array) && !(array instanceof Uint8Array)) {
    throw misuse(op, `${name} is a ${kindOf(array)}, wanted an Int32Array or a Uint8Array`);
  }
  if (array.length < count) {
    throw misuse(op, `${name} has ${array.length} statuses, wanted at least ${count}`);
  }
  if (!reading) return;
  for (let i = 0; i < count; i++) {
    const status = array[i]!;
    if (status < 0 || status > 4) {
      throw misuse(op, `${name}[${i}] is ${status}, wanted a basis status from 0 to 4`);
    }
  }
}

/** A basis of `rows` rows has that many basic columns and rows; HiGHS would silently mend another. */
export function needBasicCount(
  op: string,
  columnStatus: BasisArray,
  columns: number,
  rowStatus: BasisArray,
  rows: number,
): void {
  let basic = 0;
  for (let c = 0; c < columns; c++) if (columnStatus[c] === BasisStatus.basic) basic++;
  for (let r = 0; r < rows; r++) if (rowStatus[r] === BasisStatus.basic) basic++;
  if (basic !== rows) throw misuse(op, `${basic} columns and rows are basic, wanted ${rows}`);
}

/** The entries of `count` sparse vectors, whose indices lie in [0, dimension). Returns how many. */
export function needMatrix(
  op: string,
  count: number,
  dimension: number,
  starts: Int32Array,
  indices: Int32Array,
  values: Float64Array,
): number {
  needInts(op, "starts", starts, count + 1);
  if (starts[0] !== 0) throw misuse(op, `starts[0] is ${starts[0]}, wanted 0`);
  for (let v = 0; v < count; v++) {
    if (starts[v + 1]! < starts[v]!) {
      throw misuse(op, `starts[${v + 1}] is ${starts[v + 1]} after ${starts[v]}, wanted no fall`);
    }
  }
  const entries = starts[count]!;
  needIndices(op, "indices", indices, entries, dimension);
  needFinite(op, "values", values, entries);
  return entries;
}

function needLength(op: string, name: string, array: ArrayLike<number>, length: number): void {
  if (array.length !== length) {
    throw misuse(op, `${name} has ${array.length} values, wanted ${length}`);
  }
}

/** A whole model. Returns its number of matrix entries. */
export function needLp(op: string, lp: LpData): number {
  const columns = lp.columnCosts.length;
  const rows = lp.rowLower.length;
  if (columns === 0) throw misuse(op, "the model has no columns, wanted at least one");
  needFinite(op, "columnCosts", lp.columnCosts, columns);
  needLength(op, "columnLower", lp.columnLower, columns);
  needNumbers(op, "columnLower", lp.columnLower, columns);
  needLength(op, "columnUpper", lp.columnUpper, columns);
  needNumbers(op, "columnUpper", lp.columnUpper, columns);
  needNumbers(op, "rowLower", lp.rowLower, rows);
  needLength(op, "rowUpper", lp.rowUpper, rows);
  needNumbers(op, "rowUpper", lp.rowUpper, rows);
  needFiniteValue(op, "offset", lp.offset);
  const byColumn = lp.matrix.orientation === "columns";
  const vectors = byColumn ? columns : rows;
  needLength(op, "starts", lp.matrix.starts, vectors + 1);
  const { starts, indices, values } = lp.matrix;
  const entries = needMatrix(op, vectors, byColumn ? rows : columns, starts, indices, values);
  needLength(op, "indices", indices, entries);
  needLength(op, "values", values, entries);
  return entries;
}
