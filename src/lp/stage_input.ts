/** What the problem of a stage is built from. */
import { indexById, type RiskMeasure, type StageData, type System } from "../model/mod.ts";
import { deliveries, type Delivery } from "./commitment_calendar.ts";
import type { PlantStage } from "./plant_data.ts";
import type { StateManifest } from "./state_manifest.ts";
import { type WaterClock, waterClock } from "./water_clock.ts";

/** How the cost of later stages enters; `lower` is a valid lower bound on it ($). */
export type FutureCost =
  /** There is no later stage and no cost beyond the last one. */
  | { readonly kind: "none" }
  /** One column, below which every cut lies. */
  | { readonly kind: "single"; readonly discount: number; readonly lower: number }
  /** A column per opening of the next stage, weighed by the risk measure. */
  | {
    readonly kind: "multi";
    readonly discount: number;
    readonly lower: number;
    readonly probabilities: readonly number[];
    readonly risk: RiskMeasure;
  };

/** Ranges of known quantities, by element and block; without them any value is possible. */
export interface KnownRange {
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/** What all stages of a study share. */
export interface StudyFrame {
  readonly system: System;
  readonly clock: WaterClock;
  readonly deliveries: readonly Delivery[];
  /** Position of the receiver of the outflow of each hydro, or −1. */
  readonly downstream: Int32Array;
  /** Position of the receiver of the diverted flow of each hydro, or −1. */
  readonly diverted: Int32Array;
  readonly busPosition: ReadonlyMap<number, number>;
  readonly hydroPosition: ReadonlyMap<number, number>;
}

/** Prepares what all stages of a study share. */
export function studyFrame(system: System): StudyFrame {
  const hydroPosition = indexById(system.hydros);
  const positionOf = (id: number | null | undefined): number =>
    id === null || id === undefined ? -1 : hydroPosition.get(id) ?? -1;
  return {
    system,
    clock: waterClock(system.horizon.stages),
    deliveries: deliveries(system),
    downstream: Int32Array.from(system.hydros, (hydro) => positionOf(hydro.downstreamId)),
    diverted: Int32Array.from(system.hydros, (hydro) => positionOf(hydro.diversion?.downstreamId)),
    busPosition: indexById(system.buses),
    hydroPosition,
  };
}

/** See {@link StageInput}. */
export type HeadTreatment = "concave" | "initial_storage";

/** One stage, with everything its problem depends on. */
export interface StageInput {
  readonly frame: StudyFrame;
  readonly data: StageData;
  readonly plants: PlantStage;
  readonly incoming: StateManifest;
  readonly outgoing: StateManifest;
  readonly future: FutureCost;
  /**
   * How a head that depends on the volume enters: as the least concave function above it, which cuts
   * need, or exactly for the storage at the start of the stage, for simulations. Default: concave.
   */
  readonly head?: HeadTreatment;
  /** Whether inflow may be added at a cost where it would be negative. */
  readonly inflowPenalty: boolean;
  /** Storage that each hydro may begin the stage with (hm³). */
  readonly initialStorage: KnownRange;
  /** Load by bus and block (MW). */
  readonly load?: KnownRange;
  /** Available generation by source and block (MW). */
  readonly available?: KnownRange;
  /** Value of a user's parameter in a block. */
  readonly parameterValue: (name: string, block: number) => number;
}

/** What a plant does in a stage. */
export type PlantPhase =
  /** Not built or already gone: the river passes, the storage stays as it is. */
  | "absent"
  /** The dam holds water and the reservoir fills; no units run. */
  | "filling"
  | "operating";

/** The phase of a hydro in the stage. */
export function plantPhase({ frame, data }: StageInput, hydro: number): PlantPhase {
  if (data.hydros.active[hydro] === 1) return "operating";
  const { filling, entryStageId } = frame.system.hydros[hydro]!;
  if (filling === null || entryStageId === null) return "absent";
  const { id } = data.stage;
  return id >= filling.startStageId && id < entryStageId ? "filling" : "absent";
}
