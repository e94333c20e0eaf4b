/** Reads one Parquet file of a case by its specification: checked, sorted by key, in typed arrays. */
import {
  type ColumnSpec,
  type ParquetSpec,
  type ParquetTable,
  readParquetTable,
} from "../../files/mod.ts";
import type { Table } from "../../model/mod.ts";
import { CobreError } from "../../protocol/mod.ts";
import type { Dialect } from "../case.ts";
import type { Problems } from "../problem.ts";
import { checkKeys, checkLayout, checkPresence, checkValues } from "./check_columns.ts";
import { orderRows } from "./order_rows.ts";
import { type KeyArrays, TableReport } from "./report.ts";
import { type KeyColumn, nameIn, type TableSpec, type ValueColumn } from "./spec.ts";

/**
 * Reads a file; null when it cannot be used, with the reasons in `problems`. All rows are checked,
 * whatever was found before.
 */
export async function readTable<I extends string, F extends string>(
  spec: TableSpec<I, F>,
  directory: string,
  dialect: Dialect,
  problems: Problems,
): Promise<Table<I, F> | null> {
  const raw = await readRaw(spec, directory, dialect, problems);
  if (raw === null) return null;
  const report = new TableReport(problems, spec as unknown as TableSpec, dialect);
  const usable = checkLayout(spec, raw, dialect, problems);
  const complete = checkPresence(spec, raw, dialect, report);
  if (!usable || !complete) {
    report.close();
    return null;
  }
  const keys = spec.keys.map((column) => keyArray(column, raw, dialect));
  const values = spec.values.map((column) => valueArray(column, raw, dialect));
  report.keys = keys;
  checkKeys(spec, keys, raw, dialect, report);
  checkValues(spec, values, raw, dialect, report);
  spec.checkRows?.(tableOf(spec, raw.rows, keys, values), report);

  const ordered = orderRows(spec, keys, values, report);
  const table = tableOf(spec, ordered.rows, ordered.keys, ordered.values);
  spec.checkSorted?.(table, report, (row) => ordered.order?.[row] ?? row);
  report.close();
  return report.failed ? null : table;
}

/** A table without rows. */
export function emptyTable<I extends string, F extends string>(
  spec: TableSpec<I, F>,
): Table<I, F> {
  const keys = spec.keys.map(() => new Int32Array(0));
  return tableOf(spec, 0, keys, spec.values.map(() => new Float64Array(0)));
}

async function readRaw(
  spec: Pick<TableSpec, "file" | "keys" | "values" | "foreign">,
  directory: string,
  dialect: Dialect,
  problems: Problems,
): Promise<ParquetTable | null> {
  try {
    return await readParquetTable(
      `${directory}/${spec.file}`,
      spec.file,
      wantedColumns(spec, dialect),
    );
  } catch (thrown) {
    problems.caught(2, withRules(thrown));
    return null;
  }
}

/**
 * Every column is asked for as optional, and with it the names of the other layout: so that a
 * renamed column can be told from a forgotten one.
 */
function wantedColumns(
  spec: Pick<TableSpec, "keys" | "values" | "foreign">,
  dialect: Dialect,
): ParquetSpec {
  const columns = new Map<string, ColumnSpec>();
  const add = (name: string | null, type: ColumnSpec["type"]): void => {
    if (name !== null && !columns.has(name)) columns.set(name, { name, type, optional: true });
  };
  for (const column of spec.keys) add(nameIn(column, dialect), column.type);
  for (const column of spec.values) add(nameIn(column, dialect), "f64");
  const other = dialect === "v0.5" ? "v0.18" : "v0.5";
  for (const column of spec.keys) add(nameIn(column, other), column.type);
  for (const column of spec.values) add(nameIn(column, other), "f64");
  for (const column of spec.foreign ?? []) add(column.name, column.type);
  return { columns: [...columns.values()] };
}

/** The error with the rule ids that its records belong to. */
function withRules(thrown: unknown): unknown {
  if (!(thrown instanceof CobreError)) return thrown;
  const ids: Readonly<Record<string, string>> = {
    MissingFile: "L1.required",
    ParseError: "L1.syntax",
    TypeMismatch: "L2.type",
    SchemaViolation: "L2.missing",
  };
  const records = thrown.records.map((record) => ({
    ...record,
    context: { ...record.context, rule: ids[record.kind] ?? null },
  }));
  return new CobreError([records[0]!, ...records.slice(1)], { cause: thrown });
}

function keyArray(column: KeyColumn, raw: ParquetTable, dialect: Dialect): Int32Array {
  const name = nameIn(column, dialect);
  if (name === null || !raw.present(name)) {
    return new Int32Array(raw.rows).fill(column.whenNull ?? 0);
  }
  const source = raw.columns[name]!;
  // The range check refuses what does not fit; what fits has the same bits in both types.
  const values = source instanceof Int32Array
    ? source
    : new Int32Array(source.buffer, source.byteOffset, source.length);
  const nulls = raw.nulls[name];
  if (nulls && column.whenNull !== undefined) {
    for (let row = 0; row < nulls.length; row++) {
      if (nulls[row] === 1) values[row] = column.whenNull;
    }
  }
  return values;
}

function valueArray(column: ValueColumn, raw: ParquetTable, dialect: Dialect): Float64Array {
  const name = nameIn(column, dialect);
  const whenNull = column.whenNull ?? NaN;
  if (name === null || !raw.present(name)) return new Float64Array(raw.rows).fill(whenNull);
  const values = raw.columns[name] as Float64Array;
  const nulls = raw.nulls[name];
  // The reader leaves NaN in null cells already.
  if (nulls && !Number.isNaN(whenNull)) {
    for (let row = 0; row < nulls.length; row++) if (nulls[row] === 1) values[row] = whenNull;
  }
  return values;
}

function tableOf<I extends string, F extends string>(
  spec: Pick<TableSpec<I, F>, "keys" | "values">,
  rows: number,
  keys: KeyArrays,
  values: readonly Float64Array[],
): Table<I, F> {
  const table: Record<string, unknown> = { rows };
  spec.keys.forEach((column, k) => table[column.name] = keys[k]);
  spec.values.forEach((column, v) => table[column.name] = values[v]);
  return table as unknown as Table<I, F>;
}
