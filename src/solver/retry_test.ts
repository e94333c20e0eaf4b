import assert from "node:assert/strict";
import { openNativeHighs } from "./highs_native.ts";
import { loadWasmHighs } from "./highs_wasm.ts";
import { CAUTIOUS_OPTIONS, type LpOptions, WARM_OPTIONS } from "./lp_options.ts";
import type { LpSolver } from "./lp_solver.ts";
import { close, smallLp, solutionOf } from "./lp_test_helpers.ts";
import type { LpStatus } from "./lp_types.ts";
import { findNativeForTests } from "./native_for_tests.ts";
import { randomLp } from "./random_lp.ts";
import {
  addRetryCounters,
  RETRY_LADDER,
  type RetryableModel,
  retryCounters,
  solveWithRetry,
} from "./retry.ts";

/** A model that ends its solves as told, and writes down how it was asked. */
function scripted(
  statuses: readonly LpStatus[],
  rays: { dual?: boolean; primal?: boolean } = {},
  iterations = 7,
) {
  let at = 0;
  let options: LpOptions = WARM_OPTIONS;
  const solvedWith: LpOptions[] = [];
  let resets = 0;
  const model: RetryableModel = {
    columns: 2,
    rows: 2,
    iterations,
    get options() {
      return options;
    },
    setOptions: (change) => {
      options = { ...options, ...change };
    },
    reset: () => {
      resets++;
    },
    solve: () => {
      solvedWith.push(options);
      return statuses[Math.min(at++, statuses.length - 1)]!;
    },
    readDualRay: () => rays.dual ?? false,
    readPrimalRay: () => rays.primal ?? false,
  };
  return { model, solvedWith, resets: () => resets };
}

Deno.test("a solve that finds an optimum, or is told to stop, is left alone", () => {
  for (const status of ["optimal", "interrupted"] as const) {
    const { model, solvedWith, resets } = scripted([status]);
    const counters = retryCounters();
    assert.equal(solveWithRetry(model, counters), status);
    assert.deepEqual([solvedWith.length, resets()], [1, 0]);
    assert.deepEqual([counters.solves, counters.retried, counters.iterations], [1, 0, 7]);
  }
});

Deno.test("a model is infeasible when a cold start says so too", () => {
  for (const second of ["optimal", "infeasible"] as const) {
    const { model, solvedWith, resets } = scripted(["infeasible", second]);
    const counters = retryCounters();
    assert.equal(solveWithRetry(model, counters), second);
    assert.deepEqual([solvedWith.length, resets()], [2, 1]);
    assert.deepEqual([counters.retried, counters.failed, counters.endedBy[0]], [1, 0, 1]);
  }
});

Deno.test("the first retry starts cold with the same options, the second perturbs and scales", () => {
  const { model, solvedWith, resets } = scripted(["unknown", "unknown", "optimal"]);
  const counters = retryCounters();
  assert.equal(solveWithRetry(model, counters), "optimal");
  assert.equal(resets(), 2);
  const limit = 100_000;
  assert.deepEqual(solvedWith[1], { ...WARM_OPTIONS, iterationLimit: limit });
  assert.deepEqual(solvedWith[2], {
    ...WARM_OPTIONS,
    iterationLimit: limit,
    costPerturbation: 1,
    scaling: "equilibration",
  });
  assert.deepEqual(model.options, WARM_OPTIONS, "the options are as before");
  assert.deepEqual([counters.retried, counters.failed], [1, 0]);
  assert.deepEqual([...counters.endedBy.slice(0, 3)], [0, 1, 0]);
});

Deno.test("every doubtful status is retried, and infeasible in mid-ladder ends it", () => {
  for (
    const doubtful of ["unbounded", "iteration_limit", "time_limit", "error", "unknown"] as const
  ) {
    const { model, solvedWith } = scripted([doubtful, "infeasible", "optimal"]);
    assert.equal(solveWithRetry(model, retryCounters()), "infeasible");
    assert.equal(solvedWith.length, 2, doubtful);
  }
});

Deno.test("rays decide between infeasible and unbounded", () => {
  const open = ["infeasible_or_unbounded"] as const;
  const dual = scripted(open, { dual: true, primal: true });
  assert.equal(solveWithRetry(dual.model, retryCounters()), "infeasible");
  const primal = scripted(open, { primal: true });
  assert.equal(solveWithRetry(primal.model, retryCounters()), "unbounded");
  assert.equal(primal.solvedWith.length, 1 + RETRY_LADDER.length, "unbounded is asked again");
  const neither = scripted(open);
  assert.equal(solveWithRetry(neither.model, retryCounters()), "infeasible");
  assert.equal(neither.solvedWith.length, 2, "infeasible is asked again once");
});

