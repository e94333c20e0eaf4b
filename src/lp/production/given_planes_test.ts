import assert from "node:assert/strict";
import { ALL_STAGES } from "../../model/mod.ts";
import { tableOf, tinyHydro } from "../testing/tiny_system.ts";
import { givenPlanes } from "./given_planes.ts";

const INTEGERS = ["hydro_id", "stage_id", "plane_id"] as const;
const REALS = [
  "gamma_0",
  "gamma_v",
  "gamma_q",
  "gamma_s",
  "kappa",
  "valid_v_min_hm3",
  "valid_v_max_hm3",
  "valid_q_max_m3s",
] as const;

const ROW = {
  hydro_id: 2,
  stage_id: ALL_STAGES,
  plane_id: 0,
  gamma_0: 10,
  gamma_v: 0.1,
  gamma_q: 0.8,
  gamma_s: -0.01,
  kappa: 0.9,
};

const HYDRO = tinyHydro({ id: 2 });

Deno.test("kappa scales the intercept alone", () => {
  const planes = givenPlanes(tableOf(INTEGERS, REALS, [ROW]), HYDRO, 7);
  assert.deepEqual(planes, {
    intercept: Float64Array.of(9),
    byVolume: Float64Array.of(0.1),
    byTurbined: Float64Array.of(0.8),
    bySpillage: Float64Array.of(-0.01),
  });
});

Deno.test("rows for a stage take the place of those for all stages", () => {
  const table = tableOf(INTEGERS, REALS, [
    ROW,
    { ...ROW, plane_id: 1, gamma_0: 20 },
    { ...ROW, stage_id: 7, gamma_0: 30 },
    { ...ROW, hydro_id: 3, stage_id: 7, gamma_0: 40 },
  ]);
  assert.deepEqual(givenPlanes(table, HYDRO, 7).intercept, Float64Array.of(27));
  assert.deepEqual(givenPlanes(table, HYDRO, 8).intercept, Float64Array.of(9, 18));
});

Deno.test("planes that break physics are refused by name", () => {
  const cases = [
    [{ gamma_v: -1 }, /Plane 0 of hydro 2 'H2': gamma_v is -1, expected at least 0/],
    [{ gamma_q: 0 }, /gamma_q is 0, expected above 0/],
    [{ gamma_s: 0.5 }, /gamma_s is 0.5, expected at most 0/],
    [{ kappa: 1.5 }, /kappa is 1.5, expected above 0 and at most 1/],
    [{ hydro_id: 9 }, /takes given planes in stage 7, but .* has no row/],
  ] as const;
  for (const [change, message] of cases) {
    assert.throws(
      () => givenPlanes(tableOf(INTEGERS, REALS, [{ ...ROW, ...change }]), HYDRO, 7),
      message,
    );
  }
});
