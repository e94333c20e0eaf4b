import { near, solveTiny, tinyStudy } from "../testing/solve_tiny.ts";
import { tinyHydro, tinyStage, tinySystem, tinyThermal } from "../testing/tiny_system.ts";

const ZETA = 0.36;

function study(line: { k0: number; kV: number }) {
  const system = tinySystem({
    stages: [tinyStage(0, [100])],
    hydros: [tinyHydro({ maxTurbinedM3s: 0 })],
    thermals: [tinyThermal()],
    volumes: [[0, 100]],
  });
  return tinyStudy(system, { evaporation: [line] });
}

Deno.test("evaporation follows the mean volume", async () => {
  const { value, outgoing } = await solveTiny(study({ k0: 2, kV: 0.04 }), 0, { load: [10] });
  // v = 100 − ζ·Q and Q = k0 + kV/2·(100 + v).
  const flow = (2 + 0.04 * 100) / (1 + 0.02 * ZETA);
  near(value("evaporation", 0), flow);
  near(outgoing[0]!, 100 - ZETA * flow);
});

Deno.test("evaporation that the water does not suffice for costs per m³/s and hour", async () => {
  const costs = { ...tinyHydro().costs, evaporationNeg: 70, evaporationPos: 3 };
  const system = tinySystem({
    stages: [tinyStage(0, [100])],
    hydros: [tinyHydro({ maxTurbinedM3s: 0, maxStorageHm3: 10, costs })],
  });
  // 5 m³/s should evaporate from a reservoir that gets 2.
  const line = { k0: 5, kV: 0 };
  const dry = await solveTiny(tinyStudy(system, { evaporation: [line] }), 0, { inflow: [2] });
  near(dry.value("evaporation", 0), 2);
  near(dry.value("evaporation_below", 0), 3);
  near(dry.cost, 100 * 3 * 70);
  // Spilling 20 m³/s at 5 $ each is dearer than letting more evaporate, up to twice the line.
  const dear = { ...costs, spillage: 5 };
  const wet = await solveTiny(
    tinyStudy({ ...system, hydros: [{ ...system.hydros[0]!, costs: dear }] }, {
      evaporation: [line],
    }),
    0,
    { state: Float64Array.of(10), inflow: [20] },
  );
  near(wet.value("evaporation_above", 0), 5);
  near(wet.value("spillage", 0, 0), 10);
  near(wet.cost, 100 * (5 * 3 + 10 * 5));
});

Deno.test("in chronological blocks the evaporation of the stage leaves block by block", async () => {
  const system = tinySystem({
    stages: [tinyStage(0, [40, 60], { blockMode: "chronological" })],
    hydros: [tinyHydro({ maxTurbinedM3s: 0 })],
    volumes: [[0, 100]],
  });
  const study = tinyStudy(system, { evaporation: [{ k0: 5, kV: 0 }] });
  const { value } = await solveTiny(study, 0, { load: [0, 0] });
  near(value("storage", 0, 0), 100 - 5 * 0.0036 * 40);
  near(value("storage", 0), 100 - 5 * ZETA);
});

Deno.test("net evaporation may be negative: rain on the reservoir", async () => {
  const { value, cost } = await solveTiny(study({ k0: -3, kV: 0 }), 0, { load: [0] });
  near(value("evaporation", 0), -3);
  near(value("storage", 0), 100 + 3 * ZETA);
  near(cost, 0);
});
