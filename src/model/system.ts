/** A power system with everything that a study knows of it, immutable. */
import type {
  Bus,
  Contract,
  Hydro,
  Line,
  NonControllableSource,
  PumpingStation,
  Thermal,
} from "./entity.ts";
import type { GenericConstraint, ScalarParameter } from "./generic_constraint.ts";
import type { Horizon } from "./horizon.ts";
import type {
  EnergyProductivity,
  FphaPlanes,
  GenericBounds,
  Geometry,
  OverrideTables,
  ScenarioTables,
  TailraceCurves,
} from "./table.ts";

/** A volume of a reservoir (hm³). */
export interface InitialStorage {
  readonly hydroId: number;
  readonly valueHm3: number;
}

/** Inflows before the study: index 0 is the latest period. */
export interface PastInflows {
  readonly hydroId: number;
  readonly valuesM3s: readonly number[];
  /** Season of each value; null where the case does not say. */
  readonly seasonIds: readonly number[] | null;
}

/** A mean of `[startDay, endDay)`, for a hydro (m³/s) or a thermal (MW). */
export interface DatedValue {
  readonly entityId: number;
  readonly startDay: number;
  readonly endDay: number;
  readonly value: number;
}

/** The state in which the study begins. */
export interface InitialConditions {
  readonly storage: readonly InitialStorage[];
  readonly fillingStorage: readonly InitialStorage[];
  readonly pastInflows: readonly PastInflows[];
  /** Inflows of the period that is running when the study begins (m³/s). */
  readonly recentObservations: readonly DatedValue[];
  /** Dispatch already committed of anticipated thermals (MW). */
  readonly pastCommitments: readonly DatedValue[];
  /** Water already on its way to the plant below (m³/s released). */
  readonly pastDefluences: readonly DatedValue[];
}

/** Kinds of entities with random data. */
export type NoiseClass = "inflow" | "load" | "ncs";

/** Entities whose noises are correlated. */
export interface CorrelationGroup {
  readonly name: string;
  readonly entities: readonly { readonly type: NoiseClass; readonly id: number }[];
  /** Row-major rows, as given. */
  readonly matrix: readonly (readonly number[])[];
}

/** Correlation of the noises, by named profile. */
export interface Correlation {
  readonly method: "spectral" | "cholesky";
  /** Sorted by name. */
  readonly profiles: readonly {
    readonly name: string;
    readonly groups: readonly CorrelationGroup[];
  }[];
  readonly schedule: readonly { readonly stageId: number; readonly profile: string }[];
}

/** How neighbouring planes of a fitted production function are merged. */
export type PlaneReduction =
  | { readonly method: "angle"; readonly toleranceDeg: number }
  | { readonly method: "distance"; readonly tolerancePct: number; readonly samples: number };

/** A stage after the study, in which anticipated thermals still deliver. */
export interface PostStudyStage {
  readonly startDay: number;
  readonly durationHours: number;
}

/** Bounds and cost of an anticipated thermal in a stage after the study. */
export interface PostStudyThermalBound {
  readonly thermalId: number;
  readonly stageIndex: number;
  readonly costPerMwh: number;
  readonly minMw: number;
  readonly maxMw: number;
}

/** What lies beyond the last stage. */
export interface PostStudy {
  readonly stages: readonly PostStudyStage[];
  readonly thermalBounds: readonly PostStudyThermalBound[];
}

/** A power system; lists are sorted by id, tables by key. */
export interface System {
  readonly buses: readonly Bus[];
  readonly lines: readonly Line[];
  readonly hydros: readonly Hydro[];
  readonly thermals: readonly Thermal[];
  readonly sources: readonly NonControllableSource[];
  readonly stations: readonly PumpingStation[];
  readonly contracts: readonly Contract[];
  readonly horizon: Horizon;
  readonly initial: InitialConditions;
  readonly geometry: Geometry;
  readonly fphaPlanes: FphaPlanes;
  readonly planeReduction: PlaneReduction | null;
  readonly tailraceCurves: TailraceCurves | null;
  readonly energyProductivity: EnergyProductivity | null;
  readonly scenarios: ScenarioTables;
  readonly correlation: Correlation | null;
  readonly overrides: OverrideTables;
  readonly genericConstraints: readonly GenericConstraint[];
  readonly genericBounds: GenericBounds;
  readonly parameters: readonly ScalarParameter[];
  readonly postStudy: PostStudy | null;
}

/** Positions of ids in a list of entities. */
export function indexById(
  entities: readonly { readonly id: number }[],
): ReadonlyMap<number, number> {
  const index = new Map<number, number>();
  for (let position = 0; position < entities.length; position++) {
    index.set(entities[position]!.id, position);
  }
  return index;
}
