/** After a reset the past must not show: same bits whatever was solved before. */
import assert from "node:assert/strict";
import fc from "fast-check";
import type { SuiteContext } from "./lp_suite_context.ts";
import type { LpModel, SolverIdentity } from "./lp_solver.ts";
import { COLUMNS, ROWS, seriesAfterReset, startOf } from "./lp_series.ts";
import { randomLp, randomStream } from "./random_lp.ts";

/** The steps of the suite that look at histories. */
export async function lpHistorySuite({ solver, step }: SuiteContext): Promise<void> {
  await step("a reset gives the same bits after any history", () => {
    const lp = randomLp(11, COLUMNS, ROWS);
    using model = solver.createModel();
    model.load(lp);
    assert.equal(model.solve(), "optimal");
    const columns = new Uint8Array(COLUMNS);
    const rows = new Uint8Array(ROWS);
    model.getBasis(columns, rows);
    const expected = seriesAfterReset(model, columns, rows);

    const action = fc.oneof(
      fc.record({ kind: fc.constant("bounds" as const), seed: fc.integer() }),
      fc.record({ kind: fc.constant("costs" as const), seed: fc.integer() }),
      fc.record({ kind: fc.constant("rows" as const), seed: fc.integer() }),
      fc.record({ kind: fc.constant("options" as const), seed: fc.integer() }),
      fc.record({ kind: fc.constant("basis" as const), seed: fc.integer() }),
    );
    fc.assert(
      fc.property(fc.array(action, { maxLength: 12 }), (history) => {
        for (const { kind, seed } of history) act(model, kind, seed, lp);
        // Back to the model as it was, then the reset under test.
        model.deleteRows(ROWS, model.rows - ROWS);
        model.setRowBounds(0, ROWS, lp.rowLower, lp.rowUpper);
        model.setCosts(0, COLUMNS, lp.columnCosts);
        assert.deepEqual(seriesAfterReset(model, columns, rows), expected);
      }),
      { numRuns: 60, seed: 42 },
    );
  });

  await step("a reset model gives the bits of a fresh one", () => {
    const lp = randomLp(12, COLUMNS, ROWS);
    const columns = new Int32Array(COLUMNS);
    const rows = new Int32Array(ROWS);
    using old = solver.createModel();
    old.load(lp);
    old.solve();
    old.getBasis(columns, rows);
    for (let seed = 0; seed < 20; seed++) act(old, "bounds", seed, lp);
    old.setRowBounds(0, ROWS, lp.rowLower, lp.rowUpper);
    using fresh = solver.createModel();
    fresh.load(lp);
    assert.deepEqual(
      seriesAfterReset(old, columns, rows),
      seriesAfterReset(fresh, columns, rows),
    );
  });

  await step("a reset without a basis starts from the slacks", () => {
    using model = solver.createModel();
    model.load(randomLp(13, COLUMNS, ROWS));
    model.solve();
    const cold = model.iterations;
    model.solve();
    model.reset();
    assert.equal(model.solve(), "optimal");
    assert.equal(model.iterations, cold);
  });

  await step("two workers side by side give the bits of this thread", async () => {
    using model = solver.createModel();
    const { columns, rows } = startOf(model);
    const expected = seriesAfterReset(model, columns, rows);
    const { kind, path } = solver.identity;
    const answers = await Promise.all([1, 2].map(() => fromWorker({ kind, path })));
    for (const answer of answers) assert.deepEqual(answer, expected);
  });
}

function fromWorker(choice: Pick<SolverIdentity, "kind" | "path">): Promise<BigUint64Array> {
  const url = new URL("./lp_history_worker.ts", import.meta.url);
  const worker = new Worker(url, { type: "module" });
  return new Promise<BigUint64Array>((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = (event) => {
      event.preventDefault();
      reject(new Error(event.message));
    };
    worker.postMessage(choice);
  }).finally(() => worker.terminate());
}

function act(
  model: LpModel,
  kind: "bounds" | "costs" | "rows" | "options" | "basis",
  seed: number,
  lp: ReturnType<typeof randomLp>,
): void {
  const random = randomStream(seed);
  switch (kind) {
    case "bounds": {
      const shift = lp.rowLower.map(() => random() - 0.5);
      model.setRowBounds(
        0,
        ROWS,
        lp.rowLower.map((v, r) => v + shift[r]!),
        lp.rowUpper.map((v, r) => v + shift[r]!),
      );
      break;
    }
    case "costs":
      model.setCosts(0, COLUMNS, lp.columnCosts.map((v) => v + random()));
      break;
    case "rows": {
      const values = Float64Array.from({ length: COLUMNS }, random);
      const indices = Int32Array.from(values.keys());
      const level = Float64Array.of(random());
      const starts = Int32Array.of(0, COLUMNS);
      model.addRows(1, level, Float64Array.of(Infinity), starts, indices, values);
      if (random() < 0.5) model.deleteRows(model.rows - 1, 1);
      break;
    }
    case "options": {
      const before = model.options;
      model.setOptions({ presolve: true, costPerturbation: 1, scaling: "equilibration" });
      model.solve();
      model.setOptions(before);
      break;
    }
    case "basis":
      model.setBasis(new Int32Array(COLUMNS), new Int32Array(model.rows).fill(1));
      break;
  }
  model.solve();
}
