/** Solves with rows on demand and lags on the right-hand side, against the plain problem. */
import assert from "node:assert/strict";
import {
  findSolver,
  type LpSolver,
  openSolver,
  retryCounters,
  solveWithRetry,
} from "../solver/mod.ts";
import { knownCutParts } from "./cut_rows.ts";
import { gradientWorkspace, stateGradient } from "./gradient.ts";
import { inflowsOf, knownOutgoing, setStateQuantities } from "./known_quantities.ts";
import { fullSolution, readBack } from "./read_back.ts";
import { StageSolver } from "./stage_solver.ts";
import { stageStart } from "./stage_start.ts";
import { type StageTemplate, stageTemplate } from "./stage_template.ts";
import { plainStage } from "./testing/plain_stage.ts";
import { randomState, type RandomStudy, randomStudy } from "./testing/random_study.ts";

/** Everything that a solve is given, for a state and a noise. */
function prepare(template: StageTemplate, stage: StageSolver, study: RandomStudy) {
  const { map } = template;
  const known = study.known.slice();
  const z = new Float64Array(map.inflow.base.length);
  inflowsOf(map, study.state, study.noise, z);
  setStateQuantities(map, study.state, known);
  known.set(z, map.firstInflow);
  const outgoing = new Float64Array(map.outgoing.slots.length);
  knownOutgoing(template, study.state, known, z, outgoing);
  const parts = new Float64Array(study.cutCount);
  knownCutParts(study.cuts, study.cutCount, stage.knownRanges, outgoing, parts);
  return { known, parts, outgoing };
}

function open(solver: LpSolver, study: RandomStudy, costScale = 1000) {
  const { model, map } = study.study.stages[1]!;
  const template = stageTemplate(model, map, costScale);
  const stage = new StageSolver(solver, {
    template,
    cuts: study.cuts,
    counters: retryCounters(),
  });
  return { template, stage };
}

/** Optimal cost and gradient at the state of a study. */
function valueAt(solver: LpSolver, study: RandomStudy) {
  const { template, stage } = open(solver, study);
  const { known, parts } = prepare(template, stage, study);
  stage.startTask(study.cutCount, null);
  assert.equal(stage.solve(known, parts), "optimal");
  const gradient = new Float64Array(study.state.length);
  stateGradient(stage, known, gradientWorkspace(stage), gradient);
  const result = { cost: stage.cost(known), gradient, rows: stage.addedRows };
  stage.close();
  return result;
}

function plainValueAt(solver: LpSolver, study: RandomStudy) {
  const { model, map } = study.study.stages[1]!;
  const { lp, firstState } = plainStage(
    model,
    map,
    study.cuts,
    study.cutCount,
    study.state,
    study.noise,
    study.known,
  );
  using plain = solver.createModel();
  plain.load(lp);
  assert.equal(solveWithRetry(plain, retryCounters()), "optimal");
  const reduced = new Float64Array(plain.columns);
  plain.readSolution(null, reduced, null, null);
  return {
    cost: plain.objective(),
    gradient: reduced.slice(firstState, firstState + study.state.length),
  };
}

function relative(actual: number, expected: number, scale = 1): number {
  return Math.abs(actual - expected) / (scale + Math.abs(expected));
}

Deno.test("cost and gradient are those of the problem with lags, inflows and all cuts in it", async () => {
  using solver = await openSolver(findSolver());
  let lagsPriced = 0;
  for (let seed = 1; seed <= 60; seed++) {
    const study = randomStudy(seed, 40);
    const trimmed = valueAt(solver, study);
    const plain = plainValueAt(solver, study);
    assert.ok(relative(trimmed.cost, plain.cost) < 1e-9, `seed ${seed}: ${trimmed.cost}`);
    study.study.manifests[1]!.slots.forEach(({ kind, sub }, slot) => {
      const difference = relative(trimmed.gradient[slot]!, plain.gradient[slot]!, 1);
      assert.ok(
        difference < 1e-6,
        `seed ${seed}, ${kind} ${sub}: ${trimmed.gradient[slot]}, wanted ${plain.gradient[slot]}`,
      );
      if (kind === "inflow_lag" && Math.abs(plain.gradient[slot]!) > 1) lagsPriced++;
    });
  }
  assert.ok(lagsPriced > 100, "hardly any lag had a price");
});

Deno.test("the gradient supports the cost from below at every other state", async () => {
  using solver = await openSolver(findSolver());
  for (let seed = 1; seed <= 12; seed++) {
    const study = randomStudy(seed, 30);
    const here = valueAt(solver, study);
    for (let other = 0; other < 6; other++) {
      const elsewhere = randomState(study.study.manifests[1]!, 1000 * seed + other);
      const there = valueAt(solver, { ...study, state: elsewhere });
      let bound = here.cost;
      here.gradient.forEach((slope, slot) => {
        bound += slope * (elsewhere[slot]! - study.state[slot]!);
      });
      assert.ok(
        there.cost >= bound - 1e-7 * (1 + Math.abs(bound)),
        `seed ${seed}, ${other}: cost ${there.cost} lies below ${bound}`,
      );
    }
  }
});

