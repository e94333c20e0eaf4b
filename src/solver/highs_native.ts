/** HiGHS as a native library, called through Deno's foreign function interface. */
import { CobreError } from "../protocol/mod.ts";
import type { HighsInstance } from "./highs_instance.ts";
import { HighsSolver } from "./highs_solver.ts";
import { HIGHS_SYMBOLS } from "./highs_symbols.ts";
import type { LpSolver, SolverIdentity } from "./lp_solver.ts";

type Library = Deno.DynamicLibrary<typeof HIGHS_SYMBOLS>;

/** Buffers may lie in shared memory, which Deno's own types do not say. */
type Wide<F> = F extends (...args: infer A) => infer R
  ? (...args: { [I in keyof A]: BufferSource extends A[I] ? ArrayBufferView | null : A[I] }) => R
  : never;
type Functions = { [S in keyof Library["symbols"]]: Wide<Library["symbols"][S]> };

const encoder = new TextEncoder();

function cString(text: string): Uint8Array<ArrayBuffer> {
  return encoder.encode(text + "\0");
}

// Read after every solve, so encoded once.
const ITERATIONS = cString("simplex_iteration_count");
const BASIS_VALIDITY = cString("basis_validity");
const INT32_BYTES = 4;

/**
 * Opens the library at `path` (or by a bare name, which the system's loader resolves). Throws
 * `SolverFailure` when it cannot be opened, lacks a function, does not know an option, or counts in
 * 64-bit integers. Calls block the thread: solve in a worker.
 */
export function openNativeHighs(path: string): LpSolver {
  return solverOver(openLibrary(path, HIGHS_SYMBOLS), path);
}

// What it takes to make an instance and set its options.
const PROBED: ReadonlySet<string> = new Set([
  "Highs_create",
  "Highs_destroy",
  "Highs_version",
  "Highs_getSizeofHighsInt",
  "Highs_setBoolOptionValue",
  "Highs_setIntOptionValue",
  "Highs_setDoubleOptionValue",
  "Highs_setStringOptionValue",
]);

/**
 * Says which version a library is, after the same tests as {@link openNativeHighs}. Deno compiles a
 * bridge for each function, 0.25 ms apiece; here most are only looked up by address, which makes
 * this 2–4 ms instead of 8.
 */
export function identifyNativeHighs(path: string): SolverIdentity {
  const addressOnly = { type: "pointer" } as const;
  const symbols = Object.fromEntries(
    Object.entries(HIGHS_SYMBOLS).map(([name, symbol]) => [
      name,
      PROBED.has(name) ? symbol : addressOnly,
    ]),
  );
  // The functions that are addresses here are not called by making and closing a model.
  const library = openLibrary(path, symbols as unknown as typeof HIGHS_SYMBOLS);
  using solver = solverOver(library, path);
  return solver.identity;
}

function solverOver(library: Library, path: string): LpSolver {
  try {
    const functions = library.symbols as unknown as Functions;
    const probe = functions.Highs_create();
    if (probe === null) throw refused(path, "it could not create a solver instance");
    const bytes = functions.Highs_getSizeofHighsInt(probe);
    functions.Highs_destroy(probe);
    if (bytes !== INT32_BYTES) {
      throw refused(path, `it was built with ${8 * bytes}-bit integers, wanted 32-bit ones`);
    }
    const version = functions.Highs_version();
    const solver = new HighsSolver(
      {
        kind: "native",
        version: version === null ? "unknown" : Deno.UnsafePointerView.getCString(version),
        path,
      },
      instanceFactory(functions),
      () => library.close(),
    );
    // An older library that does not know one of our options is refused here, not in mid-run.
    solver.createModel().close();
    return solver;
  } catch (error) {
    library.close();
    throw error;
  }
}

function openLibrary(path: string, symbols: typeof HIGHS_SYMBOLS): Library {
  try {
    return Deno.dlopen(path, symbols);
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    const symbol = /symbol (Highs_\w+)/.exec(text)?.[1];
    const reason = symbol === undefined
      ? text.replace(/^(Could not open library: )+/, "")
      : `it lacks the function ${symbol}`;
    throw refused(path, reason, error);
  }
}

function refused(path: string, reason: string, cause?: unknown): CobreError {
  return CobreError.of(
    "SolverFailure",
    `Cannot use the HiGHS library ${path}: ${reason}`,
    { solver_status: "library_refused", path, reason },
    "Install HiGHS 1.11 or newer, or use the built-in WASM solver with COBRE_SOLVER=wasm",
    cause,
  );
}

/**
 * Binds the functions once, so that V8 sees constant call targets and takes Deno's fast path: a call
 * then costs a few nanoseconds over that from C.
 */
