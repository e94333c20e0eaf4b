/** The WASM build of HiGHS: its functions, its memory, and arrays on their way in and out. */
import { CobreError } from "../protocol/mod.ts";

/** The exported C functions that are called; pointers are numbers in WASM memory. */
export interface WasmFunctions {
  _malloc(bytes: number): number;
  _free(at: number): void;
  _Highs_create(): number;
  _Highs_destroy(highs: number): void;
  _Highs_version(): number;
  _Highs_setBoolOptionValue(highs: number, option: number, value: number): number;
  _Highs_setIntOptionValue(highs: number, option: number, value: number): number;
  _Highs_setDoubleOptionValue(highs: number, option: number, value: number): number;
  _Highs_setStringOptionValue(highs: number, option: number, value: number): number;
  _Highs_passLp(highs: number, ...rest: number[]): number;
  _Highs_getNumNz(highs: number): number;
  _Highs_getLp(highs: number, ...rest: number[]): number;
  _Highs_changeColsBoundsByRange(h: number, from: number, to: number, l: number, u: number): number;
  _Highs_changeColsBoundsBySet(h: number, n: number, set: number, l: number, u: number): number;
  _Highs_changeRowsBoundsByRange(h: number, from: number, to: number, l: number, u: number): number;
  _Highs_changeRowsBoundsBySet(h: number, n: number, set: number, l: number, u: number): number;
  _Highs_changeColsCostByRange(highs: number, from: number, to: number, cost: number): number;
  _Highs_changeColsCostBySet(highs: number, count: number, set: number, cost: number): number;
  _Highs_changeObjectiveOffset(highs: number, offset: number): number;
  _Highs_changeCoeff(highs: number, row: number, column: number, value: number): number;
  _Highs_addRows(highs: number, ...rest: number[]): number;
  _Highs_deleteRowsByRange(highs: number, from: number, to: number): number;
  _Highs_deleteRowsBySet(highs: number, count: number, set: number): number;
  _Highs_getBasis(highs: number, columns: number, rows: number): number;
  _Highs_setBasis(highs: number, columns: number, rows: number): number;
  _Highs_clearSolver(highs: number): number;
  _Highs_run(highs: number): number;
  _Highs_getModelStatus(highs: number): number;
  _Highs_getIntInfoValue(highs: number, info: number, value: number): number;
  _Highs_getObjectiveValue(highs: number): number;
  _Highs_getSolution(highs: number, cv: number, cd: number, rv: number, rd: number): number;
  _Highs_getDualRay(highs: number, found: number, ray: number): number;
  _Highs_getPrimalRay(highs: number, found: number, ray: number): number;
}

/** Where the bytes of `highs.wasm` come from. */
export type WasmBytes = () => Promise<Uint8Array<ArrayBuffer>>;

/** Reads the bytes from the npm package as Deno installed it. */
export function packagedWasmBytes(): Promise<Uint8Array<ArrayBuffer>> {
  return Deno.readFile(new URL(import.meta.resolve("highs/runtime")));
}

/** What the package's loader takes; it also leaves the functions on this object. */
type LoaderOptions = Partial<WasmFunctions> & {
  instantiateWasm(
    imports: WebAssembly.Imports,
    receive: (instance: WebAssembly.Instance) => void,
  ): WebAssembly.Exports;
};

/**
 * One instantiation of the WASM build, for one thread. All models in it share its memory. The
 * scratch area below carries arrays across: a caller asks for room once per call and then places
 * its arrays one after the other.
 */
export class WasmRuntime {
  readonly functions: WasmFunctions;
  readonly #memory: WebAssembly.Memory;
  #buffer: ArrayBufferLike;
  #floats: Float64Array;
  #ints: Int32Array;
  #bytes: Uint8Array;
  #scratch = 0;
  #capacity = 0;
  #end = 0;
  #failure: unknown = null;

  constructor(functions: WasmFunctions, memory: WebAssembly.Memory) {
    this.functions = functions;
    this.#memory = memory;
    this.#buffer = memory.buffer;
    this.#floats = new Float64Array(memory.buffer);
    this.#ints = new Int32Array(memory.buffer);
    this.#bytes = new Uint8Array(memory.buffer);
  }

  /** Size of the memory, which only grows. */
  get memoryBytes(): number {
    return this.#memory.buffer.byteLength;
  }

  /** Why the runtime cannot be used any more; null while it can. */
  get failure(): unknown {
    return this.#failure;
  }

