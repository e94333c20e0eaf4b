/** The noises with which the models repeat scenarios from outside. */
import type { ExternalScenarios, NoiseClass, Stage } from "../model/mod.ts";
import { lowerBound, upperBound } from "../numeric/mod.ts";
import { CobreError, type ErrorRecord, errorRecord } from "../protocol/mod.ts";
import { expectedInflow, noiseOfInflow } from "./inflow_equation.ts";
import type { InflowModels } from "./inflow_model.ts";
import type { NoiseBlock } from "./noise_layout.ts";
import { type Allocate, allocateOwn } from "./opening_tree.ts";

/** Scenarios of one class. Stages with fewer than others repeat theirs from the first. */
export interface ExternalLibrary {
  /** Number of scenarios. */
  readonly scenarios: number;
  readonly entities: number;
  /** Noise of entity e at stage t in scenario k, at (t·scenarios + k)·entities + e. */
  readonly noise: Float64Array;
}

/** Scenarios as given, in the units of their class. */
export interface ExternalValues {
  readonly noise: NoiseClass;
  /** Scenarios of each stage. */
  readonly counts: Int32Array;
  readonly scenarios: number;
  readonly entities: number;
  /** Laid out as in {@link ExternalLibrary}. */
  readonly values: Float64Array;
}

/** How the lags of inflows go from stage to stage along a trajectory. */
export interface LagWalk {
  /** Puts the lags at the start of the study into `lags`, lag-major. */
  start(lags: Float64Array): void;
  /** Replaces the lags by those after the stage at a position had the inflow. */
  advance(stage: number, inflow: Float64Array, lags: Float64Array): void;
}

/** Mean and deviation of each entity at each stage, at t·entities + e. */
export interface Moments {
  readonly mean: Float64Array;
  readonly std: Float64Array;
}

const FILES: Readonly<Record<NoiseClass, string>> = {
  inflow: "scenarios/external_inflow_scenarios.parquet",
  load: "scenarios/external_load_scenarios.parquet",
  ncs: "scenarios/external_ncs_scenarios.parquet",
};

const LISTED_PROBLEMS = 50;

/**
 * Sorts the rows of a table, which stands by stage, scenario and entity, into a dense array. Every
 * stage needs scenarios 0, 1, …, each with a row for every entity of the block.
 */
export function externalValues(
  noise: NoiseClass,
  table: ExternalScenarios,
  stages: readonly Pick<Stage, "id">[],
  { ids }: NoiseBlock,
): ExternalValues {
  const file = FILES[noise];
  const problems: ErrorRecord[] = [];
  const entities = ids.length;
  const known = new Set(stages.map(({ id }) => id));
  for (const id of new Set(table.stage_id)) {
    if (known.has(id)) continue;
    problems.push(stageProblem(file, id, "is in the table, but it is not a stage of the study"));
  }
  const ranges = stages.map(({ id }) => ({
    from: lowerBound(table.stage_id, id),
    to: upperBound(table.stage_id, id),
  }));
  const counts = Int32Array.from(ranges, ({ from, to }, t) => {
    const fault = faultOf(table, from, to, ids);
    if (fault !== null) problems.push(stageProblem(file, stages[t]!.id, fault));
    return entities === 0 ? 0 : Math.floor((to - from) / entities);
  });
  const [first, ...more] = problems;
  if (first !== undefined) throw new CobreError([first, ...more]);
  const scenarios = counts.reduce((most, count) => Math.max(most, count), 0);
  const values = new Float64Array(stages.length * scenarios * entities);
  ranges.forEach(({ from }, t) => {
    for (let k = 0; k < scenarios; k++) {
      const source = from + (k % counts[t]!) * entities;
      const target = (t * scenarios + k) * entities;
      values.set(table.value.subarray(source, source + entities), target);
    }
  });
  return { noise, counts, scenarios, entities, values };
}

/** The noises of loads or availabilities: (value − mean) / deviation, 0 where nothing deviates. */
export function externalNoise(
  { scenarios, entities, values }: ExternalValues,
  { mean, std }: Moments,
  allocate: Allocate = allocateOwn,
): ExternalLibrary {
  const noise = allocate(values.length);
  const perStage = scenarios * entities;
  for (let at = 0; at < values.length; at++) {
    const moment = Math.floor(at / perStage) * entities + at % entities;
    noise[at] = std[moment]! > 0 ? (values[at]! - mean[moment]!) / std[moment]! : 0;
  }
  return { scenarios, entities, noise };
}

/**
 * The noises of inflows: those that solve the inflow equation along each scenario, whose own inflows
 * become the lags of its later stages.
 */
export function externalInflowNoise(
  { scenarios, entities, values }: ExternalValues,
  models: InflowModels,
  hydros: readonly { readonly id: number }[],
  stages: readonly Pick<Stage, "id">[],
  walk: LagWalk,
  allocate: Allocate = allocateOwn,
): ExternalLibrary {
  const noise = allocate(values.length);
  const problems: ErrorRecord[] = [];
  const lags = new Float64Array(models.lagDepth * entities);
  const expected = new Float64Array(entities);
  for (let k = 0; k < scenarios; k++) {
    walk.start(lags);
    for (let t = 0; t < stages.length; t++) {
      expectedInflow(models, t, lags, expected);
      const start = (t * scenarios + k) * entities;
      for (let h = 0; h < entities; h++) {
        const wanted = values[start + h]!;
        const value = noiseOfInflow(models.sigma[t * entities + h]!, expected[h]!, wanted);
        noise[start + h] = value;
        if (Number.isFinite(value) || problems.length >= LISTED_PROBLEMS) continue;
        problems.push(errorRecord(
          "PhysicalConstraint",
          `Scenario ${k} gives hydro ${hydros[h]!.id} ${wanted} m³/s in stage ${stages[t]!.id}, ` +
            `which its model cannot give: it has no noise and gives ${expected[h]!} m³/s`,
          {
            file: FILES.inflow,
            entity_id: hydros[h]!.id,
            detail: "deviation of the noise is 0",
          },
        ));
      }
      walk.advance(t, values.subarray(start, start + entities), lags);
    }
  }
  const [first, ...more] = problems;
  if (first !== undefined) throw new CobreError([first, ...more]);
  return { scenarios, entities, noise };
}

/** The first thing wrong with the rows of one stage, or null. */
function faultOf(
  { scenario_id, entity_id }: ExternalScenarios,
  from: number,
  to: number,
  ids: Int32Array,
): string | null {
  if (from === to) return "has no scenarios";
  if (ids.length === 0) return "has scenarios, but no entity has random data";
  for (let row = from; row < to; row++) {
    const scenario = Math.floor((row - from) / ids.length);
    const id = ids[(row - from) % ids.length]!;
    if (scenario_id[row] === scenario && entity_id[row] === id) continue;
    return `has scenario ${scenario_id[row]} of entity ${entity_id[row]} where scenario ` +
      `${scenario} of entity ${id} should follow`;
  }
  const rest = (to - from) % ids.length;
  return rest === 0 ? null : `has only ${rest} of ${ids.length} entities in its last scenario`;
}

function stageProblem(file: string, stageId: number, detail: string): ErrorRecord {
  return errorRecord("StageMismatch", `Stage ${stageId} ${detail}`, {
    file,
    stage_id: stageId,
    detail,
  });
}
