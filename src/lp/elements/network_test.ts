import { near, solveTiny, tinyStudy } from "../testing/solve_tiny.ts";
import {
  tableOf,
  tinyBus,
  tinyContract,
  tinyLine,
  tinySource,
  tinyStage,
  tinySystem,
  tinyThermal,
} from "../testing/tiny_system.ts";

const KEYS = ["entity_id", "stage_id", "block_id"] as const;
const STAGE = [tinyStage(0, [100])];
const TWO_BUSES = [tinyBus(), tinyBus({ id: 1 })];

Deno.test("a line loses a share of what it sends, either way", async () => {
  const system = tinySystem({
    stages: STAGE,
    buses: TWO_BUSES,
    lines: [tinyLine({ lossesPercent: 5, exchangeCost: 0.01 })],
    thermals: [tinyThermal({ costPerMwh: 10 })],
  });
  const direct = await solveTiny(tinyStudy(system), 0, { load: [0, 25] });
  near(direct.value("line_direct", 0, 0), 20);
  near(direct.value("thermal", 0, 0), 20);
  near(direct.value("deficit", 1, 0), 25 - 0.95 * 20);
  near(direct.cost, 100 * (20 * 10 + 20 * 0.01 + 6 * 1000));

  const turned = { ...system, thermals: [tinyThermal({ costPerMwh: 10, busId: 1 })] };
  const reverse = await solveTiny(tinyStudy(turned), 0, { load: [9.5, 0] });
  near(reverse.value("line_reverse", 0, 0), 10);
  near(reverse.value("thermal", 0, 0), 10);
  near(reverse.dual("load_balance", 0, 0), 100 * (10 + 0.01) / 0.95, "price beyond the line");
});

Deno.test("deficit goes through its segments in order, surplus has its price", async () => {
  const deficitSegments = [{ depthMw: 10, cost: 500 }, { depthMw: null, cost: 5000 }];
  const system = tinySystem({
    stages: STAGE,
    buses: [tinyBus({ deficitSegments, excessCost: 2 })],
    thermals: [tinyThermal({ minMw: 7, maxMw: 30, costPerMwh: 10 })],
  });
  const short = await solveTiny(tinyStudy(system), 0, { load: [50] });
  near(short.value("deficit", 0, 0, 0), 10);
  near(short.value("deficit", 0, 0, 1), 10);
  near(short.cost, 100 * (30 * 10 + 10 * 500 + 10 * 5000));
  const surplus = await solveTiny(tinyStudy(system), 0, { load: [3] });
  near(surplus.value("excess", 0, 0), 4);
  near(surplus.cost, 100 * (7 * 10 + 4 * 2));
});

Deno.test("what a source generates earns the reward; curtailment is what remains", async () => {
  const system = tinySystem({ stages: STAGE, sources: [tinySource({ curtailmentCost: 0.5 })] });
  const { cost, value, dual } = await solveTiny(tinyStudy(system), 0, {
    load: [30],
    available: [40],
  });
  near(value("source", 0, 0), 40, "the reward exceeds the cost of surplus");
  near(value("excess", 0, 0), 10);
  near(cost, 100 * (-0.5 * 40 + 0.01 * 10));
  near(dual("availability", 0, 0), 100 * (-0.5 + 0.01), "value of one more MW");
});

Deno.test("a must-run source cannot be curtailed", async () => {
  const system = tinySystem({
    stages: STAGE,
    buses: [tinyBus({ excessCost: 3 })],
    sources: [tinySource({ allowCurtailment: false })],
  });
  const { cost, value } = await solveTiny(tinyStudy(system), 0, { load: [30], available: [40] });
  near(value("source", 0, 0), 40);
  near(value("excess", 0, 0), 10);
  near(cost, 100 * 10 * 3);
});

Deno.test("contracts buy and sell within their limits", async () => {
  const system = tinySystem({
    stages: STAGE,
    thermals: [tinyThermal({ maxMw: 40, costPerMwh: 50 })],
    contracts: [
      tinyContract({ pricePerMwh: 30, maxMw: 10 }),
      tinyContract({ id: 1, type: "export", pricePerMwh: -60, minMw: 2, maxMw: 15 }),
    ],
  });
  const { cost, value } = await solveTiny(tinyStudy(system), 0, { load: [20] });
  near(value("contract", 0, 0), 10);
  near(value("contract", 1, 0), 15);
  near(value("thermal", 0, 0), 25);
  near(cost, 100 * (10 * 30 + 25 * 50 - 15 * 60));
});