Deno.test("a solve with few rows keeps every cut", async () => {
  using solver = await openSolver(findSolver());
  const study = randomStudy(3, 400);
  const { rows, cost } = valueAt(solver, study);
  assert.ok(rows < 60, `${rows} rows were added for 400 cuts`);
  assert.ok(relative(cost, plainValueAt(solver, study).cost) < 1e-9);
});

Deno.test("planes of production functions wait outside until a solution breaks them", async () => {
  using solver = await openSolver(findSolver());
  let waiting = 0;
  let added = 0;
  for (let seed = 1; seed <= 10; seed++) {
    const study = randomStudy(seed, 0);
    const { template, stage } = open(solver, study);
    const { known, parts } = prepare(template, stage, study);
    stage.startTask(0, null);
    assert.equal(stage.solve(known, parts), "optimal");
    assert.ok(relative(stage.cost(known), plainValueAt(solver, study).cost) < 1e-9);
    waiting += template.rows.length - template.coreRows;
    added += stage.addedRows;
    const start = stageStart(template);
    stage.storeStart(start);
    stage.startTask(0, start);
    stage.solve(known, parts);
    assert.equal(stage.model.iterations, 0, "the planes that bind come with the basis");
    stage.close();
  }
  assert.ok(added > 0 && added < waiting, `${added} of ${waiting} planes were added`);
});

Deno.test("a task gives the same bits whatever was solved before it", async () => {
  using solver = await openSolver(findSolver());
  const study = randomStudy(5, 120);
  const { template, stage } = open(solver, study);
  const others = [11, 12, 13].map((seed) => ({
    ...study,
    state: randomState(study.study.manifests[1]!, seed),
  }));
  const start = stageStart(template);
  const first = prepare(template, stage, study);
  stage.startTask(60, null);
  stage.solve(first.known, first.parts);
  stage.storeStart(start);
  const run = (): string => {
    const bits: number[] = [];
    stage.startTask(120, start, Int32Array.of(118, 119));
    for (const next of [study, ...others]) {
      const { known, parts } = prepare(template, stage, next);
      assert.equal(stage.solve(known, parts), "optimal");
      bits.push(stage.cost(known), ...stage.solution.columns, ...stage.outgoingPrices);
    }
    return new Uint8Array(Float64Array.from(bits).buffer).toString();
  };
  const reference = run();
  for (const [at, other] of others.entries()) {
    const { known, parts } = prepare(template, stage, other);
    stage.startTask(40 * (at + 1), null);
    stage.solve(known, parts);
    assert.equal(run(), reference, `after another task (${at})`);
  }
});

Deno.test("a start basis brings the cuts that it needs, and refuses cuts that the task cannot see", async () => {
  using solver = await openSolver(findSolver());
  const study = randomStudy(7, 80);
  const { template, stage } = open(solver, study);
  const { known, parts } = prepare(template, stage, study);
  stage.startTask(80, null);
  stage.solve(known, parts);
  const cost = stage.cost(known);
  const start = stageStart(template);
  stage.storeStart(start);
  const [rows, cuts] = start.counts;
  assert.ok(cuts! > 0);
  stage.startTask(80, start);
  assert.equal(stage.addedRows, rows! + cuts!);
  stage.solve(known, parts);
  assert.equal(stage.model.iterations, 0);
  assert.ok(relative(stage.cost(known), cost) < 1e-12);
  assert.throws(() => stage.startTask(Math.min(...start.cuts.slice(0, cuts)), start));
});

Deno.test("a solution with cuts reads back into the whole problem", async () => {
  using solver = await openSolver(findSolver());
  const study = randomStudy(9, 60);
  const { template, stage } = open(solver, study);
  const { known, parts } = prepare(template, stage, study);
  stage.startTask(60, null);
  stage.solve(known, parts);
  const full = fullSolution(template);
  readBack(template, stage.solution, known, stage.outgoingPrices, full);
  let cost = 0;
  template.model.columnCosts.forEach((unit, column) => cost += unit * full.columns[column]!);
  assert.ok(relative(cost, stage.cost(known)) < 1e-10);
  const gradient = new Float64Array(study.state.length);
  stateGradient(stage, known, gradientWorkspace(stage), gradient);
  template.map.incomingParameter.forEach((column, slot) => {
    const kind = template.map.incoming.slots[slot]!.kind;
    if (kind !== "storage") return;
    assert.ok(relative(full.reducedCosts[column]!, gradient[slot]!, 1) < 1e-9, `slot ${slot}`);
  });
});
