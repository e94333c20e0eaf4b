import assert from "node:assert/strict";
import type { ScenarioTables, System } from "../model/mod.ts";
import {
  availabilityMoments,
  blockMoments,
  loadMoments,
  realisedAvailability,
  realisedLoad,
} from "./load_noise.ts";
import { noiseLayout } from "./noise_layout.ts";
import { monthlyHorizon, monthlyStages, tableOf } from "./noise_test_helpers.ts";

const loadStats = tableOf(["bus_id", "stage_id"], ["mean_mw", "std_mw"], [
  [1, 0, 50, 0],
  [1, 1, 60, 0],
  [4, 0, 70, 0],
  [4, 1, 80, 8],
  [5, 1, 10, 5],
  [99, 0, 1, 1],
]);
const sourceStats = tableOf(["ncs_id", "stage_id"], ["mean", "std"], [
  [2, 0, 0.5, 0.2],
  [2, 1, 0.4, 0],
]);

function systemOf(): Pick<System, "hydros" | "buses" | "sources" | "scenarios" | "horizon"> {
  const entities = (ids: readonly number[]) => ids.map((id) => ({ id })) as unknown as never[];
  return {
    hydros: entities([7, 9]),
    buses: entities([1, 4, 5]),
    sources: entities([2, 6]),
    scenarios: { loadStats, sourceStats } as unknown as ScenarioTables,
    horizon: monthlyHorizon(monthlyStages(2)),
  };
}

Deno.test("the noise vector holds all hydros, buses that deviate once, sources with statistics", () => {
  const { dim, blocks } = noiseLayout(systemOf());
  assert.equal(dim, 5);
  assert.deepEqual([...blocks.inflow.ids], [7, 9]);
  assert.deepEqual([...blocks.load.ids], [4, 5]);
  assert.deepEqual([...blocks.load.positions], [1, 2]);
  assert.deepEqual([...blocks.ncs.ids], [2]);
  assert.deepEqual([blocks.load.from, blocks.load.to, blocks.ncs.from], [2, 4, 4]);
});

Deno.test("loads are means, or random and never negative", () => {
  const system = systemOf();
  const moments = loadMoments(system, noiseLayout(system));
  const out = new Float64Array(3);
  realisedLoad(moments, 1, Float64Array.of(9, 9, 1.5, -4, 9), out);
  assert.deepEqual([...out], [60, 92, 0]);
  realisedLoad(moments, 0, Float64Array.of(9, 9, 1.5, -4, 9), out);
  assert.deepEqual([...out], [50, 70, 0]);
  assert.deepEqual([...blockMoments(moments).std], [0, 0, 8, 5]);
});

Deno.test("availabilities stay between none and all, and are all without statistics", () => {
  const system = systemOf();
  const moments = availabilityMoments(system, noiseLayout(system));
  const out = new Float64Array(2);
  for (const [noise, part] of [[1, 0.7], [3, 1], [-3, 0]] as const) {
    realisedAvailability(moments, 0, Float64Array.of(0, 0, 0, 0, noise), out);
    assert.deepEqual([...out], [part, 1]);
  }
  realisedAvailability(moments, 1, Float64Array.of(0, 0, 0, 0, 3), out);
  assert.deepEqual([...out], [0.4, 1]);
});
