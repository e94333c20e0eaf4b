/** What the threads of a training share, allocated once by its owner. */
import { type CutPool, cutPool, enlargedPool } from "./cut_pool.ts";
import { needsStates, SELECTION_FIELDS } from "./cut_selection.ts";
import { cutsPerTrajectory } from "./future_shape.ts";
import { type NoiseParts, noiseParts } from "./noise_parts.ts";
import { type StartStore, startStore } from "./start_store.ts";
import { solveCounters } from "./solve_statistics.ts";
import type { Study } from "./study.ts";

/** All arrays are by trajectory over all ranks; those that another rank fills stay unused. */
export interface TrainingMemory {
  /** The cuts on the future of each stage; null where it has none. Stages may share one in a cycle. */
  readonly pools: readonly (CutPool | null)[];
  /** What openings add to the cuts of each stage. */
  readonly noiseParts: readonly (NoiseParts | null)[];
  /** Incoming states of the stages, and at the end that after the last stage; trajectory by row. */
  readonly states: readonly Float64Array[];
  /** The basis of the forward pass at each stage. */
  readonly starts: readonly StartStore[];
  /** The basis with which the lower bound begins. */
  readonly boundStart: StartStore;
  /** Opening that the forward pass drew, at trajectory·stages + stage; −1 for other noise. */
  readonly openings: Int32Array;
  /** Discounted cost of each trajectory ($). */
  readonly costs: Float64Array;
  /** Cost of the first stage and its future, by trajectory ($). */
  readonly firstObjectives: Float64Array;
  /** States of all iterations of this run, laid out as `states`; null where nothing needs them. */
  readonly archive: readonly (Float64Array | null)[];
  /** Iterations in the archive. */
  readonly archived: Int32Array;
  /** Values of the archived states as the future of each stage; see `inner_bound.ts`. */
  readonly vertexValues: readonly (Float64Array | null)[];
  /** Iterations whose states have values. */
  readonly valued: Int32Array;
  /** What the selection did to each pool: {@link SELECTION_FIELDS} numbers a stage. */
  readonly selection: Float64Array;
  /** A basis for each stage with which test simulations begin, and the costs that they find. */
  readonly testStarts: readonly StartStore[];
  readonly testCosts: Float64Array;
  /** See `solve_statistics.ts`. */
  readonly counters: Float64Array;
}

function sharedReals(length: number): Float64Array {
  return new Float64Array(new SharedArrayBuffer(8 * length));
}
function sharedIntegers(length: number): Int32Array {
  return new Int32Array(new SharedArrayBuffer(4 * length));
}

/** Memory for a training with room for the cuts of `iterations`. */
export function trainingMemory(study: Study, iterations: number, threads: number): TrainingMemory {
  const { stages, passes } = study;
  const states = stateLengths(study).map((slots) => sharedReals(passes * slots));
  const pools = makePools(study, iterations);
  return {
    pools,
    noiseParts: makeNoiseParts(study, pools),
    states,
    archive: makeArchive(study, iterations),
    archived: sharedIntegers(1),
    vertexValues: makeVertexValues(study, iterations),
    valued: sharedIntegers(1),
    selection: sharedReals(SELECTION_FIELDS * stages.length),
    starts: stages.map(({ template }) => startStore(template, passes)),
    boundStart: startStore(stages[0]!.template, 1),
    openings: sharedIntegers(passes * stages.length),
    costs: sharedReals(passes),
    firstObjectives: sharedReals(passes),
    testStarts: stages.map(({ template }) => startStore(template, 1)),
    testCosts: sharedReals(mostReplications(study) * stages.length),
    counters: solveCounters(threads, stages.length),
  };
}

/** In a cycle the cuts on what follows the last stage are those on what follows the stage before `next`. */
function makePools(study: Study, iterations: number): (CutPool | null)[] {
  const { stages, passes, givenCuts, cycle } = study;
  const last = stages.length - 1;
  const shared = cycle === null ? -1 : cycle.next - 1;
  const pools = stages.map(({ template }, position): CutPool | null => {
    if (template.futureColumns.length === 0) return null;
    const more = iterations * passes * families(study, position);
    return cutPool(template.map.outgoing.slots.length, more, givenCuts[position] ?? null);
  });
  if (shared >= 0) pools[last] = pools[shared]!;
  return pools;
}

/** The same memory with room for the cuts of `iterations` more. */
export function enlargedMemory(
  study: Study,
  memory: TrainingMemory,
  iterations: number,
): TrainingMemory {
  const larger = new Map<CutPool | null, CutPool | null>([[null, null]]);
  memory.pools.forEach((pool, position) => {
    if (pool === null || larger.has(pool)) return;
    larger.set(pool, enlargedPool(pool, iterations * study.passes * families(study, position)));
  });
  const pools = memory.pools.map((pool) => larger.get(pool) ?? null);
  return {
    ...memory,
    pools,
    noiseParts: makeNoiseParts(study, pools),
    archive: withContents(memory.archive, makeArchive(study, memory.archived[0]! + iterations)),
    vertexValues: withContents(
      memory.vertexValues,
      makeVertexValues(study, memory.archived[0]! + iterations),
    ),
  };
}

function makeNoiseParts(
  study: Study,
  pools: readonly (CutPool | null)[],
): (NoiseParts | null)[] {
  return pools.map((pool, position) =>
    pool === null ? null : noiseParts(study, position, pool.capacity)
  );
}

function withContents<A extends Float64Array | null>(before: readonly A[], room: A[]): A[] {
  room.forEach((values, at) => {
    const old = before[at] ?? null;
    if (old !== null) values?.set(old);
  });
  return room;
}

function makeVertexValues(study: Study, iterations: number): (Float64Array | null)[] {
  const { stages, passes, upperBound } = study;
  return stages.map(() => upperBound.enabled ? sharedReals(iterations * passes) : null);
}

/** Room for the states of all iterations, where they are wanted. */
function makeArchive(study: Study, iterations: number): (Float64Array | null)[] {
  const wanted = study.keepStates || study.upperBound.enabled ||
    needsStates(study.training.cutSelection);
  return stateLengths(study).map((slots) =>
    wanted ? sharedReals(iterations * study.passes * slots) : null
  );
}

/** Slots of the states before each stage and after the last. */
function stateLengths({ stages }: Study): number[] {
  const maps = stages.map(({ template }) => template.map);
  return [...maps.map((map) => map.incoming), maps.at(-1)!.outgoing]
    .map(({ slots }) => slots.length);
}

/** Cuts per trajectory and iteration that the pool of a stage gets, from all stages that share it. */
function families(study: Study, position: number): number {
  // Stages whose future begins at the same stage share their cuts.
  const shared = study.cycle === null ? -1 : study.cycle.next - 1;
  return cutsPerTrajectory(study, position) * (position === shared ? 2 : 1);
}

/** Replications of the longest test simulation that a rule may ask for. */
function mostReplications({ training }: Study): number {
  return training.stoppingRules.reduce(
    (most, rule) => rule.type === "simulation" ? Math.max(most, rule.replications) : most,
    0,
  );
}
