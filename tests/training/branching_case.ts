/** The small case with a tree of a few hundred nodes, which can be spelled out and trained. */
import type { CaseFiles, Json } from "../support/case_files.ts";
import { smallCase } from "../support/small_case.ts";

/** What differs from the small case. */
export interface Branching {
  readonly seed: number;
  /** Openings of the first stages; the others have one. */
  readonly openings: readonly number[];
  readonly iterations: number;
  readonly risk?: { readonly alpha: number; readonly lambda: number };
  readonly training?: Json;
}

/** A case whose bounds meet after some iterations. */
export function branchingCase(
  { seed, openings, iterations, risk, training }: Branching,
): CaseFiles {
  const files = smallCase();
  Object.assign(files["config.json"].training, {
    tree_seed: seed,
    forward_passes: 3,
    stopping_rules: [{ type: "iteration_limit", limit: iterations }],
    ...training,
  });
  files["config.json"].simulation.enabled = false;
  files["stages.json"].stages.forEach((stage: Json, at: number) => {
    stage.num_scenarios = openings[at] ?? 1;
    if (risk !== undefined) stage.risk_measure = { cvar: risk };
  });
  return files;
}
