/** The random side of a study: models, the opening tree, and what trajectories draw from. */
import { type Case, periodOfDay, seasonOfDay } from "../../case/mod.ts";
import type { NoiseClass, ScenarioSource } from "../../model/mod.ts";
import { type ErrorRecord, errorRecord } from "../../protocol/mod.ts";
import {
  availabilityMoments,
  baseSeed,
  blockMoments,
  externalInflowNoise,
  type ExternalLibrary,
  externalNoise,
  type ExternalValues,
  externalValues,
  generateOpenings,
  type HistoricalLibrary,
  historicalLibrary,
  type LagTransitions,
  lagTransitions,
  loadMoments,
  makeLagWalk,
  makeSeasonFinder,
  NOISE_CLASSES,
  noiseGroups,
  type NoiseLayout,
  noiseLayout,
  type NoiseMoments,
  openingCounts,
  type OpeningTree,
  type PreparedInflows,
  prepareInflowModels,
  resolveCorrelation,
  type SamplerInputs,
  seasonHistory,
  userOpeningTree,
} from "../../stochastic/mod.ts";
import { allocateShared } from "./shared_memory.ts";

/** Everything random. */
export interface StudyNoise {
  readonly layout: NoiseLayout;
  readonly inflows: PreparedInflows;
  readonly transitions: LagTransitions;
  readonly loads: NoiseMoments;
  readonly availabilities: NoiseMoments;
  readonly tree: OpeningTree;
  readonly training: SamplerInputs;
  readonly simulation: SamplerInputs;
  readonly warnings: readonly ErrorRecord[];
}

/** Prepares the random side of a case. What threads share lies in shared memory. */
export function prepareNoise(
  { system, config }: Pick<Case, "system" | "config">,
  passes: number,
  scenarios: number,
): StudyNoise {
  const { horizon, hydros, scenarios: tables } = system;
  const { stages } = horizon;
  const rules = { seasonOfDay, periodOfDay };
  const inflows = prepareInflowModels(system, config, rules, allocateShared);
  const { models } = inflows;
  const transitions = lagTransitions(horizon, hydros, models.depths, system.initial, rules);
  const layout = noiseLayout(system);
  const loads = loadMoments(system, layout);
  const availabilities = availabilityMoments(system, layout);
  const stageIds = stages.map(({ id }) => id);
  const correlation = resolveCorrelation(inflows.correlation, layout, stageIds);
  const groups = noiseGroups(stages);
  const sources: readonly ScenarioSource[] = [
    config.training.scenarioSource,
    config.simulation.scenarioSource ?? config.training.scenarioSource,
  ];
  const [trainingSource, simulationSource] = sources as [ScenarioSource, ScenarioSource];

  const values = givenScenarios(tables, stages, layout, sources);
  const external: Record<NoiseClass, ExternalLibrary | null> = {
    inflow: values.inflow && externalInflowNoise(
      values.inflow,
      models,
      hydros,
      stages,
      makeLagWalk(transitions, hydros.length),
      allocateShared,
    ),
    load: values.load && externalNoise(values.load, blockMoments(loads), allocateShared),
    ncs: values.ncs && externalNoise(values.ncs, blockMoments(availabilities), allocateShared),
  };
  const residuals = stages.some(({ sampling }) => sampling === "historical_residuals");
  const libraryFor = (source: ScenarioSource): HistoricalLibrary | null => {
    const { inflowHistory } = tables;
    if (inflowHistory === null) return null;
    if (source.schemes.inflow !== "historical" && !residuals) return null;
    const { seasons } = horizon;
    const seasonOf = makeSeasonFinder(
      horizon,
      (day) => seasons === null ? null : seasonOfDay(seasons, day)?.id ?? null,
    );
    const history = seasonHistory(inflowHistory, hydros, seasonOf);
    const { historicalYears } = source;
    return historicalLibrary(horizon, hydros, models, history, historicalYears, allocateShared);
  };
  const historical = libraryFor(trainingSource);

  const treeSeed = baseSeed(config.training.treeSeed);
  const limits: Partial<Record<NoiseClass, Int32Array>> = {};
  for (const noise of NOISE_CLASSES) {
    const given = values[noise];
    if (given !== null && trainingSource.schemes[noise] === "external") {
      limits[noise] = given.counts;
    }
  }
  const counted = openingCounts(stages, {
    historicalWindows: historical?.years.length ?? null,
    externalScenarios: limits,
  });
  const fromFile = config.training.openings === "file" ? tables.noiseOpenings : null;
  const tree = fromFile !== null
    ? userOpeningTree(fromFile, stageIds, layout, allocateShared)
    : generateOpenings(
      {
        stages,
        groups,
        counts: counted.counts,
        dim: layout.dim,
        seed: treeSeed,
        correlation,
        historical,
      },
      allocateShared,
    );
  const common = { layout, stages, groups, tree, treeSeed, correlation, external };
  return {
    layout,
    inflows,
    transitions,
    loads,
    availabilities,
    tree,
    training: { ...common, source: trainingSource, scenarios: passes, historical },
    simulation: {
      ...common,
      source: simulationSource,
      scenarios,
      historical: simulationSource === trainingSource ? historical : libraryFor(simulationSource),
    },
    warnings: [
      ...inflows.warnings,
      ...fromFile === null ? counted.warnings : [],
      ...correlation.repairs.map(({ profile, group, clippedCount, largestChange }) =>
        errorRecord(
          "PhysicalConstraint",
          `The matrix of group ${group} of correlation profile ${profile} is no correlation ` +
            `matrix: ${clippedCount} negative eigenvalues were set to zero, which changes an ` +
            `entry by up to ${largestChange.toPrecision(3)}`,
          { file: "scenarios/correlation.json", detail: "negative eigenvalues" },
        )
      ),
    ],
  };
}

/** The scenarios of classes that a phase takes from outside. */
function givenScenarios(
  tables: Case["system"]["scenarios"],
  stages: Case["system"]["horizon"]["stages"],
  { blocks }: NoiseLayout,
  sources: readonly ScenarioSource[],
): Record<NoiseClass, ExternalValues | null> {
  const files = {
    inflow: tables.externalInflow,
    load: tables.externalLoad,
    ncs: tables.externalSource,
  };
  const values: Record<NoiseClass, ExternalValues | null> = { inflow: null, load: null, ncs: null };
  for (const noise of NOISE_CLASSES) {
    const table = files[noise];
    if (table === null || sources.every(({ schemes }) => schemes[noise] !== "external")) continue;
    values[noise] = externalValues(noise, table, stages, blocks[noise]);
  }
  return values;
}
