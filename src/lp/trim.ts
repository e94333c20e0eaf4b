/**
 * Takes out of a stage problem what the solver need not see: known quantities, fixed columns, rows
 * that cannot bind, rows on one column (they become bounds), columns that nothing restrains. Every
 * step holds for all values of the known quantities in their ranges, so one trimmed problem serves
 * all solves of the stage.
 *
 * None of the steps loses duals: a row that cannot bind has dual zero, and the dual of a row that
 * became a bound is the reduced cost of its column, divided by its coefficient. `read_back.ts` undoes
 * them.
 */
import { addScaled, type AffineForm, constantForm, rangeOf } from "./affine.ts";
import type { StageModel } from "./stage_model.ts";

/** A bound of a column that stays: max (or min) of a constant and perhaps an affine form. */
export interface ColumnBound {
  constant: number;
  /** Row that the constant comes from; −1 where it is the column's own. */
  constantRow: number;
  affine: AffineForm | null;
  affineRow: number;
}

/** What trimming leaves and how the rest follows from it. */
export interface Trimmed {
  readonly columnStays: Uint8Array;
  readonly rowStays: Uint8Array;
  /** Value of every column that is gone. */
  readonly columnValue: readonly (AffineForm | null)[];
  readonly lower: readonly ColumnBound[];
  readonly upper: readonly ColumnBound[];
  /** What the columns that are gone contribute to each row. */
  readonly rowShift: readonly AffineForm[];
  /** Columns that are gone, in the order of their removal. */
  readonly removed: readonly number[];
}

/** Relative room for rounding when a row is judged unable to bind. */
const ROUNDING = 1e-11;

/**
 * Trims a problem. Columns in `priced` have further rows added later: they may turn out fixed, but
 * are never judged by the rows that they have now.
 */
export function trim(model: StageModel, priced: ReadonlySet<number>): Trimmed {
  const trimming = new Trimming(model, priced);
  trimming.run();
  return trimming;
}

class Trimming implements Trimmed {
  readonly columnStays: Uint8Array;
  readonly rowStays: Uint8Array;
  readonly columnValue: (AffineForm | null)[];
  readonly lower: ColumnBound[];
  readonly upper: ColumnBound[];
  readonly rowShift: AffineForm[];
  readonly removed: number[] = [];
  readonly #rowStarts: Int32Array;
  readonly #rowColumns: Int32Array;
  readonly #rowValues: Float64Array;
  readonly #columnLeft: Int32Array;
  /** Rows and columns with coefficients that vary. */
  readonly #variableRows: ReadonlySet<number>;
  readonly #variableColumns: ReadonlySet<number>;
  #changed = true;

  constructor(readonly model: StageModel, readonly priced: ReadonlySet<number>) {
    const columns = model.columnCosts.length;
    const rows = model.rowLower.length;
    this.columnStays = new Uint8Array(columns).fill(1);
    this.rowStays = new Uint8Array(rows).fill(1);
    this.columnValue = new Array<AffineForm | null>(columns).fill(null);
    const own = (constant: number): ColumnBound => ({
      constant,
      constantRow: -1,
      affine: null,
      affineRow: -1,
    });
    this.lower = Array.from(model.columnLower, own);
    this.upper = Array.from(model.columnUpper, own);
    this.rowShift = Array.from(model.rowLower, () => constantForm(0));
    this.#variableRows = new Set(model.variableEntries.map(({ row }) => row));
    this.#variableColumns = new Set(model.variableEntries.map(({ column }) => column));
    const { starts, indices, values } = model.matrix;
    this.#rowStarts = new Int32Array(rows + 1);
    for (const row of indices) this.#rowStarts[row + 1]!++;
    for (let row = 0; row < rows; row++) this.#rowStarts[row + 1]! += this.#rowStarts[row]!;
    this.#rowColumns = new Int32Array(indices.length);
    this.#rowValues = new Float64Array(indices.length);
    this.#columnLeft = new Int32Array(columns);
    const next = this.#rowStarts.slice();
    for (let column = 0; column < columns; column++) {
      this.#columnLeft[column] = starts[column + 1]! - starts[column]!;
      for (let k = starts[column]!; k < starts[column + 1]!; k++) {
        const at = next[indices[k]!]!++;
        this.#rowColumns[at] = column;
        this.#rowValues[at] = values[k]!;
      }
    }
  }

  run(): void {
    for (let column = 0; column < this.model.parameters; column++) {
      const value = constantForm(0);
      value.terms.set(column, 1);
      this.#removeColumn(column, value);
    }
    while (this.#changed) {
      this.#changed = false;
      for (let column = 0; column < this.columnStays.length; column++) {
        if (this.columnStays[column] === 1) this.#visitColumn(column);
      }
      for (let row = 0; row < this.rowStays.length; row++) {
        if (this.rowStays[row] === 1) this.#visitRow(row);
      }
    }
  }

