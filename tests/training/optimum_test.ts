/** Training approaches the optimum of the whole tree from below, whatever is set. */
import assert from "node:assert/strict";
import { findSolver, openSolver } from "../../src/solver/mod.ts";
import { withCase } from "../support/case_files.ts";
import { trainCase } from "../support/train_case.ts";
import { treeStudy } from "../support/tree_study.ts";
import { type Branching, branchingCase } from "./branching_case.ts";

/** Optimum of the tree as one linear program ($). */
async function optimum(directory: string): Promise<number> {
  const { form } = await treeStudy(directory);
  using solver = await openSolver(findSolver());
  using model = solver.createModel({ presolve: true });
  model.load(form.lp);
  assert.equal(model.solve(), "optimal");
  return model.objective();
}

const SETTINGS: readonly (readonly [name: string, Branching])[] = [
  ["expectation", { seed: 1, openings: [3, 3, 3], iterations: 60 }],
  ["another seed, more openings first", { seed: 2, openings: [6, 4, 2], iterations: 60 }],
  ["a mixture with the tail", {
    seed: 3,
    openings: [3, 3, 3],
    iterations: 60,
    risk: { alpha: 0.5, lambda: 0.5 },
  }],
  ["the worst case", {
    seed: 4,
    openings: [3, 3, 3],
    iterations: 60,
    risk: { alpha: 0.3, lambda: 1 },
  }],
  ["a cut per opening", {
    seed: 5,
    openings: [3, 3, 3],
    iterations: 40,
    training: { cut_formulation: "multi" },
  }],
  ["a cut per opening and a mixture with the tail", {
    seed: 6,
    openings: [3, 3, 3],
    iterations: 40,
    risk: { alpha: 0.5, lambda: 0.4 },
    training: { cut_formulation: "multi" },
  }],
  ["selection by activity", {
    seed: 7,
    openings: [3, 3, 3],
    iterations: 80,
    training: { cut_selection: { enabled: true, method: "lml1", memory_window: 8 } },
  }],
  ["selection by domination", {
    seed: 8,
    openings: [3, 3, 3],
    iterations: 60,
    training: { cut_selection: { enabled: true, method: "domination", domination_epsilon: 0 } },
  }],
];

for (const [name, branching] of SETTINGS) {
  Deno.test(`the lower bound rises to the optimum of the tree: ${name}`, async () => {
    await withCase(branchingCase(branching), async (directory) => {
      const wanted = await optimum(directory);
      const { lowerBounds } = await trainCase(directory);
      lowerBounds.forEach((bound, at) => {
        assert.ok(bound >= (lowerBounds[at - 1] ?? bound), `the bound falls after ${at}`);
        assert.ok(bound <= wanted * (1 + 1e-8), `iteration ${at + 1}: ${bound} above ${wanted}`);
      });
      const last = lowerBounds.at(-1)!;
      assert.ok(last >= wanted * (1 - 1e-6), `${last} is far below ${wanted}`);
    });
  });
}
