import { openNativeHighs } from "./highs_native.ts";
import { findNativeForTests } from "./native_for_tests.ts";
import { lpSolverSuite } from "./lp_solver_suite.ts";

const native = findNativeForTests();

if (native === null) {
  Deno.test({
    name: "native HiGHS: no library was found, so its behaviour suite did not run",
    // Without a library there is nothing to test; the WASM build runs the same suite.
    ignore: true,
    fn: () => {},
  });
} else {
  lpSolverSuite("native HiGHS", () => Promise.resolve(openNativeHighs(native)));
}
