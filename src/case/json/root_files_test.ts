import assert from "node:assert/strict";
import {
  EXCHANGE_FACTORS,
  LOAD_FACTORS,
  SOURCE_FACTORS,
  toExchangeFactors,
  toLoadFactors,
} from "./block_factors.ts";
import { checkCorrelation, CORRELATION, toCorrelation } from "./correlation.ts";
import { checkInitial, INITIAL_CONDITIONS, toPastInflows } from "./initial_conditions.ts";
import { PENALTIES, toPenalties } from "./penalties.ts";
import { checkPostStudy, POST_STUDY_STAGES, toPostStudy } from "./post_study_stages.ts";
import { assertRules, changed, type Loose, readValue } from "./test_support.ts";

const penalties = {
  bus: { deficit_segments: [{ depth_mw: 9, cost: 50 }, { cost: 90 }], excess_cost: 1 },
  line: { exchange_cost: 2 },
  hydro: {
    spillage_cost: 1,
    fpha_turbined_cost: 0,
    diversion_cost: 3,
    storage_violation_below_cost: 4,
    filling_target_violation_cost: 5,
    turbined_violation_below_cost: 6,
    outflow_violation_below_cost: 7,
    outflow_violation_above_cost: 8,
    generation_violation_below_cost: 9,
    evaporation_violation_cost: 10,
    water_withdrawal_violation_cost: 11,
    evaporation_violation_neg_cost: 12,
  } as Loose,
  non_controllable_source: { curtailment_cost: 0.5 },
};

Deno.test("each rule of penalties.json is broken by name", () => {
  assertRules(PENALTIES, "v0.5", penalties, [
    [(c) => c.bus.excess_cost = 0, "P1", "OutOfRange", /above 0/],
    [(c) => c.hydro.spillage_cost = -1, "P1", "OutOfRange", /above 0/],
    [(c) => c.hydro.fpha_turbined_cost = -1, "P1", "OutOfRange", /at least 0/],
    [(c) => c.bus.deficit_segments = [], "P2", "SchemaViolation", /at least 1/],
    [(c) => c.bus.deficit_segments[1].cost = 50, "P3", "PhysicalConstraint", /more than/],
    [(c) => c.bus.deficit_segments[1].cost = 0, "P3", "OutOfRange", /above 0/],
    [(c) => c.bus.deficit_segments[1].depth_mw = 4, "P4", "SchemaViolation", /last/],
    [(c) => c.bus.deficit_segments[0].depth_mw = null, "P4", "SchemaViolation", /but the last/],
    [(c) => delete c.line, "L2.missing", "SchemaViolation", /line/],
    [(c) => c.hydro.turbined_cost = 1, "L2.ignored_key", "IgnoredInput", /turbined_cost/],
  ]);
});

Deno.test("directional costs fall back to the symmetric ones, in either layout alike", () => {
  const older = toPenalties(readValue(PENALTIES, "v0.5", penalties).value);
  const newer = changed(penalties, (c) => {
    c.hydro.turbined_cost = c.hydro.fpha_turbined_cost;
    delete c.hydro.fpha_turbined_cost;
  });
  assert.deepEqual(toPenalties(readValue(PENALTIES, "v0.18", newer).value), older);
  const { evaporationPos, evaporationNeg, withdrawalPos, withdrawalNeg } = older.hydro;
  assert.deepEqual([evaporationPos, evaporationNeg], [10, 12]);
  assert.deepEqual([withdrawalPos, withdrawalNeg], [11, 11]);
  assert.equal(older.hydro.inflowNonNegativity, 1000);
});

const window = { start_date: "2030-01-01", end_date: "2030-01-05" };
const initial = {
  storage: [{ hydro_id: 3, value_hm3: 1 }, { hydro_id: 1, value_hm3: 2 }],
  filling_storage: [{ hydro_id: 2, value_hm3: 3 }],
  past_inflows: [{ hydro_id: 3, values_m3s: [5, -6, 7], season_ids: [1, 0, 2] }],
  recent_observations: [{ hydro_id: 3, ...window, value_m3s: 4 }],
};

