/** HiGHS as WASM: the solver that is always there. About 1.2 times the native time per solve. */
import type { HighsInstance } from "./highs_instance.ts";
import { HighsSolver } from "./highs_solver.ts";
import {
  instantiateWasm,
  packagedWasmBytes,
  type WasmBytes,
  type WasmRuntime,
} from "./highs_wasm_runtime.ts";
import { misuse } from "./lp_checks.ts";
import type { LpSolver } from "./lp_solver.ts";

/** Version that the packaged build reports; a test compares it with the build itself. */
export const WASM_HIGHS_VERSION = "1.15.1";

/** Loads the WASM build; `bytes` says where `highs.wasm` is when it is not in the npm package. */
export async function loadWasmHighs(bytes: WasmBytes = packagedWasmBytes): Promise<LpSolver> {
  const runtime = await instantiateWasm(bytes);
  const version = runtime.textAt(runtime.functions._Highs_version());
  const names: Names = {
    iterations: runtime.keepText("simplex_iteration_count"),
    basisValidity: runtime.keepText("basis_validity"),
  };
  return new HighsSolver(
    { kind: "wasm", version, path: null },
    () => new WasmInstance(runtime, names),
    () => {},
  );
}

interface Names {
  readonly iterations: number;
  readonly basisValidity: number;
}

const MINIMISE = 1;
const COLUMN_WISE = 1;
const LONGEST_OPTION = 256;

/** Owns one handle in the memory of a runtime. */
class WasmInstance implements HighsInstance {
  readonly #runtime: WasmRuntime;
  readonly #names: Names;
  #handle: number;

  constructor(runtime: WasmRuntime, names: Names) {
    if (runtime.failure !== null) {
      throw misuse("createModel", "the WASM build broke down earlier and cannot be used again");
    }
    this.#runtime = runtime;
    this.#names = names;
    this.#handle = runtime.functions._Highs_create();
  }

  get destroyed(): boolean {
    return this.#handle === 0 || this.#runtime.failure !== null;
  }
  destroy(): void {
    if (!this.destroyed) this.#runtime.functions._Highs_destroy(this.#handle);
    this.#handle = 0;
  }

