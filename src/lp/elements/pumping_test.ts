import { near, solveTiny, tinyStudy } from "../testing/solve_tiny.ts";
import {
  tinyHydro,
  tinyStage,
  tinyStation,
  tinySystem,
  tinyThermal,
} from "../testing/tiny_system.ts";

Deno.test("pumping lifts water at the price of power", async () => {
  const costs = { ...tinyHydro().costs, storageBelow: 1000 };
  const system = tinySystem({
    stages: [tinyStage(0, [100])],
    hydros: [
      tinyHydro({ id: 0, minStorageHm3: 5, maxTurbinedM3s: 0, costs }),
      tinyHydro({ id: 1, maxTurbinedM3s: 0 }),
    ],
    thermals: [tinyThermal()],
    stations: [tinyStation({ consumptionMwPerM3s: 0.5, maxFlowM3s: 10 })],
    volumes: [[0, 1], [1, 50]],
  });
  // An hm³ lifted takes 0.5/0.36 MW for 100 h: 6,944 $ of fuel, more than the 1,000 $ saved.
  const idle = await solveTiny(tinyStudy(system), 0, { load: [10] });
  near(idle.value("pumped", 0, 0), 0);
  const upper = tinyHydro({ minStorageHm3: 5, maxTurbinedM3s: 0 });
  const dear = { ...system, hydros: [upper, system.hydros[1]!] };
  const { value, cost } = await solveTiny(tinyStudy(dear), 0, { load: [10] });
  near(value("pumped", 0, 0), 10);
  near(value("storage", 0), 1 + 3.6);
  near(value("storage", 1), 50 - 3.6);
  near(value("thermal", 0, 0), 15);
  near(cost, 100 * 15 * 50 + 0.4 * 10_000);
});