function instanceFactory(functions: Functions): () => HighsInstance {
  const {
    Highs_create,
    Highs_destroy,
    Highs_setBoolOptionValue,
    Highs_setIntOptionValue,
    Highs_setDoubleOptionValue,
    Highs_setStringOptionValue,
    Highs_passLp,
    Highs_getNumNz,
    Highs_getLp,
    Highs_changeColsBoundsByRange,
    Highs_changeColsBoundsBySet,
    Highs_changeRowsBoundsByRange,
    Highs_changeRowsBoundsBySet,
    Highs_changeColsCostByRange,
    Highs_changeColsCostBySet,
    Highs_changeObjectiveOffset,
    Highs_changeCoeff,
    Highs_addRows,
    Highs_deleteRowsByRange,
    Highs_deleteRowsBySet,
    Highs_getBasis,
    Highs_setBasis,
    Highs_clearSolver,
    Highs_run,
    Highs_getModelStatus,
    Highs_getIntInfoValue,
    Highs_getObjectiveValue,
    Highs_getSolution,
    Highs_getDualRay,
    Highs_getPrimalRay,
  } = functions;
  const number = new Int32Array(1);
  const unused = new Int32Array(4);
  const MINIMISE = 1;
  const COLUMN_WISE = 1;

  /** Owns one handle. A null handle would crash HiGHS, so the model asks `destroyed` first. */
  class NativeInstance implements HighsInstance {
    #handle: Deno.PointerValue = Highs_create();

    get destroyed(): boolean {
      return this.#handle === null;
    }
    destroy(): void {
      if (this.#handle === null) return;
      Highs_destroy(this.#handle);
      this.#handle = null;
    }

    setBoolOption(name: string, value: boolean): number {
      return Highs_setBoolOptionValue(this.#handle, cString(name), value ? 1 : 0);
    }
    setIntOption(name: string, value: number): number {
      return Highs_setIntOptionValue(this.#handle, cString(name), value);
    }
    setDoubleOption(name: string, value: number): number {
      return Highs_setDoubleOptionValue(this.#handle, cString(name), value);
    }
    setStringOption(name: string, value: string): number {
      return Highs_setStringOptionValue(this.#handle, cString(name), cString(value));
    }

    passLp(...a: Parameters<HighsInstance["passLp"]>): number {
      const [columns, rows, entries, format, offset, ...arrays] = a;
      const handle = this.#handle;
      return Highs_passLp(handle, columns, rows, entries, format, MINIMISE, offset, ...arrays);
    }
    entryCount(): number {
      return Highs_getNumNz(this.#handle);
    }
    getLp(...arrays: Parameters<HighsInstance["getLp"]>): number {
      const [columns, rows, entries, sense] = [0, 1, 2, 3].map((at) => unused.subarray(at, at + 1));
      return Highs_getLp(
        this.#handle,
        COLUMN_WISE,
        columns!,
        rows!,
        entries!,
        sense!,
        ...arrays,
        null,
      );
    }

    changeColumnBoundsByRange(
      first: number,
      last: number,
      lower: Float64Array,
      upper: Float64Array,
    ): number {
      return Highs_changeColsBoundsByRange(this.#handle, first, last, lower, upper);
    }
    changeColumnBoundsBySet(
      count: number,
      set: Int32Array,
      lower: Float64Array,
      upper: Float64Array,
    ): number {
      return Highs_changeColsBoundsBySet(this.#handle, count, set, lower, upper);
    }
    changeRowBoundsByRange(
      first: number,
      last: number,
      lower: Float64Array,
      upper: Float64Array,
    ): number {
      return Highs_changeRowsBoundsByRange(this.#handle, first, last, lower, upper);
    }
    changeRowBoundsBySet(
      count: number,
      set: Int32Array,
      lower: Float64Array,
      upper: Float64Array,
    ): number {
      return Highs_changeRowsBoundsBySet(this.#handle, count, set, lower, upper);
    }
    changeCostsByRange(first: number, last: number, costs: Float64Array): number {
      return Highs_changeColsCostByRange(this.#handle, first, last, costs);
    }
    changeCostsBySet(count: number, set: Int32Array, costs: Float64Array): number {
      return Highs_changeColsCostBySet(this.#handle, count, set, costs);
    }
    changeOffset(offset: number): number {
      return Highs_changeObjectiveOffset(this.#handle, offset);
    }
    changeCoefficient(row: number, column: number, value: number): number {
      return Highs_changeCoeff(this.#handle, row, column, value);
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
      return Highs_addRows(
        this.#handle,
        count,
        lower,
        upper,
        entries,
        starts,
        indices,
        values,
      );
    }
    deleteRowsByRange(first: number, last: number): number {
      return Highs_deleteRowsByRange(this.#handle, first, last);
    }
    deleteRowsBySet(count: number, set: Int32Array): number {
      return Highs_deleteRowsBySet(this.#handle, count, set);
    }

    getBasis(_columns: number, _rows: number, columnOut: Int32Array, rowOut: Int32Array): number {
      return Highs_getBasis(this.#handle, columnOut, rowOut);
    }
    setBasis(_columns: number, _rows: number, columnIn: Int32Array, rowIn: Int32Array): number {
      return Highs_setBasis(this.#handle, columnIn, rowIn);
    }
    clearSolver(): number {
      return Highs_clearSolver(this.#handle);
    }
    run(): number {
      return Highs_run(this.#handle);
    }
    modelStatus(): number {
      return Highs_getModelStatus(this.#handle);
    }
    simplexIterations(): number {
      Highs_getIntInfoValue(this.#handle, ITERATIONS, number);
      return number[0]!;
    }
    hasBasis(): boolean {
      number[0] = 0;
      Highs_getIntInfoValue(this.#handle, BASIS_VALIDITY, number);
      return number[0] === 1;
    }
    objectiveValue(): number {
      return Highs_getObjectiveValue(this.#handle);
    }
    getSolution(
      _columns: number,
      _rows: number,
      columnValue: Float64Array | null,
      columnDual: Float64Array | null,
      rowValue: Float64Array | null,
      rowDual: Float64Array | null,
    ): number {
      return Highs_getSolution(this.#handle, columnValue, columnDual, rowValue, rowDual);
    }
    getDualRay(found: Int32Array, _rows: number, ray: Float64Array): number {
      return Highs_getDualRay(this.#handle, found, ray);
    }
    getPrimalRay(found: Int32Array, _columns: number, ray: Float64Array): number {
      return Highs_getPrimalRay(this.#handle, found, ray);
    }
  }
  return () => new NativeInstance();
}
