import assert from "node:assert/strict";
import fc from "fast-check";
import type { RiskMeasure } from "../model/mod.ts";
import { openSolver } from "../solver/mod.ts";
import {
  type ExtensiveForm,
  extensiveForm,
  type Opening,
  openingTree,
  type TreeNode,
} from "./extensive_form.ts";
import { independentInflows, type InflowMap, sparseRows } from "./inflow_map.ts";
import { initialState } from "./initial_state.ts";
import { addDecided, inflowsOf, shiftedState } from "./known_quantities.ts";
import { findColumn } from "./stage_model.ts";
import { type InflowSlot, slotRange, stateManifests } from "./state_manifest.ts";
import type { StudyModels } from "./study_models.ts";
import { near, tinyStudy } from "./testing/solve_tiny.ts";
import { tinyHydro, tinyStage, tinySystem, tinyThermal } from "./testing/tiny_system.ts";

const NEUTRAL: RiskMeasure = { type: "expectation" };

function opening(probability: number, given: Partial<Record<keyof Opening, number[]>>): Opening {
  return {
    probability,
    noise: Float64Array.from(given.noise ?? []),
    load: Float64Array.from(given.load ?? []),
    available: Float64Array.from(given.available ?? []),
  };
}

async function solve(form: ExtensiveForm): Promise<{ cost: number; x: Float64Array }> {
  using solver = await openSolver({ kind: "wasm", path: null });
  using model = solver.createModel();
  model.load(form.lp);
  assert.equal(model.solve(), "optimal");
  const x = new Float64Array(model.columns);
  model.readSolution(x, null, null, null);
  return { cost: model.objective(), x };
}

/** Nothing but a thermal of 1 $/MWh and a load: a stage of one hour costs its load. */
function loadOnly(risks: readonly RiskMeasure[], rate = 0): StudyModels {
  return tinyStudy(tinySystem({
    stages: risks.map((risk, id) => tinyStage(id, [1], { risk, annualDiscountRate: rate })),
    thermals: [tinyThermal({ costPerMwh: 1, maxMw: 1e6 })],
  }));
}

/** (1 − λ)·E + λ·CVaR, where CVaR is the mean of the dearest outcomes of total probability α. */
function weigh(outcomes: readonly (readonly [number, number])[], risk: RiskMeasure): number {
  const mean = outcomes.reduce((sum, [p, value]) => sum + p * value, 0);
  if (risk.type === "expectation") return mean;
  let left = risk.alpha;
  let tail = 0;
  for (const [p, value] of outcomes.toSorted((a, b) => b[1] - a[1])) {
    const taken = Math.min(left, p);
    tail += taken * value;
    left -= taken;
  }
  return (1 - risk.lambda) * mean + risk.lambda * tail / risk.alpha;
}

Deno.test("costs of 0, 50 and 100 weigh a sixth, a third and a half with α = λ = 1/2", async () => {
  const study = loadOnly([{ type: "cvar", alpha: 0.5, lambda: 0.5 }]);
  const openings = [0, 50, 100].map((load) => opening(1 / 3, { load: [load] }));
  const { cost } = await solve(extensiveForm(study, new Float64Array(0), openingTree([openings])));
  near(cost, 50 / 3 + 100 / 2);
});

Deno.test("the measure of a stage weighs the openings of the next, each value discounted once", async () => {
  const risk: fc.Arbitrary<RiskMeasure> = fc.oneof(
    fc.constant(NEUTRAL),
    fc.record({
      type: fc.constant("cvar" as const),
      alpha: fc.integer({ min: 1, max: 10 }).map((n) => n / 10),
      lambda: fc.integer({ min: 0, max: 4 }).map((n) => n / 4),
    }),
  );
  const loads = fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 1, maxLength: 3 });
  await fc.assert(
    fc.asyncProperty(
      fc.tuple(risk, risk, risk),
      fc.tuple(loads, loads, loads),
      fc.constantFrom(0, 0.12),
      async (risks, loads, rate) => {
        const openings = loads.map((stage) =>
          stage.map((load, i) =>
            opening((i + 1) / (stage.length * (stage.length + 1) / 2), { load: [load] })
          )
        );
        const study = loadOnly(risks, rate);
        const { cost } = await solve(
          extensiveForm(study, new Float64Array(0), openingTree(openings)),
        );
        const discount = Math.pow(1 + rate, -30 / 365.25);
        const value = (stage: number, risk: RiskMeasure): number =>
          stage === loads.length ? 0 : weigh(
            openings[stage]!.map(({ probability, load }) => [
              probability,
              load[0]! + discount * value(stage + 1, risks[stage]!),
            ]),
            risk,
          );
        near(cost, value(0, risks[0]));
      },
    ),
    { numRuns: 40 },
  );
});

