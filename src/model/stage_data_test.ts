import assert from "node:assert/strict";
import { makeStageResolver, type StageData, stageData } from "./stage_data.ts";
import { ALL_BLOCKS, HYDRO_BOUND_FIELDS, HYDRO_PENALTY_FIELDS } from "./table.ts";
import { COST_NAMES, hydro, type Row, systemWith } from "./test_system.ts";

/** The stage at position 0, 1 or 2 of a system with the given rows. */
function at(position: number, rows: Partial<Record<string, readonly Row[]>> = {}): StageData {
  return stageData(systemWith(rows), position);
}

function list(values: Float64Array | Uint8Array): number[] {
  return Array.from(values);
}

Deno.test("without overrides a stage has the values of its elements in every block", () => {
  const { blocks, blockHours, hours, hydros, thermals, lines, buses, sources } = at(0);
  assert.equal(blocks, 2);
  assert.deepEqual([list(blockHours), hours], [[120, 624], 744]);
  assert.deepEqual(list(hydros.minStorageHm3), [10, 10]);
  assert.deepEqual(list(hydros.maxTurbinedM3s), [60, 60, 60, 60]);
  assert.deepEqual(list(hydros.maxOutflowM3s), [Infinity, Infinity, Infinity, Infinity]);
  assert.deepEqual(list(hydros.maxSpillageM3s), [Infinity, Infinity, Infinity, Infinity]);
  assert.deepEqual(list(hydros.maxDiversionM3s), [0, 0, 0, 0]);
  assert.deepEqual(list(hydros.waterWithdrawalM3s), [0, 0]);
  COST_NAMES.forEach((name, i) => assert.deepEqual(list(hydros.costs[name]), [i + 1, i + 1]));
  assert.deepEqual([list(thermals.minMw), list(thermals.maxMw)], [[5, 5], [60, 60]]);
  assert.deepEqual([list(lines.directMw), list(lines.reverseMw)], [[100, 100], [50, 50]]);
  assert.deepEqual([list(buses.excessCost), list(buses.loadFactor)], [[20], [1, 1]]);
  assert.deepEqual([list(sources.availableMw), list(sources.factor)], [[30, 30], [1, 1]]);
});

Deno.test("a row for the stage replaces the element's value, a row for a block the stage's", () => {
  const rows: readonly Row[] = [
    [3, 0, ALL_BLOCKS, { min_turbined_m3s: 4, max_outflow_m3s: 90, max_diversion_m3s: 7 }],
    [3, 0, 1, { min_turbined_m3s: 6 }],
    [7, 0, 0, { max_spillage_m3s: 3 }],
    [7, 0, 2, { max_spillage_m3s: 1 }],
  ];
  const { hydros } = at(0, { hydro: rows });
  assert.deepEqual(list(hydros.minTurbinedM3s), [4, 6, 1, 1]);
  assert.deepEqual(list(hydros.maxOutflowM3s), [90, 90, Infinity, Infinity]);
  assert.deepEqual(list(hydros.maxDiversionM3s), [7, 7, 0, 0]);
  assert.deepEqual(list(hydros.maxSpillageM3s), [Infinity, Infinity, 3, Infinity]);
  assert.deepEqual(list(at(2, { hydro: rows }).hydros.minTurbinedM3s), [1, 1, 1, 1]);
});

Deno.test("rows hold for the stage with their id, not for the one at that position", () => {
  const rows: readonly Row[] = [
    [3, 2, ALL_BLOCKS, { min_storage_hm3: 1 }],
    [3, 5, ALL_BLOCKS, { min_storage_hm3: 30, water_withdrawal_m3s: 4 }],
    [9, 5, ALL_BLOCKS, { min_storage_hm3: 2 }],
  ];
  const { hydros } = at(2, { hydro: rows });
  assert.deepEqual(list(hydros.minStorageHm3), [30, 10]);
  assert.deepEqual(list(hydros.waterWithdrawalM3s), [4, 0]);
});

Deno.test("every hydro bound and cost comes from its own column", () => {
  const bounds = Object.fromEntries(HYDRO_BOUND_FIELDS.map((field, i) => [field, 100 + i]));
  const costs = Object.fromEntries(HYDRO_PENALTY_FIELDS.map((field, i) => [field, 200 + i]));
  const { hydros } = at(1, {
    hydro: [[3, 1, ALL_BLOCKS, bounds]],
    hydroPenalty: [[7, 1, ALL_BLOCKS, costs]],
  });
  assert.deepEqual(
    [
      hydros.minTurbinedM3s,
      hydros.maxTurbinedM3s,
      hydros.minStorageHm3,
      hydros.maxStorageHm3,
      hydros.minOutflowM3s,
      hydros.maxOutflowM3s,
      hydros.minGenerationMw,
      hydros.maxGenerationMw,
      hydros.minDiversionM3s,
      hydros.maxDiversionM3s,
      hydros.minSpillageM3s,
      hydros.maxSpillageM3s,
      hydros.fillingMinRateM3s,
      hydros.waterWithdrawalM3s,
    ].map((values) => values[0]),
    HYDRO_BOUND_FIELDS.map((_, i) => 100 + i),
  );
  assert.deepEqual(
    COST_NAMES.map((name) => hydros.costs[name][1]),
    COST_NAMES.map((_, i) => 200 + i),
  );
  assert.deepEqual(
    COST_NAMES.map((name) => hydros.costs[name][0]),
    COST_NAMES.map((_, i) => 1 + i),
  );
});

