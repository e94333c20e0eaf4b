import assert from "node:assert/strict";
import { ALL_STAGES, type EnergyProductivity, type Stage } from "../model/mod.ts";
import type { Dialect } from "./case.ts";
import { HYDRO_PRODUCTION_MODELS } from "./json/hydro_production_models.ts";
import { HYDROS } from "./json/hydros.ts";
import { readValue } from "./json/test_support.ts";
import { indexProductivity, resolveProduction } from "./production_spans.ts";

const stages = [0, 1, 2, 3].map((id) => ({ id, seasonId: id % 2 })) as unknown as Stage[];
const bounds = {
  min_turbined_m3s: 0,
  max_turbined_m3s: 60,
  min_generation_mw: 0,
  max_generation_mw: 54,
};

function hydro(dialect: Dialect, model = "constant_productivity") {
  const own = dialect === "v0.5" && model !== "fpha" ? { productivity_mw_per_m3s: 0.9 } : {};
  const layout = dialect === "v0.5" ? { bus_id: 0 } : {
    operational_start_date: "2000-01-01",
    unit_groups: [{ id: 0, name: "A", bus_id: 0, ...bounds }],
  };
  const { value, records } = readValue(HYDROS, dialect, {
    hydros: [{
      id: 3,
      name: "A",
      reservoir: { min_storage_hm3: 0, max_storage_hm3: 10 },
      outflow: { min_outflow_m3s: 0 },
      generation: { model, ...own, ...bounds },
      ...layout,
    }],
  });
  assert.deepEqual(records, []);
  return value.hydros[0];
}

function entry(dialect: Dialect, fields: object) {
  const file = { production_models: [{ hydro_id: 3, ...fields }] };
  const { value, records } = readValue(HYDRO_PRODUCTION_MODELS, dialect, file);
  assert.deepEqual(records, []);
  return value.production_models[0];
}

function table(rows: [stage: number, productivity: number][]): EnergyProductivity {
  const none = () => new Float64Array(rows.length).fill(NaN);
  return {
    rows: rows.length,
    hydro_id: new Int32Array(rows.length).fill(3),
    stage_id: Int32Array.from(rows, ([stage]) => stage),
    equivalent_productivity_mw_per_m3s: Float64Array.from(rows, ([, value]) => value),
    reference_outflow_m3s: none(),
    specific_productivity_mw_per_m3s_per_m: none(),
  };
}

/** Spans as `from-to kind productivity`. */
function resolve(
  dialect: Dialect,
  fields: object | null,
  options: { model?: string; table?: [number, number][] } = {},
) {
  const models = fields === null ? null : entry(dialect, fields);
  const index = indexProductivity(options.table === undefined ? null : table(options.table));
  const { spans, faults } = resolveProduction(hydro(dialect, options.model), models, index, stages);
  const texts = spans.map(({ from, to, choice }) =>
    `${from}-${to} ${choice.kind} ${choice.productivityMwPerM3s}`
  );
  return { texts, faults, spans };
}

const ranges = (...stage_ranges: object[]) => ({ selection_mode: "stage_ranges", stage_ranges });
const constant = (start: number, end: number | null, fields: object = {}) => ({
  start_stage_id: start,
  end_stage_id: end,
  model: "constant_productivity",
  ...fields,
});

Deno.test("a plant without an entry has its own model in every stage", () => {
  assert.deepEqual(resolve("v0.5", null).texts, ["0-4 constant_productivity 0.9"]);
  const linearized = resolve("v0.5", null, { model: "linearized_head" });
  assert.deepEqual(linearized.texts, ["0-4 linearized_head 0.9"]);
  assert.deepEqual(resolve("v0.5", null, { model: "fpha" }).texts, ["0-4 fpha null"]);
});

