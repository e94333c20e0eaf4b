/** A case without randomness as one linear program: the tree with a single opening per stage. */
import assert from "node:assert/strict";
import { readCase } from "../../src/case/mod.ts";
import {
  buildStudyModels,
  type ExtensiveForm,
  extensiveForm,
  independentInflows,
  initialState,
  type Opening,
  openingTree,
  type StudyModels,
  studyPlants,
} from "../../src/lp/mod.ts";
import { makeStageResolver, type System } from "../../src/model/mod.ts";

/** A case, and its program. */
export interface DeterministicStudy {
  readonly system: System;
  readonly study: StudyModels;
  readonly form: ExtensiveForm;
}

/** Reads a case whose random quantities all have a standard deviation of zero. */
export async function deterministicStudy(directory: string): Promise<DeterministicStudy> {
  const reading = await readCase(directory);
  assert.deepEqual(reading.problems.filter(({ severity }) => severity === "error"), []);
  const { system, config } = reading.case!;
  const { inflowStats, inflowCoefficients, loadStats, sourceStats } = system.scenarios;
  assert.equal(inflowCoefficients?.rows ?? 0, 0, "inflows depend on the past");
  for (const deviations of [inflowStats?.std_m3s, loadStats?.std_mw, sourceStats?.std]) {
    assert.ok(deviations?.every((std) => Math.abs(std) < 1e-9) ?? true, "the case is random");
  }
  const { stages } = system.horizon;
  const inflow = stages.map(({ id }) =>
    means(
      system.hydros,
      id,
      inflowStats && [inflowStats.hydro_id, inflowStats.stage_id, inflowStats.mean_m3s],
    )
  );
  const resolver = makeStageResolver(system);
  const openings = stages.map(({ id }, position): Opening[] => {
    const { buses, sources, blocks } = resolver.stage(position);
    const load = means(
      system.buses,
      id,
      loadStats && [loadStats.bus_id, loadStats.stage_id, loadStats.mean_mw],
    );
    const share = means(
      system.sources,
      id,
      sourceStats && [sourceStats.ncs_id, sourceStats.stage_id, sourceStats.mean],
      NaN,
    );
    return [{
      probability: 1,
      noise: new Float64Array(system.hydros.length),
      load: buses.loadFactor.map((factor, at) => factor * load[Math.floor(at / blocks)]!),
      available: sources.factor.map((factor, at) => {
        const source = Math.floor(at / blocks);
        const part = share[source]!;
        // Without statistics all of it is available.
        const available = Number.isNaN(part) ? 1 : Math.min(1, Math.max(0, part));
        return factor * available * sources.availableMw[at]!;
      }),
    }];
  });
  const plants = studyPlants(system);
  const none = new Float64Array(system.hydros.length);
  const study = buildStudyModels(system, {
    plants: plants.stages,
    computedParameter: plants.computedParameter,
    inflow: inflow.map((mean) => independentInflows(mean, none)),
    future: () => ({ kind: "none" }),
    inflowPenalty: config.modeling.inflowNonNegativity.includes("penalty"),
  });
  const state = initialState(system, study.manifests[0]!);
  return { system, study, form: extensiveForm(study, state, openingTree(openings)) };
}

/** Means of a stage by entity; `missing` where a table has no row. */
function means(
  entities: readonly { readonly id: number }[],
  stageId: number,
  table: readonly [Int32Array, Int32Array, Float64Array] | null,
  missing = 0,
): Float64Array {
  const values = new Float64Array(entities.length).fill(missing);
  if (table === null) return values;
  const [ids, stages, column] = table;
  entities.forEach(({ id }, at) => {
    const row = ids.findIndex((entity, row) => entity === id && stages[row] === stageId);
    if (row >= 0) values[at] = column[row]!;
  });
  return values;
}
