/** Where the values of one column are gathered while a file is decoded. */
import type { ArrowColumn } from "./arrow_c_data.ts";
import type { ColumnArray, ColumnType } from "./parquet_table.ts";

/** Values and null flags of a column, allocated once for all rows. */
export class ColumnSink {
  readonly values: ColumnArray<ColumnType>;
  /** Whether the file has the column; if not, every row is null. */
  readonly present: boolean;
  readonly #rows: number;
  #nulls: Uint8Array<ArrayBuffer> | null = null;

  constructor(type: ColumnType, rows: number, present: boolean) {
    this.present = present;
    this.#rows = rows;
    this.values = type === "f64"
      ? new Float64Array(rows)
      : type === "u32"
      ? new Uint32Array(rows)
      : new Int32Array(rows);
    if (present || rows === 0) return;
    this.#nulls = new Uint8Array(rows).fill(1);
    if (type === "f64") this.values.fill(NaN);
  }

  /** 1 for each null row; null when no row is null. */
  get nulls(): Uint8Array<ArrayBuffer> | null {
    return this.#nulls;
  }

  /** Copies the values of a column of a batch, whose first row is row `start` of the table. */
  take(memory: ArrayBufferLike, column: ArrowColumn, start: number): void {
    const { values } = this;
    const address = column.values + column.offset * values.BYTES_PER_ELEMENT;
    if (values instanceof Float64Array) {
      values.set(new Float64Array(memory, address, column.length), start);
    } else if (values instanceof Uint32Array) {
      values.set(new Uint32Array(memory, address, column.length), start);
    } else values.set(new Int32Array(memory, address, column.length), start);
    if (column.nullCount === 0 || column.validity === 0) return;
    this.#nulls ??= new Uint8Array(this.#rows);
    const empty = values instanceof Float64Array ? NaN : 0;
    const bits = new Uint8Array(memory, column.validity);
    for (let i = 0; i < column.length; i++) {
      const bit = column.offset + i;
      if (((bits[bit >> 3]! >> (bit & 7)) & 1) === 1) continue;
      this.#nulls[start + i] = 1;
      values[start + i] = empty;
    }
  }
}
