/** The trimmed problem and its read-back against the whole problem, solved as it is. */
import assert from "node:assert/strict";
import { findSolver, type LpSolver, openSolver } from "../solver/mod.ts";
import { boundsWorkspace, computeBounds, trimmedCost } from "./apply_parameters.ts";
import { independentInflows } from "./inflow_map.ts";
import { fullSolution, readBack } from "./read_back.ts";
import { plainLp, type StageModel } from "./stage_model.ts";
import { stageTemplate } from "./stage_template.ts";
import { manifestOf } from "./state_manifest.ts";
import { stateMap } from "./state_map.ts";
import { applyBounds } from "./testing/apply_bounds.ts";
import { assertOptimal } from "./testing/optimality.ts";
import { randomNumbers, type RandomStage, randomStage } from "./testing/random_stage.ts";
import { waterClock } from "./water_clock.ts";
import { tinyStage } from "./testing/tiny_system.ts";

const NO_STATE = manifestOf([]);

function templateOf(model: StageModel, costScale: number) {
  const clock = waterClock([tinyStage(0)]);
  const none = independentInflows(new Float64Array(0), new Float64Array(0));
  return stageTemplate(model, stateMap(model, clock, NO_STATE, NO_STATE, none), costScale);
}

/** Solves both ways, where anything is left to solve. */
function compare(
  solver: LpSolver,
  seed: number,
  { model, known }: RandomStage,
): "agree" | "unsolvable" | "trivial" {
  const plain = plainLp(model, known);
  using whole = solver.createModel();
  whole.load(plain);
  const status = whole.solve();
  const template = templateOf(model, 7);
  if (template.columns.length === 0) return "trivial";
  using trimmed = solver.createModel();
  trimmed.load(template.lp);
  const bounds = boundsWorkspace(template);
  computeBounds(template, known, bounds);
  applyBounds(template, bounds, trimmed);
  const found = trimmed.solve();
  if (status !== "optimal") {
    assert.notEqual(found, "optimal", `seed ${seed}: ${status}`);
    return "unsolvable";
  }
  assert.equal(found, "optimal", `seed ${seed}`);
  const { columns, rows } = template;
  const solution = {
    columns: new Float64Array(columns.length),
    reducedCosts: new Float64Array(columns.length),
    duals: new Float64Array(rows.length),
  };
  trimmed.readSolution(solution.columns, solution.reducedCosts, null, solution.duals);
  const objective = 7 * trimmed.objective() + trimmedCost(template, known);
  const expected = whole.objective();
  const difference = Math.abs(objective - expected) / (1 + Math.abs(expected));
  assert.ok(difference < 1e-9, `seed ${seed}: ${objective}, wanted ${expected}`);
  const full = fullSolution(template);
  readBack(template, solution, known, new Float64Array(0), full);
  assertOptimal(plain, full, `seed ${seed}`);
  return "agree";
}

/** Other values within the ranges of the known quantities; the problem may have no solution there. */
function anotherKnown({ model, known }: RandomStage, seed: number): Float64Array {
  const random = randomNumbers(seed + 1_000_000);
  return known.map((value, at) => {
    const lower = Math.max(model.columnLower[at]!, value - 1);
    const upper = Math.min(model.columnUpper[at]!, value + 1);
    return lower + random() * (upper - lower);
  });
}

Deno.test("a trimmed problem reads back as a solution of the whole problem", async () => {
  using solver = await openSolver(findSolver());
  let agreed = 0;
  for (let seed = 1; seed <= 1000; seed++) {
    const stage = randomStage(seed);
    if (compare(solver, seed, stage) === "agree") agreed++;
    const elsewhere = { model: stage.model, known: anotherKnown(stage, seed) };
    if (compare(solver, seed, elsewhere) === "agree") agreed++;
  }
  assert.ok(agreed > 1000, `only ${agreed} problems had a solution`);
});

Deno.test("trimming takes out rows and columns of the random problems, so that the test means something", () => {
  let columns = 0;
  let kept = 0;
  let rows = 0;
  let rowsKept = 0;
  for (let seed = 1; seed <= 200; seed++) {
    const { model } = randomStage(seed);
    const template = templateOf(model, 1);
    columns += model.columnCosts.length - model.parameters;
    kept += template.columns.length;
    rows += model.rowLower.length;
    rowsKept += template.rows.length;
  }
  assert.ok(kept < 0.85 * columns, `${kept} of ${columns} columns stay`);
  assert.ok(rowsKept < 0.6 * rows, `${rowsKept} of ${rows} rows stay`);
});
