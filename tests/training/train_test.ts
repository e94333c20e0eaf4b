/** A training as its owner sees it: memory that grows, stopping, giving up, failing. */
import assert from "node:assert/strict";
import { cutCount, startTraining, storedCuts, type TrainedPolicy } from "../../src/sddp/mod.ts";
import { branchingCase } from "./branching_case.ts";
import { prepared } from "./prepared.ts";

const BRANCHING = { seed: 1, openings: [3, 2, 2], iterations: 12 };

/** All that later iterations and simulations read. */
function contents({ pools, state }: TrainedPolicy) {
  return {
    bounds: state.lowerBounds,
    cuts: pools.map((pool) => pool === null ? null : storedCuts(pool)),
  };
}

Deno.test("a training that runs out of room goes on in more room to the same bits", async () => {
  const { study, help } = await prepared(branchingCase(BRANCHING), 2);
  const roomy = await startTraining(study, { ...help, onEvent: () => {} }).result;
  const seen: number[] = [];
  const cramped = await startTraining(study, {
    ...help,
    firstCutBytes: 1,
    onEvent: (event) => {
      if (event.event === "IterationSummary") seen.push(event.iteration);
    },
  }).result;
  assert.deepEqual(contents(cramped), contents(roomy));
  assert.deepEqual(seen, Array.from({ length: 12 }, (_, at) => at + 1));
});

Deno.test("a training that is asked to stop ends after the iteration that runs", async () => {
  const { study, help } = await prepared(branchingCase({ ...BRANCHING, iterations: 100_000 }), 2);
  const run = startTraining(study, {
    ...help,
    onEvent: (event) => {
      if (event.event === "IterationSummary" && event.iteration === 3) run.stop();
    },
  });
  const { reason, state, pools } = await run.result;
  assert.equal(reason, "shutdown");
  assert.ok(state.iteration >= 3);
  assert.equal(cutCount(pools[0]!), state.iteration * study.passes);
});

Deno.test("a training that is given up keeps its whole iterations", async () => {
  const { study, help } = await prepared(branchingCase({ ...BRANCHING, iterations: 100_000 }), 2);
  const run = startTraining(study, {
    ...help,
    onEvent: (event) => {
      if (event.event === "ForwardPassComplete" && event.iteration === 4) run.abandon();
    },
  });
  const { reason, state, pools } = await run.result;
  assert.equal(reason, "shutdown");
  assert.equal(state.iteration, 3);
  pools.forEach((pool) => {
    if (pool !== null) assert.equal(cutCount(pool), 3 * study.passes);
  });
});

Deno.test("a stage without a solution is named with what contradicts what, whoever met it", async () => {
  const files = branchingCase(BRANCHING);
  // More must run than there are units for, and no slack is given.
  files["constraints/generic_constraints.json"].constraints[0] = {
    id: 3,
    name: "gas_floor",
    expression: "thermal_generation(0)",
    sense: ">=",
    slack: { enabled: false },
  };
  for (const threads of [1, 3]) {
    const { study, help } = await prepared(files, threads);
    await assert.rejects(startTraining(study, { ...help, onEvent: () => {} }).result, {
      kind: "SolverFailure",
      message: /stage 0 \(iteration 1, scenario 0.*gas_floor/,
    });
  }
});
