import assert from "node:assert/strict";
import { cholesky } from "../../src/numeric/mod.ts";
import { SIZES } from "./size.ts";
import { makeStudy, noiseCorrelation } from "./study.ts";

const studies = Object.values(SIZES).map((size) => makeStudy(size, 7));

Deno.test("a seed gives one study, another seed another one", () => {
  assert.deepEqual(makeStudy(SIZES.S, 3), makeStudy(SIZES.S, 3));
  assert.notDeepEqual(makeStudy(SIZES.S, 3).plants, makeStudy(SIZES.S, 4).plants);
});

Deno.test("a study has the sizes that were asked for", () => {
  for (const { size, plants, thermals, buses, blocks, pastInflowsM3s } of studies) {
    assert.equal(plants.length, size.plants);
    assert.equal(thermals.length, size.thermals);
    assert.equal(buses.length, size.buses);
    assert.equal(blocks.length, size.blocks);
    assert.ok(pastInflowsM3s.every((lags) => lags.length === size.order));
  }
});

Deno.test("water runs down its river and never back", () => {
  for (const { plants } of studies) {
    plants.forEach(({ downstream, river }, id) => {
      if (downstream === null) return;
      assert.ok(downstream > id);
      assert.equal(plants[downstream]!.river, river);
    });
    const rivers = new Set(plants.map((plant) => plant.river));
    const ends = plants.filter((plant) => plant.downstream === null).map((plant) => plant.river);
    assert.deepEqual(ends, [...rivers]);
  }
});

Deno.test("what a plant holds and takes fits the water that reaches it", () => {
  for (const { plants } of studies) {
    for (const plant of plants) {
      assert.ok(plant.minStorageHm3 < plant.initialHm3 && plant.initialHm3 < plant.maxStorageHm3);
      assert.ok(plant.maxTurbinedM3s > plant.throughputM3s);
      assert.ok(plant.minOutflowM3s < plant.throughputM3s);
      assert.ok(Math.min(...plant.meanM3s) > 0 && Math.min(...plant.deviationM3s) > 0);
    }
  }
});

Deno.test("planes allow no less than the machine gives, and nothing below zero", () => {
  const { plants } = studies.at(-1)!;
  const curved = plants.filter((plant) => plant.head !== null);
  assert.equal(curved.length, Math.ceil(plants.length / 3));
  for (const { head, minStorageHm3: min, maxStorageHm3: max, maxTurbinedM3s } of curved) {
    for (const share of [0, 0.3, 1]) {
      for (const load of [0, 0.5, 0.7]) {
        const volume = min + share * (max - min);
        const flow = load * maxTurbinedM3s;
        const allowed = Math.min(
          ...head!.planes.map(({ constant, v, q }) => constant + v * volume + q * flow),
        );
        const height = head!.leastM + share * (head!.mostM - head!.leastM);
        assert.ok(allowed >= head!.specific * height * flow - 1e-9);
        if (load === 0) assert.ok(allowed >= -1e-9);
      }
    }
  }
});

Deno.test("an average year leaves a margin over the load, which the dearest plants hold", () => {
  for (const { plants, thermals, buses } of studies) {
    const load = buses.reduce((sum, { loadMw }) => sum + loadMw[0]! / 1.05, 0);
    const hydro = plants.reduce(
      (sum, { productivity, throughputM3s }) => sum + productivity * throughputM3s,
      0,
    );
    const thermal = thermals.reduce((sum, { maxMw }) => sum + maxMw, 0);
    const margin = (hydro + thermal) / load;
    assert.ok(margin > 1.2 && margin < 1.4, `margin ${margin}`);
    const costs = thermals.map(({ costPerMwh }) => costPerMwh);
    assert.deepEqual(costs, costs.toSorted((a, b) => a - b));
  }
});

Deno.test("load levels fill the stage and keep its mean", () => {
  for (const { blocks } of studies) {
    assert.equal(blocks.reduce((sum, { share }) => sum + share, 0), 1);
    const mean = blocks.reduce((sum, { share, loadFactor }) => sum + share * loadFactor, 0);
    assert.ok(Math.abs(mean - 1) < 1e-12);
  }
});

Deno.test("inflows of one river are more alike than those of two, and no mixture has no spread", () => {
  for (const { plants } of studies) {
    const size = plants.length;
    const matrix = Float64Array.from(
      { length: size * size },
      (_, at) => noiseCorrelation(plants[Math.floor(at / size)]!, plants[at % size]!),
    );
    assert.ok(cholesky(matrix, size).ok);
    const [near, far] = [matrix[1]!, matrix[size - 1]!];
    assert.ok(near > far && far > 0);
  }
});
