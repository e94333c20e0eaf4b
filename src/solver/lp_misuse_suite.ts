/** What every solver refuses, so that it never reaches a library that trusts its caller. */
import assert from "node:assert/strict";
import type { SuiteContext } from "./lp_suite_context.ts";
import { refuses, smallLp } from "./lp_test_helpers.ts";
import type { LpModel } from "./lp_solver.ts";
import type { LpData } from "./lp_types.ts";

const one = Float64Array.of(1);
const two = Float64Array.of(1, 1);
const noNumber = Float64Array.of(1, NaN);

/** The steps of the suite that misuse models. */
export async function lpMisuseSuite({ solver, step }: SuiteContext): Promise<void> {
  const loaded = (): LpModel => {
    const model = solver.createModel();
    model.load(smallLp());
    return model;
  };

  await step("NaN and infinite numbers are refused by name and place", () => {
    using model = loaded();
    const panic = (message: RegExp, call: () => void) => refuses("InternalPanic", message, call);
    panic(/setRowBounds: lower\[1\] is NaN/, () => model.setRowBounds(0, 2, noNumber, two));
    panic(/setRowBounds: upper\[1\] is NaN/, () => model.setRowBounds(0, 2, two, noNumber));
    panic(/lower\[1\] is NaN/, () => model.setColumnBounds(0, 2, noNumber, two));
    const both = Int32Array.of(0, 1);
    panic(/upper\[1\] is NaN/, () => model.setColumnBoundsAt(2, both, two, noNumber));
    panic(/upper\[1\] is NaN/, () => model.setRowBoundsAt(2, both, two, noNumber));
    panic(/costs\[1\] is NaN/, () => model.setCosts(0, 2, noNumber));
    panic(/costs\[0\] is Inf/, () => model.setCostsAt(1, both, Float64Array.of(Infinity)));
    panic(/offset is NaN/, () => model.setOffset(NaN));
    panic(/value is -Infinity/, () => model.setCoefficient(0, 0, -Infinity));
    const starts = Int32Array.of(0, 2);
    panic(/values\[1\] is NaN/, () => model.addRows(1, one, one, starts, both, noNumber));
    assert.deepEqual(model.data(), smallLp(), "a refused call changes nothing");
  });

  await step("a model with wrong lengths, indices or numbers is not loaded", () => {
    using model = solver.createModel();
    const lp = smallLp();
    const { matrix } = lp;
    const wrong: readonly (readonly [RegExp, Partial<LpData>])[] = [
      [/no columns/, { columnCosts: new Float64Array(0) }],
      [/columnCosts\[1\] is NaN/, { columnCosts: noNumber }],
      [/columnLower has 1 values, wanted 2/, { columnLower: one }],
      [/columnUpper\[1\] is NaN/, { columnUpper: noNumber }],
      [/rowUpper has 3 values, wanted 2/, { rowUpper: Float64Array.of(1, 1, 1) }],
      [/rowLower\[1\] is NaN/, { rowLower: noNumber }],
      [/offset is Infinity/, { offset: Infinity }],
      [/starts\[0\] is 1/, { matrix: { ...matrix, starts: Int32Array.of(1, 2, 4) } }],
      [/starts\[2\] is 1 after 2/, { matrix: { ...matrix, starts: Int32Array.of(0, 2, 1) } }],
      [/starts has 2 values/, { matrix: { ...matrix, starts: Int32Array.of(0, 4) } }],
      [/indices\[3\] is 2/, { matrix: { ...matrix, indices: Int32Array.of(0, 1, 0, 2) } }],
      [/indices has 5 values/, { matrix: { ...matrix, indices: new Int32Array(5) } }],
      [/values has 3 values/, { matrix: { ...matrix, values: new Float64Array(3) } }],
      [/values\[0\] is NaN/, { matrix: { ...matrix, values: Float64Array.of(NaN, 1, 1, 1) } }],
    ];
    for (const [message, change] of wrong) {
      refuses("InternalPanic", message, () => model.load({ ...lp, ...change }));
    }
    const twice = { ...matrix, indices: Int32Array.of(0, 0, 0, 1) };
    refuses("SolverFailure", /refused the model/, () => model.load({ ...lp, matrix: twice }));
    refuses("InternalPanic", /no model is loaded/, () => model.solve());
    model.load(lp);
    assert.equal(model.solve(), "optimal");
  });

  await step("arrays of another kind are refused", () => {
    using model = loaded();
    const floats = two as unknown as Int32Array;
    const ints = Int32Array.of(0, 1) as unknown as Float64Array;
    refuses("InternalPanic", /lower is a Int32Array/, () => model.setRowBounds(0, 2, ints, two));
    refuses(
      "InternalPanic",
      /indices is a Float64Array/,
      () => model.setRowBoundsAt(2, floats, two, two),
    );
    const plain = [1, 1] as unknown as Float64Array;
    refuses("InternalPanic", /costs is a Array/, () => model.setCosts(0, 2, plain));
    refuses("InternalPanic", /columns is a Float64Array/, () => model.setBasis(floats, floats));
    model.solve();
    refuses(
      "InternalPanic",
      /rowDuals is a Int32Array/,
      () => model.readSolution(null, null, null, ints),
    );
  });

  await step("short arrays and ranges outside the model are refused", () => {
    using model = loaded();
    refuses("InternalPanic", /lower has 1 values/, () => model.setRowBounds(0, 2, one, two));
    refuses("InternalPanic", /rows 1 to 2 were named/, () => model.setRowBounds(1, 2, two, two));
    refuses("InternalPanic", /columns -1 to 0/, () => model.setColumnBounds(-1, 2, two, two));
    refuses("InternalPanic", /count is -1/, () => model.setCosts(0, -1, two));
    refuses("InternalPanic", /count is 0.5/, () => model.deleteRows(0, 0.5));
    refuses("InternalPanic", /count is NaN/, () => model.setCosts(0, NaN, two));
    const beyond = Int32Array.of(2);
    refuses("InternalPanic", /indices\[0\] is 2/, () => model.setCostsAt(1, beyond, one));
    refuses("InternalPanic", /row is 2/, () => model.setCoefficient(2, 0, 1));
    refuses("InternalPanic", /column is 0.5/, () => model.setCoefficient(0, 0.5, 1));
    refuses(
      "InternalPanic",
      /rising/,
      () => model.deleteRowsAt(2, Int32Array.of(1, 0)),
    );
    model.solve();
    const short = new Int32Array(1);
    refuses("InternalPanic", /rows has 1 statuses/, () => model.getBasis(new Int32Array(2), short));
    refuses(
      "InternalPanic",
      /columnValues has 1/,
      () => model.readSolution(one, null, null, null),
    );
    refuses("InternalPanic", /rows has 1 values/, () => model.readDualRay(one));
    assert.equal(model.rows, 2);
  });

  await step("an index named twice in a set is refused", () => {
    using model = loaded();
    const twice = Int32Array.of(1, 1);
    refuses("SolverFailure", /row bounds/, () => model.setRowBoundsAt(2, twice, two, two));
  });

  await step("a basis that is none is refused", () => {
    using model = loaded();
    const columns = new Int32Array(2);
    const rows = new Int32Array(2);
    refuses("SolverFailure", /basis/, () => model.getBasis(columns, rows));
    refuses("InternalPanic", /0 columns and rows are basic, wanted 2/, () => {
      model.setBasis(columns, rows);
    });
    refuses("InternalPanic", /columns\[1\] is 5/, () => model.setBasis(Int32Array.of(1, 5), rows));
    refuses("InternalPanic", /half a basis/, () => model.reset(columns));
    assert.equal(model.solve(), "optimal");
  });

  await step("options that the solver does not take are refused and change nothing", () => {
    using model = loaded();
    const before = model.options;
    refuses(
      "SolverFailure",
      /option primal_feasibility_tolerance/,
      () => model.setOptions({ scaling: "max_value", primalTolerance: -1 }),
    );
    assert.deepEqual(model.options, before);
    assert.equal(model.solve(), "optimal");
    refuses(
      "SolverFailure",
      /option dual_feasibility/,
      () => solver.createModel({ dualTolerance: -1 }).close(),
    );
  });

  await step("a solution is only read where there is one", () => {
    using model = loaded();
    const read = () => model.readSolution(two, null, null, null);
    refuses("InternalPanic", /status is not_solved/, read);
    model.solve();
    model.setRowBounds(0, 1, Float64Array.of(30), Float64Array.of(Infinity));
    refuses("InternalPanic", /status is not_solved/, () => model.objective());
    model.solve();
    refuses("InternalPanic", /status is infeasible/, read);
  });

  await step("a closed model refuses every call, and closing again does nothing", () => {
    const model = loaded();
    assert.equal(model.closed, false);
    model.close();
    model.close();
    assert.equal(model.closed, true);
    const calls: readonly (() => void)[] = [
      () => model.load(smallLp()),
      () => model.data(),
      () => model.setRowBounds(0, 1, one, one),
      () => model.setOptions({}),
      () => model.solve(),
      () => model.objective(),
      () => model.reset(),
      () => model.readDualRay(two),
      () => model.deleteRows(0, 1),
    ];
    for (const call of calls) refuses("InternalPanic", /the model is closed/, call);
  });
}
