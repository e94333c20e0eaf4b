/** What solving the whole opening tree of a study comes to. */
import type { SolverIdentity } from "../../solver/mod.ts";

/** One opening of one stage, after the openings of the stages before. */
export interface ExtensiveFormNode {
  readonly stageId: number;
  /** Position of the node of the stage before; −1 in the first stage. */
  readonly parent: number;
  /** Number of the opening in its stage. */
  readonly opening: number;
  /** Of reaching the node from its parent. */
  readonly probability: number;
  /** Cost of the stage itself, not discounted ($). */
  readonly stageCost: number;
  /** Storage at the end of the stage, by hydro (hm³). */
  readonly storageHm3: Float64Array;
}

/** The optimum over the whole tree. */
export interface ExtensiveFormOutcome {
  /** Risk-adjusted, discounted cost of the study ($): what the lower bound of training rises to. */
  readonly cost: number;
  readonly nodes: readonly ExtensiveFormNode[];
  /** Size of the linear program. */
  readonly columns: number;
  readonly rows: number;
  readonly solver: SolverIdentity;
}
