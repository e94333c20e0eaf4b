import assert from "node:assert/strict";
import {
  ALL_STAGES,
  type Evaporation,
  type FphaConfig,
  type Hydro,
  type ProductionChoice,
  type System,
} from "../../model/mod.ts";
import { noOverrides, tableOf, tinyHydro, tinyStage, tinySystem } from "../testing/tiny_system.ts";
import { specificProductivityOf } from "./production_function.ts";
import { studyPlants } from "./study_plants.ts";

const CONFIG: FphaConfig = {
  source: "computed",
  volumePoints: 5,
  turbinePoints: 5,
  spillagePoints: 5,
  maxPlanes: 10,
  volumeMinHm3: null,
  volumeMaxHm3: null,
  volumeMinPercentile: null,
  volumeMaxPercentile: null,
};

function choice(more: Partial<ProductionChoice> = {}): ProductionChoice {
  return {
    kind: "constant_productivity",
    productivityMwPerM3s: null,
    fpha: null,
    referenceVolume: null,
    ...more,
  };
}

/** A plant with one model in all of three stages. */
function plant(more: Partial<ProductionChoice>, given: Partial<Hydro> = {}): Hydro {
  return tinyHydro({
    production: [{ from: 0, to: 3, choice: choice(more) }],
    tailrace: { type: "polynomial", coefficients: [300] },
    hydraulicLosses: { type: "factor", value: 0.03 },
    efficiency: 0.92,
    ...given,
  });
}

/** Levels and areas of the worked examples, for hydros 0 and 1. */
const GEOMETRY = tableOf(
  ["hydro_id"],
  ["volume_hm3", "height_m", "area_km2"],
  [0, 1].flatMap((hydro_id) => [
    { hydro_id, volume_hm3: 0, height_m: 350, area_km2: 0.5 },
    { hydro_id, volume_hm3: 100, height_m: 385, area_km2: 1 },
    { hydro_id, volume_hm3: 200, height_m: 400, area_km2: 1.5 },
  ]),
);

function systemOf(hydros: readonly Hydro[], more: Partial<System> = {}): System {
  const { overrides, horizon: _horizon, initial: _initial, ...rest } = more;
  return tinySystem({
    stages: [0, 1, 2].map((id) => tinyStage(id)),
    hydros,
    geometry: GEOMETRY,
    ...overrides === undefined ? {} : { overrides },
    ...rest,
  });
}

const PRODUCTIVITY = ["hydro_id", "stage_id"] as const;
const PRODUCTIVITIES = [
  "equivalent_productivity_mw_per_m3s",
  "reference_outflow_m3s",
  "specific_productivity_mw_per_m3s_per_m",
] as const;

Deno.test("a span of production holds in its stages only", () => {
  const hydro = tinyHydro({
    production: [
      { from: 0, to: 2, choice: choice({ productivityMwPerM3s: 0.8 }) },
      { from: 2, to: 3, choice: choice({ productivityMwPerM3s: 0 }) },
    ],
  });
  const { stages, fits } = studyPlants(systemOf([hydro]));
  assert.deepEqual(stages.map(({ production }) => production[0]), [
    { kind: "constant", productivity: 0.8 },
    { kind: "constant", productivity: 0.8 },
    { kind: "constant", productivity: 0 },
  ]);
  assert.deepEqual(fits, []);
});

Deno.test("planes are fitted once for all stages with one setting", () => {
  const hydro = tinyHydro({
    efficiency: 0.9,
    production: [
      { from: 0, to: 1, choice: choice({ kind: "fpha", fpha: CONFIG }) },
      { from: 1, to: 2, choice: choice({ kind: "fpha", fpha: { ...CONFIG, maxPlanes: 2 } }) },
      { from: 2, to: 3, choice: choice({ kind: "fpha", fpha: CONFIG }) },
    ],
  });
  const { stages, fits } = studyPlants(systemOf([hydro]));
  assert.deepEqual(fits.map(({ hydro, stages }) => [hydro, stages]), [[0, [0, 2]], [0, [1]]]);
  assert.equal(fits[1]!.fit.planes.intercept.length, 2);
  assert.deepEqual(stages[0]!.production, stages[2]!.production);
  assert.deepEqual(stages[1]!.production[0], { kind: "planes", planes: fits[1]!.fit.planes });
});