  #visitColumn(column: number): void {
    const lower = this.lower[column]!;
    const upper = this.upper[column]!;
    const constant = lower.affine === null && upper.affine === null;
    if (constant && lower.constant === upper.constant) {
      // At zero it does not matter what the coefficients are.
      if (lower.constant !== 0 && this.#variableColumns.has(column)) return;
      this.#removeColumn(column, constantForm(lower.constant));
      return;
    }
    if (this.#columnLeft[column] !== 0 || this.priced.has(column)) return;
    // Nothing restrains the column but its bounds: it rests where it is cheapest.
    const cost = this.model.columnCosts[column]!;
    const atLower = cost > 0 || (cost === 0 && lower.constant > -Infinity);
    const side = atLower ? lower : upper;
    if (side.affine !== null || lower.constant > upper.constant) return;
    const rest = Number.isFinite(side.constant) ? side.constant : cost === 0 ? 0 : NaN;
    if (!Number.isNaN(rest) && constant) this.#removeColumn(column, constantForm(rest));
  }

  #visitRow(row: number): void {
    if (this.#variableRows.has(row)) return;
    const { rowLower, rowUpper, columnLower, columnUpper } = this.model;
    const shift = this.rowShift[row]!;
    let [least, greatest] = rangeOf(shift, columnLower, columnUpper);
    let left = 0;
    let last = -1;
    let coefficient = 0;
    for (let k = this.#rowStarts[row]!; k < this.#rowStarts[row + 1]!; k++) {
      const column = this.#rowColumns[k]!;
      if (this.columnStays[column] === 0) continue;
      left++;
      last = column;
      coefficient = this.#rowValues[k]!;
      const low = this.#leastOf(column);
      const high = this.#greatestOf(column);
      least += coefficient * (coefficient > 0 ? low : high);
      greatest += coefficient * (coefficient > 0 ? high : low);
    }
    const lower = rowLower[row]!;
    const upper = rowUpper[row]!;
    if (
      (lower === -Infinity || least >= lower - ROUNDING * Math.abs(lower)) &&
      (upper === Infinity || greatest <= upper + ROUNDING * Math.abs(upper))
    ) {
      this.#removeRow(row);
    } else if (left === 1) {
      this.#boundBy(row, last, coefficient);
    }
  }

  /** Turns a row on one column into bounds of the column, where that is possible. */
  #boundBy(row: number, column: number, coefficient: number): void {
    const shift = this.rowShift[row]!;
    const side = (bound: number): AffineForm => {
      const form = constantForm(bound / coefficient);
      addScaled(form, shift, -1 / coefficient);
      return form;
    };
    const { rowLower, rowUpper, columnLower, columnUpper } = this.model;
    const lower = this.lower[column]!;
    const upper = this.upper[column]!;
    const varies = shift.terms.size > 0;
    if (varies && rowLower[row] === rowUpper[row]) {
      const value = side(rowLower[row]!);
      const [least, greatest] = rangeOf(value, columnLower, columnUpper);
      if (lower.affine !== null || upper.affine !== null) return;
      if (least < lower.constant || greatest > upper.constant) return;
      Object.assign(lower, { affine: value, affineRow: row });
      Object.assign(upper, { affine: value, affineRow: row });
      this.#removeRow(row);
      this.#removeColumn(column, value);
      return;
    }
    const [low, high] = coefficient > 0
      ? [side(rowLower[row]!), side(rowUpper[row]!)]
      : [side(rowUpper[row]!), side(rowLower[row]!)];
    if (varies) {
      if (low.constant > -Infinity && lower.affine !== null) return;
      if (high.constant < Infinity && upper.affine !== null) return;
      if (low.constant > -Infinity) Object.assign(lower, { affine: low, affineRow: row });
      if (high.constant < Infinity) Object.assign(upper, { affine: high, affineRow: row });
      this.#removeRow(row);
      return;
    }
    // Bounds that cross are left to the solver, which says so.
    if (Math.max(low.constant, lower.constant) > Math.min(high.constant, upper.constant)) return;
    if (low.constant > lower.constant) {
      Object.assign(lower, { constant: low.constant, constantRow: row });
    }
    if (high.constant < upper.constant) {
      Object.assign(upper, { constant: high.constant, constantRow: row });
    }
    this.#removeRow(row);
  }

  #leastOf(column: number): number {
    const { constant, affine } = this.lower[column]!;
    if (affine === null) return constant;
    return Math.max(constant, rangeOf(affine, this.model.columnLower, this.model.columnUpper)[0]);
  }

  #greatestOf(column: number): number {
    const { constant, affine } = this.upper[column]!;
    if (affine === null) return constant;
    return Math.min(constant, rangeOf(affine, this.model.columnLower, this.model.columnUpper)[1]);
  }

  #removeRow(row: number): void {
    this.rowStays[row] = 0;
    this.#changed = true;
    for (let k = this.#rowStarts[row]!; k < this.#rowStarts[row + 1]!; k++) {
      this.#columnLeft[this.#rowColumns[k]!]!--;
    }
  }

  #removeColumn(column: number, value: AffineForm): void {
    this.columnStays[column] = 0;
    this.columnValue[column] = value;
    this.removed.push(column);
    this.#changed = true;
    const { starts, indices, values } = this.model.matrix;
    for (let k = starts[column]!; k < starts[column + 1]!; k++) {
      addScaled(this.rowShift[indices[k]!]!, value, values[k]!);
    }
  }
}
