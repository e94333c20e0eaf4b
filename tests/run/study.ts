/** Cases that run for as long as a test wants. */
import type { CaseFiles, ParquetFile } from "../support/case_files.ts";
import { smallCase } from "../support/small_case.ts";

/** The small case with other numbers of iterations and trajectories. */
export function smallStudy(iterations: number, passes: number): CaseFiles {
  const files = smallCase();
  const { training } = files["config.json"];
  training.forward_passes = passes;
  training.stopping_rules = [{ type: "iteration_limit", limit: iterations }];
  return files;
}

/** The small case with a constraint that stage 0 cannot keep and may not break. */
export function unsolvableStudy(): CaseFiles {
  const files = smallStudy(3, 1);
  const [constraint] = files["constraints/generic_constraints.json"].constraints;
  constraint.sense = ">=";
  constraint.slack = { enabled: false };
  const bounds = files["constraints/generic_constraint_bounds.parquet"] as ParquetFile;
  files["constraints/generic_constraint_bounds.parquet"] = bounds.map((row) => [
    { ...row, bound: 1e6 },
  ]);
  return files;
}