Deno.test("the linear head has its productivity at the reference volume", () => {
  const hydro = plant({
    kind: "linearized_head",
    productivityMwPerM3s: 0.7,
    referenceVolume: { percentile: 0.25 },
  });
  const [production] = studyPlants(systemOf([hydro])).stages[0]!.production;
  assert.ok(production!.kind === "head");
  const { productivity, k0, kV } = production!.line;
  // At 50 hm³ the level is 367.5 m and rises by 0.35 m per hm³; losses cancel.
  assert.equal(productivity, 0.7);
  assert.ok(Math.abs(kV - 0.35 / 67.5) < 1e-15);
  assert.ok(Math.abs(k0 + 50 * kV - 1) < 1e-15);
});

Deno.test("a linear head without tailrace takes the levels of the reservoir as heads", () => {
  const hydro = plant({ kind: "linearized_head", productivityMwPerM3s: 0.7 }, { tailrace: null });
  const [production] = studyPlants(systemOf([hydro])).stages[0]!.production;
  assert.ok(production!.kind === "head" && Math.abs(production!.line.kV - 0.15 / 385) < 1e-15);
});

Deno.test("a plant without turbines generates nothing, whatever its model needs", () => {
  const hydro = plant({ kind: "fpha" }, { maxTurbinedM3s: 0 });
  assert.deepEqual(studyPlants(systemOf([hydro])).stages[0]!.production, [
    { kind: "constant", productivity: 0 },
  ]);
});

Deno.test("what a production model needs and the case lacks is named", () => {
  const bare = { geometry: tableOf(["hydro_id"], ["volume_hm3", "height_m", "area_km2"]) };
  const cases = [
    [plant({ kind: "fpha" }), {}, /model fpha in stage 0, but .* no fpha_config/],
    [
      plant({ kind: "fpha", fpha: CONFIG }),
      bare,
      /has a computed model fpha, which needs the shape/,
    ],
    [plant({ kind: "fpha", fpha: CONFIG }, { efficiency: null }), {}, /neither its efficiency nor/],
    [plant({ kind: "linearized_head" }), bare, /has the model linearized_head, which needs/],
    [
      plant({ kind: "fpha", fpha: { ...CONFIG, volumeMinHm3: 150, volumeMaxHm3: 150 } }),
      {},
      /fitting window of hydro 0 'H0' goes from 150 to 150 hm³/,
    ],
  ] as const;
  for (const [hydro, more, message] of cases) {
    assert.throws(() => studyPlants(systemOf([hydro], more)), message);
  }
});

Deno.test("a fitting window is by volume or by share of the storage, inside the geometry", () => {
  const windows = [
    [{}, [0, 200]],
    [{ volumeMinHm3: 40, volumeMaxPercentile: 0.5 }, [40, 105]],
    [{ volumeMinPercentile: 0.1, volumeMaxHm3: 999 }, [29, 200]],
  ] as const;
  for (const [window, expected] of windows) {
    const hydro = plant({ kind: "fpha", fpha: { ...CONFIG, ...window } }, { minStorageHm3: 10 });
    const { fit } = studyPlants(systemOf([hydro])).fits[0]!;
    assert.deepEqual([fit.volumeFromHm3, fit.volumeToHm3], expected);
  }
});

Deno.test("turbines that a stage enlarges are sampled to their full flow", () => {
  const rows = tableOf(["entity_id", "stage_id", "block_id"], ["max_turbined_m3s"], [
    { entity_id: 0, stage_id: 1, max_turbined_m3s: 80 },
  ]);
  const hydro = { ...noOverrides().hydro, ...rows, min_storage_hm3: Float64Array.of(NaN) };
  const overrides = { ...noOverrides(), hydro };
  const plants = studyPlants(systemOf([plant({ kind: "fpha", fpha: CONFIG })], { overrides }));
  assert.equal(plants.fits[0]!.fit.turbinedToM3s, 80);
});

