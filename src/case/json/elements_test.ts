import assert from "node:assert/strict";
import type { Stage } from "../../model/mod.ts";
import { BUSES, toBuses } from "./buses.ts";
import { ENERGY_CONTRACTS, toContracts } from "./energy_contracts.ts";
import { LINES, toLines } from "./lines.ts";
import { NON_CONTROLLABLE_SOURCES, toSources } from "./non_controllable_sources.ts";
import type { GlobalPenalties } from "./penalties.ts";
import { dayOf } from "./primitives.ts";
import { PUMPING_STATIONS, toStations } from "./pumping_stations.ts";
import { assertRules, changed, type Loose, readValue } from "./test_support.ts";
import { THERMALS, toThermals } from "./thermals.ts";

const stages = [
  { id: 2, startDay: dayOf("2030-01-01"), endDay: dayOf("2030-02-01") },
  { id: 3, startDay: dayOf("2030-02-01"), endDay: dayOf("2030-03-01") },
  { id: 7, startDay: dayOf("2030-03-01"), endDay: dayOf("2030-04-01") },
] as Stage[];
const penalties = {
  deficitSegments: [{ depthMw: null, cost: 500 }],
  excessCost: 5,
  exchangeCost: 0.5,
  curtailmentCost: 0.25,
} as unknown as GlobalPenalties;

const date = { operational_start_date: "2000-01-01" };
const bus = { id: 1, name: "NORTH" };
const line = {
  id: 1,
  name: "N-S",
  source_bus_id: 0,
  target_bus_id: 1,
  capacity: { direct_mw: 10, reverse_mw: 20 },
};
const thermal = {
  id: 1,
  name: "GAS",
  bus_id: 0,
  cost_per_mwh: 70,
  generation: { min_mw: 1, max_mw: 9 },
};
const source = { id: 1, name: "WIND", bus_id: 0, max_generation_mw: 30 };
const station = {
  id: 1,
  name: "LIFT",
  bus_id: 0,
  source_hydro_id: 1,
  destination_hydro_id: 2,
  consumption_mw_per_m3s: 0.4,
  flow: { min_m3s: 1, max_m3s: 2 },
};
const contract = {
  id: 1,
  name: "BUY",
  bus_id: 0,
  type: "import",
  price_per_mwh: -9.5,
  limits: { min_mw: 1, max_mw: 2 },
};

Deno.test("rules of buses", () => {
  const segments = (list: unknown) => (copy: Loose) => copy.buses[0].deficit_segments = list;
  const depth = "PhysicalConstraint";
  assertRules(BUSES, "v0.5", { buses: [bus] }, [
    [(copy) => copy.buses.push(bus), "E1", "DuplicateId", /repeats id 1/],
    [segments([]), "E2", "SchemaViolation", /0 items/],
    [segments([{ cost: 0 }]), "E2.cost", "OutOfRange", /is 0, expected above 0/],
    [segments([{ cost: 2, depth_mw: 1 }, { cost: 2 }]), "E2.cost", depth, /costs 2/],
    [segments([{ cost: 2, depth_mw: 1 }]), "E2", "SchemaViolation", /null in the last/],
    [(copy) => copy.buses[0].excess_cost = 1, "L2.ignored_key", "IgnoredInput", /excess_cost/],
  ]);
  assertRules(BUSES, "v0.18", { buses: [{ ...bus, ...date }] }, [
    [
      (copy) => delete copy.buses[0].operational_start_date,
      "L2.missing",
      "SchemaViolation",
      /date/,
    ],
    [(copy) => copy.buses[0].excess_cost = 1, "L2.unknown_key", "SchemaViolation", /excess_cost/],
  ]);
});

Deno.test("rules of lines", () => {
  assertRules(LINES, "v0.5", { lines: [line] }, [
    [(copy) => copy.lines.push(line), "E1", "DuplicateId", /repeats id 1/],
    [(copy) => copy.lines[0].capacity.direct_mw = -1, "E3", "OutOfRange", /direct_mw is -1/],
    [(copy) => copy.lines[0].losses_percent = -1, "E3", "OutOfRange", /losses_percent is -1/],
    [(copy) => copy.lines[0].losses_percent = null, "L2.type", "TypeMismatch", /null/],
  ]);
});

