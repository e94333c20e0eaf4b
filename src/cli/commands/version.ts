/** `cobre version` */
import { COBRE_VERSION, envelope } from "../../protocol/mod.ts";
import { findSolver, type SolverChoice } from "../../solver/mod.ts";
import type { Answer, CommandEnvironment } from "../command.ts";
import { checkoutCommit } from "../checkout.ts";
import { findMpiLibrary } from "../mpi_library.ts";

/** Tells what the program is made of and what it found. */
export function run(environment: CommandEnvironment): Promise<Answer> {
  const { log, terminal: { env } } = environment;
  const solver = findSolver();
  for (const { origin, path, reason } of solver.notTaken) {
    log.write("info", "solver not taken", { origin, path, reason });
  }
  const mpi = findMpiLibrary(env);
  return Promise.resolve(answer(solver, mpi, checkoutCommit()));
}

function answer(solver: SolverChoice, mpi: string | null, commit: string | null): Answer {
  const result = envelope({
    command: "version",
    data: {
      version: COBRE_VERSION,
      git_commit: commit,
      build_date: null,
      rustc_version: null,
      solver_backend: "highs",
      solver_version: solver.version,
      solver_library: solver.path,
      solver_reason: reasonFor(solver),
      mpi_available: mpi !== null,
      features: ["case-v0.5", "case-v0.18", `highs-${solver.kind}`, "parquet-zstd"],
      deno_version: Deno.version.deno,
      v8_version: Deno.version.v8,
      typescript_version: Deno.version.typescript,
      target: Deno.build.target,
    },
  });
  const kind = solver.kind === "wasm" ? "built in" : solver.path;
  const lines: readonly [string, string][] = [
    ["cobre", `v${COBRE_VERSION}`],
    ["solver", `HiGHS ${solver.version} (${kind})`],
    ["", shortReason(solver)],
    ["comm", `local; ${mpi === null ? "no MPI library found" : `MPI library ${mpi}`}`],
    ["zstd", "enabled"],
    ["arch", `${Deno.build.arch}-${Deno.build.os}`],
    [
      "runtime",
      `Deno ${Deno.version.deno}, V8 ${Deno.version.v8}, TypeScript ${Deno.version.typescript}`,
    ],
    ["build", commit === null ? "sources" : `sources at ${commit}`],
  ];
  return {
    envelope: result,
    text: () => lines.map(([label, text]) => `${label.padEnd(9)}${text}\n`).join(""),
  };
}

/** The reason for people, to whom a list of all that is missing says little. */
function shortReason(solver: SolverChoice): string {
  if (solver.origin !== "built_in") return reasonFor(solver);
  const [only, ...others] = new Set(solver.notTaken.map(({ reason }) => reason));
  return only !== undefined && others.length === 0
    ? only
    : "no native library was found that fits; COBRE_LOG=info says what was tried";
}

/** Why this solver. */
function reasonFor(solver: SolverChoice): string {
  switch (solver.origin) {
    case "COBRE_HIGHS_LIB":
      return "named by COBRE_HIGHS_LIB";
    case "system":
      return "found as a library of the system";
    case "highspy":
    case "highsbox":
      return `found in the Python package ${solver.origin}`;
    case "built_in": {
      const reasons = new Set(
        solver.notTaken.map(({ origin, path, reason }) =>
          `${origin}${path === null ? "" : ` (${path})`}: ${reason}`
        ),
      );
      return `no native library is used: ${[...reasons].join("; ")}`;
    }
  }
}
