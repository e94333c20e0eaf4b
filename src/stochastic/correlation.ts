/** The correlation of the noises of every stage, and how it is put into a noise vector. */
import type { Correlation, CorrelationGroup, NoiseClass } from "../model/mod.ts";
import { multiplyVector } from "../numeric/mod.ts";
import { CobreError, type ErrorRecord, errorRecord } from "../protocol/mod.ts";
import {
  type CorrelationFactor,
  correlationFactor,
  type MatrixRepair,
} from "./correlation_factor.ts";
import type { NoiseLayout } from "./noise_layout.ts";
import { NOISE_CLASSES } from "./seeds.ts";

const FILE = "scenarios/correlation.json";

/** Entities whose noises are mixed: their positions in the noise vector, and the factor. */
export interface CorrelatedGroup {
  readonly positions: Int32Array;
  readonly factor: CorrelationFactor;
}

/** The groups of each class in one profile. */
export type ProfileFactors = { readonly [noise in NoiseClass]: readonly CorrelatedGroup[] };

/** A matrix that had to be changed before it could be used. */
export interface RepairedGroup extends MatrixRepair {
  readonly profile: string;
  readonly group: string;
}

/** The correlation of a study. */
export interface NoiseCorrelation {
  /** By stage position; stages with the same profile share one object. */
  readonly stages: readonly ProfileFactors[];
  /** Matrices that were no correlation matrices, for a warning. */
  readonly repairs: readonly RepairedGroup[];
  /** Size of the largest group. */
  readonly largestGroup: number;
}

/** Room for one group before and after it is mixed. */
export interface CorrelationScratch {
  readonly before: Float64Array;
  readonly after: Float64Array;
}

const INDEPENDENT: ProfileFactors = { inflow: [], load: [], ncs: [] };

/**
 * Resolves the profile of every stage and factorises its matrices. A stage has the profile that the
 * schedule names last for it, else the profile `default`, else the only one.
 *
 * An entity that is not in the noise vector, such as a bus whose load never deviates, leaves its
 * group; the correlation of the others stays as given. Entities in no group are independent.
 */
export function resolveCorrelation(
  correlation: Correlation | null,
  layout: NoiseLayout,
  stageIds: readonly number[],
): NoiseCorrelation {
  if (correlation === null || correlation.profiles.length === 0) {
    return { stages: stageIds.map(() => INDEPENDENT), repairs: [], largestGroup: 0 };
  }
  const problems: ErrorRecord[] = [];
  const repairs: RepairedGroup[] = [];
  const { profiles, schedule, method } = correlation;
  const factors = new Map(profiles.map(({ name, groups }) => {
    const found: Record<NoiseClass, CorrelatedGroup[]> = { inflow: [], load: [], ncs: [] };
    const owner = new Map<number, string>();
    for (const group of groups) {
      const noise = classOf(group);
      if (noise === null) {
        problems.push(problem(`Group ${group.name} of profile ${name} mixes classes of entities`));
        continue;
      }
      const correlated = factoriseGroup(group, noise, layout, method);
      if (correlated === null) {
        problems.push(
          problem(`The matrix of group ${group.name} of profile ${name} is not finite`),
        );
        continue;
      }
      for (const position of correlated.positions) {
        const other = owner.get(position);
        if (other !== undefined) {
          problems.push(problem(
            `Profile ${name} has one entity of class ${noise} in group ${other} and in ${group.name}`,
          ));
        }
        owner.set(position, group.name);
      }
      const { repair } = correlated.factor;
      if (repair !== null) repairs.push({ profile: name, group: group.name, ...repair });
      if (correlated.positions.length > 1) found[noise].push(correlated);
    }
    return [name, found as ProfileFactors];
  }));
  const usual = factors.get("default") ?? (profiles.length === 1 ? [...factors.values()][0] : null);
  const scheduled = new Map(schedule.map(({ stageId, profile }) => [stageId, profile]));
  const stages = stageIds.map((id) => {
    const name = scheduled.get(id);
    const profile = name === undefined ? usual : factors.get(name);
    if (profile !== null && profile !== undefined) return profile;
    problems.push(problem(
      name === undefined
        ? `Stage ${id} has no correlation profile: it is not in the schedule and none of ` +
          `${profiles.length} profiles is named default`
        : `Stage ${id} asks for correlation profile ${name}, which does not exist`,
    ));
    return INDEPENDENT;
  });
  const [first, ...more] = problems;
  if (first !== undefined) throw new CobreError([first, ...more]);
  let largestGroup = 0;
  for (const profile of factors.values()) {
    for (const noise of NOISE_CLASSES) {
      for (const { factor } of profile[noise]) largestGroup = Math.max(largestGroup, factor.size);
    }
  }
  return { stages, repairs, largestGroup };
}

/** Room to correlate with; every worker has its own. */
export function makeCorrelationScratch({ largestGroup }: NoiseCorrelation): CorrelationScratch {
  return { before: new Float64Array(largestGroup), after: new Float64Array(largestGroup) };
}

/** Mixes the noises of groups in the noise vector that begins at `start` of `values`. */
export function correlate(
  groups: readonly CorrelatedGroup[],
  values: Float64Array,
  start: number,
  { before, after }: CorrelationScratch,
): void {
  for (let g = 0; g < groups.length; g++) {
    const { positions, factor } = groups[g]!;
    const { size, matrix } = factor;
    for (let i = 0; i < size; i++) before[i] = values[start + positions[i]!]!;
    multiplyVector(matrix, size, size, before, after);
    for (let i = 0; i < size; i++) values[start + positions[i]!] = after[i]!;
  }
}

function classOf({ entities }: CorrelationGroup): NoiseClass | null {
  const noise = entities[0]?.type ?? "inflow";
  return entities.every(({ type }) => type === noise) ? noise : null;
}

function factoriseGroup(
  { entities, matrix }: CorrelationGroup,
  noise: NoiseClass,
  layout: NoiseLayout,
  method: "spectral" | "cholesky",
): CorrelatedGroup | null {
  const { ids, from } = layout.blocks[noise];
  const positionOf = new Map(Array.from(ids, (id, index) => [id, from + index]));
  // By position in the vector, so that the order of declaration cannot change a bit of the result.
  const present = entities.flatMap(({ id }, index) => {
    const position = positionOf.get(id);
    return position === undefined ? [] : [{ position, index }];
  }).sort((a, b) => a.position - b.position);
  const size = present.length;
  const dense = new Float64Array(size * size);
  present.forEach(({ index: row }, i) => {
    present.forEach(({ index: column }, j) => {
      dense[i * size + j] = matrix[row]?.[column] ?? Number.NaN;
    });
  });
  const factor = correlationFactor(dense, size, method);
  if (factor === null) return null;
  return { positions: Int32Array.from(present, ({ position }) => position), factor };
}

function problem(message: string): ErrorRecord {
  return errorRecord("PhysicalConstraint", message, { file: FILE });
}