  /** Starts a call that needs up to `bytes` of scratch, each array rounded up to 8 bytes. */
  begin(bytes: number): void {
    if (bytes > this.#capacity) {
      if (this.#scratch !== 0) this.functions._free(this.#scratch);
      this.#capacity = 0;
      const capacity = Math.max(4096, 2 * bytes);
      this.#scratch = this.functions._malloc(capacity);
      if (this.#scratch === 0) throw this.#outOfMemory(capacity);
      this.#capacity = capacity;
    }
    this.#end = this.#scratch;
    this.#refresh();
  }

  /** Room for `count` doubles. */
  floatRoom(count: number): number {
    const at = this.#end;
    this.#end += 8 * count;
    return at;
  }
  /** Room for `count` integers. */
  intRoom(count: number): number {
    const at = this.#end;
    this.#end += 8 * ((count + 1) >> 1);
    return at;
  }
  /** Places the first `count` values of an array. */
  putFloats(from: Float64Array, count: number): number {
    const at = this.floatRoom(count);
    const base = at >> 3;
    const floats = this.#floats;
    for (let i = 0; i < count; i++) floats[base + i] = from[i]!;
    return at;
  }
  /** Places the first `count` values of an array. */
  putInts(from: Int32Array, count: number): number {
    const at = this.intRoom(count);
    const base = at >> 2;
    const ints = this.#ints;
    for (let i = 0; i < count; i++) ints[base + i] = from[i]!;
    return at;
  }
  /** Places a text and the zero byte that ends it. */
  putText(text: string): number {
    const bytes = new TextEncoder().encode(text + "\0");
    const at = this.#end;
    this.#end += (bytes.length + 7) & ~7;
    this.#bytes.set(bytes, at);
    return at;
  }
  /** Copies `count` doubles out. */
  getFloats(at: number, to: Float64Array, count: number): void {
    this.#refresh();
    const base = at >> 3;
    const floats = this.#floats;
    for (let i = 0; i < count; i++) to[i] = floats[base + i]!;
  }
  /** Copies `count` integers out. */
  getInts(at: number, to: Int32Array, count: number): void {
    this.#refresh();
    const base = at >> 2;
    const ints = this.#ints;
    for (let i = 0; i < count; i++) to[i] = ints[base + i]!;
  }
  /** One integer. */
  intAt(at: number): number {
    this.#refresh();
    return this.#ints[at >> 2]!;
  }
  /** Text that ends with a zero byte. */
  textAt(at: number): string {
    this.#refresh();
    const end = this.#bytes.indexOf(0, at);
    return new TextDecoder().decode(this.#bytes.slice(at, end));
  }
  /** A permanent copy of a text, for names that are passed on every solve. */
  keepText(text: string): number {
    const bytes = new TextEncoder().encode(text + "\0");
    const at = this.functions._malloc(bytes.length);
    if (at === 0) throw this.#outOfMemory(bytes.length);
    this.#refresh();
    this.#bytes.set(bytes, at);
    return at;
  }

  /**
   * A run that throws (an allocation failed, or a C++ exception, which this build cannot catch)
   * leaves the memory in an unknown state: nothing more may be called.
   */
  run(highs: number): number {
    try {
      return this.functions._Highs_run(highs);
    } catch (error) {
      this.#failure = error;
      throw CobreError.of(
        "SolverFailure",
        `The WASM build of HiGHS broke down: ${error instanceof Error ? error.message : error}`,
        { solver_status: "wasm_abort", memory_bytes: this.memoryBytes },
        "Its memory ends at 2 GiB: use a native HiGHS library for models of this size",
        error,
      );
    }
  }

  /** Memory that grew has a new buffer, and the old views are empty. */
  #refresh(): void {
    const buffer = this.#memory.buffer;
    if (buffer === this.#buffer) return;
    this.#buffer = buffer;
    this.#floats = new Float64Array(buffer);
    this.#ints = new Int32Array(buffer);
    this.#bytes = new Uint8Array(buffer);
  }

  #outOfMemory(bytes: number): CobreError {
    return CobreError.of(
      "SolverFailure",
      `The WASM build of HiGHS has no room for ${bytes} more bytes, its memory ends at 2 GiB`,
      { solver_status: "wasm_out_of_memory" },
      "Use a native HiGHS library for models of this size",
    );
  }
}

/** Loads the package and instantiates it. Both are heavy, so neither happens on import. */
export async function instantiateWasm(bytes: WasmBytes): Promise<WasmRuntime> {
  const [{ default: load }, module] = await Promise.all([
    import("highs"),
    bytes().then((code) => WebAssembly.compile(code)),
  ]);
  let memory: WebAssembly.Memory | undefined;
  const options: LoaderOptions = {
    // The package has no other way in: it ignores the `wasmBinary` option that it documents, and
    // it keeps its memory to itself.
    instantiateWasm(imports, receive) {
      const instance = new WebAssembly.Instance(module, imports);
      memory = Object.values(instance.exports).find((item) => item instanceof WebAssembly.Memory);
      receive(instance);
      return instance.exports;
    },
  };
  await (load as unknown as (options: LoaderOptions) => Promise<unknown>)(options);
  if (memory === undefined || options._Highs_create === undefined) {
    throw CobreError.of(
      "InternalPanic",
      "The WASM build of HiGHS does not export its memory and functions",
      { location: "instantiateWasm" },
    );
  }
  return new WasmRuntime(options as WasmFunctions, memory);
}
