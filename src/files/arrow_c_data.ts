/**
 * Reads Arrow data where it lies in WebAssembly memory, by the C data interface
 * (https://arrow.apache.org/docs/format/CDataInterface.html) with pointers of 32 bits. Compared with
 * a detour through Arrow's stream format this saves two copies and a library.
 */

/** A field of a schema: its name and the format code of its type. */
export interface ArrowField {
  readonly name: string;
  readonly format: string;
  /** Whether values are indices into a dictionary; `format` is then that of the indices. */
  readonly dictionary: boolean;
}

/** A column of a batch, as places in memory. */
export interface ArrowColumn {
  readonly length: number;
  readonly nullCount: number;
  /** Index of the first value in both buffers. */
  readonly offset: number;
  /** Address of the bit mask of non-null values; 0 when there is none. */
  readonly validity: number;
  /** Address of the values. */
  readonly values: number;
}

/** The top-level fields of the schema at an address. */
export function readArrowFields(memory: ArrayBufferLike, address: number): ArrowField[] {
  const view = new DataView(memory);
  const count = Number(view.getBigInt64(address + 24, true));
  const children = view.getUint32(address + 32, true);
  return Array.from({ length: count }, (_, i) => {
    const field = view.getUint32(children + 4 * i, true);
    return {
      format: readCString(memory, view.getUint32(field, true)),
      name: readCString(memory, view.getUint32(field + 4, true)),
      dictionary: view.getUint32(field + 36, true) !== 0,
    };
  });
}

/** The columns of the batch (a structure array) at an address, in the order of its schema. */
export function readArrowBatch(
  memory: ArrayBufferLike,
  address: number,
): { readonly rows: number; readonly columns: ArrowColumn[] } {
  const view = new DataView(memory);
  const count = Number(view.getBigInt64(address + 32, true));
  const children = view.getUint32(address + 44, true);
  const columns = Array.from({ length: count }, (_, i) => {
    const column = view.getUint32(children + 4 * i, true);
    const buffers = view.getUint32(column + 40, true);
    return {
      length: Number(view.getBigInt64(column, true)),
      nullCount: Number(view.getBigInt64(column + 8, true)),
      offset: Number(view.getBigInt64(column + 16, true)),
      validity: view.getUint32(buffers, true),
      values: view.getUint32(buffers + 4, true),
    };
  });
  return { rows: Number(view.getBigInt64(address, true)), columns };
}

/** The name of a type, for messages. */
export function arrowTypeName(field: ArrowField): string {
  const known = TYPE_NAMES[field.format] ??
    TYPE_PREFIXES.find(([prefix]) => field.format.startsWith(prefix))?.[1] ?? field.format;
  return field.dictionary ? `Dictionary (indices ${known})` : known;
}

function readCString(memory: ArrayBufferLike, address: number): string {
  const bytes = new Uint8Array(memory, address);
  return new TextDecoder().decode(bytes.subarray(0, bytes.indexOf(0)));
}

const TYPE_NAMES: Readonly<Record<string, string>> = {
  n: "Null",
  b: "Boolean",
  c: "Int8",
  C: "UInt8",
  s: "Int16",
  S: "UInt16",
  i: "Int32",
  I: "UInt32",
  l: "Int64",
  L: "UInt64",
  e: "Float16",
  f: "Float32",
  g: "Float64",
  z: "Binary",
  Z: "LargeBinary",
  vz: "BinaryView",
  u: "Utf8",
  U: "LargeUtf8",
  vu: "Utf8View",
  tdD: "Date32",
  tdm: "Date64",
};

const TYPE_PREFIXES: readonly (readonly [string, string])[] = [
  ["tt", "Time"],
  ["ts", "Timestamp"],
  ["tD", "Duration"],
  ["ti", "Interval"],
  ["d:", "Decimal"],
  ["w:", "FixedSizeBinary"],
  ["+s", "Struct"],
  ["+m", "Map"],
  ["+", "List"],
];
