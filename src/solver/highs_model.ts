/** The model that callers hold: checks, bookkeeping and status codes over one HiGHS instance. */
import type { HighsInstance } from "./highs_instance.ts";
import {
  applyFixedOptions,
  applyIterationLimit,
  applyOptions,
  changeOptions,
} from "./highs_options.ts";
import { runOutcome, unwrap } from "./highs_unwrap.ts";
import {
  misuse,
  needBasicCount,
  needBasis,
  needBounds,
  needCount,
  needFinite,
  needFiniteValue,
  needFloats,
  needIndex,
  needIndices,
  needLp,
  needMatrix,
  needRange,
  needRisingIndices,
} from "./lp_checks.ts";
import { type LpOptions, WARM_OPTIONS } from "./lp_options.ts";
import type { LpModel } from "./lp_solver.ts";
import type { BasisArray, LpData, LpStatus } from "./lp_types.ts";

const COLUMN_WISE = 1;
const ROW_WISE = 2;

/** See {@link LpModel}; the same for the native library and for WASM. */
export class HighsModel implements LpModel {
  readonly #instance: HighsInstance;
  readonly #onClose: (model: HighsModel) => void;
  #columns = 0;
  #rows = 0;
  #options: LpOptions;
  #status: LpStatus = "not_solved";
  #iterations = 0;
  // Bases travel as 32-bit integers; these hold them on the way from and to bytes.
  #columnStatus = new Int32Array(0);
  #rowStatus = new Int32Array(0);
  readonly #found = new Int32Array(1);

