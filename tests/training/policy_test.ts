/** What a trained policy promises: cuts below what they bound, bounds below what simulation costs. */
import assert from "node:assert/strict";
import {
  cutCount,
  startSimulation,
  startTraining,
  storedCuts,
  type Study,
  type TrainedPolicy,
} from "../../src/sddp/mod.ts";
import type { NoiseMoments, OpeningTree, SamplerInputs } from "../../src/stochastic/mod.ts";
import { smallCase } from "../support/small_case.ts";
import { branchingCase } from "./branching_case.ts";
import { prepared } from "./prepared.ts";

/** The part of a study from a stage on, which begins in a given state with the cuts of a policy. */
function studyFrom(
  study: Study,
  position: number,
  initialState: Float64Array,
  { pools }: TrainedPolicy,
): Study {
  const { counts, starts } = study.tree;
  const first = starts[position]! * study.tree.dim;
  const tree: OpeningTree = {
    ...study.tree,
    counts: counts.slice(position),
    starts: starts.slice(position).map((start) => start - starts[position]!),
    values: study.tree.values.slice(first),
  };
  const moments = (of: NoiseMoments): NoiseMoments => ({
    ...of,
    mean: of.mean.slice(position * of.entities),
    std: of.std.slice(position * of.entities),
  });
  const noise = (inputs: SamplerInputs): SamplerInputs => ({
    ...inputs,
    tree,
    stages: inputs.stages.slice(position),
    groups: inputs.groups.slice(position),
    correlation: { ...inputs.correlation, stages: inputs.correlation.stages.slice(position) },
  });
  return {
    ...study,
    stages: study.stages.slice(position),
    initialState,
    tree,
    loads: moments(study.loads),
    availabilities: moments(study.availabilities),
    trainingNoise: noise(study.trainingNoise),
    simulationNoise: noise(study.simulationNoise),
    training: { ...study.training, stoppingRules: [{ type: "iteration_limit", limit: 1 }] },
    givenCuts: pools.slice(position).map((pool) => pool === null ? null : storedCuts(pool)),
  };
}

/** States within the bounds of storage, with inflows and water under way that can occur. */
function randomStates(study: Study, position: number, count: number): Float64Array[] {
  let seed = 7 + position;
  const random = (): number => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
  const { slots } = study.stages[position]!.template.map.incoming;
  return Array.from(
    { length: count },
    () =>
      Float64Array.from(
        slots,
        ({ kind }) => (kind === "storage" ? 10 + 90 * random() : 60 * random()),
      ),
  );
}

for (const formulation of ["single", "multi"]) {
  Deno.test(`no cut lies above what it bounds, at any state (${formulation})`, async () => {
    const { study, help } = await prepared(branchingCase({
      seed: 3,
      openings: [3, 3, 3],
      iterations: 25,
      training: { cut_formulation: formulation },
    }));
    const policy = await startTraining(study, { ...help, onEvent: () => {} }).result;
    for (const position of [1, 2, 5]) {
      const pool = policy.pools[position - 1]!;
      const { slots, intercept, coefficients, future } = pool.rows;
      for (const state of randomStates(study, position, 4)) {
        const rest = studyFrom(study, position, state, policy);
        const { state: reached } = await startTraining(rest, { ...help, onEvent: () => {} }).result;
        const value = reached.lowerBounds.at(-1)!;
        // Each family bounds one opening; their mean bounds the expectation.
        const families = formulation === "multi" ? study.tree.counts[position]! : 1;
        const highest = new Float64Array(families).fill(-Infinity);
        for (let cut = 0; cut < cutCount(pool); cut++) {
          let at = intercept[cut]!;
          for (let slot = 0; slot < slots; slot++) {
            at += coefficients[cut * slots + slot]! * state[slot]!;
          }
          highest[future[cut]!] = Math.max(highest[future[cut]!]!, at);
        }
        const bound = highest.reduce((sum, one) => sum + one, 0) / families;
        assert.ok(
          bound <= value + 1e-7 * (1 + Math.abs(value)),
          `stage ${position}: a cut says ${bound}, but the future costs ${value}`,
        );
      }
    }
  });
}

Deno.test("a converged policy costs in simulation what the bound says", async () => {
  const { study, help } = await prepared(branchingCase({
    seed: 2,
    openings: [6, 4, 2],
    iterations: 60,
  }));
  const policy = await startTraining(study, { ...help, onEvent: () => {} }).result;
  const scenarios = 400;
  const simulation = { ...study.simulationNoise, scenarios };
  const { costs } = await startSimulation(
    { ...study, scenarios, simulationNoise: simulation },
    policy.pools,
    { ...help, capacity: 4, sink: () => {} },
  ).result;
  const mean = costs.reduce((sum, cost) => sum + cost, 0) / scenarios;
  const squares = costs.reduce((sum, cost) => sum + (cost - mean) ** 2, 0);
  const halfWidth = 1.96 * Math.sqrt(squares / (scenarios - 1) / scenarios);
  const bound = policy.state.lowerBounds.at(-1)!;
  // Twice the half width: one run in 10 000 would fail by chance, and the seed is fixed.
  assert.ok(Math.abs(mean - bound) <= 2 * halfWidth, `${mean} ± ${halfWidth}, bound ${bound}`);
});

Deno.test("the stages of a scenario add up to its cost, and hand on what the next one begins with", async () => {
  const { study, help } = await prepared(smallCase());
  const policy = await startTraining(study, { ...help, onEvent: () => {} }).result;
  let seen = 0;
  const { costs } = await startSimulation(study, policy.pools, {
    ...help,
    capacity: 1,
    sink: async ({ scenario, stages, cost }) => {
      await Promise.resolve();
      assert.equal(scenario, seen++);
      let total = 0;
      for (const { position, columns, stageCost, futureCost, discount, state } of stages) {
        const { model, map } = study.stages[position]!.template;
        const value = columns.reduce((sum, x, at) => sum + x * model.columnCosts[at]!, 0);
        assert.ok(Math.abs(value - stageCost - futureCost) <= 1e-7 * (1 + Math.abs(value)));
        map.incomingParameter.forEach((column, slot) => {
          if (column >= 0) assert.equal(columns[column], state[slot]);
        });
        const next = stages[position + 1];
        map.outgoingColumn.forEach((column, slot) => {
          if (next === undefined || column < 0) return;
          assert.ok(Math.abs(columns[column]! - next.state[slot]!) < 1e-9);
        });
        total += discount * stageCost;
      }
      assert.ok(Math.abs(total - cost) <= 1e-9 * Math.abs(cost));
    },
  }).result;
  assert.equal(seen, 4);
  assert.equal(costs.length, 4);
});