Deno.test("thermals, lines, stations, contracts and sources are overridden by stage and block", () => {
  const data = at(0, {
    thermal: [
      [2, 0, ALL_BLOCKS, { max_generation_mw: 40, cost_per_mwh: 118 }],
      [2, 0, 0, { min_generation_mw: 8 }],
    ],
    line: [[8, 0, 1, { direct_mw: 0 }]],
    station: [[9, 0, ALL_BLOCKS, { max_m3s: 3 }]],
    contract: [[5, 0, 1, { price_per_mwh: -4, max_mw: 9 }]],
    source: [[6, 0, ALL_BLOCKS, { available_generation_mw: 12 }]],
    busPenalty: [[4, 0, ALL_BLOCKS, { excess_cost: 33 }]],
    linePenalty: [[8, 0, ALL_BLOCKS, { exchange_cost: 2 }]],
    sourcePenalty: [[6, 0, ALL_BLOCKS, { curtailment_cost: 1 }]],
    loadFactors: [[4, 0, 0, { factor: 1.3 }], [4, 0, 1, { factor: 0.9 }]],
    sourceFactors: [[6, 0, 0, { factor: 0.6 }]],
  });
  assert.deepEqual(list(data.thermals.minMw), [8, 5]);
  assert.deepEqual(list(data.thermals.maxMw), [40, 40]);
  assert.deepEqual(list(data.thermals.costPerMwh), [118]);
  assert.deepEqual(list(data.lines.directMw), [100, 0]);
  assert.deepEqual(list(data.stations.maxFlowM3s), [3, 3]);
  assert.deepEqual(list(data.contracts.pricePerMwh), [95, -4]);
  assert.deepEqual(list(data.contracts.maxMw), [25, 9]);
  assert.deepEqual(list(data.sources.availableMw), [12, 12]);
  assert.deepEqual(list(data.buses.excessCost), [33]);
  assert.deepEqual(list(data.lines.exchangeCost), [2]);
  assert.deepEqual(list(data.sources.curtailmentCost), [1]);
  assert.deepEqual(list(data.buses.loadFactor), [1.3, 0.9]);
  assert.deepEqual(list(data.sources.factor), [0.6, 1]);
});

Deno.test("an element operates from its entry stage until before its exit stage", () => {
  assert.deepEqual([0, 1, 2].map((position) => at(position).thermals.active[0]), [0, 1, 0]);
  assert.deepEqual(list(at(0).hydros.active), [1, 1]);
});

Deno.test("unit groups stand by plant, and rows find them by plant and id", () => {
  const group = hydro(3).unitGroups[0]!;
  const hydros = [hydro(3), hydro(7, { unitGroups: [group, { ...group, id: 2 }] })];
  const system = systemWith({
    unitGroup: [
      [3, 0, ALL_BLOCKS, { group: 2, max_turbined_m3s: 1 }],
      [7, 0, ALL_BLOCKS, { group: 2, max_turbined_m3s: 20 }],
    ],
  }, { hydros });
  const { unitGroups } = stageData(system, 0);
  assert.deepEqual(Array.from(unitGroups.starts), [0, 1, 3]);
  assert.deepEqual(list(unitGroups.maxTurbinedM3s), [60, 60, 60, 60, 20, 20]);
  assert.deepEqual(list(unitGroups.maxGenerationMw), [54, 54, 54, 54, 54, 54]);
});

Deno.test("plants give their diversion and filling", () => {
  const hydros = [hydro(3, {
    diversion: { downstreamId: 7, maxFlowM3s: 12 },
    filling: { startStageId: 0, minRateM3s: 5 },
    maxOutflowM3s: 80,
  })];
  const data = stageData(systemWith({}, { hydros }), 1);
  assert.deepEqual(list(data.hydros.maxDiversionM3s), [12]);
  assert.deepEqual(list(data.hydros.fillingMinRateM3s), [5]);
  assert.deepEqual(list(data.hydros.maxOutflowM3s), [80]);
});

Deno.test("a user's constraint holds where a row bounds it", () => {
  const constraint = {
    name: "",
    description: null,
    terms: [],
    constants: [],
    slackPenalty: null,
  };
  const system = systemWith({}, {
    genericConstraints: [
      { ...constraint, id: 1 },
      { ...constraint, id: 4 },
      { ...constraint, id: 6 },
    ],
    genericBounds: {
      rows: 4,
      constraint_id: Int32Array.of(1, 1, 6, 9),
      stage_id: Int32Array.of(0, 0, 5, 0),
      block_id: Int32Array.of(ALL_BLOCKS, 1, 0, 0),
      bound_lower: Float64Array.of(2, NaN, 3, 1),
      bound_upper: Float64Array.of(NaN, 10, 3, 1),
    },
  });
  assert.deepEqual(stageData(system, 0).genericRows, [
    { constraint: 0, block: 0, lower: 2, upper: Infinity },
    { constraint: 0, block: 1, lower: 2, upper: Infinity },
    { constraint: 0, block: 1, lower: -Infinity, upper: 10 },
  ]);
  assert.deepEqual(stageData(system, 2).genericRows.at(-1), {
    constraint: 2,
    block: 0,
    lower: 3,
    upper: 3,
  });
});

Deno.test("stages of one resolver do not share what they override", () => {
  const resolver = makeStageResolver(
    systemWith({ thermal: [[2, 1, ALL_BLOCKS, { cost_per_mwh: 9 }]] }),
  );
  assert.equal(resolver.stage(1).thermals.costPerMwh[0], 9);
  assert.equal(resolver.stage(2).thermals.costPerMwh[0], 70);
  assert.throws(() => resolver.stage(3), /No stage at position 3; the study has 3/);
});
