import assert from "node:assert/strict";
import type { HydroCosts, Stage } from "../../model/mod.ts";
import { HYDROS, toHydro } from "./hydros.ts";
import type { GlobalPenalties } from "./penalties.ts";
import { assertRules, changed, type Loose, readValue } from "./test_support.ts";

const bounds = {
  min_turbined_m3s: 1,
  max_turbined_m3s: 60,
  min_generation_mw: 0,
  max_generation_mw: 54,
};
const common = {
  id: 3,
  name: "UPPER",
  downstream_id: 4,
  reservoir: { min_storage_hm3: 10, max_storage_hm3: 200 },
  outflow: { min_outflow_m3s: 2, max_outflow_m3s: null },
};
const hydroV05 = {
  ...common,
  bus_id: 5,
  generation: { model: "constant_productivity", productivity_mw_per_m3s: 0.9, ...bounds },
};
const hydroV18 = {
  ...common,
  operational_start_date: "2000-01-01",
  generation: { model: "constant_productivity", ...bounds },
  unit_groups: [{ id: 0, name: "UPPER", bus_id: 5, ...bounds }],
};
const months = (value: number) => new Array(12).fill(value);
const set = (fields: object) => (copy: Loose) => Object.assign(copy.hydros[0], fields);
const inside = (part: string, fields: object) => (copy: Loose) =>
  Object.assign(copy.hydros[0][part], fields);

Deno.test("rules of plants that both layouts have", () => {
  for (const [dialect, hydro] of [["v0.5", hydroV05], ["v0.18", hydroV18]] as const) {
    assertRules(
      HYDROS,
      dialect,
      { hydros: [hydro] },
      [
        [(copy) => copy.hydros.push(hydro), "E1", "DuplicateId", /repeats id 3/],
        [inside("reservoir", { min_storage_hm3: -1 }), "E5", "OutOfRange", /min_storage_hm3 is -1/],
        [
          inside("reservoir", { min_storage_hm3: 250 }),
          "E5",
          "CapacityViolation",
          /Hydro 3 'UPPER' has min_storage_hm3 250 above max_storage_hm3 200/,
        ],
        [inside("outflow", { min_outflow_m3s: -1 }), "E6", "OutOfRange", /min_outflow_m3s is -1/],
        [inside("generation", { min_turbined_m3s: -1 }), "E7", "OutOfRange", /turbined_m3s is -1/],
        [
          inside("generation", { min_turbined_m3s: 61 }),
          "E7",
          "CapacityViolation",
          /min_turbined_m3s 61/,
        ],
        [
          inside("generation", { max_generation_mw: -1 }),
          "E7",
          "CapacityViolation",
          /min_generation_mw 0/,
        ],
        [
          set({ evaporation: { coefficients_mm: [1] } }),
          "E8",
          "SchemaViolation",
          /has 1 item, expected at least 12 items/,
        ],
        [
          set({
            evaporation: {
              coefficients_mm: months(1),
              reference_volumes_hm3: months(50).with(2, 9),
            },
          }),
          "E9",
          "OutOfRange",
          /reference volume 9 hm³ for month 3/,
        ],
        [inside("generation", { model: "magic" }), "E10", "InvalidEnum", /constant_productivity/],
        [set({ tailrace: { type: "spline" } }), "E10", "InvalidEnum", /polynomial/],
        [set({ hydraulic_losses: { type: "spline" } }), "E10", "InvalidEnum", /factor/],
        [
          set({ hydraulic_losses: { type: "factor", value: 2 } }),
          "E10",
          "OutOfRange",
          /hydraulic_losses\.value is 2, expected at most 1/,
        ],
        [set({ efficiency: { type: "curve" } }), "E10", "InvalidEnum", /constant/],
        [set({ efficiency: { type: "constant", value: 2 } }), "E10", "OutOfRange", /at most 1/],
        [set({ diversion: { downstream_id: 1, max_flow_m3s: -1 } }), "E14", "OutOfRange", /is -1/],
      ],
    );
  }
});