Deno.test("rules of thermals", () => {
  const set = (fields: object) => (copy: Loose) => Object.assign(copy.thermals[0], fields);
  assertRules(THERMALS, "v0.5", { thermals: [thermal] }, [
    [(copy) => copy.thermals.push(thermal), "E1", "DuplicateId", /repeats id 1/],
    [set({ cost_per_mwh: -1 }), "E4", "OutOfRange", /cost_per_mwh is -1/],
    [
      set({ generation: { min_mw: 5, max_mw: 4 } }),
      "E4",
      "CapacityViolation",
      /Thermal 1 'GAS' has min_mw 5 above max_mw 4/,
    ],
    [set({ gnl_config: { lag_stages: 0 } }), "E4.lead", "OutOfRange", /lag_stages is 0/],
  ]);
  const anticipated = (config: object) => set({ anticipated_config: config });
  assertRules(THERMALS, "v0.18", { thermals: [{ ...thermal, ...date }] }, [
    [anticipated({ lead_stages: 0 }), "E4.lead", "OutOfRange", /lead_stages is 0/],
    [anticipated({ lead_time_hours: 0 }), "E4.lead", "OutOfRange", /lead_time_hours is 0/],
    [
      anticipated({ lead_stages: 1, lead_time_hours: 2 }),
      "L2.unknown_key",
      "SchemaViolation",
      /lead_/,
    ],
    [set({ gnl_config: { lag_stages: 1 } }), "L2.unknown_key", "SchemaViolation", /gnl_config/],
  ]);
});

Deno.test("rules of sources", () => {
  const good = { non_controllable_sources: [source] };
  assertRules(NON_CONTROLLABLE_SOURCES, "v0.5", good, [
    [(copy) => copy.non_controllable_sources.push(source), "E1", "DuplicateId", /repeats id 1/],
    [
      (copy) => copy.non_controllable_sources[0].max_generation_mw = -1,
      "E11",
      "OutOfRange",
      /max_generation_mw is -1/,
    ],
  ]);
});

Deno.test("rules of pumping stations", () => {
  const set = (fields: object) => (copy: Loose) => Object.assign(copy.pumping_stations[0], fields);
  assertRules(PUMPING_STATIONS, "v0.5", { pumping_stations: [station] }, [
    [(copy) => copy.pumping_stations.push(station), "E1", "DuplicateId", /repeats id 1/],
    [set({ consumption_mw_per_m3s: -1 }), "E12", "OutOfRange", /consumption_mw_per_m3s is -1/],
    [set({ flow: { min_m3s: 3, max_m3s: 2 } }), "E12", "CapacityViolation", /min_m3s 3 above/],
    [set({ source_hydro_id: 2 }), "N-1.station", "PhysicalConstraint", /hydro 2 to itself/],
  ]);
});

Deno.test("rules of contracts", () => {
  const set = (fields: object) => (copy: Loose) => Object.assign(copy.contracts[0], fields);
  assertRules(ENERGY_CONTRACTS, "v0.5", { contracts: [contract] }, [
    [(copy) => copy.contracts.push(contract), "E1", "DuplicateId", /repeats id 1/],
    [set({ type: "barter" }), "E13", "InvalidEnum", /expected one of import, export/],
    [set({ limits: { min_mw: -1, max_mw: 2 } }), "E13", "OutOfRange", /min_mw is -1/],
    [set({ limits: { min_mw: 3, max_mw: 2 } }), "E13", "CapacityViolation", /min_mw 3 above/],
  ]);
});

