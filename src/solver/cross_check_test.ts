import assert from "node:assert/strict";
import { openNativeHighs } from "./highs_native.ts";
import { loadWasmHighs, WASM_HIGHS_VERSION } from "./highs_wasm.ts";
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

Deno.test("WASM memory that grows in mid-run loses nothing", async () => {
  using solver = await loadWasmHighs();
  using model = solver.createModel();
  const lp = randomLp(2, 400, 300);
  model.load(lp);
  const others = Array.from({ length: 12 }, () => {
    const other = solver.createModel();
    other.load(randomLp(3, 400, 300));
    return other;
  });
  assert.deepEqual(model.data(), lp);
  for (const other of others) other.close();
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