Deno.test("the older layout takes a constant productivity where no range matches", () => {
  const entry = ranges(
    constant(1, 1, { productivity_override: 0.5 }),
    constant(1, 2, { productivity_override: 0.6 }),
  );
  const { texts, faults } = resolve("v0.5", entry, { model: "linearized_head" });
  assert.deepEqual(texts, [
    "0-1 constant_productivity 0.9",
    "1-2 constant_productivity 0.5",
    "2-3 constant_productivity 0.6",
    "3-4 constant_productivity 0.9",
  ]);
  assert.deepEqual(faults, []);
});

Deno.test("neighbouring stages with equal choices are one span", () => {
  const entry = ranges(
    constant(0, 1, { productivity_override: 0.9 }),
    constant(2, null, { productivity_override: 0.9 }),
  );
  assert.deepEqual(resolve("v0.5", entry).texts, ["0-4 constant_productivity 0.9"]);
});

Deno.test("seasons choose by the season of the stage, others take the default", () => {
  const entry = {
    selection_mode: "seasonal",
    default_model: "linearized_head",
    seasons: [{ season_id: 1, model: "constant_productivity", productivity_override: 0.4 }],
  };
  assert.deepEqual(resolve("v0.5", entry).texts, [
    "0-1 linearized_head 0.9",
    "1-2 constant_productivity 0.4",
    "2-3 linearized_head 0.9",
    "3-4 constant_productivity 0.4",
  ]);
});

Deno.test("the newer layout takes productivities from the entry or from the table", () => {
  const entry = ranges(constant(0, 1, { productivity_mw_per_m3s: 0 }), constant(2, null));
  const { texts, faults } = resolve("v0.18", entry, { table: [[2, 0.7], [3, 0.8]] });
  assert.deepEqual(texts, [
    "0-2 constant_productivity 0",
    "2-3 constant_productivity 0.7",
    "3-4 constant_productivity 0.8",
  ]);
  assert.deepEqual(faults, []);
  const all = resolve("v0.18", null, { table: [[ALL_STAGES, 0.7], [2, 0.8]] });
  assert.deepEqual(all.texts, [
    "0-2 constant_productivity 0.7",
    "2-3 constant_productivity 0.8",
    "3-4 constant_productivity 0.7",
  ]);
});

Deno.test("a productivity given twice or not at all is a fault of those stages", () => {
  const entry = ranges(constant(1, null, { productivity_mw_per_m3s: 0.9 }));
  assert.deepEqual(resolve("v0.18", entry, { table: [[2, 0.9]] }).faults, [
    { rule: "productivity_resolution.1", stages: [2] },
    { rule: "productivity_resolution.2", stages: [0] },
  ]);
  const constantOfFpha = resolve("v0.5", ranges(constant(3, null)), { model: "fpha" });
  assert.deepEqual(constantOfFpha.faults, [
    { rule: "productivity_resolution.2", stages: [0, 1, 2, 3] },
  ]);
});

Deno.test("planes need no productivity and bring their settings with defaults", () => {
  const window = { volume_min_percentile: 0.25, volume_max_hm3: 9 };
  const entry = ranges({
    start_stage_id: 0,
    model: "fpha",
    fpha_config: { source: "computed", max_planes_per_hydro: 6, fitting_window: window },
    reference_volume: { percentile: 0.5 },
  });
  const { spans, faults } = resolve("v0.18", entry, { table: [[ALL_STAGES, 0.7]] });
  assert.deepEqual(faults, []);
  assert.deepEqual(spans, [{
    from: 0,
    to: 4,
    choice: {
      kind: "fpha",
      productivityMwPerM3s: null,
      fpha: {
        source: "computed",
        volumePoints: 5,
        turbinePoints: 5,
        spillagePoints: 5,
        maxPlanes: 6,
        volumeMinHm3: null,
        volumeMaxHm3: 9,
        volumeMinPercentile: 0.25,
        volumeMaxPercentile: null,
      },
      referenceVolume: { percentile: 0.5 },
    },
  }]);
});
