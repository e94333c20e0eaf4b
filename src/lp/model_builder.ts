/** Collects the columns, rows and entries of a stage problem from the elements of the system. */
import { CobreError } from "../protocol/mod.ts";
import {
  type ColumnKey,
  type ColumnKind,
  keyText,
  type RowKey,
  type RowKind,
} from "./model_key.ts";
import type { StageModel, VariableEntry } from "./stage_model.ts";

/** Where in the stage a column or row belongs. */
export interface Place {
  readonly entity: number;
  /** Default: the stage as a whole. */
  readonly block?: number;
  readonly sub?: number;
}

/** Bounds and cost of a column; default [0, ∞) at no cost. */
export interface ColumnSpec {
  readonly lower?: number;
  readonly upper?: number;
  readonly cost?: number;
}

/** A stage problem in the making. Known quantities come first; entries on one place add up. */
export class ModelBuilder {
  readonly #columnKeys: ColumnKey[] = [];
  readonly #columnLower: number[] = [];
  readonly #columnUpper: number[] = [];
  readonly #columnCosts: number[] = [];
  readonly #entries: Map<number, number>[] = [];
  readonly #columnIndex = new Map<string, number>();
  readonly #rowKeys: RowKey[] = [];
  readonly #rowLower: number[] = [];
  readonly #rowUpper: number[] = [];
  readonly #rowIndex = new Map<string, number>();
  readonly #variableEntries: VariableEntry[] = [];
  #parameters = 0;

  constructor(readonly position: number) {}

  /** Adds a known quantity with the range of its values. All of them come before other columns. */
  parameter(kind: ColumnKind, place: Place, lower: number, upper: number): number {
    if (this.#parameters !== this.#columnKeys.length) {
      throw fault("a known quantity was added after other columns");
    }
    this.#parameters++;
    return this.column(kind, place, { lower, upper });
  }

  /** Adds a column. */
  column(kind: ColumnKind, place: Place, spec: ColumnSpec = {}): number {
    const { entity, block = -1, sub = 0 } = place;
    const at = register(this.#columnIndex, kind, entity, block, sub);
    this.#columnKeys.push({ kind, entity, block, sub });
    this.#columnLower.push(spec.lower ?? 0);
    this.#columnUpper.push(spec.upper ?? Infinity);
    this.#columnCosts.push(spec.cost ?? 0);
    this.#entries.push(new Map());
    return at;
  }

  /** Adds a row with its bounds. */
  row(kind: RowKind, place: Place, lower: number, upper: number): number {
    const { entity, block = -1, sub = 0 } = place;
    const at = register(this.#rowIndex, kind, entity, block, sub);
    this.#rowKeys.push({ kind, entity, block, sub });
    this.#rowLower.push(lower);
    this.#rowUpper.push(upper);
    return at;
  }

  /** Adds to the coefficient of a column in a row. */
  entry(row: number, column: number, value: number): void {
    if (row < 0 || column < 0 || !Number.isFinite(value)) {
      throw fault(`the entry ${value} at row ${row}, column ${column} is not possible`);
    }
    const entries = this.#entries[column]!;
    entries.set(row, (entries.get(row) ?? 0) + value);
  }

  /** Adds an entry of `value` + `slope` · known quantity; neither part may be left out. */
  variableEntry(row: number, column: number, value: number, quantity: number, slope: number): void {
    this.entry(row, column, value);
    this.#variableEntries.push({ row, column, quantity, slope });
  }

  /** Lowers the upper bound of a column to a value, if it is higher. */
  limit(column: number, upper: number): void {
    this.#columnUpper[column] = Math.min(this.#columnUpper[column]!, upper);
  }

  /** Moves both bounds of a row. */
  shiftRow(row: number, by: number): void {
    this.#rowLower[row]! += by;
    this.#rowUpper[row]! += by;
  }

  /** A column that must exist. */
  columnOf(kind: ColumnKind, entity: number, block = -1, sub = 0): number {
    const at = this.findColumn(kind, entity, block, sub);
    if (at < 0) throw fault(`there is no column ${keyText(kind, entity, block, sub)}`);
    return at;
  }

  /** Where a column is; −1 if there is none. */
  findColumn(kind: ColumnKind, entity: number, block = -1, sub = 0): number {
    return this.#columnIndex.get(keyText(kind, entity, block, sub)) ?? -1;
  }

  /** A row that must exist. */
  rowOf(kind: RowKind, entity: number, block = -1, sub = 0): number {
    const at = this.#rowIndex.get(keyText(kind, entity, block, sub)) ?? -1;
    if (at < 0) throw fault(`there is no row ${keyText(kind, entity, block, sub)}`);
    return at;
  }

  /** The finished problem. */
  build(): StageModel {
    const starts = new Int32Array(this.#columnKeys.length + 1);
    const indices: number[] = [];
    const values: number[] = [];
    this.#entries.forEach((entries, column) => {
      for (const [row, value] of [...entries].sort(([a], [b]) => a - b)) {
        if (value === 0) continue;
        indices.push(row);
        values.push(value);
      }
      starts[column + 1] = indices.length;
    });
    return {
      position: this.position,
      parameters: this.#parameters,
      columnKeys: this.#columnKeys,
      columnLower: Float64Array.from(this.#columnLower),
      columnUpper: Float64Array.from(this.#columnUpper),
      columnCosts: Float64Array.from(this.#columnCosts),
      rowKeys: this.#rowKeys,
      rowLower: Float64Array.from(this.#rowLower),
      rowUpper: Float64Array.from(this.#rowUpper),
      matrix: {
        orientation: "columns",
        starts,
        indices: Int32Array.from(indices),
        values: Float64Array.from(values),
      },
      variableEntries: this.#variableEntries,
      columnIndex: this.#columnIndex,
      rowIndex: this.#rowIndex,
    };
  }
}

function register(
  index: Map<string, number>,
  kind: string,
  entity: number,
  block: number,
  sub: number,
): number {
  const key = keyText(kind, entity, block, sub);
  if (index.has(key)) throw fault(`${key} was added twice`);
  index.set(key, index.size);
  return index.size - 1;
}

function fault(detail: string): CobreError {
  return CobreError.of("InternalPanic", `A stage problem could not be built: ${detail}`, {
    location: "ModelBuilder",
  });
}