Deno.test("water is kept for a drought only as far as the drought is likely", async () => {
  // One m³/s for a stage of 1000 h is 3.6 hm³, so the reservoir holds 10 m³/s. No water comes in but
  // in the wet opening, which serves the second stage without help.
  const system = tinySystem({
    stages: [tinyStage(0, [1000]), tinyStage(1, [1000])],
    hydros: [tinyHydro({ maxStorageHm3: 36, minStorageHm3: 0 })],
    thermals: [
      tinyThermal({ id: 0, costPerMwh: 50, maxMw: 10 }),
      tinyThermal({ id: 1, costPerMwh: 90 }),
    ],
    volumes: [[0, 36]],
  });
  const inflow = independentInflows(Float64Array.of(0), Float64Array.of(1));
  const study = tinyStudy(system, { inflow: [inflow, inflow] });
  const state = initialState(system, study.manifests[0]!);
  const stage = (load: number, ...waters: readonly (readonly [number, number])[]): Opening[] =>
    waters.map(([probability, water]) => opening(probability, { noise: [water], load: [load] }));
  const kept = async (dry: number): Promise<number> => {
    const form = extensiveForm(
      study,
      state,
      openingTree([stage(10, [1, 0]), stage(20, [dry, 0], [1 - dry, 20])]),
    );
    const { x } = await solve(form);
    return x[form.firstColumn[0]! + findColumn(study.stages[0]!.model, "storage", 0)]!;
  };
  // A kept m³/s costs 50 $/MWh now and saves 90 with the probability of the drought.
  near(await kept(0.2), 0);
  near(await kept(0.9), 36);
});

/** Travel time, an anticipated thermal, two lags: every kind of state but accumulators. */
function everyState(): StudyModels {
  const system = tinySystem({
    stages: [0, 1, 2].map((id) => tinyStage(id, [300, 430])),
    hydros: [
      tinyHydro({ id: 0, downstreamId: 1, travelTimeHours: 900 }),
      tinyHydro({ id: 1 }),
    ],
    thermals: [
      tinyThermal({ id: 0 }),
      tinyThermal({ id: 1, costPerMwh: 20, maxMw: 30, anticipated: { leadStages: 1 } }),
    ],
    volumes: [[0, 80], [1, 60]],
  });
  const slots = [1, 2].flatMap((sub) =>
    system.hydros.map(({ id }, entity): InflowSlot => ({
      kind: "inflow_lag",
      entityId: id,
      entity,
      sub,
    }))
  );
  const inflowSlots = Array.from({ length: 4 }, () => slots);
  const inflow = system.horizon.stages.map((_, position): InflowMap => {
    const [first] = slotRange(stateManifests(system, inflowSlots)[position]!, "inflow_lag");
    return {
      base: Float64Array.of(10, 5),
      scale: Float64Array.of(4, 2),
      lags: sparseRows([[[first, 0.5], [first + 2, -0.1]], [[first + 1, 0.3], [first, 0.2]]]),
      shiftConstant: new Float64Array(4),
      shift: sparseRows([[], [], [[first, 1]], [[first + 1, 1]]]),
      shiftInflow: sparseRows([[[0, 1]], [[1, 1]], [], []]),
    };
  });
  return tinyStudy(system, { inflowSlots, inflow });
}