Deno.test("every reference volume outside the reservoir is named", () => {
  const volumes = months(50).with(2, 9).with(11, 201);
  const evaporation = { coefficients_mm: months(1), reference_volumes_hm3: volumes };
  const { records } = readValue(HYDROS, "v0.5", { hydros: [{ ...hydroV05, evaporation }] });
  assert.deepEqual(records.map(({ kind, context }) => [kind, context["rule"], context["field"]]), [
    ["OutOfRange", "E9", "hydros[0].evaporation.reference_volumes_hm3[2]"],
    ["OutOfRange", "E9", "hydros[0].evaporation.reference_volumes_hm3[11]"],
  ]);
});

Deno.test("rules of plants of the older layout", () => {
  const filling = (rate: number) => ({ start_stage_id: 0, filling_inflow_m3s: rate });
  assertRules(HYDROS, "v0.5", { hydros: [hydroV05] }, [
    [set({ filling: filling(0), entry_stage_id: 2 }), "A6", "OutOfRange", /expected more than 0/],
    [set({ filling: filling(1) }), "A6", "SchemaViolation", /without entry_stage_id/],
    [set({ unit_groups: [] }), "L2.ignored_key", "IgnoredInput", /unit_groups/],
    [
      (copy) => delete copy.hydros[0].generation.productivity_mw_per_m3s,
      "L2.missing",
      "SchemaViolation",
      /productivity_mw_per_m3s is missing/,
    ],
  ]);
});

Deno.test("rules of plants of the newer layout", () => {
  const group = (fields: object) =>
    inside("unit_groups", [{ ...hydroV18.unit_groups[0], ...fields }]);
  const both = (fields: object) =>
    inside(
      "unit_groups",
      [0, 1].map((id) => ({
        ...hydroV18.unit_groups[0],
        id,
        max_turbined_m3s: 30,
        max_generation_mw: 27,
        ...fields,
      })),
    );
  assertRules(HYDROS, "v0.18", { hydros: [hydroV18] }, [
    [set({ unit_groups: [] }), "semantic.5a.38a", "SchemaViolation", /0 items/],
    [both({ id: 7 }), "semantic.5a.39", "DuplicateId", /unit group 7 more than once/],
    [
      group({ min_turbined_m3s: 61 }),
      "semantic.5a.40",
      "CapacityViolation",
      /group 0 has min_turbined/,
    ],
    [group({ min_turbined_m3s: -1 }), "semantic.5a.40", "OutOfRange", /is -1/],
    [group({ max_turbined_m3s: 61 }), "semantic.5a.41", "CapacityViolation", /at most the 60/],
    [both({ max_generation_mw: 28 }), "semantic.5a.41", "CapacityViolation", /56 together/],
    [both({ min_turbined_m3s: 0.25 }), "semantic.5a.41", "CapacityViolation", /at least the 1/],
    [set({ travel_time_hours: -1 }), "travel_time.1", "OutOfRange", /is -1/],
    [set({ filling: { start_stage_id: 0 } }), "A6", "SchemaViolation", /without entry_stage_id/],
    [
      set({ filling: { start_stage_id: 0, filling_min_rate_m3s: -1 }, entry_stage_id: 2 }),
      "A6",
      "OutOfRange",
      /is -1/,
    ],
    [set({ bus_id: 1 }), "L2.unknown_key", "SchemaViolation", /bus_id/],
    [
      inside("generation", { productivity_mw_per_m3s: 1 }),
      "L2.unknown_key",
      "SchemaViolation",
      /productivity_mw_per_m3s/,
    ],
  ]);
});

Deno.test("bounds of groups that add up but for rounding are accepted", () => {
  const hydro = changed(hydroV18, (copy) => {
    copy.generation.max_turbined_m3s = 0.3;
    copy.generation.min_turbined_m3s = 0;
    copy.unit_groups = [0, 1, 2].map((id) => ({
      ...copy.unit_groups[0],
      id,
      min_turbined_m3s: 0,
      max_turbined_m3s: 0.1,
      max_generation_mw: 18,
    }));
  });
  assert.deepEqual(readValue(HYDROS, "v0.18", { hydros: [hydro] }).records, []);
});