Deno.test("both layouts of an element make the same model, sorted by id", () => {
  const pairs = <T>(
    file: Parameters<typeof readValue>[0],
    list: string,
    entry: object,
    to: (
      value: Loose,
    ) => T,
  ) => {
    const entries = [{ ...entry, id: 9 }, entry];
    const old = readValue(file, "v0.5", { [list]: entries });
    const dated = entries.map((entry) => ({ ...entry, ...date }));
    const now = readValue(file, "v0.18", { [list]: dated });
    assert.deepEqual(to(old.value), to(now.value));
    const ids = (to(old.value) as { id: number }[]).map(({ id }) => id);
    assert.deepEqual(ids, [1, 9]);
  };
  pairs(BUSES, "buses", bus, (value) => toBuses(value, stages, penalties));
  pairs(LINES, "lines", line, (value) => toLines(value, stages, penalties));
  pairs(THERMALS, "thermals", thermal, (value) => toThermals(value, stages));
  pairs(
    NON_CONTROLLABLE_SOURCES,
    "non_controllable_sources",
    source,
    (value) => toSources(value, stages, penalties),
  );
  pairs(PUMPING_STATIONS, "pumping_stations", station, (value) => toStations(value, stages));
  pairs(ENERGY_CONTRACTS, "contracts", contract, (value) => toContracts(value, stages));
});

Deno.test("costs are those of the element, else the global ones", () => {
  const own = { buses: [{ ...bus, deficit_segments: [{ cost: 7 }] }, { ...bus, id: 2 }] };
  const [north, south] = toBuses(readValue(BUSES, "v0.5", own).value, stages, penalties);
  assert.deepEqual(north!.deficitSegments, [{ depthMw: null, cost: 7 }]);
  assert.deepEqual(south!.deficitSegments, penalties.deficitSegments);
  assert.equal(south!.excessCost, 5);
  const lines = { lines: [{ ...line, exchange_cost: 0 }, { ...line, id: 2 }] };
  const costs = toLines(readValue(LINES, "v0.5", lines).value, stages, penalties);
  assert.deepEqual(costs.map(({ exchangeCost }) => exchangeCost), [0, 0.5]);
});

Deno.test("the lead of a thermal is the same in both layouts", () => {
  const old = { thermals: [{ ...thermal, gnl_config: { lag_stages: 2 } }] };
  const now = { thermals: [{ ...thermal, ...date, anticipated_config: { lead_stages: 2 } }] };
  const read = (dialect: "v0.5" | "v0.18", value: Loose) =>
    toThermals(readValue(THERMALS, dialect, value).value, stages)[0]!.anticipated;
  assert.deepEqual(read("v0.5", old), { leadStages: 2 });
  assert.deepEqual(read("v0.18", now), { leadStages: 2 });
  const hours = changed(
    now,
    (copy) => copy.thermals[0].anticipated_config = { lead_time_hours: 1.5 },
  );
  assert.deepEqual(read("v0.18", hours), { leadTimeHours: 1.5 });
});

Deno.test("an element enters at the later of its stage and its day, null from the start", () => {
  const entry = (fields: object) => {
    const value = { thermals: [{ ...thermal, ...date, ...fields }] };
    return toThermals(readValue(THERMALS, "v0.18", value).value, stages)[0]!.entryStageId;
  };
  const day = (text: string) => ({ operational_start_date: text });
  assert.equal(entry({}), null);
  assert.equal(entry({ entry_stage_id: 2 }), null);
  assert.equal(entry({ entry_stage_id: 3 }), 3);
  assert.equal(entry(day("2030-01-01")), null);
  assert.equal(entry(day("2030-01-02")), 3);
  assert.equal(entry(day("2030-02-01")), 3);
  assert.equal(entry({ ...day("2030-02-01"), entry_stage_id: 7 }), 7);
  assert.equal(entry({ ...day("2030-02-02"), entry_stage_id: 3 }), 7);
  assert.equal(entry(day("2031-01-01")), 8);
});

Deno.test("a source must run only where the case says so", () => {
  const read = (dialect: "v0.5" | "v0.18", fields: object) => {
    const value = { non_controllable_sources: [{ ...source, ...fields }] };
    const parsed = readValue(NON_CONTROLLABLE_SOURCES, dialect, value).value;
    return toSources(parsed, stages, penalties)[0]!.allowCurtailment;
  };
  assert.equal(read("v0.5", {}), true);
  assert.equal(read("v0.18", date), true);
  assert.equal(read("v0.18", { ...date, allow_curtailment: false }), false);
});