Deno.test("every node receives what its parent hands on", async () => {
  const study = everyState();
  const { system } = study.frame;
  const state = initialState(system, study.manifests[0]!, Float64Array.of(20, 12, 18, 9));
  const stage = (count: number): Opening[] =>
    Array.from(
      { length: count },
      (_, i) => opening(1 / count, { noise: [i, -i], load: [70, 90 + 10 * i] }),
    );
  const nodes = openingTree([stage(1), stage(2), stage(3)]);
  assert.equal(nodes.length, 9);
  const form = extensiveForm(study, state, nodes);
  const { x } = await solve(form);
  const received: Float64Array[] = [];
  nodes.forEach((node, at) => {
    const { model, map } = study.stages[form.stage[at]!]!;
    const before = node.parent < 0 ? state : received[node.parent]!;
    const first = form.firstColumn[at]!;
    const columns = x.subarray(first, first + model.columnCosts.length);
    map.incomingParameter.forEach((quantity, slot) => {
      if (quantity >= 0) near(columns[quantity]!, before[slot]!, `node ${at}, slot ${slot}`);
    });
    const z = new Float64Array(2);
    inflowsOf(map, before, node.noise, z);
    z.forEach((flow, hydro) =>
      near(columns[map.firstInflow + hydro]!, flow, `inflow of node ${at}`)
    );
    const outgoing = new Float64Array(map.outgoing.slots.length);
    shiftedState(map, before, z, outgoing);
    addDecided(map, columns, outgoing);
    received.push(outgoing);
  });
  const kinds = study.manifests[1]!.slots.map(({ kind }) => kind);
  for (const kind of ["travelling_water", "commitment", "inflow_lag"] as const) {
    assert.ok(kinds.includes(kind), `the state has no ${kind}`);
  }
});

Deno.test("a commitment is made before the load is known, and paid when it is delivered", async () => {
  const study = tinyStudy(tinySystem({
    stages: [tinyStage(0, [1], { annualDiscountRate: 0.1 }), tinyStage(1, [1, 2])],
    thermals: [tinyThermal({ maxMw: 40, costPerMwh: 10, anticipated: { leadStages: 1 } })],
  }));
  const openings = [
    [opening(1, { load: [5] })],
    [10, 30].map((load) => opening(0.5, { load: [load, load] })),
  ];
  const { cost, x } = await solve(extensiveForm(study, Float64Array.of(0), openingTree(openings)));
  // 10 $ for a MW that with probability ½ saves 1,000 $ of deficit: 30 MW, of which 20 may be surplus.
  const discount = Math.pow(1.1, -30 / 365.25);
  near(cost, 5 * 1000 + discount * 3 * (30 * 10 + 0.5 * 20 * 0.01));
  assert.ok(x.includes(30));
});

Deno.test("trees that are not trees of the study are refused", () => {
  const study = loadOnly([NEUTRAL]);
  const node = (parent: number, probability = 1): TreeNode => ({
    ...opening(probability, { load: [1] }),
    parent,
  });
  const none = new Float64Array(0);
  assert.throws(() => extensiveForm(study, none, [node(0)]), /node 0 comes before its parent 0/);
  assert.throws(() => extensiveForm(study, none, [node(-1), node(0)]), /after the last stage/);
  assert.throws(() => extensiveForm(study, none, [node(-1, 0.5)]), /probabilities of 0.5 in all/);
  const trained = tinyStudy(study.frame.system, {
    future: () => ({ kind: "single", discount: 1, lower: 0 }),
  });
  assert.throws(() => extensiveForm(trained, none, [node(-1)]), /has a future cost/);
  const simulated = tinyStudy(
    tinySystem({ stages: [tinyStage(0, [1])], hydros: [tinyHydro()] }),
    {
      production: [{ kind: "head", line: { productivity: 1, k0: 1, kV: 0.1 } }],
      head: "initial_storage",
    },
  );
  assert.throws(() => extensiveForm(simulated, none, [node(-1)]), /are for simulations/);
});
