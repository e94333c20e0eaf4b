/** A study with every kind of state, with random numbers, for tests of gradients and solvers. */
import type { CutRows } from "../cut_rows.ts";
import { sharedCutRows } from "../cut_rows.ts";
import { type InflowMap, sparseRows } from "../inflow_map.ts";
import type { PlantStage } from "../plant_data.ts";
import {
  type InflowSlot,
  slotRange,
  type StateManifest,
  stateManifests,
} from "../state_manifest.ts";
import { buildStudyModels, type StudyModels } from "../study_models.ts";
import { randomNumbers } from "./random_stage.ts";
import {
  tinyBus,
  tinyHydro,
  tinyLine,
  tinySource,
  tinyStage,
  tinySystem,
  tinyThermal,
} from "./tiny_system.ts";

const LAGS = 2;

/** Three plants in a cascade, the second stage of four to be solved. */
export interface RandomStudy {
  readonly study: StudyModels;
  /** A state for the stage at position 1. */
  readonly state: Float64Array;
  readonly noise: Float64Array;
  /** Known quantities that do not come from the state or the inflow model are set. */
  readonly known: Float64Array;
  readonly cuts: CutRows;
  readonly cutCount: number;
}

/** Random numbers in a fixed structure: travel time, evaporation, planes, anticipation, a must-run source. */
export function randomStudy(seed: number, cutCount: number): RandomStudy {
  const random = randomNumbers(seed);
  const between = (low: number, high: number): number => low + (high - low) * random();
  const system = tinySystem({
    stages: [0, 1, 2, 3].map((id) => tinyStage(id, [300, 430])),
    buses: [tinyBus(), tinyBus({ id: 1 })],
    lines: [tinyLine({ lossesPercent: 3 })],
    hydros: [
      tinyHydro({ id: 0, downstreamId: 1, travelTimeHours: between(100, 1200) }),
      tinyHydro({ id: 1, downstreamId: 2, minStorageHm3: 30, minOutflowM3s: 15 }),
      // No reservoir: its storage is fixed and never reaches the solver.
      tinyHydro({ id: 2, minStorageHm3: 0, maxStorageHm3: 0 }),
      // Not built yet: holds what it has.
      tinyHydro({ id: 3, entryStageId: 3 }),
    ],
    thermals: [
      tinyThermal({ id: 0, maxMw: 60, costPerMwh: between(20, 80) }),
      tinyThermal({ id: 1, busId: 1, maxMw: 40, anticipated: { leadStages: 2 } }),
    ],
    sources: [tinySource({ maxGenerationMw: 20 }), tinySource({ id: 1, allowCurtailment: false })],
    volumes: [[0, 80], [1, 60], [3, 12]],
  });
  const hydros = system.hydros.length;
  const inflowSlots = Array.from({ length: 5 }, () => lagSlots(system.hydros));
  const manifests = stateManifests(system, inflowSlots);
  const [firstLag] = slotRange(manifests[1]!, "inflow_lag");
  const lagOf = (hydro: number, lag: number): number => firstLag + (lag - 1) * hydros + hydro;
  const inflow: InflowMap = {
    base: Float64Array.from({ length: hydros }, () => between(5, 25)),
    scale: Float64Array.from({ length: hydros }, () => between(2, 6)),
    lags: sparseRows(
      Array.from({ length: hydros }, (_, h) => [
        [lagOf(h, 1), between(0.2, 0.6)],
        [lagOf(h, 2), between(-0.2, 0.3)],
      ]),
    ),
    shiftConstant: new Float64Array(LAGS * hydros),
    shift: sparseRows(
      Array.from(
        { length: LAGS * hydros },
        (_, at) => at < hydros ? [] : [[lagOf(at - hydros, 1), 1]],
      ),
    ),
    shiftInflow: sparseRows(
      Array.from({ length: LAGS * hydros }, (_, at) => at < hydros ? [[at, 1]] : []),
    ),
  };
  const plants: PlantStage = {
    production: [
      { kind: "constant", productivity: between(0.6, 1.2) },
      {
        kind: "planes",
        planes: {
          intercept: Float64Array.of(0, -1),
          byVolume: Float64Array.of(0.002, 0.03),
          byTurbined: Float64Array.of(0.9, 0.8),
          bySpillage: Float64Array.of(0, -0.01),
        },
      },
      { kind: "constant", productivity: 0.8 },
      { kind: "constant", productivity: 0.5 },
    ],
    evaporation: [{ k0: 0.5, kV: 0.01 }, null, null, null],
  };
  const study = buildStudyModels(system, {
    plants: system.horizon.stages.map(() => plants),
    inflowSlots,
    inflow: system.horizon.stages.map(() => inflow),
    future: () => ({ kind: "single", discount: 0.98, lower: 0 }),
    inflowPenalty: true,
    computedParameter: () => 0,
  });
  const { model, map } = study.stages[1]!;
  const known = new Float64Array(model.parameters);
  model.columnKeys.slice(0, model.parameters).forEach(({ kind, entity }, at) => {
    if (kind === "load") known[at] = between(30, 120);
    if (kind === "available") known[at] = entity === 0 ? between(0, 20) : between(0, 10);
  });
  return {
    study,
    state: randomState(study.manifests[1]!, seed),
    noise: Float64Array.from({ length: hydros }, () => between(-2, 2)),
    known,
    cuts: randomCuts(map.outgoing.slots.map(({ kind }) => kind), cutCount, between),
    cutCount,
  };
}

/** A state within what the study can reach. */
export function randomState(manifest: StateManifest, seed: number): Float64Array {
  const random = randomNumbers(seed + 77);
  const between = (low: number, high: number): number => low + (high - low) * random();
  return Float64Array.from(manifest.slots, ({ kind, entity }) => {
    if (kind === "storage") return entity < 2 ? between(5, 190) : entity === 2 ? 0 : 12;
    if (kind === "travelling_water") return between(0, 40);
    if (kind === "commitment") return between(5, 35);
    return between(5, 60);
  });
}

function lagSlots(hydros: readonly { readonly id: number }[]): InflowSlot[] {
  return Array.from({ length: LAGS }, (_, lag) =>
    hydros.map(({ id }, entity): InflowSlot => ({
      kind: "inflow_lag",
      entityId: id,
      entity,
      sub: lag + 1,
    }))).flat();
}

/** Cuts of a convex function: tangents at random points, so that many of them bind somewhere. */
function randomCuts(
  kinds: readonly string[],
  count: number,
  between: (low: number, high: number) => number,
): CutRows {
  const cuts = sharedCutRows(kinds.length, count);
  for (let cut = 0; cut < count; cut++) {
    let intercept = 4e6 * between(0.5, 1);
    kinds.forEach((kind, slot) => {
      const centre = kind === "storage" ? 100 : kind === "commitment" ? 20 : 30;
      const slope = -between(0, 1) * (kind === "storage" ? 12_000 : 9000);
      cuts.coefficients[cut * cuts.slots + slot] = slope;
      intercept -= 0.3 * slope * centre;
    });
    cuts.intercept[cut] = intercept;
    cuts.active[cut] = 1;
  }
  return cuts;
}
