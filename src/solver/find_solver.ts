/** Which solver to use, and why not another. */
import { CobreError } from "../protocol/mod.ts";
import { identifyNativeHighs, openNativeHighs } from "./highs_native.ts";
import { loadWasmHighs, WASM_HIGHS_VERSION } from "./highs_wasm.ts";
import type { WasmBytes } from "./highs_wasm_runtime.ts";
import {
  libraryCandidates,
  type LibraryOrigin,
  type SearchHost,
  systemLibraryNames,
  thisHost,
} from "./library_search.ts";
import type { LpSolver, SolverIdentity } from "./lp_solver.ts";

/** A solver that was considered and not taken. */
export interface SolverNotTaken {
  readonly origin: LibraryOrigin;
  /** What was tried; null when there was nothing to try. */
  readonly path: string | null;
  readonly reason: string;
}

/** The choice as data: it can be printed, and sent to workers, which then open without a search. */
export interface SolverChoice extends SolverIdentity {
  readonly origin: LibraryOrigin | "built_in";
  readonly notTaken: readonly SolverNotTaken[];
}

/** What `COBRE_SOLVER` may say. */
export const SOLVER_PREFERENCES = ["auto", "native", "wasm"] as const;

/** See {@link SOLVER_PREFERENCES}. */
export type SolverPreference = (typeof SOLVER_PREFERENCES)[number];

/**
 * Chooses a solver: the library that `COBRE_HIGHS_LIB` names, then the system's, then those of the
 * Python packages, else the built-in WASM. Opens native libraries to see whether they fit, and never
 * loads the WASM build. Throws `InvalidArguments` when `COBRE_HIGHS_LIB` or `COBRE_SOLVER` asks for
 * something that cannot be had.
 */
export function findSolver(
  host: SearchHost = thisHost,
  identify: (path: string) => SolverIdentity = identifyNativeHighs,
): SolverChoice {
  const preference = preferenceOf(host);
  if (preference === "wasm") {
    const reason = "COBRE_SOLVER asks for the built-in solver";
    const origins: readonly LibraryOrigin[] = ["COBRE_HIGHS_LIB", "system", "highspy", "highsbox"];
    return builtIn(origins.map((origin) => ({ origin, path: null, reason })));
  }
  const notTaken: SolverNotTaken[] = [];
  const named = host.env("COBRE_HIGHS_LIB");
  if (!named) {
    notTaken.push({ origin: "COBRE_HIGHS_LIB", path: null, reason: "the variable is not set" });
  }
  const candidates = libraryCandidates(host);
  for (const { origin, path } of candidates) {
    try {
      return { ...identify(path), origin, notTaken };
    } catch (error) {
      notTaken.push({ origin, path, reason: reasonOf(error) });
    }
  }
  if (named) {
    throw notHonoured("COBRE_HIGHS_LIB", named, notTaken, "Name the file of a HiGHS library");
  }
  for (const origin of ["highspy", "highsbox"] as const) {
    if (candidates.some((candidate) => candidate.origin === origin)) continue;
    notTaken.push({ origin, path: null, reason: "the Python package is not installed" });
  }
  if (preference === "native") {
    const names = systemLibraryNames(host.os).join(" or ");
    const advice = `Install ${names}, or the Python package highspy, or set COBRE_HIGHS_LIB`;
    throw notHonoured("COBRE_SOLVER", "native", notTaken, advice);
  }
  return builtIn(notTaken);
}

/** Opens what {@link findSolver} chose. `bytes` says where `highs.wasm` is outside the npm package. */
export async function openSolver(
  choice: Pick<SolverChoice, "kind" | "path">,
  bytes?: WasmBytes,
): Promise<LpSolver> {
  if (choice.kind === "native" && choice.path !== null) return openNativeHighs(choice.path);
  return await loadWasmHighs(bytes);
}

function preferenceOf(host: SearchHost): SolverPreference {
  const value = host.env("COBRE_SOLVER") || "auto";
  const found = SOLVER_PREFERENCES.find((preference) => preference === value);
  if (found !== undefined) return found;
  throw CobreError.of(
    "InvalidArguments",
    `COBRE_SOLVER is "${value}", wanted ${SOLVER_PREFERENCES.join(", ")}`,
    { argument: "COBRE_SOLVER", value, detail: "unknown solver" },
  );
}

function builtIn(notTaken: readonly SolverNotTaken[]): SolverChoice {
  return { kind: "wasm", version: WASM_HIGHS_VERSION, path: null, origin: "built_in", notTaken };
}

function reasonOf(error: unknown): string {
  if (!(error instanceof CobreError)) return String(error);
  const reason = error.context["reason"];
  return typeof reason === "string" ? reason : error.message;
}

function notHonoured(
  argument: string,
  value: string,
  tried: readonly SolverNotTaken[],
  advice: string,
): CobreError {
  const detail = tried
    .map(({ origin, path, reason }) => `${origin}${path === null ? "" : ` ${path}`}: ${reason}`)
    .join("; ");
  return CobreError.of(
    "InvalidArguments",
    `${argument} asks for "${value}", which cannot be used: ${detail}`,
    { argument, value, detail },
    advice,
  );
}
