import assert from "node:assert/strict";
import { openNativeHighs } from "./highs_native.ts";
import { loadWasmHighs, WASM_HIGHS_VERSION } from "./highs_wasm.ts";
import { instantiateWasm, packagedWasmBytes } from "./highs_wasm_runtime.ts";
import { close } from "./lp_test_helpers.ts";
import { findNativeForTests } from "./native_for_tests.ts";
import { randomLp, randomStream } from "./random_lp.ts";

const native = findNativeForTests();

Deno.test("the WASM build reports the version that is named without loading it", async () => {
  using solver = await loadWasmHighs();
  assert.deepEqual(solver.identity, { kind: "wasm", version: WASM_HIGHS_VERSION, path: null });
});

Deno.test("the bytes of the WASM build may come from elsewhere", async () => {
  let asked = 0;
  using solver = await loadWasmHighs(async () => {
    asked++;
    return await Deno.readFile(new URL(import.meta.resolve("highs/runtime")));
  });
  using model = solver.createModel();
  model.load(randomLp(1, 5, 4));
  assert.equal(model.solve(), "optimal");
  assert.equal(asked, 1);
  await assert.rejects(loadWasmHighs(() => Promise.resolve(new Uint8Array(8))));
});

Deno.test("arrays go in and out of WASM memory while it grows", async () => {
  const runtime = await instantiateWasm(packagedWasmBytes);
  const before = runtime.memoryBytes;
  const values = Float64Array.from({ length: 100 }, (_, i) => Math.sqrt(i));
  const back = new Float64Array(100);
  runtime.begin(800);
  const kept = runtime.putFloats(values, 100);
  const reserved = runtime.functions._malloc(2 * before);
  assert.ok(runtime.memoryBytes > before);
  runtime.getFloats(kept, back, 100);
  assert.deepEqual(back, values);
  runtime.functions._free(reserved);
  runtime.begin(3 * before);
  runtime.getFloats(runtime.putFloats(values, 100), back, 100);
  assert.deepEqual(back, values);
});

Deno.test({
  name: native === null
    ? "native and WASM HiGHS agree (ignored: no native library was found)"
    : "native and WASM HiGHS agree on 400 random models, solvable and not",
  ignore: native === null,
  fn: async () => {
    using nativeSolver = openNativeHighs(native!);
    using wasmSolver = await loadWasmHighs();
    using a = nativeSolver.createModel();
    using b = wasmSolver.createModel();
    const seen = new Map<string, number>();
    for (let seed = 0; seed < 400; seed++) {
      const random = randomStream(seed);
      const lp = randomLp(seed, 2 + Math.floor(28 * random()), 1 + Math.floor(24 * random()));
      // Some models lose a bound, some have a row that asks too much.
      const change = random();
      if (change < 0.3) lp.columnUpper.fill(Infinity);
      else if (change < 0.5) {
        lp.rowLower[0] = 1e4;
        lp.rowUpper[0] = Infinity;
      }
      a.load(lp);
      b.load(lp);
      const status = a.solve();
      assert.equal(b.solve(), status, `seed ${seed}`);
      seen.set(status, (seen.get(status) ?? 0) + 1);
      if (status === "optimal") close(b.objective(), a.objective(), `seed ${seed}`);
    }
    for (const status of ["optimal", "infeasible", "unbounded"]) {
      assert.ok((seen.get(status) ?? 0) >= 20, `${seen.get(status)} were ${status}`);
    }
  },
});
