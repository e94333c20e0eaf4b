/** A Parquet table in memory: one typed array per column. */

/** Physical types that tables are read in; `date` is days since 1970-01-01. */
export type ColumnType = "i32" | "u32" | "f64" | "date";

/** A column that a reader wants. */
export interface ColumnSpec {
  readonly name: string;
  readonly type: ColumnType;
  /** An optional column may be missing from the file or hold nulls. */
  readonly optional?: boolean;
}

/** What to read from a file: columns by name; others in the file are ignored. */
export interface ParquetSpec {
  readonly columns: readonly ColumnSpec[];
}

/** The array that holds the values of a column. */
export type ColumnArray<T extends ColumnType> = {
  i32: Int32Array<ArrayBuffer>;
  u32: Uint32Array<ArrayBuffer>;
  f64: Float64Array<ArrayBuffer>;
  date: Int32Array<ArrayBuffer>;
}[T];

/** Names of the columns of a specification. */
export type ColumnName<S extends ParquetSpec> = S["columns"][number]["name"];

/** A table read from a file. */
export interface ParquetTable<S extends ParquetSpec = ParquetSpec> {
  /** The name shown in records. */
  readonly file: string;
  readonly rows: number;
  /**
   * The values of every column of the specification, each `rows` long. A null cell, and every cell
   * of a column that the file lacks, holds 0, or NaN in an `f64` column.
   */
  readonly columns: {
    readonly [C in S["columns"][number] as C["name"]]: ColumnArray<C["type"]>;
  };
  /** Per column 1 for each null cell, else 0; null when the column has no null cell. */
  readonly nulls: { readonly [N in ColumnName<S>]: Uint8Array<ArrayBuffer> | null };
  /** Whether the file has the column. */
  present(name: ColumnName<S>): boolean;
  /** Whether a cell is null, which tells a null of an `f64` column from a NaN. */
  isNull(name: ColumnName<S>, row: number): boolean;
}