Deno.test("each rule of a v0.5 initial_conditions.json is broken by name", () => {
  assertRules(INITIAL_CONDITIONS, "v0.5", initial, [
    [(c) => c.storage[0].value_hm3 = -1, "I1", "OutOfRange", /at least 0/],
    [(c) => c.storage[1].hydro_id = 3, "I2", "DuplicateId", /repeats hydro_id 3/],
    [(c) => c.filling_storage[0].hydro_id = 1, "I2", "DuplicateId", /in storage and in/],
    [(c) => c.past_inflows.push(c.past_inflows[0]), "I3", "DuplicateId", /repeats/],
    [(c) => c.past_inflows[0].values_m3s[1] = null, "I4", "TypeMismatch", /is null/],
    [(c) => c.past_inflows[0].season_ids.pop(), "I5", "SchemaViolation", /2 season_ids for 3/],
    [
      (c) => c.recent_observations[0].end_date = "2030-01-01",
      "I6",
      "SchemaViolation",
      /a day after/,
    ],
    [(c) => c.recent_observations[0].value_m3s = -1, "I7", "OutOfRange", /at least 0/],
    [
      (c) => c.recent_observations.push({ ...c.recent_observations[0], start_date: "2030-01-04" }),
      "I8",
      "SchemaViolation",
      /before the interval/,
    ],
  ], checkInitial);
});

Deno.test("touching intervals, and those of other hydros, do not overlap", () => {
  const value = changed(initial, (c) => {
    const [first] = c.recent_observations;
    c.recent_observations.push({ ...first, start_date: "2030-01-05", end_date: "2030-01-09" });
    c.recent_observations.push({ ...first, hydro_id: 1 });
  });
  assert.deepEqual(readValue(INITIAL_CONDITIONS, "v0.5", value, checkInitial).records, []);
});

Deno.test("commitments and released flows belong to the v0.18 layout", () => {
  const newer = {
    storage: [],
    filling_storage: [],
    past_anticipated_commitments: [{ thermal_id: 1, ...window, value_mw: 5 }],
    past_defluences: [{ hydro_id: 1, ...window, value_m3s: 5 }],
  };
  assertRules(INITIAL_CONDITIONS, "v0.18", newer, [
    [(c) => c.past_inflows = [], "L2.unknown_key", "SchemaViolation", /past_inflows/],
    [(c) => c.past_defluences[0].value_m3s = -1, "I9", "OutOfRange", /at least 0/],
    [
      (c) => c.past_anticipated_commitments.push(c.past_anticipated_commitments[0]),
      "I8",
      "SchemaViolation",
      /before the interval/,
    ],
  ], checkInitial);
});

Deno.test("past inflows beyond the deepest lag are kept out", () => {
  assert.deepEqual(toPastInflows(initial.past_inflows, 2), [
    { hydroId: 3, valuesM3s: [5, -6], seasonIds: [1, 0] },
  ]);
  assert.deepEqual(toPastInflows(initial.past_inflows, 0), []);
});

const group = (first: number, second: number, name = "g") => ({
  name,
  entities: [{ type: "inflow", id: first }, { type: "inflow", id: second }],
  matrix: [[1, 0.5], [0.5, 1]],
});
const correlation: Loose = {
  method: "spectral",
  profiles: {
    wet: { correlation_groups: [group(0, 1), group(2, 3)] },
    default: { correlation_groups: [group(0, 1)] },
  },
  schedule: [
    { stage_id: 2, profile_name: "wet" },
    { stage_id: 1, profile_name: "wet" },
    { stage_id: 2, profile_name: "default" },
  ],
};

Deno.test("each rule of correlation.json is broken by name", () => {
  const groups = (c: Loose) => c.profiles.wet.correlation_groups;
  assertRules(CORRELATION, "v0.5", correlation, [
    [(c) => c.method = "magic", "N9", "InvalidEnum", /spectral, cholesky/],
    [(c) => groups(c)[0].matrix.pop(), "N10", "SchemaViolation", /2 rows/],
    [(c) => groups(c)[0].matrix[0].pop(), "N10", "SchemaViolation", /2 columns/],
    [(c) => groups(c)[0].matrix[0][1] = 1.5, "N10", "OutOfRange", /at most 1/],
    [(c) => groups(c)[0].matrix[0][0] = 0.9, "N10", "SchemaViolation", /diagonal/],
    [(c) => groups(c)[0].matrix[0][1] = 0.4, "N10", "SchemaViolation", /as in row 0/],
    [(c) => groups(c)[0].entities[0].type = "load", "N10", "SchemaViolation", /one type/],
    [(c) => c.schedule[0].profile_name = "dry", "N11", "SchemaViolation", /one of wet, default/],
    [(c) => groups(c)[1].entities[0].id = 0, "N13", "DuplicateId", /inflow 0/],
    [
      (c) => {
        c.profiles.other = c.profiles.default;
        delete c.profiles.default;
        c.schedule = null;
      },
      "N12.default",
      "SchemaViolation",
      /called default/,
    ],
    [(c) => (c.profiles = {}, c.schedule = []), "N9", "SchemaViolation", /at least one/],
  ], checkCorrelation);
  assertRules(CORRELATION, "v0.18", correlation, [
    [(c) => c.method = "cholesky", "N9", "InvalidEnum", /expected one of spectral/],
  ], checkCorrelation);
});