Deno.test("evaporation is a line through the area at the reference volume", () => {
  const evaporation: Evaporation = {
    coefficientsMm: Array.from({ length: 12 }, (_, month) => month === 1 ? 50 : 100),
    referenceVolumesHm3: null,
  };
  const { stages } = studyPlants(systemOf([plant({}, { evaporation }), plant({}, { id: 1 })]));
  const [january, february] = stages.map((stage) => stage.evaporation[0]!);
  // 100 mm of 1 km² over 730 h, and of 0.005 km² more for each hm³.
  assert.ok(Math.abs(january!.kV - 1 / 5256) < 1e-15);
  assert.ok(Math.abs(january!.k0 - 25 / 1314) < 1e-15);
  assert.ok(Math.abs(february!.k0 - 25 / 2628) < 1e-15);
  assert.equal(stages[0]!.evaporation[1], null);
});

Deno.test("evaporation takes the volume of its month, and needs a month", () => {
  const evaporation: Evaporation = {
    coefficientsMm: new Array<number>(12).fill(36),
    referenceVolumesHm3: Array.from({ length: 12 }, (_, month) => 50 * month),
  };
  const hydro = plant({}, { evaporation });
  const at = studyPlants(systemOf([hydro])).stages.map((stage) => stage.evaporation[0]!);
  at.forEach(({ k0, kV }, month) => {
    const area = 0.5 + 0.005 * 50 * month;
    assert.ok(Math.abs(k0 + 50 * month * kV - 36 * area / 3.6 / 730) < 1e-12);
  });
  const stages = [tinyStage(0, [730], { seasonId: null })];
  const seasonless = tinySystem({ stages, hydros: [hydro], geometry: GEOMETRY });
  assert.throws(() => studyPlants(seasonless), /stage 0 needs a month, but season_id is missing/);
});

/** Two plants in a row; the upper one turns 40 m³/s at reference. */
function cascade(): System {
  return systemOf([
    plant({ kind: "fpha", fpha: CONFIG, referenceVolume: { volumeHm3: 100 } }, {
      downstreamId: 1,
      minStorageHm3: 20,
    }),
    plant({ productivityMwPerM3s: 0.5 }, {
      id: 1,
      efficiency: null,
      specificProductivityMwPerM3sPerM: 0.008,
    }),
  ], {
    energyProductivity: tableOf(PRODUCTIVITY, PRODUCTIVITIES, [
      { hydro_id: 0, stage_id: ALL_STAGES, reference_outflow_m3s: 40 },
      { hydro_id: 1, stage_id: 1, specific_productivity_mw_per_m3s_per_m: 0.009 },
    ]),
  });
}

Deno.test("parameters are computed from the plants", () => {
  const system = cascade();
  const { computedParameter } = studyPlants(system);
  const value = (tag: string, hydroId: number | null, stage = 0): number =>
    computedParameter(
      { id: 0, name: "p", kind: "computed", tag, hydroId } as Parameters<
        typeof computedParameter
      >[0],
      system.horizon.stages[stage]!,
    );
  const near = (actual: number, expected: number): void =>
    assert.ok(Math.abs(actual - expected) < 1e-12, `${actual}, wanted ${expected}`);
  const own = specificProductivityOf(0.92);
  near(value("specific_productivity", 0), own);
  near(value("specific_productivity", 1, 0), 0.008);
  near(value("specific_productivity", 1, 1), 0.009);
  near(value("reference_volume", 0), 100);
  near(value("reference_volume", 1), 100);
  near(value("reference_turbine", 0), 40);
  near(value("reference_turbine", 1), 50);
  near(value("min_storage", 0), 20);
  near(value("max_storage", 0), 200);
  // 85 m of gross head at 100 hm³, less 3 %.
  near(value("equivalent_productivity", 0), own * 0.97 * 85);
  near(value("equivalent_productivity", 1), 0.5);
  near(value("accumulated_productivity", 0), own * 0.97 * 85 + 0.5);
  // Mean level from 20 hm³ (357 m) over 100 hm³ (385 m) to 200 hm³ (400 m).
  const mean = (80 * (357 + 385) / 2 + 100 * (385 + 400) / 2) / 180;
  near(value("integrated_equivalent_productivity", 0), own * 0.97 * (mean - 300));
  const below = 0.008 * 0.97 * (((350 + 385) / 2 + (385 + 400) / 2) / 2 - 300);
  near(value("integrated_equivalent_productivity", 1), below);
  const both = own * 0.97 * (mean - 300) + below;
  near(value("integrated_accumulated_productivity", 0), both);
  near(value("max_stored_energy", 0), both * 180);
  near(value("max_stored_energy", null), both * 180 + below * 200);
  assert.throws(() => value("min_storage", 9), /hydro 9, which does not exist/);
});