Deno.test("the ladder ends after its last step and counts the failure", () => {
  const { model, solvedWith } = scripted(["unknown"]);
  const counters = retryCounters();
  assert.equal(solveWithRetry(model, counters), "unknown");
  assert.equal(solvedWith.length, 1 + RETRY_LADDER.length);
  assert.deepEqual([counters.retried, counters.failed, counters.iterations], [1, 1, 7 * 13]);
  assert.deepEqual(model.options, WARM_OPTIONS);
});

Deno.test("the ladder ends when its budget of iterations is used up", () => {
  const { model, solvedWith } = scripted(["iteration_limit"], {}, 400_000);
  assert.equal(solveWithRetry(model, retryCounters()), "iteration_limit");
  assert.deepEqual(
    solvedWith.slice(1).map((options) => options.iterationLimit),
    [100_000, 100_000, 100_000],
    "a million iterations is ten times what one solve may take",
  );
});

Deno.test("options come back when an attempt throws", () => {
  const { model } = scripted(["unknown"]);
  const broken = { ...model, reset: () => assert.fail("broken"), options: WARM_OPTIONS };
  let restored: Partial<LpOptions> | undefined;
  broken.setOptions = (options) => restored = options;
  assert.throws(() => solveWithRetry(broken, retryCounters()), /broken/);
  assert.deepEqual(restored, WARM_OPTIONS);
});

Deno.test("counters add up", () => {
  const total = retryCounters();
  const more = retryCounters();
  solveWithRetry(scripted(["unknown", "optimal"]).model, more);
  addRetryCounters(total, more);
  addRetryCounters(total, more);
  assert.deepEqual([total.solves, total.retried, total.failed, total.iterations], [2, 2, 0, 28]);
  assert.equal(total.endedBy[0], 2);
});

async function withRealModels(check: (solver: LpSolver) => void): Promise<void> {
  using wasm = await loadWasmHighs();
  check(wasm);
  const path = findNativeForTests();
  if (path === null) return;
  using native = openNativeHighs(path);
  check(native);
}

Deno.test("a model that is unbounded stays so over the whole ladder, and can be used after it", async () => {
  await withRealModels((solver) => {
    using model = solver.createModel();
    const lp = smallLp();
    model.load({
      ...lp,
      columnCosts: Float64Array.of(-1, -1),
      columnUpper: lp.rowUpper.fill(Infinity),
    });
    const counters = retryCounters();
    assert.equal(solveWithRetry(model, counters), "unbounded");
    assert.equal(counters.failed, 1);
    model.load(smallLp());
    assert.equal(solveWithRetry(model, counters), "optimal");
    close(model.objective(), 10, "objective");
  });
});

Deno.test("every step of the ladder finds the optimum and duals of an ordinary model", async () => {
  await withRealModels((solver) => {
    const lp = randomLp(21, 30, 20);
    using reference = solver.createModel();
    reference.load(lp);
    reference.solve();
    const wanted = solutionOf(reference);
    for (const step of RETRY_LADDER) {
      using model = solver.createModel();
      model.load(lp);
      const base = step.base === "model" ? WARM_OPTIONS : CAUTIOUS_OPTIONS;
      model.setOptions({ ...base, ...step.options });
      assert.equal(model.solve(), "optimal", step.name);
      model.setOptions(WARM_OPTIONS);
      const found = solutionOf(model);
      close(found.objective, wanted.objective, step.name, 1e-6);
      wanted.duals.forEach((dual, r) => close(found.duals[r]!, dual, `${step.name} ${r}`, 1e-5));
    }
  });
});

Deno.test("presolve ends what an iteration limit stopped, and the solution is there to read", async () => {
  await withRealModels((solver) => {
    // Five columns, each with a row of its own: five iterations, or none after presolve.
    const ones = new Float64Array(5).fill(1);
    const five = Int32Array.of(0, 1, 2, 3, 4);
    using model = solver.createModel({ iterationLimit: 1 });
    model.load({
      columnCosts: Float64Array.from(five, (c) => 1 + c),
      columnLower: new Float64Array(5),
      columnUpper: new Float64Array(5).fill(9),
      rowLower: ones,
      rowUpper: new Float64Array(5).fill(Infinity),
      matrix: {
        orientation: "rows",
        starts: Int32Array.of(0, 1, 2, 3, 4, 5),
        indices: five,
        values: ones,
      },
      offset: 0,
    });
    const counters = retryCounters();
    assert.equal(solveWithRetry(model, counters), "optimal");
    assert.equal(counters.retried, 1);
    assert.equal(RETRY_LADDER[counters.endedBy.indexOf(1)]!.name, "presolve");
    const { objective, x, duals } = solutionOf(model);
    close(objective, 15, "objective");
    close(x[4]!, 1, "column 4");
    close(duals[4]!, 5, "dual 4");
    assert.deepEqual(model.options, { ...WARM_OPTIONS, iterationLimit: 1 });
  });
});
