/**
 * Seeds of the random streams. A seed is the SipHash-1-3 of the numbers that name a draw, so a draw
 * depends on nothing that was drawn before it. Messages differ in length or in their first byte,
 * which keeps the streams of different uses apart.
 */
import type { NoiseClass } from "../model/mod.ts";
import { Pcg64, SipHasher, type U64, u64FromBigInt } from "../numeric/mod.ts";

/** Seed of the opening tree where the configuration gives none. */
export const DEFAULT_TREE_SEED = 42n;

/** The classes of noise, in the order in which they stand in a noise vector. */
export const NOISE_CLASSES: readonly NoiseClass[] = ["inflow", "load", "ncs"];

/** Iteration 0 stands for the simulation, whose scenarios are hashed from this number on. */
const FIRST_SIMULATED_SCENARIO = 2_147_483_647;

/** First byte of the messages of a class; that of inflows is the one of the reference program. */
const CLASS_BYTE: Readonly<Record<NoiseClass, number>> = { inflow: 1, load: 2, ncs: 3 };

/** "external" in ASCII: the base seed that selects external scenarios. */
const EXTERNAL: U64 = { low: 0x726e616c, high: 0x65787465 };
/** "historic" in ASCII: the base seed that selects historical windows. */
const HISTORIC: U64 = { low: 0x6f726963, high: 0x68697374 };

/** A hasher, a stream and a seed to be used again and again: drawing allocates nothing. */
export interface RandomSource {
  readonly hasher: SipHasher;
  readonly stream: Pcg64;
  readonly seed: U64;
}

/** A random source of one's own; two sources never influence each other. */
export function makeRandomSource(): RandomSource {
  return { hasher: new SipHasher(), stream: new Pcg64(), seed: { low: 0, high: 0 } };
}

/** A configured seed as 64 bits: its absolute value, the default where there is none. */
export function baseSeed(configured: bigint | null): U64 {
  const seed = configured ?? DEFAULT_TREE_SEED;
  return u64FromBigInt(seed < 0n ? -seed : seed);
}

/** Seed of a stage whose openings come from one stream. */
export function stageSeed(
  hasher: SipHasher,
  base: Readonly<U64>,
  stageId: number,
  out: U64,
): void {
  hasher.reset().writeU64(base).writeU32(stageId).finish(out);
}

/** Seed of one opening of a stage. */
export function openingSeed(
  hasher: SipHasher,
  base: Readonly<U64>,
  opening: number,
  stageId: number,
  out: U64,
): void {
  hasher.reset().writeU64(base).writeU32(opening).writeU32(stageId).finish(out);
}

/** Seed of a choice that a trajectory makes. */
export function forwardSeed(
  hasher: SipHasher,
  base: Readonly<U64>,
  iteration: number,
  scenario: number,
  stage: number,
  out: U64,
): void {
  hasher.reset().writeU64(base).writeU32(iteration).writeU32(hashedScenario(iteration, scenario))
    .writeU32(stage).finish(out);
}

/** Seed of fresh noise of one class for a trajectory; stages of one noise group share it. */
export function freshNoiseSeed(
  hasher: SipHasher,
  noise: NoiseClass,
  base: Readonly<U64>,
  iteration: number,
  scenario: number,
  group: number,
  out: U64,
): void {
  hasher.reset().writeU8(CLASS_BYTE[noise]).writeU64(base).writeU32(iteration)
    .writeU32(hashedScenario(iteration, scenario)).writeU32(group).finish(out);
}

/** Seed of a design that all trajectories of an iteration share, such as the strata of a sample. */
export function designSeed(
  hasher: SipHasher,
  noise: NoiseClass,
  base: Readonly<U64>,
  iteration: number,
  group: number,
  out: U64,
): void {
  hasher.reset().writeU8(CLASS_BYTE[noise]).writeU64(base).writeU32(iteration).writeU32(group)
    .finish(out);
}

/**
 * Base seed for choosing among external scenarios. A seed of 0, which stands for none, gives the
 * constant that the reference program always uses.
 */
export function externalBase(seed: Readonly<U64>): U64 {
  return exclusiveOr(EXTERNAL, seed);
}

/** Base seed for choosing among historical windows. */
export function historicalBase(seed: Readonly<U64>): U64 {
  return exclusiveOr(HISTORIC, seed);
}

/** The remainder of a 64-bit number, for divisors up to 2²⁶. */
export function u64Modulo(value: Readonly<U64>, divisor: number): number {
  const high = (value.high >>> 0) % divisor * (4_294_967_296 % divisor);
  return (high + (value.low >>> 0)) % divisor;
}

function hashedScenario(iteration: number, scenario: number): number {
  return iteration === 0 ? FIRST_SIMULATED_SCENARIO + scenario : scenario;
}

function exclusiveOr(a: Readonly<U64>, b: Readonly<U64>): U64 {
  return { low: (a.low ^ b.low) >>> 0, high: (a.high ^ b.high) >>> 0 };
}
