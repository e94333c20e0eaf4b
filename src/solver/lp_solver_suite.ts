/** The behaviour that every LP solver must show. Each implementation's test file calls this. */
import assert from "node:assert/strict";
import { lpHistorySuite } from "./lp_history_suite.ts";
import { lpMisuseSuite } from "./lp_misuse_suite.ts";
import type { LpModel, LpSolver } from "./lp_solver.ts";
import { BasisStatus } from "./lp_types.ts";
import type { SuiteContext } from "./lp_suite_context.ts";
import { close, smallLp, solutionOf } from "./lp_test_helpers.ts";
import { randomLp } from "./random_lp.ts";

/** Registers the suite under `label`. */
export function lpSolverSuite(label: string, open: () => Promise<LpSolver>): void {
  const suites = {
    "models and solutions": basicsSuite,
    "changes of a model": changesSuite,
    "misuse": lpMisuseSuite,
    "history": lpHistorySuite,
  };
  for (const [name, suite] of Object.entries(suites)) {
    Deno.test(`${label}: ${name}`, async (t) => {
      using solver = await open();
      await suite({
        solver,
        step: async (what, check) => {
          await t.step(what, check);
        },
      });
    });
  }
}

async function basicsSuite({ solver, step }: SuiteContext): Promise<void> {
  for (const orientation of ["columns", "rows"] as const) {
    await step(`a model given by ${orientation} has its known solution`, () => {
      using model = solver.createModel();
      model.load(smallLp(orientation));
      assert.deepEqual([model.columns, model.rows], [2, 2]);
      assert.equal(model.status, "not_solved");
      assert.equal(model.solve(), "optimal");
      assert.equal(model.status, "optimal");
      const { objective, x, reduced, activity, duals } = solutionOf(model);
      close(objective, 10, "objective");
      [3, 1].forEach((v, c) => close(x[c]!, v, `column ${c}`));
      [0, 0].forEach((v, c) => close(reduced[c]!, v, `reduced cost ${c}`));
      [4, 2].forEach((v, r) => close(activity[r]!, v, `row ${r}`));
      [2.5, -0.5].forEach((v, r) => close(duals[r]!, v, `dual ${r}`));
    });
  }

  await step("the same model by rows and by columns has the same optimum", () => {
    using model = solver.createModel();
    for (let seed = 0; seed < 20; seed++) {
      const objectives = (["columns", "rows"] as const).map((orientation) => {
        model.load(randomLp(seed, 12, 9, orientation));
        assert.equal(model.solve(), "optimal");
        return model.objective();
      });
      close(objectives[0]!, objectives[1]!, `seed ${seed}`);
    }
  });

  await step("parts of the solution that are null are left out", () => {
    using model = solver.createModel();
    model.load(smallLp());
    model.solve();
    const duals = new Float64Array(5).fill(7);
    model.readSolution(null, null, null, duals);
    close(duals[0]!, 2.5, "dual");
    assert.deepEqual([...duals.slice(2)], [7, 7, 7], "values beyond the rows stay");
  });

  await step("results arrive in shared memory", () => {
    using model = solver.createModel();
    model.load(smallLp());
    model.solve();
    const x = new Float64Array(new SharedArrayBuffer(16));
    model.readSolution(x, null, null, null);
    close(x[0]!, 3, "column 0");
  });

  await step("a model without rows is solved at its bounds", () => {
    using model = solver.createModel();
    const none = new Float64Array(0);
    model.load({
      ...smallLp(),
      rowLower: none,
      rowUpper: none,
      matrix: {
        orientation: "columns",
        starts: new Int32Array(3),
        indices: new Int32Array(0),
        values: none,
      },
    });
    assert.equal(model.solve(), "optimal");
    assert.equal(model.objective(), 1);
  });

  await step("an infeasible model says so and has a certificate", () => {
    using model = solver.createModel();
    const lp = smallLp();
    model.load({ ...lp, rowLower: Float64Array.of(30, -Infinity) });
    assert.equal(model.solve(), "infeasible");
    const ray = new Float64Array(2);
    assert.ok(model.readDualRay(ray));
    // x + y ≥ 30 cannot hold with both at most 10: the ray must use the first row.
    assert.notEqual(ray[0], 0);
  });

  await step("an unbounded model says so and has a direction", () => {
    using model = solver.createModel();
    model.load({
      ...smallLp(),
      columnCosts: Float64Array.of(-1, -1),
      columnUpper: Float64Array.of(Infinity, Infinity),
    });
    assert.equal(model.solve(), "unbounded");
    const direction = new Float64Array(2);
    assert.ok(model.readPrimalRay(direction));
    assert.ok(direction[0]! + direction[1]! > 0, `direction ${direction}`);
  });

  await step("an iteration limit ends a solve and can be lifted", () => {
    using model = solver.createModel({ iterationLimit: 1 });
    model.load(randomLp(5, 40, 30));
    assert.equal(model.solve(), "iteration_limit");
    model.setOptions({ iterationLimit: null });
    assert.equal(model.solve(), "optimal");
    assert.ok(model.iterations > 1);
  });

  await step("duals and reduced costs are derivatives of the objective", () => {
    using model = solver.createModel();
    let checked = 0;
    for (let seed = 0; seed < 30; seed++) {
      const lp = randomLp(seed, 8, 6);
      model.load(lp);
      assert.equal(model.solve(), "optimal");
      const { objective, duals, reduced } = solutionOf(model);
      const step = 1e-5;
      const shifted = (lower: Float64Array, upper: Float64Array, at: number, by: number) => ({
        lower: lower.map((v, i) => i === at ? v + by : v),
        upper: upper.map((v, i) => i === at ? v + by : v),
      });
      const at = (change: (by: number) => void, by: number) => {
        change(by);
        assert.equal(model.solve(), "optimal");
        return model.objective();
      };
      const compare = (change: (by: number) => void, dual: number, what: string) => {
        const up = (at(change, step) - objective) / step;
        const down = (objective - at(change, -step)) / step;
        // Where the two one-sided slopes differ, the dual may be any number between them.
        if (Math.abs(up - down) > 1e-6) return;
        close(dual, up, what, 1e-5);
        checked++;
      };
      for (let r = 0; r < 6; r++) {
        compare(
          (by) => {
            const { lower, upper } = shifted(lp.rowLower, lp.rowUpper, r, by);
            model.setRowBounds(0, 6, lower, upper);
          },
          duals[r]!,
          `seed ${seed}, row ${r}`,
        );
      }
      model.setRowBounds(0, 6, lp.rowLower, lp.rowUpper);
      for (let c = 0; c < 8; c++) {
        compare(
          (by) => {
            const { lower, upper } = shifted(lp.columnLower, lp.columnUpper, c, by);
            model.setColumnBounds(0, 8, lower, upper);
          },
          reduced[c]!,
          `seed ${seed}, column ${c}`,
        );
      }
    }
    assert.ok(checked > 300, `only ${checked} derivatives exist`);
  });

  await step("the model can be read back", () => {
    using model = solver.createModel();
    for (const lp of [smallLp(), randomLp(3, 7, 5)]) {
      model.load(lp);
      assert.deepEqual(model.data(), lp);
    }
  });

  await step("a second load forgets the first model", () => {
    using model = solver.createModel();
    model.load(randomLp(1, 20, 15));
    model.solve();
    model.load(smallLp());
    assert.deepEqual([model.columns, model.rows, model.status], [2, 2, "not_solved"]);
    assert.equal(model.solve(), "optimal");
    close(model.objective(), 10, "objective");
  });

  await step("many models live side by side without touching each other", () => {
    const lps = Array.from({ length: 30 }, (_, seed) => randomLp(seed, 10, 8));
    const models = lps.map((lp) => {
      const model = solver.createModel();
      model.load(lp);
      return model;
    });
    for (const model of models) assert.equal(model.solve(), "optimal");
    lps.forEach((lp, i) => {
      using alone = solver.createModel();
      alone.load(lp);
      alone.solve();
      assert.equal(models[i]!.objective(), alone.objective());
    });
    for (const model of models) model.close();
  });
}