  setBoolOption(name: string, value: boolean): number {
    const { functions } = this.#begin(LONGEST_OPTION);
    return functions._Highs_setBoolOptionValue(this.#handle, this.#text(name), value ? 1 : 0);
  }
  setIntOption(name: string, value: number): number {
    const { functions } = this.#begin(LONGEST_OPTION);
    return functions._Highs_setIntOptionValue(this.#handle, this.#text(name), value);
  }
  setDoubleOption(name: string, value: number): number {
    const { functions } = this.#begin(LONGEST_OPTION);
    return functions._Highs_setDoubleOptionValue(this.#handle, this.#text(name), value);
  }
  setStringOption(name: string, value: string): number {
    const { functions } = this.#begin(2 * LONGEST_OPTION);
    const option = this.#text(name);
    return functions._Highs_setStringOptionValue(this.#handle, option, this.#text(value));
  }

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
  ): number {
    const vectors = format === COLUMN_WISE ? columns : rows;
    const memory = this.#begin(8 * (3 * columns + 2 * rows + vectors + 1 + 2 * entries + 2));
    return memory.functions._Highs_passLp(
      this.#handle,
      columns,
      rows,
      entries,
      format,
      MINIMISE,
      offset,
      memory.putFloats(costs, columns),
      memory.putFloats(columnLower, columns),
      memory.putFloats(columnUpper, columns),
      memory.putFloats(rowLower, rows),
      memory.putFloats(rowUpper, rows),
      memory.putInts(starts, vectors + 1),
      memory.putInts(indices, entries),
      memory.putFloats(values, entries),
    );
  }
  entryCount(): number {
    return this.#runtime.functions._Highs_getNumNz(this.#handle);
  }
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
  ): number {
    const columns = costs.length;
    const rows = rowLower.length;
    const entries = values.length;
    const memory = this.#begin(8 * (5 + 4 * columns + 2 * rows + 2 * entries + 2));
    // Four counts that the model knows already.
    const counts = [0, 0, 0, 0].map(() => memory.intRoom(1));
    const floats: readonly (readonly [number, Float64Array])[] = [
      offset,
      costs,
      columnLower,
      columnUpper,
      rowLower,
      rowUpper,
    ].map((array) => [memory.floatRoom(array.length), array]);
    const startsAt = memory.intRoom(columns);
    const indicesAt = memory.intRoom(entries);
    const valuesAt = memory.floatRoom(entries);
    const status = memory.functions._Highs_getLp(
      this.#handle,
      COLUMN_WISE,
      ...counts,
      ...floats.map(([at]) => at),
      startsAt,
      indicesAt,
      valuesAt,
      0,
    );
    for (const [at, array] of floats) memory.getFloats(at, array, array.length);
    memory.getInts(startsAt, starts, columns);
    memory.getInts(indicesAt, indices, entries);
    memory.getFloats(valuesAt, values, entries);
    return status;
  }

  changeColumnBoundsByRange(
    first: number,
    last: number,
    lower: Float64Array,
    upper: Float64Array,
  ): number {
    const count = last - first + 1;
    const memory = this.#begin(16 * count);
    return memory.functions._Highs_changeColsBoundsByRange(
      this.#handle,
      first,
      last,
      memory.putFloats(lower, count),
      memory.putFloats(upper, count),
    );
  }
  changeColumnBoundsBySet(
    count: number,
    set: Int32Array,
    lower: Float64Array,
    upper: Float64Array,
  ): number {
    const memory = this.#begin(24 * count + 8);
    return memory.functions._Highs_changeColsBoundsBySet(
      this.#handle,
      count,
      memory.putInts(set, count),
      memory.putFloats(lower, count),
      memory.putFloats(upper, count),
    );
  }
  changeRowBoundsByRange(
    first: number,
    last: number,
    lower: Float64Array,
    upper: Float64Array,
  ): number {
    const count = last - first + 1;
    const memory = this.#begin(16 * count);
    return memory.functions._Highs_changeRowsBoundsByRange(
      this.#handle,
      first,
      last,
      memory.putFloats(lower, count),
      memory.putFloats(upper, count),
    );
  }
  changeRowBoundsBySet(
    count: number,
    set: Int32Array,
    lower: Float64Array,
    upper: Float64Array,
  ): number {
    const memory = this.#begin(24 * count + 8);
    return memory.functions._Highs_changeRowsBoundsBySet(
      this.#handle,
      count,
      memory.putInts(set, count),
      memory.putFloats(lower, count),
      memory.putFloats(upper, count),
    );
  }
  changeCostsByRange(first: number, last: number, costs: Float64Array): number {
    const count = last - first + 1;
    const memory = this.#begin(8 * count);
    return memory.functions._Highs_changeColsCostByRange(
      this.#handle,
      first,
      last,
      memory.putFloats(costs, count),
    );
  }
  changeCostsBySet(count: number, set: Int32Array, costs: Float64Array): number {
    const memory = this.#begin(16 * count + 8);
    return memory.functions._Highs_changeColsCostBySet(
      this.#handle,
      count,
      memory.putInts(set, count),
      memory.putFloats(costs, count),
    );
  }
  changeOffset(offset: number): number {
    return this.#runtime.functions._Highs_changeObjectiveOffset(this.#handle, offset);
  }
  changeCoefficient(row: number, column: number, value: number): number {
    return this.#runtime.functions._Highs_changeCoeff(this.#handle, row, column, value);
  }
  addRows(
    count: number,
    lower: Float64Array,
    upper: Float64Array,
    entries: number,
    starts: Int32Array,
    indices: Int32Array,
    values: Float64Array,
  ): number {
    const memory = this.#begin(24 * count + 16 * entries + 16);
    return memory.functions._Highs_addRows(
      this.#handle,
      count,
      memory.putFloats(lower, count),
      memory.putFloats(upper, count),
      entries,
      memory.putInts(starts, count),
      memory.putInts(indices, entries),
      memory.putFloats(values, entries),
    );
  }
  deleteRowsByRange(first: number, last: number): number {
    return this.#runtime.functions._Highs_deleteRowsByRange(this.#handle, first, last);
  }
  deleteRowsBySet(count: number, set: Int32Array): number {
    const memory = this.#begin(8 * count + 8);
    const at = memory.putInts(set, count);
    return memory.functions._Highs_deleteRowsBySet(this.#handle, count, at);
  }

  getBasis(columns: number, rows: number, columnOut: Int32Array, rowOut: Int32Array): number {
    const memory = this.#begin(8 * (columns + rows) + 16);
    const columnsAt = memory.intRoom(columns);
    const rowsAt = memory.intRoom(rows);
    const status = memory.functions._Highs_getBasis(this.#handle, columnsAt, rowsAt);
    memory.getInts(columnsAt, columnOut, columns);
    memory.getInts(rowsAt, rowOut, rows);
    return status;
  }
  setBasis(columns: number, rows: number, columnIn: Int32Array, rowIn: Int32Array): number {
    const memory = this.#begin(8 * (columns + rows) + 16);
    const columnsAt = memory.putInts(columnIn, columns);
    return memory.functions._Highs_setBasis(this.#handle, columnsAt, memory.putInts(rowIn, rows));
  }
  clearSolver(): number {
    return this.#runtime.functions._Highs_clearSolver(this.#handle);
  }
  run(): number {
    return this.#runtime.run(this.#handle);
  }
  modelStatus(): number {
    return this.#runtime.functions._Highs_getModelStatus(this.#handle);
  }
  simplexIterations(): number {
    return this.#info(this.#names.iterations);
  }
  hasBasis(): boolean {
    return this.#info(this.#names.basisValidity) === 1;
  }
  objectiveValue(): number {
    return this.#runtime.functions._Highs_getObjectiveValue(this.#handle);
  }
  getSolution(
    columns: number,
    rows: number,
    columnValue: Float64Array | null,
    columnDual: Float64Array | null,
    rowValue: Float64Array | null,
    rowDual: Float64Array | null,
  ): number {
    const memory = this.#begin(16 * (columns + rows));
    // A null pointer (0) means that HiGHS leaves the array out.
    const valueAt = columnValue === null ? 0 : memory.floatRoom(columns);
    const dualAt = columnDual === null ? 0 : memory.floatRoom(columns);
    const activityAt = rowValue === null ? 0 : memory.floatRoom(rows);
    const rowDualAt = rowDual === null ? 0 : memory.floatRoom(rows);
    const { functions } = memory;
    const handle = this.#handle;
    const status = functions._Highs_getSolution(handle, valueAt, dualAt, activityAt, rowDualAt);
    if (columnValue !== null) memory.getFloats(valueAt, columnValue, columns);
    if (columnDual !== null) memory.getFloats(dualAt, columnDual, columns);
    if (rowValue !== null) memory.getFloats(activityAt, rowValue, rows);
    if (rowDual !== null) memory.getFloats(rowDualAt, rowDual, rows);
    return status;
  }
  getDualRay(found: Int32Array, rows: number, ray: Float64Array): number {
    const memory = this.#begin(8 * (rows + 1));
    const foundAt = memory.putInts(found, 1);
    const rayAt = memory.floatRoom(rows);
    const status = memory.functions._Highs_getDualRay(this.#handle, foundAt, rayAt);
    memory.getInts(foundAt, found, 1);
    if (found[0] === 1) memory.getFloats(rayAt, ray, rows);
    return status;
  }
  getPrimalRay(found: Int32Array, columns: number, ray: Float64Array): number {
    const memory = this.#begin(8 * (columns + 1));
    const foundAt = memory.putInts(found, 1);
    const rayAt = memory.floatRoom(columns);
    const status = memory.functions._Highs_getPrimalRay(this.#handle, foundAt, rayAt);
    memory.getInts(foundAt, found, 1);
    if (found[0] === 1) memory.getFloats(rayAt, ray, columns);
    return status;
  }

  #begin(bytes: number): WasmRuntime {
    this.#runtime.begin(bytes);
    return this.#runtime;
  }
  #text(text: string): number {
    return this.#runtime.putText(text);
  }
  #info(name: number): number {
    const memory = this.#begin(8);
    const at = memory.intRoom(1);
    memory.functions._Highs_getIntInfoValue(this.#handle, name, at);
    return memory.intAt(at);
  }
}