  constructor(
    instance: HighsInstance,
    options: Partial<LpOptions>,
    onClose: (model: HighsModel) => void,
  ) {
    this.#instance = instance;
    this.#onClose = onClose;
    this.#options = { ...WARM_OPTIONS, ...options };
    applyFixedOptions(instance);
    applyOptions(instance, null, this.#options);
    applyIterationLimit(instance, this.#options, 0);
  }

  get columns(): number {
    return this.#columns;
  }
  get rows(): number {
    return this.#rows;
  }
  get closed(): boolean {
    return this.#instance.destroyed;
  }
  get options(): LpOptions {
    return this.#options;
  }
  get status(): LpStatus {
    return this.#status;
  }
  get iterations(): number {
    return this.#iterations;
  }

  load(lp: LpData): void {
    const instance = this.#live("load");
    const entries = needLp("load", lp);
    this.#changed();
    this.#columns = lp.columnCosts.length;
    this.#rows = lp.rowLower.length;
    const { orientation, starts, indices, values } = lp.matrix;
    const status = instance.passLp(
      this.#columns,
      this.#rows,
      entries,
      orientation === "columns" ? COLUMN_WISE : ROW_WISE,
      lp.offset,
      lp.columnCosts,
      lp.columnLower,
      lp.columnUpper,
      lp.rowLower,
      lp.rowUpper,
      starts,
      indices,
      values,
    );
    if (status === -1) this.#columns = this.#rows = 0;
    unwrap(status, "the model");
    applyIterationLimit(instance, this.#options, this.#columns);
    this.#columnStatus = new Int32Array(this.#columns);
  }

  data(): LpData {
    const instance = this.#live("data");
    const columns = this.#columns;
    const entries = columns === 0 ? 0 : instance.entryCount();
    const offset = new Float64Array(1);
    const starts = new Int32Array(columns + 1);
    const lp = {
      columnCosts: new Float64Array(columns),
      columnLower: new Float64Array(columns),
      columnUpper: new Float64Array(columns),
      rowLower: new Float64Array(this.#rows),
      rowUpper: new Float64Array(this.#rows),
      indices: new Int32Array(entries),
      values: new Float64Array(entries),
    };
    if (columns > 0) {
      unwrap(
        instance.getLp(
          offset,
          lp.columnCosts,
          lp.columnLower,
          lp.columnUpper,
          lp.rowLower,
          lp.rowUpper,
          starts,
          lp.indices,
          lp.values,
        ),
        "reading the model",
      );
    }
    starts[columns] = entries;
    const { indices, values, ...rest } = lp;
    return {
      ...rest,
      matrix: { orientation: "columns", starts, indices, values },
      offset: offset[0]!,
    };
  }

  setColumnBounds(first: number, count: number, lower: Float64Array, upper: Float64Array): void {
    const instance = this.#live("setColumnBounds");
    needRange("setColumnBounds", "columns", first, count, this.#columns);
    needBounds("setColumnBounds", lower, upper, count);
    if (count === 0) return;
    this.#changed();
    const status = instance.changeColumnBoundsByRange(first, first + count - 1, lower, upper);
    unwrap(status, "column bounds");
  }

  setColumnBoundsAt(
    count: number,
    indices: Int32Array,
    lower: Float64Array,
    upper: Float64Array,
  ): void {
    const instance = this.#live("setColumnBoundsAt");
    needIndices("setColumnBoundsAt", "indices", indices, count, this.#columns);
    needBounds("setColumnBoundsAt", lower, upper, count);
    if (count === 0) return;
    this.#changed();
    unwrap(instance.changeColumnBoundsBySet(count, indices, lower, upper), "column bounds");
  }

  setRowBounds(first: number, count: number, lower: Float64Array, upper: Float64Array): void {
    const instance = this.#live("setRowBounds");
    needRange("setRowBounds", "rows", first, count, this.#rows);
    needBounds("setRowBounds", lower, upper, count);
    if (count === 0) return;
    this.#changed();
    unwrap(instance.changeRowBoundsByRange(first, first + count - 1, lower, upper), "row bounds");
  }

  setRowBoundsAt(
    count: number,
    indices: Int32Array,
    lower: Float64Array,
    upper: Float64Array,
  ): void {
    const instance = this.#live("setRowBoundsAt");
    needIndices("setRowBoundsAt", "indices", indices, count, this.#rows);
    needBounds("setRowBoundsAt", lower, upper, count);
    if (count === 0) return;
    this.#changed();
    unwrap(instance.changeRowBoundsBySet(count, indices, lower, upper), "row bounds");
  }

  setCosts(first: number, count: number, costs: Float64Array): void {
    const instance = this.#live("setCosts");
    needRange("setCosts", "columns", first, count, this.#columns);
    needFinite("setCosts", "costs", costs, count);
    if (count === 0) return;
    this.#changed();
    unwrap(instance.changeCostsByRange(first, first + count - 1, costs), "costs");
  }

  setCostsAt(count: number, indices: Int32Array, costs: Float64Array): void {
    const instance = this.#live("setCostsAt");
    needIndices("setCostsAt", "indices", indices, count, this.#columns);
    needFinite("setCostsAt", "costs", costs, count);
    if (count === 0) return;
    this.#changed();
    unwrap(instance.changeCostsBySet(count, indices, costs), "costs");
  }

  setOffset(offset: number): void {
    const instance = this.#live("setOffset");
    needFiniteValue("setOffset", "offset", offset);
    this.#changed();
    unwrap(instance.changeOffset(offset), "the objective's offset");
  }

  setCoefficient(row: number, column: number, value: number): void {
    const instance = this.#live("setCoefficient");
    needIndex("setCoefficient", "row", row, this.#rows);
    needIndex("setCoefficient", "column", column, this.#columns);
    needFiniteValue("setCoefficient", "value", value);
    this.#changed();
    unwrap(instance.changeCoefficient(row, column, value), "a coefficient");
  }

  addRows(
    count: number,
    lower: Float64Array,
    upper: Float64Array,
    starts: Int32Array,
    indices: Int32Array,
    values: Float64Array,
  ): void {
    const instance = this.#live("addRows");
    needCount("addRows", count);
    needBounds("addRows", lower, upper, count);
    const entries = needMatrix("addRows", count, this.#columns, starts, indices, values);
    if (count === 0) return;
    this.#changed();
    unwrap(instance.addRows(count, lower, upper, entries, starts, indices, values), "new rows");
    this.#rows += count;
  }

  deleteRows(first: number, count: number): void {
    const instance = this.#live("deleteRows");
    needRange("deleteRows", "rows", first, count, this.#rows);
    if (count === 0) return;
    this.#changed();
    unwrap(instance.deleteRowsByRange(first, first + count - 1), "the deletion of rows");
    this.#rows -= count;
  }

  deleteRowsAt(count: number, indices: Int32Array): void {
    const instance = this.#live("deleteRowsAt");
    needRisingIndices("deleteRowsAt", "indices", indices, count, this.#rows);
    if (count === 0) return;
    this.#changed();
    unwrap(instance.deleteRowsBySet(count, indices), "the deletion of rows");
    this.#rows -= count;
  }

  getBasis(columns: BasisArray, rows: BasisArray): void {
    const instance = this.#live("getBasis");
    needBasis("getBasis", "columns", columns, this.#columns, false);
    needBasis("getBasis", "rows", rows, this.#rows, false);
    unwrap(instance.hasBasis() ? 0 : -1, "reading a basis when there is none");
    const columnOut = columns instanceof Int32Array ? columns : this.#columnStatus;
    const rowOut = rows instanceof Int32Array ? rows : this.#rowScratch();
    unwrap(
      instance.getBasis(this.#columns, this.#rows, columnOut, rowOut),
      "reading the basis",
    );
    if (columnOut !== columns) copy(columnOut, columns, this.#columns);
    if (rowOut !== rows) copy(rowOut, rows, this.#rows);
  }

  setBasis(columns: BasisArray, rows: BasisArray): void {
    const instance = this.#live("setBasis");
    needBasis("setBasis", "columns", columns, this.#columns, true);
    needBasis("setBasis", "rows", rows, this.#rows, true);
    needBasicCount("setBasis", columns, this.#columns, rows, this.#rows);
    const columnIn = columns instanceof Int32Array ? columns : this.#columnStatus;
    const rowIn = rows instanceof Int32Array ? rows : this.#rowScratch();
    if (columnIn !== columns) copy(columns, columnIn, this.#columns);
    if (rowIn !== rows) copy(rows, rowIn, this.#rows);
    this.#changed();
    unwrap(instance.setBasis(this.#columns, this.#rows, columnIn, rowIn), "the basis");
  }

  reset(columns?: BasisArray, rows?: BasisArray): void {
    const instance = this.#live("reset");
    if ((columns === undefined) !== (rows === undefined)) {
      throw misuse("reset", "half a basis was given, wanted columns and rows or neither");
    }
    this.#changed();
    unwrap(instance.clearSolver(), "clearing the solver");
    if (columns !== undefined && rows !== undefined) this.setBasis(columns, rows);
  }

  setOptions(options: Partial<LpOptions>): void {
    const instance = this.#live("setOptions");
    const before = this.#options;
    const after = { ...before, ...options };
    changeOptions(instance, before, after);
    if (before.iterationLimit !== after.iterationLimit) {
      applyIterationLimit(instance, after, this.#columns);
    }
    this.#options = after;
  }

  solve(): LpStatus {
    const instance = this.#live("solve");
    if (this.#columns === 0) throw misuse("solve", "no model is loaded, wanted `load` before");
    const callStatus = instance.run();
    this.#status = runOutcome(callStatus, instance.modelStatus());
    this.#iterations = instance.simplexIterations();
    return this.#status;
  }

  objective(): number {
    const instance = this.#live("objective");
    this.#needOptimal("objective");
    return instance.objectiveValue();
  }

  readSolution(
    columnValues: Float64Array | null,
    reducedCosts: Float64Array | null,
    rowActivities: Float64Array | null,
    rowDuals: Float64Array | null,
  ): void {
    const instance = this.#live("readSolution");
    this.#needOptimal("readSolution");
    const columns = this.#columns;
    const rows = this.#rows;
    if (columnValues !== null) needFloats("readSolution", "columnValues", columnValues, columns);
    if (reducedCosts !== null) needFloats("readSolution", "reducedCosts", reducedCosts, columns);
    if (rowActivities !== null) needFloats("readSolution", "rowActivities", rowActivities, rows);
    if (rowDuals !== null) needFloats("readSolution", "rowDuals", rowDuals, rows);
    unwrap(
      instance.getSolution(columns, rows, columnValues, reducedCosts, rowActivities, rowDuals),
      "reading the solution",
    );
  }

  readDualRay(rows: Float64Array): boolean {
    const instance = this.#live("readDualRay");
    needFloats("readDualRay", "rows", rows, this.#rows);
    this.#found[0] = 0;
    const status = instance.getDualRay(this.#found, this.#rows, rows);
    return status !== -1 && this.#found[0] === 1;
  }

  readPrimalRay(columns: Float64Array): boolean {
    const instance = this.#live("readPrimalRay");
    needFloats("readPrimalRay", "columns", columns, this.#columns);
    this.#found[0] = 0;
    const status = instance.getPrimalRay(this.#found, this.#columns, columns);
    return status !== -1 && this.#found[0] === 1;
  }

  close(): void {
    if (!this.#instance.destroyed) this.#onClose(this);
  }

  [Symbol.dispose](): void {
    this.close();
  }

  #live(operation: string): HighsInstance {
    if (this.#instance.destroyed) throw misuse(operation, "the model is closed");
    return this.#instance;
  }

  #changed(): void {
    this.#status = "not_solved";
    this.#iterations = 0;
  }

  #needOptimal(operation: string): void {
    if (this.#status === "optimal") return;
    throw misuse(operation, `the model's status is ${this.#status}, wanted optimal`);
  }

  #rowScratch(): Int32Array<ArrayBuffer> {
    if (this.#rowStatus.length < this.#rows) this.#rowStatus = new Int32Array(2 * this.#rows);
    return this.#rowStatus;
  }
}

function copy(from: BasisArray, to: BasisArray, count: number): void {
  for (let i = 0; i < count; i++) to[i] = from[i]!;
}
