import { HYDRO_BOUND_FIELDS } from "../../model/mod.ts";
import { near, solveTiny, tinyStudy } from "../testing/solve_tiny.ts";
import { tableOf, tinyHydro, tinyStage, tinySystem, tinyThermal } from "../testing/tiny_system.ts";

const TAU = 0.36;

function withdrawal(flow: number) {
  return {
    hydro: tableOf(["entity_id", "stage_id", "block_id"], HYDRO_BOUND_FIELDS, [
      { entity_id: 0, stage_id: 0, water_withdrawal_m3s: flow },
    ]),
  };
}

Deno.test("storage below its minimum costs per hm³, and a dry state stays feasible", async () => {
  const costs = { ...tinyHydro().costs, storageBelow: 9 };
  const system = tinySystem({
    stages: [tinyStage(0, [100])],
    hydros: [tinyHydro({ minStorageHm3: 50, costs })],
    thermals: [tinyThermal({ costPerMwh: 0.05 })],
    volumes: [[0, 40]],
  });
  // An hm³ would save 5 $ / 0.36 = 13.9 $ of fuel, more than the 9 $ that its lack costs.
  const { value, cost } = await solveTiny(tinyStudy(system), 0, { load: [30] });
  near(value("storage_below", 0), 10 + 30 * TAU);
  near(cost, 9 * (10 + 30 * TAU));
  const dear = { ...system, hydros: [tinyHydro({ minStorageHm3: 50 })] };
  near((await solveTiny(tinyStudy(dear), 0, { load: [30] })).value("storage_below", 0), 10);
});

Deno.test("a new reservoir follows its filling schedule, without turbining, until it enters", async () => {
  const costs = { ...tinyHydro().costs, fillingTarget: 70_000, storageBelow: 70_000 };
  const system = tinySystem({
    stages: [0, 1, 2, 3].map((id) => tinyStage(id, [100])),
    hydros: [
      tinyHydro({
        minStorageHm3: 10,
        filling: { startStageId: 1, minRateM3s: 5 },
        entryStageId: 3,
        downstreamId: 1,
        costs,
      }),
      tinyHydro({ id: 1, maxStorageHm3: 0 }),
    ],
    thermals: [tinyThermal()],
    initial: { fillingStorage: [{ hydroId: 0, valueHm3: 1 }] },
  });
  const study = tinyStudy(system);
  const known = { inflow: [20, 0], load: [60] };
  const absent = await solveTiny(study, 0, known);
  near(absent.value("storage", 0), 1);
  near(absent.value("turbined", 1, 0), 20);
  const first = await solveTiny(study, 1, { ...known, state: absent.outgoing });
  near(first.value("storage", 0), 1 + 5 * TAU, "least rate");
  near(first.value("turbined", 1, 0), 15);
  const second = await solveTiny(study, 2, {
    inflow: [10, 0],
    load: [60],
    state: first.outgoing,
  });
  // All of the inflow is kept, and it does not suffice for the dead volume.
  near(second.value("filling_below", 0), 10 - (1 + 5 * TAU) - 10 * TAU);
  near(second.cost, 70_000 * second.value("filling_below", 0) + 100 * 60 * 50);
  const operating = await solveTiny(study, 3, {
    inflow: [5, 0],
    load: [60],
    state: second.outgoing,
  });
  near(operating.value("storage_below", 0), 10 - second.outgoing[0]! - 5 * TAU);
});

Deno.test("a withdrawal takes water, a negative one brings it, and slacks have two prices", async () => {
  const costs = { ...tinyHydro().costs, withdrawalNeg: 30, withdrawalPos: 2, spillage: 5 };
  const build = (flow: number, volume: number, maxTurbinedM3s: number) =>
    tinyStudy(tinySystem({
      stages: [tinyStage(0, [100])],
      hydros: [tinyHydro({ costs, maxStorageHm3: 10, maxTurbinedM3s })],
      thermals: [tinyThermal()],
      volumes: [[0, volume]],
      overrides: withdrawal(flow),
    }));
  const dry = await solveTiny(build(10, 0, 50), 0, { inflow: [4], load: [20] });
  // Each m³/s that is not withdrawn earns 50 $/MWh and costs 30, but there are only 10.
  near(dry.value("withdrawal_below", 0), 10);
  near(dry.value("turbined", 0, 0), 4);
  near(dry.cost, 100 * (10 * 30 + 16 * 50));
  const wet = await solveTiny(build(1, 10, 0), 0, { inflow: [9], load: [20] });
  near(wet.value("withdrawal_above", 0), 8, "cheaper than spilling");
  const returned = await solveTiny(build(-3, 0, 50), 0, { inflow: [4], load: [20] });
  near(returned.value("turbined", 0, 0), 7);
});
