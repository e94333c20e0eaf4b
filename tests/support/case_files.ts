/** A case directory as data: what tests start from, change in one place and write to disk. */
import { dirname, join } from "node:path";
import { writeParquetTable } from "../../src/files/mod.ts";

/** Columns of a Parquet file, as typed arrays; `null` cells are made with {@link nullable}. */
export class ParquetFile {
  constructor(readonly columns: Record<string, ParquetColumn>) {}

  /** A copy without the rows for which `drop` holds. */
  without(drop: (row: Record<string, number | null>) => boolean): ParquetFile {
    return this.map((row) => drop(row) ? [] : [row]);
  }

  /** A copy in which every row is replaced by any number of rows. */
  map(
    change: (row: Record<string, number | null>) => readonly Record<string, number | null>[],
  ): ParquetFile {
    const rows = this.rows().flatMap((row) => [...change(row)]);
    const columns: Record<string, ParquetColumn> = {};
    for (const [name, column] of Object.entries(this.columns)) {
      columns[name] = { type: column.type, values: rows.map((row) => row[name] ?? null) };
    }
    return new ParquetFile(columns);
  }

  /** A copy with more rows; columns that a row leaves out are null. */
  with(...added: readonly Record<string, number | null>[]): ParquetFile {
    const columns: Record<string, ParquetColumn> = {};
    for (const [name, column] of Object.entries(this.columns)) {
      columns[name] = {
        type: column.type,
        values: [...column.values, ...added.map((row) => row[name] ?? null)],
      };
    }
    return new ParquetFile(columns);
  }

  /** The rows as objects. */
  rows(): Record<string, number | null>[] {
    const names = Object.keys(this.columns);
    const count = names.length === 0 ? 0 : this.columns[names[0]!]!.values.length;
    const rows: Record<string, number | null>[] = [];
    for (let row = 0; row < count; row++) {
      rows.push(Object.fromEntries(names.map((name) => [name, this.columns[name]!.values[row]!])));
    }
    return rows;
  }
}

/** One column of a test table. */
export interface ParquetColumn {
  readonly type: "i32" | "u32" | "f64" | "date";
  readonly values: readonly (number | null)[];
}

/** A table from rows: `i32` for the columns named in `integers`, `f64` for all others. */
export function parquet(
  integers: readonly string[],
  reals: readonly string[],
  rows: readonly Record<string, number | null>[],
): ParquetFile {
  const columns: Record<string, ParquetColumn> = {};
  for (const name of integers) {
    columns[name] = { type: "i32", values: rows.map((row) => row[name] ?? null) };
  }
  for (const name of reals) {
    columns[name] = { type: "f64", values: rows.map((row) => row[name] ?? null) };
  }
  return new ParquetFile(columns);
}

// deno-lint-ignore no-explicit-any -- tests reach into JSON documents of any shape
export type Json = any;

/** Content of a case directory by relative path: JSON values, tables, or raw bytes and text. */
export type CaseFiles = Record<string, Json | ParquetFile | Uint8Array | string>;

/** Writes a case; a `string` or bytes are written as they are. */
export async function writeCase(directory: string, files: CaseFiles): Promise<void> {
  for (const [file, content] of Object.entries(files)) {
    const path = join(directory, file);
    await Deno.mkdir(dirname(path), { recursive: true });
    if (content instanceof ParquetFile) await writeTable(path, content);
    else if (content instanceof Uint8Array) await Deno.writeFile(path, content);
    else if (typeof content === "string") await Deno.writeTextFile(path, content);
    else await Deno.writeTextFile(path, JSON.stringify(content, null, 2) + "\n");
  }
}

/** Writes a case into a new temporary folder, runs the body with its path, removes it. */
export async function withCase<T>(
  files: CaseFiles,
  body: (directory: string) => Promise<T>,
): Promise<T> {
  const directory = await Deno.makeTempDir({ prefix: "cobre_case_" });
  try {
    await writeCase(directory, files);
    return await body(directory);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}

async function writeTable(path: string, table: ParquetFile): Promise<void> {
  const columns = Object.entries(table.columns).map(([name, column]) => {
    const length = column.values.length;
    const values = column.type === "f64"
      ? new Float64Array(length)
      : column.type === "u32"
      ? new Uint32Array(length)
      : new Int32Array(length);
    const nulls = new Uint8Array(length);
    let anyNull = false;
    for (let row = 0; row < length; row++) {
      const value = column.values[row]!;
      if (value === null) {
        nulls[row] = 1;
        anyNull = true;
      } else values[row] = value;
    }
    return { name, type: column.type, values, ...(anyNull ? { nulls } : {}) };
  });
  await writeParquetTable(path, columns as Parameters<typeof writeParquetTable>[1]);
}
