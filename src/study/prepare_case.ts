/** Preparing a case without running it. */
import type { Case } from "../case/mod.ts";
import type { SolverChoice } from "../solver/mod.ts";
import { load } from "./load.ts";
import type { PreparedStudy } from "./prepare/prepare_study.ts";

/**
 * Prepares a valid case: fits its models, draws its openings, builds its stage problems. Throws what
 * only shows then, such as settings that no run supports.
 */
export async function prepareCase(
  read: Pick<Case, "directory" | "system" | "config">,
  solver: Pick<SolverChoice, "kind" | "path">,
): Promise<PreparedStudy> {
  const { prepareStudy } = await load<typeof import("./prepare/prepare_study.ts")>(
    "./prepare/prepare_study.ts",
  );
  return prepareStudy(read, solver);
}
