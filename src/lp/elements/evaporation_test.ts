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

Deno.test("net evaporation may be negative: rain on the reservoir", async () => {
  const { value, cost } = await solveTiny(study({ k0: -3, kV: 0 }), 0, { load: [0] });
  near(value("evaporation", 0), -3);
  near(value("storage", 0), 100 + 3 * ZETA);
  near(cost, 0);
});
