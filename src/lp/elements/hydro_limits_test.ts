import { near, solveTiny, tinyStudy } from "../testing/solve_tiny.ts";
import { tinyHydro, tinyStage, tinySystem, tinyThermal } from "../testing/tiny_system.ts";

/** hm³ of 1 m³/s in 100 hours. */
const TAU = 0.36;
const costs = {
  ...tinyHydro().costs,
  outflowBelow: 500,
  outflowAbove: 200,
  turbinedBelow: 300,
  generationBelow: 400,
};

Deno.test("a missed minimum costs per m³/s or MW and hour", async () => {
  const system = tinySystem({
    stages: [tinyStage(0, [100])],
    hydros: [tinyHydro({ minOutflowM3s: 20, minTurbinedM3s: 15, minGenerationMw: 12, costs })],
    volumes: [[0, 10 * TAU]],
  });
  const { value, cost } = await solveTiny(tinyStudy(system), 0, { load: [10] });
  near(value("turbined", 0, 0), 10);
  near(value("outflow_below", 0, 0), 10);
  near(value("turbined_below", 0, 0), 5);
  near(value("generation_below", 0, 0), 2);
  near(cost, 100 * (10 * 500 + 5 * 300 + 2 * 400));
});

Deno.test("too much outflow costs; diverted water does not count as outflow", async () => {
  const system = tinySystem({
    stages: [tinyStage(0, [100])],
    hydros: [
      tinyHydro({
        maxOutflowM3s: 30,
        maxStorageHm3: 10,
        diversion: { downstreamId: 1, maxFlowM3s: 5 },
        costs,
      }),
      tinyHydro({ id: 1 }),
    ],
    volumes: [[0, 10]],
  });
  const { value } = await solveTiny(tinyStudy(system), 0, { inflow: [45, 0], load: [30] });
  near(value("outflow_above", 0, 0), 10);
  near(value("diversion", 0, 0), 5);
});

Deno.test("limits hold block by block", async () => {
  const system = tinySystem({
    stages: [tinyStage(0, [100, 300])],
    hydros: [tinyHydro({ minOutflowM3s: 10, costs })],
    thermals: [tinyThermal({ costPerMwh: 1000 })],
    volumes: [[0, 0]],
  });
  // Water for 5 m³/s over 400 h: energy is worth more in the block of high load, the limit as much.
  const { value, cost } = await solveTiny(tinyStudy(system), 0, { inflow: [5], load: [100, 0] });
  near(value("turbined", 0, 0), 20);
  near(value("outflow_below", 0, 1), 10);
  near(cost, 100 * 80 * 1000 + 300 * 10 * 500);
});
