/** The problems of all stages of a study, with the maps that chain them. */
import { discountFactor, makeStageResolver, type StageData, type System } from "../model/mod.ts";
import { buildStageModel } from "./build_stage_model.ts";
import { independentInflows, type InflowMap } from "./inflow_map.ts";
import type { PlantStage } from "./plant_data.ts";
import { type ComputedValue, parameterValues } from "./scalar_parameters.ts";
import {
  type FutureCost,
  type HeadTreatment,
  type KnownRange,
  type StudyFrame,
  studyFrame,
} from "./stage_input.ts";
import type { StageModel } from "./stage_model.ts";
import { type InflowSlot, type StateManifest, stateManifests } from "./state_manifest.ts";
import { leastCostFrom } from "./theta_bound.ts";
import { type StateMap, stateMap } from "./state_map.ts";

/** What a study's problems are built from, besides the system. */
export interface StudySettings {
  /** By stage. */
  readonly plants: readonly PlantStage[];
  /** Slots of the inflow model before each stage and after the last; none by default. */
  readonly inflowSlots?: readonly (readonly InflowSlot[])[];
  /** By stage; zero inflows by default. */
  readonly inflow?: readonly InflowMap[];
  /** The future of a stage, given a valid lower bound on its cost ($). */
  readonly future: (position: number, lower: number) => FutureCost;
  /** Lower bound on what comes after the last stage ($); 0 by default. */
  readonly leastCostAfterStudy?: number;
  readonly inflowPenalty: boolean;
  /** Default: concave, as training needs it. */
  readonly head?: HeadTreatment;
  readonly computedParameter: ComputedValue;
  /** Loads (MW) by stage, by bus and block. */
  readonly load?: readonly KnownRange[];
  /** Available generation (MW) by stage, by source and block. */
  readonly available?: readonly KnownRange[];
}

/** One stage of a study. */
export interface StageProblem {
  readonly data: StageData;
  readonly model: StageModel;
  readonly map: StateMap;
}

/** All stages of a study. */
export interface StudyModels {
  readonly frame: StudyFrame;
  /** Before each stage and after the last. */
  readonly manifests: readonly StateManifest[];
  readonly stages: readonly StageProblem[];
}

/** Builds the problems of a study. */
export function buildStudyModels(system: System, settings: StudySettings): StudyModels {
  const frame = studyFrame(system);
  const manifests = stateManifests(system, settings.inflowSlots);
  const resolver = makeStageResolver(system);
  const zeros = new Float64Array(system.hydros.length);
  const data = system.horizon.stages.map((_, position) => resolver.stage(position));
  const initialStorage = initialStorageRanges(system, data);
  const stages = new Array<StageProblem>(data.length);
  let least = settings.leastCostAfterStudy ?? 0;
  // From the last stage on, for each one bounds the cost of the future of the one before.
  for (let position = data.length - 1; position >= 0; position--) {
    const here = data[position]!;
    const incoming = manifests[position]!;
    const outgoing = manifests[position + 1]!;
    const load = settings.load?.[position];
    const available = settings.available?.[position];
    const future = settings.future(position, least);
    const model = buildStageModel({
      frame,
      data: here,
      plants: settings.plants[position]!,
      incoming,
      outgoing,
      future,
      inflowPenalty: settings.inflowPenalty,
      head: settings.head ?? "concave",
      initialStorage: initialStorage[position]!,
      ...load === undefined ? {} : { load },
      ...available === undefined ? {} : { available },
      parameterValue: parameterValues(system, here.stage, settings.computedParameter),
    });
    const inflow = settings.inflow?.[position] ?? independentInflows(zeros, zeros);
    const map = stateMap(model, frame.clock, incoming, outgoing, inflow);
    stages[position] = { data: here, model, map };
    least = leastCostFrom(model, discountFactor(here.stage), least);
  }
  return { frame, manifests, stages };
}

/** Room for the tolerance of the solver in what one stage hands to the next (hm³). */
const STORAGE_MARGIN = 1e-3;

/**
 * Storages that each stage may begin with: those given, and those that earlier stages may end with.
 * All earlier stages count, because an absent plant holds what it has.
 */
function initialStorageRanges(
  { hydros, initial, horizon }: System,
  data: readonly StageData[],
): KnownRange[] {
  const given = [...initial.storage, ...initial.fillingStorage];
  const most = Float64Array.from(
    hydros,
    ({ id }) => Math.max(0, ...given.map((row) => row.hydroId === id ? row.valueHm3 : 0)),
  );
  const raise = (stage: StageData): void =>
    stage.hydros.maxStorageHm3.forEach((volume, h) => most[h] = Math.max(most[h]!, volume));
  // Every stage of a cycle comes before every other one.
  if (horizon.type === "cyclic") data.forEach(raise);
  return data.map((stage) => {
    const upper = most.map((volume) => volume + STORAGE_MARGIN);
    raise(stage);
    return { lower: new Float64Array(most.length).fill(-STORAGE_MARGIN), upper };
  });
}
