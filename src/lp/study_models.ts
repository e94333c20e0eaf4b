/** The problems of all stages of a study, with the maps that chain them. */
import { makeStageResolver, type StageData, type System } from "../model/mod.ts";
import { buildStageModel } from "./build_stage_model.ts";
import { independentInflows, type InflowMap } from "./inflow_map.ts";
import type { PlantStage } from "./plant_data.ts";
import { type ComputedValue, parameterValues } from "./scalar_parameters.ts";
import { type FutureCost, type KnownRange, type StudyFrame, studyFrame } from "./stage_input.ts";
import type { StageModel } from "./stage_model.ts";
import { type InflowSlot, type StateManifest, stateManifests } from "./state_manifest.ts";
import { type StateMap, stateMap } from "./state_map.ts";

/** What a study's problems are built from, besides the system. */
export interface StudySettings {
  /** By stage. */
  readonly plants: readonly PlantStage[];
  /** Slots of the inflow model before each stage and after the last; none by default. */
  readonly inflowSlots?: readonly (readonly InflowSlot[])[];
  /** By stage; zero inflows by default. */
  readonly inflow?: readonly InflowMap[];
  readonly future: (position: number) => FutureCost;
  readonly inflowPenalty: boolean;
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
  const most = initialVolumes(system);
  const stages = system.horizon.stages.map((stage, position): StageProblem => {
    const data = resolver.stage(position);
    const incoming = manifests[position]!;
    const outgoing = manifests[position + 1]!;
    const load = settings.load?.[position];
    const available = settings.available?.[position];
    const initialStorage = {
      lower: new Float64Array(most.length).fill(-STORAGE_MARGIN),
      upper: most.map((volume) => volume + STORAGE_MARGIN),
    };
    // An absent plant holds what it has, so the most of all earlier stages counts.
    data.hydros.maxStorageHm3.forEach((volume, h) => most[h] = Math.max(most[h]!, volume));
    const model = buildStageModel({
      frame,
      data,
      plants: settings.plants[position]!,
      incoming,
      outgoing,
      future: settings.future(position),
      inflowPenalty: settings.inflowPenalty,
      initialStorage,
      ...load === undefined ? {} : { load },
      ...available === undefined ? {} : { available },
      parameterValue: parameterValues(system, stage, settings.computedParameter),
    });
    const inflow = settings.inflow?.[position] ?? independentInflows(zeros, zeros);
    return { data, model, map: stateMap(model, frame.clock, incoming, outgoing, inflow) };
  });
  return { frame, manifests, stages };
}

/** Room for the tolerance of the solver in what one stage hands to the next (hm³). */
const STORAGE_MARGIN = 1e-3;

/** The most that each hydro may hold before the first stage (hm³). */
function initialVolumes({ hydros, initial }: System): Float64Array {
  return Float64Array.from(hydros, ({ id }) => {
    const given = [...initial.storage, ...initial.fillingStorage];
    return Math.max(0, ...given.map((row) => row.hydroId === id ? row.valueHm3 : 0));
  });
}
