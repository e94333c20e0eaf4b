/** The opening tree of a case, with everything that can follow, as one linear program. */
import assert from "node:assert/strict";
import { periodOfDay, readCase, seasonOfDay } from "../../src/case/mod.ts";
import {
  buildStudyModels,
  type ExtensiveForm,
  extensiveForm,
  initialState,
  type Opening,
  openingTree,
  stateManifests,
  type StudyModels,
  studyPlants,
} from "../../src/lp/mod.ts";
import { makeStageResolver, type System } from "../../src/model/mod.ts";
import {
  availabilityMoments,
  baseSeed,
  generateOpenings,
  inflowMaps,
  initialInflow,
  lagTransitions,
  loadMoments,
  noiseGroups,
  noiseLayout,
  openingOffset,
  prepareInflowModels,
  realisedAvailability,
  realisedLoad,
  resolveCorrelation,
} from "../../src/stochastic/mod.ts";

/** A case, and its program. */
export interface TreeStudy {
  readonly system: System;
  readonly study: StudyModels;
  readonly form: ExtensiveForm;
}

const RULES = { periodOfDay, seasonOfDay };

/** Reads a case: its openings are drawn, its models fitted, as in a run. */
export async function treeStudy(directory: string): Promise<TreeStudy> {
  const reading = await readCase(directory);
  assert.deepEqual(reading.problems.filter(({ severity }) => severity === "error"), []);
  const { system, config } = reading.case!;
  const { horizon, hydros, buses, initial } = system;
  const { stages } = horizon;

  const { models, correlation } = prepareInflowModels(system, config, RULES);
  const transitions = lagTransitions(horizon, hydros, models.depths, initial, RULES);
  const layout = noiseLayout(system);
  const tree = generateOpenings({
    stages,
    groups: noiseGroups(stages),
    counts: Int32Array.from(stages, ({ openings }) => openings),
    dim: layout.dim,
    seed: baseSeed(config.training.treeSeed),
    correlation: resolveCorrelation(correlation, layout, stages.map(({ id }) => id)),
    historical: null,
  });
  const loads = loadMoments(system, layout);
  const availabilities = availabilityMoments(system, layout);
  const resolver = makeStageResolver(system);
  const openingAt = (position: number, opening: number): Opening => {
    const offset = openingOffset(tree, position, opening);
    const noise = tree.values.slice(offset, offset + layout.dim);
    const load = new Float64Array(buses.length);
    const share = new Float64Array(system.sources.length);
    realisedLoad(loads, position, noise, load);
    realisedAvailability(availabilities, position, noise, share);
    const { buses: { loadFactor }, sources, blocks } = resolver.stage(position);
    return {
      probability: 1 / tree.counts[position]!,
      noise: noise.slice(0, hydros.length),
      load: loadFactor.map((factor, at) => factor * load[Math.floor(at / blocks)]!),
      available: sources.factor.map((factor, at) =>
        factor * share[Math.floor(at / blocks)]! * sources.availableMw[at]!
      ),
    };
  };
  const openings = stages.map((_, position) =>
    Array.from({ length: tree.counts[position]! }, (_, opening) => openingAt(position, opening))
  );

  const plants = studyPlants(system);
  const { slots } = transitions;
  const study = buildStudyModels(system, {
    plants: plants.stages,
    computedParameter: plants.computedParameter,
    inflowSlots: slots,
    inflow: inflowMaps(models, transitions, stateManifests(system, slots)),
    future: () => ({ kind: "none" }),
    inflowPenalty: config.modeling.inflowNonNegativity.includes("penalty"),
  });
  const manifest = study.manifests[0]!;
  const state = initialState(system, manifest, initialInflow(transitions, manifest));
  return { system, study, form: extensiveForm(study, state, openingTree(openings)) };
}
