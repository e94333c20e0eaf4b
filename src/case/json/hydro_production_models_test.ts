import assert from "node:assert/strict";
import { HYDRO_PRODUCTION_MODELS, toPlaneReduction } from "./hydro_production_models.ts";
import { assertRules, type Loose, readValue } from "./test_support.ts";

const fpha = { source: "computed" };
const range = { start_stage_id: 0, end_stage_id: 5, model: "constant_productivity" };
const file = (range: object) => ({
  production_models: [{ hydro_id: 3, selection_mode: "stage_ranges", stage_ranges: [range] }],
});
const set = (fields: object) => (copy: Loose) =>
  Object.assign(copy.production_models[0].stage_ranges[0], fields);
const model = (fields: object) => (copy: Loose) => Object.assign(copy.production_models[0], fields);

Deno.test("rules of production models that both layouts have", () => {
  const windows = (window: object) =>
    set({ model: "fpha", fpha_config: { ...fpha, fitting_window: window } });
  for (const dialect of ["v0.5", "v0.18"] as const) {
    assertRules(HYDRO_PRODUCTION_MODELS, dialect, file(range), [
      [
        (copy) => copy.production_models.push(copy.production_models[0]),
        "X2",
        "DuplicateId",
        /repeats hydro_id 3/,
      ],
      [set({ start_stage_id: 6 }), "X3", "CapacityViolation", /start_stage_id 6 above/],
      [set({ model: "fpha" }), "X4.config", "SchemaViolation", /no fpha_config/],
      [set({ fpha_config: fpha }), "X4.config", "SchemaViolation", /an fpha_config/],
      [
        windows({ volume_min_hm3: 1, volume_min_percentile: 0.5 }),
        "X5",
        "SchemaViolation",
        /volume_min_hm3 1 and volume_min_percentile 0.5/,
      ],
      [windows({ volume_max_percentile: 1.5 }), "X5", "OutOfRange", /at most 1/],
      [
        set({ model: "fpha", fpha_config: { ...fpha, volume_discretization_points: 1 } }),
        "X5.grid",
        "OutOfRange",
        /at least 2/,
      ],
      [
        set({ model: "fpha", fpha_config: { ...fpha, max_planes_per_hydro: 0 } }),
        "X5.grid",
        "OutOfRange",
        /at least 1/,
      ],
      [model({ selection_mode: "yearly" }), "X6", "InvalidEnum", /stage_ranges/],
      [set({ model: "magic" }), "X6", "InvalidEnum", /linearized_head/],
      [
        set({ model: "fpha", fpha_config: { source: "guessed" } }),
        "X6",
        "InvalidEnum",
        /precomputed/,
      ],
    ]);
  }
});

Deno.test("rules of productivities", () => {
  assertRules(HYDRO_PRODUCTION_MODELS, "v0.5", file(range), [
    [set({ productivity_override: 0 }), "X4", "OutOfRange", /above 0/],
    [
      set({ model: "fpha", fpha_config: fpha, productivity_override: 1 }),
      "X4",
      "SchemaViolation",
      /productivity_override 1/,
    ],
  ]);
  const reference = (reference: object) => set({ reference_volume: reference });
  assertRules(HYDRO_PRODUCTION_MODELS, "v0.18", file({ ...range, productivity_mw_per_m3s: 0 }), [
    [set({ productivity_mw_per_m3s: -1 }), "X4", "OutOfRange", /is -1/],
    [
      set({ model: "fpha", fpha_config: fpha }),
      "X4",
      "SchemaViolation",
      /productivity_mw_per_m3s 0/,
    ],
    [reference({}), "X5.reference", "SchemaViolation", /gives neither/],
    [
      reference({ volume_hm3: 1, percentile: 0.5 }),
      "X5.reference",
      "SchemaViolation",
      /gives both/,
    ],
    [reference({ volume_hm3: 0 }), "X5.reference", "OutOfRange", /above 0/],
  ]);
});

Deno.test("the reduction of planes is that of the file", () => {
  const good = { ...file(range), fpha_plane_reduction: { method: "angle", tolerance_deg: 2 } };
  const reduction = (reduction: object) => (copy: Loose) => copy.fpha_plane_reduction = reduction;
  assertRules(HYDRO_PRODUCTION_MODELS, "v0.18", good, [
    [reduction({ method: "angle", tolerance_deg: 91 }), "X5.reduction", "OutOfRange", /at most 90/],
    [
      reduction({ method: "distance", tolerance_pct: 1, n_samples: 0 }),
      "X5.reduction",
      "OutOfRange",
      /at least 1/,
    ],
    [reduction({ method: "magic" }), "X5.reduction", "InvalidEnum", /angle, distance/],
  ]);
  const read = (value: object) =>
    toPlaneReduction(readValue(HYDRO_PRODUCTION_MODELS, "v0.18", value).value);
  assert.deepEqual(read(good), { method: "angle", toleranceDeg: 2 });
  const distance = { method: "distance", tolerance_pct: 1, n_samples: 7 };
  assert.deepEqual(read({ ...good, fpha_plane_reduction: distance }), {
    method: "distance",
    tolerancePct: 1,
    samples: 7,
  });
  assert.equal(read(file(range)), null);
  assert.equal(toPlaneReduction(null), null);
});
