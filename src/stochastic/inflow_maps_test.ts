import assert from "node:assert/strict";
import { addProduct, manifestOf, slotRange, type StateSlot } from "../lp/mod.ts";
import { realisedInflow } from "./inflow_equation.ts";
import { inflowMaps, initialInflow } from "./inflow_maps.ts";
import { buildInflowModels } from "./inflow_model.ts";
import { lagTransitions } from "./lag_transition.ts";
import { makeLagWalk } from "./lag_walk.ts";
import { monthlyHorizon, monthlyStages, RULES } from "./noise_test_helpers.ts";

const HYDROS = [{ id: 3 }, { id: 5 }, { id: 8 }];

/** Half months of three hydros, the second without lags. */
function study() {
  const months = monthlyStages(4);
  const stages = months.flatMap((month, at) => {
    const middle = month.startDay + 14;
    return [
      { ...month, id: 2 * at, endDay: middle },
      { ...month, id: 2 * at + 1, startDay: middle },
    ];
  });
  const horizon = monthlyHorizon(stages);
  const rows = stages.flatMap(({ id }) =>
    [[0.5, 0.2], [], [0.3]].map((coefficients, h) => ({
      hydroId: HYDROS[h]!.id,
      stageId: id,
      meanM3s: 100 + 10 * h + id,
      stdM3s: 20 + h,
      coefficients,
      residualRatio: 0.8,
      annual: null,
    }))
  );
  const { models } = buildInflowModels(horizon, HYDROS, rows, RULES);
  const known = {
    pastInflows: [
      { hydroId: 3, valuesM3s: [90, 80], seasonIds: null },
      { hydroId: 8, valuesM3s: [70], seasonIds: null },
    ],
    recentObservations: [],
  };
  const transitions = lagTransitions(horizon, HYDROS, models.depths, known, RULES);
  const storages = HYDROS.map(({ id }, entity): StateSlot => ({
    kind: "storage",
    entityId: id,
    entity,
    sub: 0,
  }));
  const manifests = transitions.slots.map((slots) => manifestOf([...slots, ...storages]));
  return { models, transitions, manifests };
}

Deno.test("inflows and lags through the maps are those of the models and the walk", () => {
  const { models, transitions, manifests } = study();
  const maps = inflowMaps(models, transitions, manifests);
  const walk = makeLagWalk(transitions, 3);
  const lags = new Float64Array(3 * models.lagDepth);
  const expected = new Float64Array(3);
  walk.start(lags);
  let state = new Float64Array(manifests[0]!.slots.length);
  state.set(initialInflow(transitions, manifests[0]!), slotRange(manifests[0]!, "inflow_lag")[0]);
  maps.forEach((map, t) => {
    const noise = Float64Array.of(0.3 * t - 1, 0.5, 1 - 0.2 * t);
    realisedInflow(models, t, lags, noise, expected);
    const z = Float64Array.from(map.base, (base, h) => base + map.scale[h]! * noise[h]!);
    addProduct(map.lags, state, z);
    z.forEach((value, h) => assert.ok(Math.abs(value - expected[h]!) < 1e-9));

    walk.advance(t, expected, lags);
    const outgoing = manifests[t + 1]!;
    const [from] = slotRange(outgoing, "inflow_lag");
    const [, to] = slotRange(outgoing, "lag_accumulator");
    const shifted = Float64Array.from(map.shiftConstant);
    addProduct(map.shift, state, shifted);
    addProduct(map.shiftInflow, z, shifted);
    assert.equal(shifted.length, to - from);
    state = new Float64Array(outgoing.slots.length);
    state.set(shifted, from);
    outgoing.slots.forEach(({ kind, sub, entity }, at) => {
      if (kind !== "inflow_lag") return;
      assert.ok(Math.abs(state[at]! - lags[(sub - 1) * 3 + entity]!) < 1e-9);
    });
  });
});

Deno.test("a hydro without lags has no slot, the others have one per lag and an open half month", () => {
  const { manifests } = study();
  const names = (at: number): string[] =>
    manifests[at]!.slots.filter(({ kind }) => kind !== "storage")
      .map(({ kind, sub, entityId }) => `${kind} ${sub} of ${entityId}`);
  assert.deepEqual(names(0), ["inflow_lag 1 of 3", "inflow_lag 1 of 8", "inflow_lag 2 of 3"]);
  assert.deepEqual(names(1), [
    "inflow_lag 1 of 3",
    "inflow_lag 1 of 8",
    "inflow_lag 2 of 3",
    "lag_accumulator 0 of 3",
    "lag_accumulator 0 of 8",
  ]);
});
