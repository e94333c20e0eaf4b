/** The native library that tests use, if this machine has one. */
import { findSolver } from "./find_solver.ts";
import { thisHost } from "./library_search.ts";

/** Its path; null when there is none. A library named by `COBRE_HIGHS_LIB` that fails still throws. */
export function findNativeForTests(): string | null {
  const env = (name: string) => name === "COBRE_SOLVER" ? "auto" : thisHost.env(name);
  return findSolver({ ...thisHost, env }).path;
}
