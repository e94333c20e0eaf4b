/** Writes typed arrays as a Parquet file. */
import type { Data, DataType } from "apache-arrow";
import { CobreError } from "../protocol/mod.ts";
import { writeFailed, writeFileAtomic } from "./atomic.ts";
import { loadParquetCodec } from "./parquet_wasm.ts";

/** The values of a column to write, by type. */
export type OutputValues =
  | { readonly type: "i8"; readonly values: Int8Array }
  | { readonly type: "i32"; readonly values: Int32Array }
  | { readonly type: "u32"; readonly values: Uint32Array }
  /** A `Float64Array` must hold integers; it saves the caller from making bigints. */
  | { readonly type: "i64"; readonly values: BigInt64Array | Float64Array }
  | { readonly type: "f64"; readonly values: Float64Array }
  /** 0 is false, everything else is true. */
  | { readonly type: "bool"; readonly values: Uint8Array }
  | { readonly type: "utf8"; readonly values: readonly string[] }
  /** Days since 1970-01-01. */
  | { readonly type: "date"; readonly values: Int32Array }
  /** Milliseconds since 1970-01-01 UTC; a `Float64Array` must hold integers. */
  | { readonly type: "timestamp"; readonly values: BigInt64Array | Float64Array };

/** A column to write. */
export type OutputColumn = OutputValues & {
  readonly name: string;
  /** Declared nullable; left out, a column is when it comes with `nulls`. */
  readonly nullable?: boolean;
  /** 1 for each null row; the value there does not matter. */
  readonly nulls?: Uint8Array | null;
};

/** How a table is written. */
export interface WriteParquetOptions {
  /** Rows of a row group at most; 100,000 when left out. */
  readonly rowGroupRows?: number;
  /** Texts kept in the footer, such as a format version. */
  readonly metadata?: Readonly<Record<string, string>>;
}

/** Writes a table to a file, whole or not at all; see {@link writeFileAtomic}. */
export async function writeParquetTable(
  path: string,
  columns: readonly OutputColumn[],
  options: WriteParquetOptions = {},
): Promise<void> {
  let bytes: Uint8Array;
  try {
    bytes = await encodeParquetTable(columns, options);
  } catch (thrown) {
    throw thrown instanceof CobreError ? thrown : writeFailed(path, "encode", thrown);
  }
  await writeFileAtomic(path, bytes);
}

/**
 * The bytes of a Parquet file: Zstandard, dictionary encoding where it helps, statistics per row
 * group. The same columns always give the same bytes.
 */
export async function encodeParquetTable(
  columns: readonly OutputColumn[],
  options: WriteParquetOptions = {},
): Promise<Uint8Array> {
  const rows = checkColumns(columns);
  const [codec, arrow] = await Promise.all([loadParquetCodec(), import("apache-arrow")]);
  const data = columns.map((column) => columnData(arrow, column));
  const schema = new arrow.Schema(
    columns.map((column, i) => new arrow.Field(column.name, data[i]!.type, isNullable(column))),
  );
  const struct = arrow.makeData({
    type: new arrow.Struct(schema.fields),
    length: rows,
    nullCount: 0,
    children: data,
  });
  const table = new arrow.Table(schema, [new arrow.RecordBatch(schema, struct)]);
  const properties = new codec.WriterPropertiesBuilder()
    .setCompression(codec.Compression.ZSTD)
    .setMaxRowGroupSize(options.rowGroupRows ?? 100_000)
    .setStatisticsEnabled(codec.EnabledStatistics.Chunk)
    .setCreatedBy("cobre")
    .setKeyValueMetadata(new Map(Object.entries(options.metadata ?? {})))
    .build();
  return codec.writeParquet(
    codec.Table.fromIPCStream(arrow.tableToIPC(table, "stream")),
    properties,
  );
}

/** The number of rows; columns that do not fit together are a fault of the program. */
function checkColumns(columns: readonly OutputColumn[]): number {
  const rows = columns[0]?.values.length ?? 0;
  const names = new Set<string>();
  for (const column of columns) {
    const { name, values, nulls } = column;
    const fault = names.has(name)
      ? "comes twice"
      : values.length !== rows
      ? `has ${values.length} rows instead of ${rows}`
      : nulls && nulls.length !== rows
      ? `has ${nulls.length} null flags for ${rows} rows`
      : nulls?.includes(1) && !isNullable(column)
      ? "holds nulls but is declared without"
      : null;
    if (fault !== null) {
      const message = `Cannot write the table: the column ${name} ${fault}`;
      throw CobreError.of("InternalPanic", message, { location: "writeParquetTable" });
    }
    names.add(name);
  }
  return rows;
}

function isNullable(column: OutputColumn): boolean {
  return column.nullable ?? (column.nulls ?? null) !== null;
}

type Arrow = typeof import("apache-arrow");

function columnData(arrow: Arrow, column: OutputColumn): Data<DataType> {
  const length = column.values.length;
  const { nullBitmap, nullCount } = nullMask(column.nulls ?? null);
  const common = { length, nullCount, nullBitmap };
  switch (column.type) {
    case "i8":
      return arrow.makeData({ ...common, type: new arrow.Int8(), data: column.values });
    case "i32":
      return arrow.makeData({ ...common, type: new arrow.Int32(), data: column.values });
    case "u32":
      return arrow.makeData({ ...common, type: new arrow.Uint32(), data: column.values });
    case "i64":
      return arrow.makeData({ ...common, type: new arrow.Int64(), data: wide(column.values) });
    case "f64":
      return arrow.makeData({ ...common, type: new arrow.Float64(), data: column.values });
    case "bool":
      return arrow.makeData({ ...common, type: new arrow.Bool(), data: packBits(column.values) });
    case "utf8":
      return arrow.makeData({ ...common, type: new arrow.Utf8(), ...packText(column.values) });
    case "date":
      return arrow.makeData({ ...common, type: new arrow.DateDay(), data: column.values });
    case "timestamp": {
      const type = new arrow.TimestampMillisecond("UTC");
      return arrow.makeData({ ...common, type, data: wide(column.values) });
    }
  }
}

/** Arrow's bit mask, in which a set bit says that there is a value. */
function nullMask(nulls: Uint8Array | null): { nullBitmap: Uint8Array | null; nullCount: number } {
  if (nulls === null) return { nullBitmap: null, nullCount: 0 };
  const present = nulls.map((flag) => flag === 0 ? 1 : 0);
  const nullCount = nulls.length - present.reduce((sum, flag) => sum + flag, 0);
  return { nullBitmap: packBits(present), nullCount };
}

function packBits(flags: Uint8Array): Uint8Array {
  const bits = new Uint8Array((flags.length + 7) >> 3);
  for (let i = 0; i < flags.length; i++) {
    if (flags[i] !== 0) bits[i >> 3]! |= 1 << (i & 7);
  }
  return bits;
}

function packText(values: readonly string[]): { valueOffsets: Int32Array; data: Uint8Array } {
  const encoder = new TextEncoder();
  const valueOffsets = new Int32Array(values.length + 1);
  // A UTF-16 unit takes three bytes of UTF-8 at most.
  const data = new Uint8Array(3 * values.reduce((sum, value) => sum + value.length, 0));
  let end = 0;
  for (let i = 0; i < values.length; i++) {
    end += encoder.encodeInto(values[i]!, data.subarray(end)).written;
    valueOffsets[i + 1] = end;
  }
  return { valueOffsets, data: data.subarray(0, end) };
}

function wide(values: BigInt64Array | Float64Array): BigInt64Array {
  return values instanceof BigInt64Array ? values : BigInt64Array.from(values, BigInt);
}