const global = {
  hydro: {
    spillage: 1,
    turbined: 2,
    diversion: 3,
    storageBelow: 4,
    fillingTarget: 5,
    turbinedBelow: 6,
    outflowBelow: 7,
    outflowAbove: 8,
    generationBelow: 9,
    evaporationPos: 10,
    evaporationNeg: 11,
    withdrawalPos: 12,
    withdrawalNeg: 13,
    inflowNonNegativity: 14,
  } satisfies HydroCosts,
} as unknown as GlobalPenalties;
const stages = [{ id: 0, startDay: 20000, endDay: 20030 }] as Stage[];

function model(dialect: "v0.5" | "v0.18", hydro: Loose) {
  const { value, records } = readValue(HYDROS, dialect, { hydros: [hydro] });
  assert.deepEqual(records, []);
  return toHydro(value.hydros[0], stages, global, []);
}

Deno.test("both layouts of a plant make the same model", () => {
  const parts = {
    tailrace: { type: "piecewise", points: [{ outflow_m3s: 1, height_m: 2 }] },
    hydraulic_losses: { type: "constant", value_m: 0.5 },
    efficiency: { type: "constant", value: 0.9 },
    evaporation: { coefficients_mm: months(1), reference_volumes_hm3: months(50) },
    diversion: { downstream_id: 8, max_flow_m3s: 3 },
    entry_stage_id: 2,
    exit_stage_id: 9,
  };
  const old = {
    ...hydroV05,
    ...parts,
    filling: { start_stage_id: 0, filling_inflow_m3s: 6 },
    penalties: { fpha_turbined_cost: 0.5, spillage_cost: 0.1 },
  };
  const now = {
    ...hydroV18,
    ...parts,
    filling: { start_stage_id: 0, filling_min_rate_m3s: 6 },
    penalties: { turbined_cost: 0.5, spillage_cost: 0.1 },
  };
  const hydro = model("v0.5", old);
  assert.deepEqual(hydro, model("v0.18", now));
  assert.deepEqual(hydro.unitGroups, [{
    id: 0,
    name: "UPPER",
    busId: 5,
    minGenerationMw: 0,
    maxGenerationMw: 54,
    minTurbinedM3s: 1,
    maxTurbinedM3s: 60,
  }]);
  assert.deepEqual(hydro.tailrace, { type: "piecewise", points: [{ outflowM3s: 1, heightM: 2 }] });
  assert.deepEqual(hydro.hydraulicLosses, { type: "constant", valueM: 0.5 });
  assert.equal(hydro.efficiency, 0.9);
  assert.deepEqual(hydro.diversion, { downstreamId: 8, maxFlowM3s: 3 });
  assert.deepEqual(hydro.filling, { startStageId: 0, minRateM3s: 6 });
  assert.deepEqual([hydro.entryStageId, hydro.exitStageId], [2, 9]);
});

Deno.test("costs of a plant hide global ones, for both directions at once", () => {
  const { costs } = model("v0.5", {
    ...hydroV05,
    penalties: {
      evaporation_violation_cost: 0,
      fpha_turbined_cost: 21,
      outflow_violation_above_cost: 22,
    },
  });
  assert.deepEqual(costs, {
    ...global.hydro,
    evaporationPos: 0,
    evaporationNeg: 0,
    turbined: 21,
    outflowAbove: 22,
  });
  assert.deepEqual(model("v0.5", hydroV05).costs, global.hydro);
});

Deno.test("what only the newer layout has reaches the model", () => {
  const hydro = model("v0.18", {
    ...hydroV18,
    travel_time_hours: 12.5,
    specific_productivity_mw_per_m3s_per_m: 0.0085,
  });
  assert.equal(hydro.travelTimeHours, 12.5);
  assert.equal(hydro.specificProductivityMwPerM3sPerM, 0.0085);
  assert.equal(model("v0.18", hydroV18).travelTimeHours, 0);
  assert.equal(model("v0.18", hydroV18).specificProductivityMwPerM3sPerM, null);
});
