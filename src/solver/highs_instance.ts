/**
 * One HiGHS instance as TypeScript sees it: the functions of the C interface that are used, with
 * the handle bound and typed arrays in place of pointers. Each call returns the status that HiGHS
 * returned (-1 error, 0 fine, 1 warning) unless a comment says otherwise. There are no checks here;
 * they are made once, in the model above. `null` stands for an array that is not wanted.
 */
export interface HighsInstance {
  /** True once `destroy` ran; no other method may be called then. */
  readonly destroyed: boolean;
  /** Frees the instance. Destroying twice does nothing. */
  destroy(): void;

  setBoolOption(name: string, value: boolean): number;
  setIntOption(name: string, value: number): number;
  setDoubleOption(name: string, value: number): number;
  setStringOption(name: string, value: string): number;

  /** `format` is 1 for columns and 2 for rows. */
  passLp(
    columns: number,
    rows: number,
    entries: number,
    format: number,
    offset: number,
    costs: Float64Array,
    columnLower: Float64Array,
    columnUpper: Float64Array,
    rowLower: Float64Array,
    rowUpper: Float64Array,
    starts: Int32Array,
    indices: Int32Array,
    values: Float64Array,
  ): number;
  /** Returns the number of matrix entries, not a status. */
  entryCount(): number;
  /** Column by column; `starts` has room for one entry per column, `offset` for one value. */
  getLp(
    offset: Float64Array,
    costs: Float64Array,
    columnLower: Float64Array,
    columnUpper: Float64Array,
    rowLower: Float64Array,
    rowUpper: Float64Array,
    starts: Int32Array,
    indices: Int32Array,
    values: Float64Array,
  ): number;

  changeColumnBoundsByRange(
    first: number,
    last: number,
    lower: Float64Array,
    upper: Float64Array,
  ): number;
  changeColumnBoundsBySet(
    count: number,
    set: Int32Array,
    lower: Float64Array,
    upper: Float64Array,
  ): number;
  changeRowBoundsByRange(
    first: number,
    last: number,
    lower: Float64Array,
    upper: Float64Array,
  ): number;
  changeRowBoundsBySet(
    count: number,
    set: Int32Array,
    lower: Float64Array,
    upper: Float64Array,
  ): number;
  changeCostsByRange(first: number, last: number, costs: Float64Array): number;
  changeCostsBySet(count: number, set: Int32Array, costs: Float64Array): number;
  changeOffset(offset: number): number;
  changeCoefficient(row: number, column: number, value: number): number;
  addRows(
    count: number,
    lower: Float64Array,
    upper: Float64Array,
    entries: number,
    starts: Int32Array,
    indices: Int32Array,
    values: Float64Array,
  ): number;
  deleteRowsByRange(first: number, last: number): number;
  deleteRowsBySet(count: number, set: Int32Array): number;

  getBasis(columns: number, rows: number, columnOut: Int32Array, rowOut: Int32Array): number;
  setBasis(columns: number, rows: number, columnIn: Int32Array, rowIn: Int32Array): number;
  clearSolver(): number;
  run(): number;
  /** Returns the model status, see `highs_unwrap.ts`. */
  modelStatus(): number;
  /** Returns the simplex iterations of the last run, not a status. */
  simplexIterations(): number;
  /** Returns whether there is a basis to read, not a status. */
  hasBasis(): boolean;
  /** Returns the objective, not a status. */
  objectiveValue(): number;
  getSolution(
    columns: number,
    rows: number,
    columnValue: Float64Array | null,
    columnDual: Float64Array | null,
    rowValue: Float64Array | null,
    rowDual: Float64Array | null,
  ): number;
  /** `found` receives 1 when there is a ray, else 0. */
  getDualRay(found: Int32Array, rows: number, ray: Float64Array): number;
  /** `found` receives 1 when there is a ray, else 0. */
  getPrimalRay(found: Int32Array, columns: number, ray: Float64Array): number;
}
