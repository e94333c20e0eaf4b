/**
 * The footer of a Parquet file, as far as it is needed before decoding: that there is one, where
 * it starts and how many rows it promises. The format is public (Apache Parquet, `parquet.thrift`,
 * in the compact protocol of Apache Thrift). Looking here first keeps most damaged files away from
 * the decoder.
 */

/** What the footer says. */
export interface ParquetFooter {
  /** Offset of the metadata in the file. */
  readonly start: number;
  readonly rows: number;
}

/** A footer that cannot be used, and why. */
export class FooterFault extends Error {
  override readonly name = "FooterFault";
}

const MAGIC = 0x31524150; // "PAR1" read as a little-endian number.
const MAGIC_ENCRYPTED = 0x45524150; // "PARE"

/** Reads the footer; throws {@link FooterFault} when the bytes are not a whole Parquet file. */
export function readParquetFooter(bytes: Uint8Array<ArrayBuffer>): ParquetFooter {
  if (bytes.length === 0) throw new FooterFault("the file is empty");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 4 || view.getUint32(0, true) !== MAGIC) {
    if (bytes.length >= 4 && view.getUint32(0, true) === MAGIC_ENCRYPTED) {
      throw new FooterFault("the file is encrypted, which is not supported");
    }
    throw new FooterFault("it is not a Parquet file: it does not start with PAR1");
  }
  if (bytes.length < 12 || view.getUint32(bytes.length - 4, true) !== MAGIC) {
    throw new FooterFault("the file is cut short: it does not end with PAR1");
  }
  const length = view.getUint32(bytes.length - 8, true);
  const start = bytes.length - 8 - length;
  if (start < 4) throw new FooterFault("the footer is damaged: it would be longer than the file");
  return { start, rows: countRows(bytes.subarray(start, bytes.length - 8)) };
}

/** Field numbers of `FileMetaData` and `RowGroup` in `parquet.thrift`. */
const FILE_ROWS = 3;
const FILE_ROW_GROUPS = 4;
const GROUP_ROWS = 3;

function countRows(metadata: Uint8Array): number {
  const reader = new ThriftReader(metadata);
  let rows = -1;
  let rowsOfGroups = 0;
  reader.struct((id, type) => {
    if (id === FILE_ROWS && type === Thrift.i64) rows = reader.integer();
    else if (id === FILE_ROW_GROUPS && type === Thrift.list) {
      reader.list(() =>
        reader.struct((field, fieldType) => {
          if (field !== GROUP_ROWS || fieldType !== Thrift.i64) reader.skip(fieldType);
          else rowsOfGroups += reader.integer();
        })
      );
    } else reader.skip(type);
  });
  if (rows < 0 || rows !== rowsOfGroups) {
    throw new FooterFault(
      `the footer is damaged: it promises ${rows} rows but its row groups hold ${rowsOfGroups}`,
    );
  }
  return rows;
}

/** Type codes of the compact protocol. */
const Thrift = {
  stop: 0,
  true: 1,
  false: 2,
  i8: 3,
  i16: 4,
  i32: 5,
  i64: 6,
  double: 7,
  binary: 8,
  list: 9,
  set: 10,
  map: 11,
  struct: 12,
} as const;

const MAX_NESTING = 32;

/** Walks over structures in the compact protocol; every step is bounded by the bytes at hand. */
class ThriftReader {
  readonly #bytes: Uint8Array;
  #at = 0;
  #nesting = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** Calls `field` for each field of a structure; it must read or skip the field's value. */
  struct(field: (id: number, type: number) => void): void {
    if (++this.#nesting > MAX_NESTING) throw damaged();
    let id = 0;
    for (;;) {
      const head = this.#byte();
      const type = head & 0x0f;
      if (type === Thrift.stop) break;
      id = head >> 4 === 0 ? this.integer() : id + (head >> 4);
      field(id, type);
    }
    this.#nesting--;
  }

  /** Calls `item` for each element of a list; it must read or skip the element. */
  list(item: (type: number) => void): void {
    if (++this.#nesting > MAX_NESTING) throw damaged();
    const head = this.#byte();
    const count = head >> 4 === 15 ? this.#varint() : head >> 4;
    if (count > this.#bytes.length - this.#at) throw damaged();
    for (let i = 0; i < count; i++) item(head & 0x0f);
    this.#nesting--;
  }

  /** A zigzag integer; beyond 2^53 it loses digits, which no count reaches. */
  integer(): number {
    const raw = this.#varint();
    return raw % 2 === 0 ? raw / 2 : -(raw + 1) / 2;
  }

  skip(type: number, inContainer = false): void {
    switch (type) {
      case Thrift.true:
      case Thrift.false:
        // A field carries its truth in the type; an element takes a byte.
        if (inContainer) this.#advance(1);
        return;
      case Thrift.i8:
        return this.#advance(1);
      case Thrift.i16:
      case Thrift.i32:
      case Thrift.i64:
        this.#varint();
        return;
      case Thrift.double:
        return this.#advance(8);
      case Thrift.binary:
        return this.#advance(this.#varint());
      case Thrift.list:
      case Thrift.set:
        return this.list((element) => this.skip(element, true));
      case Thrift.map: {
        if (++this.#nesting > MAX_NESTING) throw damaged();
        const count = this.#varint();
        const types = count === 0 ? 0 : this.#byte();
        if (count > this.#bytes.length - this.#at) throw damaged();
        for (let i = 0; i < count; i++) {
          this.skip(types >> 4, true);
          this.skip(types & 0x0f, true);
        }
        this.#nesting--;
        return;
      }
      case Thrift.struct:
        return this.struct((_, fieldType) => this.skip(fieldType));
      default:
        throw damaged();
    }
  }

  #varint(): number {
    let value = 0;
    for (let scale = 1, i = 0; i < 10; i++, scale *= 128) {
      const byte = this.#byte();
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
    }
    throw damaged();
  }

  #byte(): number {
    const byte = this.#bytes[this.#at++];
    if (byte === undefined) throw damaged();
    return byte;
  }

  #advance(count: number): void {
    this.#at += count;
    if (this.#at > this.#bytes.length) throw damaged();
  }
}

function damaged(): FooterFault {
  return new FooterFault("the footer is damaged");
}
