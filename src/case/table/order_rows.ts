/** Brings rows into the order of their keys and settles rows that share a key. */
import { sortPermutation } from "../../numeric/mod.ts";
import type { KeyArrays, TableReport } from "./report.ts";
import type { TableSpec } from "./spec.ts";

/** Rows in key order. */
export interface OrderedRows {
  readonly rows: number;
  readonly keys: KeyArrays;
  readonly values: readonly Float64Array[];
  /** Row in the file of every row; null when they are the same. */
  readonly order: Uint32Array | null;
}

/**
 * Sorts rows by key, rows with equal keys in file order, and reports or joins those with equal
 * keys. A file that is in order already, as programs write them, costs one pass and no memory.
 */
export function orderRows(
  spec: Pick<TableSpec, "file" | "keys" | "values" | "orderBy" | "duplicates">,
  keys: KeyArrays,
  values: readonly Float64Array[],
  report: TableReport,
): OrderedRows {
  const rows = keys[0]!.length;
  const orderColumn = spec.values.findIndex((column) => column.name === spec.orderBy);
  const order = sortPermutation(
    orderColumn < 0 ? keys : [...keys, ...orderedBits(values[orderColumn]!)],
  );
  const sortedKeys = order === null ? keys : keys.map((key) => gatherIntegers(key, order));
  const sortedValues = order === null ? values : values.map((value) => gatherReals(value, order));
  const sorted = { rows, keys: sortedKeys, values: sortedValues, order };
  if (spec.orderBy !== undefined) return sorted;
  if (spec.duplicates.mode === "join") return joinDuplicates(spec, sorted, report);
  reportDuplicates(spec, sorted, report);
  return sorted;
}

function reportDuplicates(
  spec: Pick<TableSpec, "file" | "keys" | "duplicates">,
  { rows, keys, order }: OrderedRows,
  report: TableReport,
): void {
  const { rule } = spec.duplicates;
  for (let row = 1; row < rows; row++) {
    if (!sameKey(keys, row - 1, row) || !report.admit(rule)) continue;
    const first = order?.[row - 1] ?? row - 1;
    const second = order?.[row] ?? row;
    const message = `Rows ${first} and ${second} of ${spec.file} are both for ${
      report.describe(second)
    }`;
    report.cell("DuplicateId", rule, second, spec.keys[0]!.name, message, {
      registry: spec.file,
    }, "Keep one of the two rows");
  }
}

/** One row per key: cells of rows that share a key complete each other, or are given twice. */
function joinDuplicates(
  spec: Pick<TableSpec, "file" | "values" | "duplicates">,
  sorted: OrderedRows,
  report: TableReport,
): OrderedRows {
  const { rows, keys, values } = sorted;
  const { rule } = spec.duplicates;
  let kept = 0;
  while (kept + 1 < rows && !sameKey(keys, kept, kept + 1)) kept++;
  if (kept + 1 >= rows) return sorted;

  const fileRow = (row: number): number => sorted.order?.[row] ?? row;
  const rowOf = Uint32Array.from({ length: rows }, (_, row) => fileRow(row));
  // The file row that gave each cell of the row being joined.
  const givenBy = new Uint32Array(values.length);
  const startRow = (row: number): void => {
    for (let k = 0; k < keys.length; k++) keys[k]![kept] = keys[k]![row]!;
    for (let v = 0; v < values.length; v++) values[v]![kept] = values[v]![row]!;
    rowOf[kept] = fileRow(row);
    givenBy.fill(fileRow(row));
  };
  startRow(kept);
  for (let row = kept + 1; row < rows; row++) {
    if (!sameKey(keys, kept, row)) {
      kept++;
      startRow(row);
      continue;
    }
    for (let v = 0; v < values.length; v++) {
      const value = values[v]![row]!;
      if (Number.isNaN(value)) continue;
      if (!Number.isNaN(values[v]![kept]!) && report.admit(rule)) {
        const { name } = spec.values[v]!;
        const message = `Rows ${givenBy[v]} and ${fileRow(row)} of ${spec.file} both give ${
          report.columnName(name)
        } of ${report.describe(fileRow(row))}`;
        report.cell("DuplicateId", rule, fileRow(row), name, message, {
          registry: spec.file,
        }, "Keep one of the two values");
      }
      values[v]![kept] = value;
      givenBy[v] = fileRow(row);
    }
  }
  const count = kept + 1;
  return {
    rows: count,
    keys: keys.map((key) => key.slice(0, count)),
    values: values.map((value) => value.slice(0, count)),
    order: rowOf.slice(0, count),
  };
}

function sameKey(keys: KeyArrays, left: number, right: number): boolean {
  for (let k = 0; k < keys.length; k++) {
    if (keys[k]![left] !== keys[k]![right]) return false;
  }
  return true;
}

/**
 * Two integer columns that order as the non-negative reals do: the halves of their bits. The lower
 * half counts from 0 upwards; flipping its sign bit keeps that order in signed form.
 */
function orderedBits(values: Float64Array): [Int32Array, Int32Array] {
  const high = new Int32Array(values.length);
  const low = new Int32Array(values.length);
  const view = new DataView(new ArrayBuffer(8));
  for (let row = 0; row < values.length; row++) {
    view.setFloat64(0, values[row]! + 0); // Minus zero becomes zero.
    high[row] = view.getInt32(0);
    low[row] = view.getInt32(4) ^ 0x80000000;
  }
  return [high, low];
}

function gatherIntegers(source: Int32Array, order: Uint32Array): Int32Array {
  const target = new Int32Array(source.length);
  for (let row = 0; row < order.length; row++) target[row] = source[order[row]!]!;
  return target;
}

function gatherReals(source: Float64Array, order: Uint32Array): Float64Array {
  const target = new Float64Array(source.length);
  for (let row = 0; row < order.length; row++) target[row] = source[order[row]!]!;
  return target;
}
