import { loadWasmHighs } from "./highs_wasm.ts";
import { lpSolverSuite } from "./lp_solver_suite.ts";

lpSolverSuite("WASM HiGHS", () => loadWasmHighs());
