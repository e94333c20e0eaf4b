/** Reads columns of a Parquet file into typed arrays. */
import { CobreError, type ErrorRecord, errorRecord } from "../protocol/mod.ts";
import { type ArrowField, arrowTypeName, readArrowBatch, readArrowFields } from "./arrow_c_data.ts";
import { readInputBytes } from "./input_bytes.ts";
import { FooterFault, readParquetFooter } from "./parquet_footer.ts";
import { ColumnSink } from "./parquet_sink.ts";
import type { ColumnSpec, ColumnType, ParquetSpec, ParquetTable } from "./parquet_table.ts";
import { loadParquetCodec, type ParquetCodec } from "./parquet_wasm.ts";

/**
 * Reads the columns of a specification. `path` is where the file lies, `file` its name in records.
 *
 * A file that cannot be had is a `MissingFile`, one that is damaged a `ParseError`. Problems with
 * columns are collected over the file and thrown together: a missing one or a null where none is
 * allowed is a `SchemaViolation`, another type than asked for a `TypeMismatch`.
 */
export async function readParquetTable<const S extends ParquetSpec>(
  path: string,
  file: string,
  spec: S,
): Promise<ParquetTable<S>> {
  const bytes = await readInputBytes(path, file);
  return decodeParquetTable(await loadParquetCodec(), bytes, file, spec);
}

/** A file larger than this does not fit into the codec's memory beside what it decodes to. */
const MAX_FILE_BYTES = 2 ** 31;

/**
 * Values decoded in one go. The codec decodes a window of rows at a time, so that only the window
 * exists twice: 19.2 million rows of four columns peak at 0.8 GB, against 2.2 GB in one piece.
 */
const WINDOW_VALUES = 1 << 22;

function decodeParquetTable<S extends ParquetSpec>(
  codec: ParquetCodec,
  bytes: Uint8Array<ArrayBuffer>,
  file: string,
  spec: S,
): ParquetTable<S> {
  try {
    if (bytes.length > MAX_FILE_BYTES) {
      throw damagedFile(file, "the file is larger than 2 GB, which is the limit for one file");
    }
    const footer = readParquetFooter(bytes);
    // The schema is in the footer alone: no need to copy the whole file for it.
    const fields = readFields(codec, bytes.subarray(footer.start));
    const found = checkColumns(file, spec.columns, fields);
    const sinks = new Map(spec.columns.map((column) => {
      const present = found.has(column.name);
      return [column.name, new ColumnSink(column.type, footer.rows, present)] as const;
    }));
    const targets = fields.map((field) => found.has(field.name) ? sinks.get(field.name)! : null);
    if (found.size > 0) decodeInto(codec, bytes, file, footer.rows, targets);
    checkNulls(file, spec.columns, sinks);
    return makeTable<S>(file, footer.rows, sinks);
  } catch (thrown) {
    // Besides its own errors, the codec can panic on damaged bytes, which arrives as a trap of the
    // virtual machine; all calls are synchronous, so nothing escapes this block.
    throw thrown instanceof CobreError ? thrown : damagedFile(file, describe(thrown), thrown);
  }
}

/**
 * Decodes all rows into the targets, one for each column of the file, null for one not wanted. (The
 * codec's synchronous reader, the only one whose panics can be caught, takes a list of columns but
 * decodes all.)
 */
function decodeInto(
  codec: ParquetCodec,
  bytes: Uint8Array,
  file: string,
  rows: number,
  targets: readonly (ColumnSink | null)[],
): void {
  const memory = codec.wasmMemory();
  const limit = Math.ceil(WINDOW_VALUES / targets.length);
  const batchSize = Math.min(limit, 65_536);
  for (let start = 0; start < rows;) {
    const end = Math.min(rows, start + limit);
    const window = codec.readParquet(bytes, { batchSize, limit, offset: start }).intoFFI();
    try {
      for (let b = 0; b < window.numArrays(); b++) {
        const batch = readArrowBatch(memory.buffer, window.arrayAddr(b));
        if (batch.columns.length !== targets.length || start + batch.rows > end) {
          throw damagedFile(file, "the data hold other rows or columns than the footer promises");
        }
        targets.forEach((sink, c) => sink?.take(memory.buffer, batch.columns[c]!, start));
        start += batch.rows;
      }
    } finally {
      window.free();
    }
    if (start !== end) {
      throw damagedFile(file, `the data end after ${start} of ${rows} rows`);
    }
  }
}

function readFields(codec: ParquetCodec, footer: Uint8Array): ArrowField[] {
  const schema = codec.readSchema(footer).intoFFI();
  try {
    return readArrowFields(codec.wasmMemory().buffer, schema.addr());
  } finally {
    schema.free();
  }
}

