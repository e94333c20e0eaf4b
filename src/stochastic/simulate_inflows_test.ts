import assert from "node:assert/strict";
import type { Horizon } from "../model/mod.ts";
import { observedInflows } from "./estimation/observed_inflows.ts";
import { prepare, simulatedHistory, systemOf } from "./inflow_study_test_helpers.ts";
import { monthlyHorizon, monthlyStages, RULES } from "./noise_test_helpers.ts";
import { type SimulatedInflows, simulateInflows } from "./simulate_inflows.ts";

const HISTORY = simulatedHistory(60, [4, 9], 5);

function simulate(
  horizon: Horizon,
  years: number,
  pastInflows: number[] = [],
  hydros: readonly number[] = [0, 1],
): SimulatedInflows {
  const initial = {
    ...systemOf([], {}).initial,
    pastInflows: [4, 9].map((hydroId) => ({ hydroId, valuesM3s: pastInflows, seasonIds: null })),
  };
  const system = systemOf([4, 9], { inflowHistory: HISTORY }, { horizon, initial });
  return simulateInflows(system, prepare(system), RULES, { years, seed: 42n, hydros });
}

function moments(values: ArrayLike<number>): readonly [mean: number, std: number] {
  const list = Array.from(values);
  const mean = list.reduce((a, b) => a + b) / list.length;
  return [mean, Math.sqrt(list.reduce((sum, x) => sum + (x - mean) ** 2, 0) / list.length)];
}

Deno.test("a whole year is repeated, forgets where it began, and looks like the history", () => {
  const drawn = simulate(monthlyHorizon(monthlyStages(12)), 4000, [9000, 9000, 9000]);
  assert.deepEqual([drawn.start, drawn.rounds, drawn.years], ["stationary", 4000, 4000]);
  const observed = observedInflows(HISTORY, monthlyHorizon(monthlyStages(12)), RULES);
  for (const [hydro, id] of [[0, 4], [1, 9]] as const) {
    for (let month = 0; month < 12; month++) {
      const [mean, std] = moments(observed.get(id)!.get(month)!);
      const [drawnMean, drawnStd] = moments(drawn.inflows(month, hydro)!);
      assert.ok(Math.abs(drawnMean - mean) < 0.08 * std, `month ${month}: ${drawnMean}, ${mean}`);
      assert.ok(Math.abs(drawnStd / std - 1) < 0.08, `month ${month}: ${drawnStd}, ${std}`);
    }
  }
});

Deno.test("a study of a year and a half repeats the last whole year", () => {
  const drawn = simulate(monthlyHorizon(monthlyStages(18)), 50);
  assert.deepEqual([drawn.start, drawn.rounds, drawn.years], ["stationary", 50, 50]);
  assert.equal(drawn.inflows(5, 0), null);
  assert.equal(drawn.inflows(6, 0)!.length, 50);
  assert.equal(drawn.inflows(17, 1)!.length, 50);
});

Deno.test("three years are repeated as one, so that fewer rounds make as many years", () => {
  const { rounds, years } = simulate(monthlyHorizon(monthlyStages(36)), 30);
  assert.deepEqual([rounds, years], [10, 30]);
});

Deno.test("part of a year is drawn anew from the inflows before the study", () => {
  const horizon = monthlyHorizon(monthlyStages(3));
  const low = simulate(horizon, 300, [0, 0, 0]);
  const high = simulate(horizon, 300, [9000, 9000, 9000]);
  assert.deepEqual([low.start, low.rounds, low.years], ["known_inflows", 300, null]);
  assert.ok(moments(high.inflows(0, 0)!)[0] > moments(low.inflows(0, 0)!)[0] + 1000);
});

Deno.test("what is drawn for a hydro does not depend on which hydros are kept", () => {
  const horizon = monthlyHorizon(monthlyStages(12));
  const both = simulate(horizon, 20);
  const one = simulate(horizon, 20, [], [1]);
  assert.deepEqual(one.inflows(4, 1), both.inflows(4, 1));
  assert.equal(one.inflows(4, 0), null);
});

Deno.test("months before quarters are observed themselves and as quarters", () => {
  const span = (id: number, from: number, to: number) => ({
    id,
    label: "",
    monthStart: from,
    dayStart: 1,
    monthEnd: to,
    dayEnd: 31,
  });
  const horizon = monthlyHorizon(monthlyStages(12), {
    seasons: {
      type: "custom",
      seasons: [
        ...Array.from({ length: 12 }, (_, id) => span(id, id + 1, id + 1)),
        span(12, 1, 3),
      ],
    },
  });
  const own = observedInflows(HISTORY, horizon, RULES).get(4)!;
  assert.deepEqual([own.get(0)!.length, own.get(12)!.length], [60, 60]);
  const months = [own.get(0)![1]!, own.get(1)![1]!, own.get(2)![1]!];
  const quarter = own.get(12)![1]!;
  assert.ok(quarter > Math.min(...months) && quarter < Math.max(...months));
});
