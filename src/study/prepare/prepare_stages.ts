/** The stage problems of a study, and the states between them. */
import {
  buildStudyModels,
  DEFAULT_COST_SCALE,
  type FutureCost,
  initialState,
  type KnownRange,
  leastCostFrom,
  stageTemplate,
  stateManifests,
  type StudyModels,
  type StudyPlants,
  studyPlants,
  type StudySettings,
} from "../../lp/mod.ts";
import {
  type Config,
  discountFactor,
  makeStageResolver,
  type StageData,
  type System,
} from "../../model/mod.ts";
import { CobreError } from "../../protocol/mod.ts";
import type { Cycle, StudyStage } from "../../sddp/mod.ts";
import { inflowMaps, initialInflow, type NoiseMoments } from "../../stochastic/mod.ts";
import type { StudyNoise } from "./prepare_noise.ts";

/** The deterministic side of a study. */
export interface StudyProblems {
  readonly stages: readonly StudyStage[];
  readonly models: StudyModels;
  readonly plants: StudyPlants;
  readonly initialState: Float64Array;
}

/** Builds the problems of all stages. */
export function prepareStages(
  system: System,
  config: Pick<Config, "modeling" | "training">,
  noise: StudyNoise,
  cycle: Cycle | null,
): StudyProblems {
  const { horizon } = system;
  const { stages } = horizon;
  const { inflowNonNegativity, costScaleFactor } = config.modeling;
  const { slots } = noise.transitions;
  const resolver = makeStageResolver(system);
  const data = stages.map((_, position) => resolver.stage(position));
  const available = data.map(fullAvailability);
  const plants = studyPlants(system);
  const last = stages.length - 1;
  const multi = config.training.cutFormulation === "multi";
  const settings: StudySettings = {
    plants: plants.stages,
    computedParameter: plants.computedParameter,
    inflowSlots: slots,
    inflow: inflowMaps(noise.inflows.models, noise.transitions, stateManifests(system, slots)),
    future: (position, lower): FutureCost => {
      if (position === last && cycle === null) return { kind: "none" };
      const { risk } = stages[position]!;
      const discount = discountFactor(stages[position]!);
      if (!multi) return { kind: "single", discount, lower };
      const openings = noise.tree.counts[position === last ? cycle!.next : position + 1]!;
      const probabilities = Array.from({ length: openings }, () => 1 / openings);
      return { kind: "multi", discount, lower, probabilities, risk };
    },
    inflowPenalty: inflowNonNegativity.includes("penalty"),
    load: data.map((stage) => loadRange(noise.loads, stage)),
    available: data.map((_, position) =>
      availableRange(noise.availabilities, available[position]!)
    ),
  };
  const finite = buildStudyModels(system, settings);
  const leastCostAfterStudy = cycle === null ? 0 : leastCostOfCycle(finite, cycle);
  const models = leastCostAfterStudy === 0
    ? finite
    : buildStudyModels(system, { ...settings, leastCostAfterStudy });
  if (cycle !== null) requireSameState(models, cycle);
  const costScale = costScaleFactor ?? DEFAULT_COST_SCALE;
  return {
    stages: models.stages.map(({ data: { stage, blocks, buses }, model, map }, position) => ({
      id: stage.id,
      template: stageTemplate(model, map, costScale),
      blocks,
      loadFactor: buses.loadFactor,
      availableMw: available[position]!,
      risk: stage.risk,
      discount: discountFactor(stage),
    })),
    models,
    plants,
    initialState: initialState(
      system,
      models.manifests[0]!,
      initialInflow(noise.transitions, models.manifests[0]!),
    ),
  };
}

/**
 * A lower bound on the cost of all rounds of a cycle to come, seen from its start ($): if one round
 * costs at least c and what follows counts δ < 1 times, all of them cost at least c + δ·c + … .
 */
function leastCostOfCycle({ stages }: StudyModels, { next }: Cycle): number {
  let round = 0;
  let discount = 1;
  for (const { data: { stage }, model } of stages.slice(next).reverse()) {
    round = leastCostFrom(model, discountFactor(stage), round);
    discount *= discountFactor(stage);
  }
  return round === 0 ? 0 : round / (1 - discount);
}

/** The state at the end of a cyclic study is that with which its next stage begins. */
function requireSameState({ manifests }: StudyModels, { next }: Cycle): void {
  const names = [manifests.at(-1)!, manifests[next]!].map(({ slots }) =>
    slots.map(({ kind, entityId, sub }) => `${kind} ${entityId} ${sub}`)
  );
  const [after, before] = names as [string[], string[]];
  const odd = after.find((name) => !before.includes(name)) ??
    before.find((name) => !after.includes(name));
  if (odd === undefined) return;
  const detail = `its last stage and the one it goes on with disagree about ${odd}`;
  throw CobreError.of(
    "IncompatibleSettings",
    `The study is cyclic, but ${detail}: water on its way and commitments made in one round cannot ` +
      "reach the next one",
    { file: "stages.json", settings: ["policy_graph.type"], detail },
    "Use a finite horizon",
  );
}

/** What each source gives in each block when it is fully available (MW). */
function fullAvailability({ sources: { factor, availableMw } }: StageData): Float64Array {
  return factor.map((factor, at) => factor * availableMw[at]!);
}

/** Loads that the stage may see: the mean where nothing deviates, anything from 0 on elsewhere. */
function loadRange(
  { entities, mean, block }: NoiseMoments,
  { position, blocks, buses }: StageData,
): KnownRange {
  const random = new Set(block.positions);
  const exact = buses.loadFactor.map((factor, at) =>
    factor * mean[position * entities + Math.floor(at / blocks)]!
  );
  return {
    lower: exact.map((load, at) => random.has(Math.floor(at / blocks)) ? 0 : load),
    upper: exact.map((load, at) => random.has(Math.floor(at / blocks)) ? Infinity : load),
  };
}

/** Available generation that the stage may see: all of it, or any part of it. */
function availableRange({ entities, block }: NoiseMoments, full: Float64Array): KnownRange {
  const random = new Set(block.positions);
  const blocks = entities === 0 ? 1 : full.length / entities;
  return {
    lower: full.map((mw, at) => random.has(Math.floor(at / blocks)) ? 0 : mw),
    upper: full,
  };
}
