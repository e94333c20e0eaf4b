import assert from "node:assert/strict";
import { UNIT_GROUP_BOUND_FIELDS, type UnitGroup } from "../../model/mod.ts";
import type { Production } from "../plant_data.ts";
import { near, solveTiny, tinyStudy } from "../testing/solve_tiny.ts";
import {
  tableOf,
  tinyBus,
  tinyHydro,
  tinyStage,
  tinySystem,
  tinyThermal,
} from "../testing/tiny_system.ts";
import { headPlanes } from "./hydro_production.ts";

const STAGE = [tinyStage(0, [100])];

function group(id: number, busId: number, given: Partial<UnitGroup> = {}): UnitGroup {
  return {
    id,
    name: `G${id}`,
    busId,
    minGenerationMw: 0,
    maxGenerationMw: 30,
    minTurbinedM3s: 0,
    maxTurbinedM3s: 30,
    ...given,
  };
}

Deno.test("the greatest generation limits the flow of a plant of constant productivity", async () => {
  const system = tinySystem({
    stages: STAGE,
    hydros: [tinyHydro({ maxGenerationMw: 20 })],
    volumes: [[0, 200]],
  });
  const production: Production[] = [{ kind: "constant", productivity: 0.8 }];
  const { value } = await solveTiny(tinyStudy(system, { production }), 0, { load: [60] });
  near(value("turbined", 0, 0), 25);
  near(value("deficit", 0, 0), 40);
});

Deno.test("generation is the least plane at the mean volume", async () => {
  const system = tinySystem({
    stages: STAGE,
    hydros: [tinyHydro({ maxTurbinedM3s: 20, costs: { ...tinyHydro().costs, turbined: 0.5 } })],
    thermals: [tinyThermal()],
    volumes: [[0, 100]],
  });
  const production: Production[] = [{
    kind: "planes",
    planes: {
      intercept: Float64Array.of(0, -1),
      byVolume: Float64Array.of(0.002, 0.03),
      byTurbined: Float64Array.of(0.8, 0.9),
      bySpillage: Float64Array.of(0, -0.01),
    },
  }];
  const { value, cost, dual } = await solveTiny(tinyStudy(system, { production }), 0, {
    load: [40],
  });
  // 20 m³/s for 100 h take 7.2 hm³: the mean volume is 96.4.
  near(value("turbined", 0, 0), 20);
  const generated = 0.002 * 96.4 + 0.8 * 20;
  near(value("generation", 0, 0), generated);
  near(cost, 100 * (50 * (40 - generated) + 0.5 * 20));
  // Storage at the start raises the head by half, and what remains at the end by the other half.
  near(dual("plane", 0, 0, 0), -50 * 100);
});

Deno.test("in chronological blocks each has the head of the volumes around it", async () => {
  const system = tinySystem({
    stages: [tinyStage(0, [40, 60], { blockMode: "chronological" })],
    hydros: [tinyHydro({ maxTurbinedM3s: 20 })],
    thermals: [tinyThermal()],
    volumes: [[0, 100]],
  });
  const production: Production[] = [{
    kind: "planes",
    planes: {
      intercept: Float64Array.of(0),
      byVolume: Float64Array.of(0.002),
      byTurbined: Float64Array.of(0.8),
      bySpillage: Float64Array.of(0),
    },
  }];
  const { value, cost } = await solveTiny(tinyStudy(system, { production }), 0, {
    load: [40, 40],
  });
  // 20 m³/s take 2.88 hm³ in 40 h and 4.32 in 60 h.
  near(value("storage", 0, 0), 97.12);
  near(value("generation", 0, 0), 16 + 0.002 * (100 + 97.12) / 2);
  near(value("generation", 0, 1), 16 + 0.002 * (97.12 + 92.8) / 2);
  near(cost, 50 * (40 * (24 - 0.19712) + 60 * (24 - 0.18992)));
});

Deno.test("the planes of a linear head are its least concave majorant", () => {
  const line = { productivity: 0.9, k0: 0.8, kV: 0.002 };
  const most = { turbined: 50, volume: 200 };
  const planes = headPlanes(line, most);
  const least = (q: number, v: number): number =>
    Math.min(
      ...planes.intercept.map((constant, at) =>
        constant + planes.byVolume[at]! * v + planes.byTurbined[at]! * q
      ),
    );
  const product = (q: number, v: number): number => 0.9 * q * (0.8 + 0.002 * v);
  for (const v of [0, 40, 200]) {
    near(least(50, v), product(50, v), "at full flow");
    near(least(0, v), 0, "at rest");
  }
  for (const q of [10, 30]) {
    near(least(q, 0), product(q, 0), "empty");
    near(least(q, 200), product(q, 200), "full");
    assert.ok(least(q, 100) > product(q, 100));
    // On the diagonal between corners at which the function is exact, nothing concave is lower.
    near(least(25, 100), (product(0, 0) + product(50, 200)) / 2, "middle of a diagonal");
  }
});

Deno.test("a simulation takes the head of the storage that the stage begins with", async () => {
  const system = tinySystem({
    stages: STAGE,
    hydros: [tinyHydro({ maxTurbinedM3s: 20 })],
    thermals: [tinyThermal()],
    volumes: [[0, 100]],
  });
  const production: Production[] = [{
    kind: "head",
    line: { productivity: 0.9, k0: 0.8, kV: 0.002 },
  }];
  const study = tinyStudy(system, { production, head: "initial_storage" });
  const { value, cost } = await solveTiny(study, 0, { load: [40] });
  near(value("generation", 0, 0), 0.9 * 20 * (0.8 + 0.002 * 100));
  near(cost, 100 * 50 * (40 - 18));
  const low = await solveTiny(study, 0, { state: Float64Array.of(50), load: [40] });
  near(low.value("generation", 0, 0), 0.9 * 20 * (0.8 + 0.002 * 50));
  // In training the head is that of the mean volume, and never below the product.
  const trained = await solveTiny(tinyStudy(system, { production }), 0, { load: [40] });
  near(trained.value("generation", 0, 0), 0.9 * 20 * (0.8 + 0.002 * (100 - 3.6)));
});