Deno.test("given planes tell the productivity of a plant without geometry", () => {
  const planes = tableOf(["hydro_id", "stage_id", "plane_id"], [
    "gamma_0",
    "gamma_v",
    "gamma_q",
    "gamma_s",
    "kappa",
    "valid_v_min_hm3",
    "valid_v_max_hm3",
    "valid_q_max_m3s",
  ], [
    {
      hydro_id: 0,
      stage_id: ALL_STAGES,
      plane_id: 0,
      gamma_0: 5,
      gamma_v: 0,
      gamma_q: 0.8,
      gamma_s: 0,
      kappa: 1,
    },
    {
      hydro_id: 0,
      stage_id: ALL_STAGES,
      plane_id: 1,
      gamma_0: 0,
      gamma_v: 0.2,
      gamma_q: 0.4,
      gamma_s: 0,
      kappa: 1,
    },
  ]);
  const hydro = plant({ kind: "fpha", fpha: { ...CONFIG, source: "precomputed" } }, {
    efficiency: null,
  });
  const system = systemOf([hydro], { fphaPlanes: planes });
  const { computedParameter, stages } = studyPlants(system);
  assert.equal(stages[0]!.production[0]!.kind, "planes");
  const parameter = {
    id: 0,
    name: "p",
    kind: "computed",
    tag: "equivalent_productivity",
    hydroId: 0,
  } as const;
  // At 100 hm³ and 50 m³/s: the smaller of 45 and 40 MW.
  assert.ok(Math.abs(computedParameter(parameter, system.horizon.stages[0]!) - 0.8) < 1e-12);
});

Deno.test("the tailrace follows the reservoir below at its volume of reference", () => {
  const curves = tableOf(
    ["hydro_id", "family_id", "segment_id"],
    [
      "downstream_reference_level_m",
      "outflow_min_m3s",
      "outflow_max_m3s",
      "coefficient_0",
      "coefficient_1",
      "coefficient_2",
      "coefficient_3",
      "coefficient_4",
    ],
    [360, 390].map((level, family_id) => ({
      hydro_id: 0,
      family_id,
      segment_id: 0,
      downstream_reference_level_m: level,
      outflow_min_m3s: 0,
      outflow_max_m3s: 500,
      coefficient_0: level - 20,
      coefficient_1: 0,
      coefficient_2: 0,
      coefficient_3: 0,
      coefficient_4: 0,
    })),
  );
  const upper = plant({ kind: "linearized_head", productivityMwPerM3s: 0.7 }, {
    downstreamId: 1,
    hydraulicLosses: null,
  });
  const lower = plant({ referenceVolume: { volumeHm3: 40 } }, { id: 1 });
  const [production] = studyPlants(systemOf([upper, lower], { tailraceCurves: curves })).stages[0]!
    .production;
  // 364 m below, so the tailrace stands at 344 m and the head at 100 hm³ is 41 m.
  assert.ok(production!.kind === "head" && Math.abs(production!.line.kV - 0.15 / 41) < 1e-15);
});
