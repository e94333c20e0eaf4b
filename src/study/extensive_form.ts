/** The exact optimum of a small study: its whole opening tree as one linear program. */
import type { Case } from "../case/mod.ts";
import { CobreError } from "../protocol/mod.ts";
import { load } from "./load.ts";
import type { ExtensiveFormOutcome } from "./tree/extensive_form_outcome.ts";
import { validateCase } from "./validate_case.ts";

/** How an extensive form is built. */
export interface ExtensiveFormOptions {
  /** Trees of more nodes are refused; each node has the columns and rows of its stage. */
  readonly maxNodes?: number;
}

const MAX_NODES = 20_000;

/**
 * Solves a case, read or by the path of its directory, without approximation: every sequence of the
 * openings that training would see becomes a part of one linear program. The number of sequences is
 * the product of the openings of all stages, so this is for small studies and for checking others.
 *
 * Throws what is wrong with the case, and `IncompatibleSettings` where the tree is too large or the
 * study has no end.
 *
 *     const { cost } = await solveExtensiveForm("my_case");
 */
export async function solveExtensiveForm(
  study: string | Pick<Case, "system" | "config">,
  { maxNodes = MAX_NODES }: ExtensiveFormOptions = {},
): Promise<ExtensiveFormOutcome> {
  const read = typeof study === "string" ? await readValid(study) : study;
  const { solveTree } = await load<typeof import("./tree/solve_tree.ts")>("./tree/solve_tree.ts");
  return await solveTree(read, maxNodes);
}

async function readValid(directory: string): Promise<Case> {
  const { valid, errors, case: read } = await validateCase(directory);
  const [first, ...more] = errors;
  if (first !== undefined) throw new CobreError([first, ...more]);
  if (valid && read !== null) return read;
  throw CobreError.of("InternalPanic", "A case without errors could not be read", {
    location: "solveExtensiveForm",
  });
}