Deno.test("the groups of a plant feed their own buses from one flow", async () => {
  const system = tinySystem({
    stages: STAGE,
    buses: [tinyBus(), tinyBus({ id: 1 })],
    hydros: [tinyHydro({ unitGroups: [group(0, 0), group(1, 1, { maxTurbinedM3s: 12 })] })],
    volumes: [[0, 200]],
  });
  const { value, cost } = await solveTiny(tinyStudy(system), 0, { load: [25, 20] });
  near(value("group_turbined", 0, 0, 0), 25);
  near(value("group_turbined", 0, 0, 1), 12);
  near(value("turbined", 0, 0), 37);
  near(cost, 100 * 8 * 1000);
});

Deno.test("groups share the generation of planes, and have minima of their own", async () => {
  const system = tinySystem({
    stages: STAGE,
    buses: [tinyBus(), tinyBus({ id: 1 })],
    hydros: [
      tinyHydro({ unitGroups: [group(0, 0), group(1, 1, { minGenerationMw: 4 })] }),
    ],
    volumes: [[0, 3.6]],
  });
  const production: Production[] = [{
    kind: "planes",
    planes: {
      intercept: Float64Array.of(0),
      byVolume: Float64Array.of(0),
      byTurbined: Float64Array.of(0.5),
      bySpillage: Float64Array.of(0),
    },
  }];
  const { value, cost } = await solveTiny(tinyStudy(system, { production }), 0, { load: [9, 1] });
  // 10 m³/s give 5 MW: 4 where the group must, although 3 of them are surplus there.
  near(value("generation", 0, 0), 5);
  near(value("group_generation", 0, 0, 1), 4);
  near(value("group_generation", 0, 0, 0), 1);
  near(cost, 100 * (8 * 1000 + 3 * 0.01));
});

Deno.test("planes that lie below zero at rest cost power, but do not forbid to stand still", async () => {
  const costs = { ...tinyHydro().costs, storageBelow: 1, generationBelow: 2000 };
  const system = tinySystem({
    stages: STAGE,
    hydros: [tinyHydro({ minStorageHm3: 100, costs })],
    thermals: [tinyThermal()],
    volumes: [[0, 72]],
  });
  const production: Production[] = [{
    kind: "planes",
    planes: {
      intercept: Float64Array.of(0, -10),
      byVolume: Float64Array.of(0, 0.1),
      byTurbined: Float64Array.of(0.9, 0.5),
      bySpillage: Float64Array.of(0, 0),
    },
  }];
  // 200 m³/s are taken for 100 h, which empties the reservoir: at a mean volume of 36 hm³ the second
  // plane gives −6.4 MW.
  const withdrawn = { inflow: [-200], load: [40] };
  const { value, cost } = await solveTiny(tinyStudy(system, { production }), 0, withdrawn);
  near(value("turbined", 0, 0), 0);
  near(value("generation", 0, 0), 0);
  near(value("generation_negative", 0, 0), 6.4);
  near(value("thermal", 0, 0), 46.4);
  near(cost, 100 * (50 * 46.4 + 2000 * 6.4) + 100);
});

Deno.test("limits of a unit group hold for its block, at the costs of the plant", async () => {
  const costs = { ...tinyHydro().costs, turbinedBelow: 300, generationBelow: 400 };
  const keys = ["hydro_id", "unit_group_id", "stage_id", "block_id"] as const;
  const build = (groups: readonly UnitGroup[]) =>
    tinySystem({
      stages: [tinyStage(0, [100, 100])],
      buses: [tinyBus(), tinyBus({ id: 1 })],
      hydros: [tinyHydro({ unitGroups: groups, maxStorageHm3: 0.36 * 200, costs })],
      volumes: [[0, 0.36 * 9]],
      overrides: {
        unitGroup: tableOf(keys, UNIT_GROUP_BOUND_FIELDS, [
          { hydro_id: 0, unit_group_id: 0, stage_id: 0, block_id: 1, max_generation_mw: 5 },
          { hydro_id: 0, unit_group_id: 0, stage_id: 0, block_id: 0, min_turbined_m3s: 12 },
        ]),
      },
    });
  const production: Production[] = [{ kind: "constant", productivity: 0.5 }];
  const known = { load: [100, 100, 100, 100] };
  // Of 9 m³/s in either block all are used up in the first: 3 less than the group must turbine.
  const one = await solveTiny(tinyStudy(build([group(0, 0)]), { production }), 0, known);
  near(one.value("turbined", 0, 0), 9);
  near(one.value("group_turbined_below", 0, 0, 0), 3);
  near(one.cost, 100 * (3 * 300 + (400 - 4.5) * 1000));
  const plenty = { ...known, state: Float64Array.of(0.36 * 200) };
  const limited = await solveTiny(tinyStudy(build([group(0, 0)]), { production }), 0, plenty);
  near(limited.value("turbined", 0, 1), 10, "5 MW at half a MW per m³/s");
  const system = build([group(0, 0), group(1, 1, { minGenerationMw: 40, maxGenerationMw: 9 })]);
  const two = await solveTiny(tinyStudy(system, { production }), 0, plenty);
  near(two.value("group_turbined", 0, 1, 0), 10);
  near(two.value("group_turbined", 0, 1, 1), 18, "9 MW");
  near(two.value("group_generation_below", 0, 1, 1), 31);
  near(two.value("turbined", 0, 1), 28);
});