/** A type as files name it, and the method of pandas that makes a column of it. */
interface ExpectedType {
  /** Arrow's format code. */
  readonly format: string;
  readonly name: string;
  readonly remedy: string;
}

const TYPES: Readonly<Record<ColumnType, ExpectedType>> = {
  i32: { format: "i", name: "Int32", remedy: 'astype("int32")' },
  u32: { format: "I", name: "UInt32", remedy: 'astype("uint32")' },
  f64: { format: "g", name: "Float64", remedy: 'astype("float64")' },
  date: { format: "tdD", name: "Date32", remedy: "dt.date" },
};

/** The names of the wanted columns that the file has; throws all problems together. */
function checkColumns(
  file: string,
  columns: readonly ColumnSpec[],
  fields: readonly ArrowField[],
): Set<string> {
  const problems: ErrorRecord[] = [];
  const found = new Set<string>();
  for (const column of columns) {
    const type = TYPES[column.type];
    const matching = fields.filter((field) => field.name === column.name);
    const field = matching[0];
    if (field === undefined) {
      if (column.optional === true) continue;
      const listed = fields.map((other) => other.name).join(", ");
      const message = `${file} lacks the column ${column.name} (${type.name})`;
      problems.push(errorRecord("SchemaViolation", message, {
        file,
        field: column.name,
        expected: `a column of type ${type.name}`,
        actual: listed === "" ? "no column at all" : `the columns ${listed}`,
      }));
    } else if (matching.length > 1) {
      const message = `${file} has ${matching.length} columns named ${column.name}`;
      problems.push(errorRecord("SchemaViolation", message, {
        file,
        field: column.name,
        expected: "one column of that name",
        actual: `${matching.length} columns`,
      }));
    } else if (field.format !== type.format || field.dictionary) {
      const actual = arrowTypeName(field);
      const message =
        `Column ${column.name} of ${file} has the type ${actual}, expected ${type.name}`;
      const context = {
        file,
        field: column.name,
        expected_type: type.name,
        actual_type: actual,
      };
      const remedy = `Write the column as ${type.name}; in pandas, ${type.remedy} makes it so`;
      problems.push(errorRecord("TypeMismatch", message, context, remedy));
    } else found.add(column.name);
  }
  throwAll(problems);
  return found;
}

function checkNulls(
  file: string,
  columns: readonly ColumnSpec[],
  sinks: ReadonlyMap<string, ColumnSink>,
): void {
  const problems: ErrorRecord[] = [];
  for (const column of columns) {
    const nulls = sinks.get(column.name)!.nulls;
    if (column.optional === true || nulls === null) continue;
    const row = nulls.indexOf(1);
    const count = nulls.reduce((sum, flag) => sum + flag, 0);
    const others = count > 1 ? ` and in ${count - 1} more` : "";
    const message =
      `Column ${column.name} of ${file} must not hold nulls, but is null in row ${row}`;
    problems.push(errorRecord("SchemaViolation", message + others, {
      file,
      field: column.name,
      row,
      expected: "a value",
      actual: "null",
    }));
  }
  throwAll(problems);
}

function makeTable<S extends ParquetSpec>(
  file: string,
  rows: number,
  sinks: ReadonlyMap<string, ColumnSink>,
): ParquetTable<S> {
  const entries = [...sinks];
  const nulls = Object.fromEntries(entries.map(([name, sink]) => [name, sink.nulls]));
  return {
    file,
    rows,
    // The arrays are made from the specification's types a few lines above, one by one.
    columns: Object.fromEntries(
      entries.map(([name, sink]) => [name, sink.values]),
    ) as unknown as ParquetTable<S>["columns"],
    nulls: nulls as ParquetTable<S>["nulls"],
    present: (name) => sinks.get(name)?.present ?? false,
    isNull: (name, row) => nulls[name]?.[row] === 1,
  };
}

function throwAll(problems: readonly ErrorRecord[]): void {
  const [first, ...others] = problems;
  if (first !== undefined) throw new CobreError([first, ...others]);
}

function damagedFile(file: string, detail: string, cause?: unknown): CobreError {
  const message = `Cannot read ${file} as Parquet: ${detail}`;
  return CobreError.of("ParseError", message, { file, detail }, null, cause);
}

function describe(thrown: unknown): string {
  if (thrown instanceof FooterFault) return thrown.message;
  const full = thrown instanceof Error ? thrown.message : String(thrown);
  const text = full.split("\n", 1)[0]!.slice(0, 200);
  const trapped = thrown instanceof WebAssembly.RuntimeError || thrown instanceof RangeError;
  return trapped ? "the data are damaged and cannot be decoded" : `the data are damaged (${text})`;
}