async function changesSuite({ solver, step }: SuiteContext): Promise<void> {
  const solvedSmall = () => {
    const model = solver.createModel();
    model.load(smallLp());
    assert.equal(model.solve(), "optimal");
    return model;
  };
  const objectiveOf = (model: LpModel) => {
    assert.equal(model.solve(), "optimal");
    return model.objective();
  };

  await step("bounds of a range change the optimum and nothing else", () => {
    using model = solvedSmall();
    model.setRowBounds(0, 1, Float64Array.of(6, 99), Float64Array.of(Infinity, 99));
    assert.equal(model.status, "not_solved");
    close(objectiveOf(model), 15, "after a row");
    model.setColumnBounds(1, 1, Float64Array.of(0), Float64Array.of(1.5));
    assert.equal(model.solve(), "infeasible", "x − y ≤ 2 and y ≤ 1.5 leave x + y ≤ 5");
    model.setColumnBounds(0, 2, Float64Array.of(0, 0), Float64Array.of(10, 10));
    close(objectiveOf(model), 15, "and back");
  });

  await step("bounds and costs of a set change only what is named", () => {
    using model = solvedSmall();
    model.setRowBoundsAt(1, Int32Array.of(1, 0), Float64Array.of(-Infinity), Float64Array.of(0));
    close(objectiveOf(model), 11, "x ≤ y");
    model.setColumnBoundsAt(1, Int32Array.of(0), Float64Array.of(3), Float64Array.of(3));
    close(objectiveOf(model), 16, "x = 3");
    model.setCostsAt(2, Int32Array.of(1, 0), Float64Array.of(5, 1));
    close(objectiveOf(model), 19, "costs 1 and 5");
    model.setCosts(0, 2, Float64Array.of(2, 3));
    close(objectiveOf(model), 16, "costs 2 and 3");
  });

  await step("offset and coefficients change", () => {
    using model = solvedSmall();
    model.setOffset(-4);
    close(objectiveOf(model), 5, "offset");
    model.setCoefficient(0, 1, 2);
    model.setCoefficient(1, 0, 0);
    // 2x + 3y with x + 2y ≥ 4 and −y ≤ 2: y = 2.
    close(objectiveOf(model), 2, "coefficients");
    assert.equal(model.data().matrix.values.length, 3);
  });

  await step("a count of zero changes nothing and keeps the solution", () => {
    using model = solvedSmall();
    const none = new Float64Array(0);
    const no = new Int32Array(0);
    model.setRowBounds(2, 0, none, none);
    model.setColumnBounds(0, 0, none, none);
    model.setRowBoundsAt(0, no, none, none);
    model.setColumnBoundsAt(0, no, none, none);
    model.setCosts(0, 0, none);
    model.setCostsAt(0, no, none);
    model.addRows(0, none, none, Int32Array.of(0), no, none);
    model.deleteRows(1, 0);
    model.deleteRowsAt(0, no);
    assert.equal(model.status, "optimal");
    close(model.objective(), 10, "objective");
  });

  await step("added rows bind, and deleting them brings the old optimum back", () => {
    using model = solvedSmall();
    // y ≥ 3 and x + 2y ≤ 100, in arrays that are longer than needed.
    const lower = Float64Array.of(3, -Infinity, 9);
    const upper = Float64Array.of(Infinity, 100, 9);
    const starts = Int32Array.of(0, 1, 3, 9);
    model.addRows(2, lower, upper, starts, Int32Array.of(1, 0, 1, 9), Float64Array.of(1, 1, 2, 9));
    assert.equal(model.rows, 4);
    close(objectiveOf(model), 12, "x = 1, y = 3");
    const duals = new Float64Array(4);
    model.readSolution(null, null, null, duals);
    [2, 0, 1, 0].forEach((v, r) => close(duals[r]!, v, `dual ${r}`));
    model.deleteRowsAt(1, Int32Array.of(2));
    assert.equal(model.rows, 3);
    close(objectiveOf(model), 10, "without y ≥ 3");
    model.deleteRows(2, 1);
    assert.equal(model.rows, 2);
    close(objectiveOf(model), 10, "without either");
  });

  await step("a warm solve of a changed model agrees with a cold one", () => {
    for (let seed = 0; seed < 40; seed++) {
      const lp = randomLp(seed, 15, 12);
      const moved = randomLp(seed, 15, 12);
      moved.columnCosts.forEach((_, c) => moved.columnCosts[c]! += Math.sin(c + seed));
      const change = seed % 2 === 0 ? 0.1 : 0;
      moved.rowUpper.forEach((_, r) => moved.rowUpper[r]! += change);
      using warm = solver.createModel();
      warm.load(lp);
      assert.equal(warm.solve(), "optimal");
      warm.setCosts(0, 15, moved.columnCosts);
      warm.setRowBounds(0, 12, moved.rowLower, moved.rowUpper);
      using cold = solver.createModel();
      cold.load(moved);
      close(objectiveOf(warm), objectiveOf(cold), `seed ${seed}`);
    }
  });

  await step("solving again without a change takes no iteration", () => {
    using model = solver.createModel();
    model.load(randomLp(2, 30, 20));
    model.solve();
    assert.ok(model.iterations > 0);
    assert.equal(model.solve(), "optimal");
    assert.equal(model.iterations, 0);
  });

  await step("an optimal basis set in another model is optimal there", () => {
    for (const kind of [Int32Array, Uint8Array]) {
      const lp = randomLp(7, 30, 20);
      using first = solver.createModel();
      first.load(lp);
      first.solve();
      const columns = new kind(30);
      const rows = new kind(20);
      first.getBasis(columns, rows);
      const basics = [...columns, ...rows].filter((s) => s === BasisStatus.basic).length;
      assert.equal(basics, 20);
      using second = solver.createModel();
      second.load(lp);
      second.setBasis(columns, rows);
      assert.equal(second.solve(), "optimal");
      assert.equal(second.iterations, 0);
      close(second.objective(), first.objective(), "objective");
    }
  });
}