Deno.test("profiles are sorted by name, and the last entry of a stage counts", () => {
  const { profiles, schedule } = toCorrelation(readValue(CORRELATION, "v0.5", correlation).value);
  assert.deepEqual(profiles.map((profile) => profile.name), ["default", "wet"]);
  assert.deepEqual(schedule, [
    { stageId: 1, profile: "wet" },
    { stageId: 2, profile: "default" },
  ]);
});

const factors: Loose = {
  load_factors: [
    { bus_id: 2, stage_id: 0, block_factors: [{ block_id: 0, factor: 2 }] },
    {
      bus_id: 1,
      stage_id: 0,
      block_factors: [{ block_id: 1, factor: 3 }, { block_id: 0, factor: 4 }],
    },
  ],
};

Deno.test("each rule of the factor files is broken by name", () => {
  const first = (c: Loose) => c.load_factors[0];
  assertRules(LOAD_FACTORS, "v0.5", factors, [
    [(c) => first(c).block_factors[0].factor = 0, "N8", "OutOfRange", /above 0/],
    [(c) => c.load_factors[1].bus_id = 2, "N8", "DuplicateId", /bus_id 2, stage_id 0/],
    [(c) => first(c).block_factors.push({ block_id: 0, factor: 1 }), "N8", "DuplicateId", /twice/],
  ]);
  const source = { ncs_id: 1, stage_id: 0, block_factors: [{ block_id: 0, factor: 1 }] };
  assertRules(SOURCE_FACTORS, "v0.18", { non_controllable_factors: [source] }, [
    [(c) => c.non_controllable_factors.push(source), "N8", "DuplicateId", /ncs_id 1/],
  ]);
  const block = { block_id: 0, direct_factor: 0.5, reverse_factor: 1 };
  const line = { line_id: 1, stage_id: 4, block_factors: [block] };
  const exchange = { exchange_factors: [line] };
  assertRules(EXCHANGE_FACTORS, "v0.5", exchange, [
    [
      (c) => c.exchange_factors[0].block_factors[0].direct_factor = 0,
      "B3",
      "OutOfRange",
      /above 0/,
    ],
    [(c) => c.exchange_factors.push(line), "B3", "DuplicateId", /line_id 1, stage_id 4/],
  ]);
  assert.deepEqual(toExchangeFactors(readValue(EXCHANGE_FACTORS, "v0.5", exchange).value), [
    { entry: 0, lineId: 1, stageId: 4, blockId: 0, directFactor: 0.5, reverseFactor: 1 },
  ]);
});

Deno.test("factors are a table sorted by entity, stage and block", () => {
  const table = toLoadFactors(readValue(LOAD_FACTORS, "v0.5", factors).value);
  assert.deepEqual([...table.entity_id], [1, 1, 2]);
  assert.deepEqual([...table.block_id], [0, 1, 0]);
  assert.deepEqual([...table.factor], [4, 3, 2]);
  assert.equal(toLoadFactors(null).rows, 0);
});

Deno.test("each rule of post_study_stages.json is broken by name", () => {
  const bound = {
    thermal_id: 4,
    post_study_stage_index: 1,
    cost_per_mwh: 9,
    min_mw: 1,
    max_mw: 2,
  };
  const value = {
    stages: [
      { start_date: "2031-01-01", duration_hours: 744 },
      { start_date: "2031-02-01", duration_hours: 672 },
    ],
    thermal_bounds: [bound, { ...bound, thermal_id: 2 }],
  };
  assertRules(POST_STUDY_STAGES, "v0.18", value, [
    [(c) => c.stages[1].start_date = "2031-01-01", "PS1", "SchemaViolation", /a day after/],
    [(c) => c.thermal_bounds[0].post_study_stage_index = 2, "PS1", "OutOfRange", /only 2 stages/],
    [(c) => c.thermal_bounds[0].min_mw = 3, "PS2", "CapacityViolation", /above max_mw/],
    [(c) => c.thermal_bounds[0].cost_per_mwh = -3, "PS2", "OutOfRange", /at least 0/],
    [(c) => c.thermal_bounds[1].thermal_id = 4, "PS3", "DuplicateId", /thermal_id 4/],
  ], checkPostStudy);
  const read = readValue(POST_STUDY_STAGES, "v0.18", value).value;
  assert.deepEqual(toPostStudy(read).thermalBounds.map((b) => b.thermalId), [2, 4]);
});
