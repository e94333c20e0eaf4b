/** The upper bound by inner approximation lies above the optimum of the tree, and comes down to it. */
import assert from "node:assert/strict";
import { startTraining } from "../../src/sddp/mod.ts";
import { findSolver, openSolver } from "../../src/solver/mod.ts";
import { withCase } from "../support/case_files.ts";
import { treeStudy } from "../support/tree_study.ts";
import { type Branching, branchingCase } from "./branching_case.ts";
import { prepared } from "./prepared.ts";

async function optimum(branching: Branching): Promise<number> {
  return await withCase(branchingCase(branching), async (directory) => {
    const { form } = await treeStudy(directory);
    using solver = await openSolver(findSolver());
    using model = solver.createModel({ presolve: true });
    model.load(form.lp);
    assert.equal(model.solve(), "optimal");
    return model.objective();
  });
}

const SETTINGS: readonly (readonly [name: string, Branching])[] = [
  ["expectation", { seed: 1, openings: [3, 2], iterations: 24 }],
  ["a mixture with the tail", {
    seed: 3,
    openings: [3, 2],
    iterations: 24,
    risk: { alpha: 0.5, lambda: 0.5 },
  }],
  ["a cut per opening", {
    seed: 5,
    openings: [2, 2],
    iterations: 16,
    training: { cut_formulation: "multi" },
  }],
];

for (const [name, branching] of SETTINGS) {
  Deno.test(`bounds enclose the optimum of the tree: ${name}`, async () => {
    const wanted = await optimum(branching);
    const { study, help } = await prepared(branchingCase(branching), 2);
    const upper: number[] = [];
    await startTraining({
      ...study,
      upperBound: {
        enabled: true,
        initialIteration: 8,
        intervalIterations: 8,
        lipschitzMode: "auto",
        lipschitzFallback: null,
        lipschitzScale: null,
      },
    }, {
      ...help,
      onEvent: (event) => {
        if (event.event !== "ConvergenceUpdate" || event.upper_bound_kind !== "exact") return;
        upper.push(event.upper_bound!);
      },
    }).result;
    assert.equal(upper.length, branching.iterations / 8);
    const last = upper.at(-1)!;
    upper.forEach((bound, at) => {
      assert.ok(bound >= wanted * (1 - 1e-8), `${bound} below ${wanted}`);
      assert.ok(bound <= (upper[at - 1] ?? bound));
    });
    assert.ok(last - wanted < 1e-6 * wanted, `${last} is far above ${wanted}`);
  });
}