Deno.test("an element outside its years of operation takes no part", async () => {
  const system = tinySystem({
    stages: [tinyStage(0, [100]), tinyStage(1, [100])],
    buses: TWO_BUSES,
    lines: [tinyLine({ exitStageId: 1 })],
    thermals: [tinyThermal({ entryStageId: 1, minMw: 5 })],
  });
  const study = tinyStudy(system);
  near((await solveTiny(study, 0, { load: [10, 0] })).value("deficit", 0, 0), 10);
  const later = await solveTiny(study, 1, { load: [10, 4] });
  near(later.value("thermal", 0, 0), 10);
  near(later.value("deficit", 1, 0), 4, "the line is gone");
});

Deno.test("prices and limits of contracts may differ from block to block", async () => {
  const system = tinySystem({
    stages: [tinyStage(0, [100, 200])],
    thermals: [tinyThermal({ maxMw: 40, costPerMwh: 50 })],
    contracts: [
      tinyContract({ pricePerMwh: 30, maxMw: 10 }),
      tinyContract({ id: 1, type: "export" }),
    ],
    overrides: {
      contract: tableOf(KEYS, ["min_mw", "max_mw", "price_per_mwh"], [
        { entity_id: 0, stage_id: 0, block_id: 1, price_per_mwh: 60, min_mw: 1 },
        { entity_id: 1, stage_id: 0, price_per_mwh: -10 },
        { entity_id: 1, stage_id: 0, block_id: 0, price_per_mwh: -70, max_mw: 5 },
      ]),
    },
  });
  const { cost, value } = await solveTiny(tinyStudy(system), 0, { load: [20, 20] });
  near(value("contract", 0, 0), 10);
  near(value("contract", 1, 0), 5);
  near(value("contract", 0, 1), 1, "dearer than fuel, but 1 MW must be taken");
  near(value("contract", 1, 1), 0);
  near(cost, 100 * (10 * 30 + 15 * 50 - 5 * 70) + 200 * (1 * 60 + 19 * 50));
});

Deno.test("lines carry what their limits of a block allow, at the price of the stage", async () => {
  const system = tinySystem({
    stages: [tinyStage(0, [100, 100])],
    buses: TWO_BUSES,
    lines: [tinyLine()],
    thermals: [tinyThermal({ costPerMwh: 10 })],
    overrides: {
      line: tableOf(KEYS, ["direct_mw", "reverse_mw"], [
        { entity_id: 0, stage_id: 0, block_id: 1, direct_mw: 5 },
      ]),
      linePenalty: tableOf(KEYS, ["exchange_cost"], [
        { entity_id: 0, stage_id: 0, exchange_cost: 2 },
      ]),
      busPenalty: tableOf(KEYS, ["excess_cost"], [{ entity_id: 1, stage_id: 0, excess_cost: 7 }]),
    },
  });
  const { cost, value } = await solveTiny(tinyStudy(system), 0, { load: [0, 0, 30, 30] });
  near(value("line_direct", 0, 0), 20);
  near(value("line_direct", 0, 1), 5);
  near(cost, 100 * (25 * (10 + 2) + 35 * 1000));
  const surplus = await solveTiny(tinyStudy(system), 0, { load: [0, 0, -3, 0] });
  near(surplus.cost, 100 * 3 * (2 + 0.01), "sent back, for surplus is cheaper on the other bus");
});

Deno.test("the reward of a source may change with the stage", async () => {
  const system = tinySystem({
    stages: STAGE,
    sources: [tinySource({ curtailmentCost: 0.5 })],
    overrides: {
      sourcePenalty: tableOf(KEYS, ["curtailment_cost"], [
        { entity_id: 0, stage_id: 0, curtailment_cost: 4 },
      ]),
    },
  });
  const { cost } = await solveTiny(tinyStudy(system), 0, { load: [40], available: [40] });
  near(cost, -100 * 40 * 4);
});
