import assert from "node:assert/strict";
import { SipHasher, type U64, u64FromBigInt, u64ToBigInt } from "../numeric/mod.ts";
import {
  baseSeed,
  designSeed,
  externalBase,
  forwardSeed,
  freshNoiseSeed,
  historicalBase,
  openingSeed,
  stageSeed,
  u64Modulo,
} from "./seeds.ts";

const hasher = new SipHasher();
const base = baseSeed(42n);
const none: U64 = { low: 0, high: 0 };

function seedOf(derive: (out: U64) => void): bigint {
  const out: U64 = { low: 0, high: 0 };
  derive(out);
  return u64ToBigInt(out);
}

Deno.test("seeds of the tree and of its selection are those of the reference program", () => {
  // The first and the fourth are pinned by tests of the reference program, the others computed
  // from the layout of the messages by an implementation in Python.
  const cases: [bigint, (out: U64) => void][] = [
    [983776962555776753n, (out) => stageSeed(hasher, base, 0, out)],
    [4798411809987085555n, (out) => openingSeed(hasher, base, 0, 0, out)],
    [5987811941171269639n, (out) => openingSeed(hasher, base, 1, 0, out)],
    [4418977803187233897n, (out) => {
      hasher.reset().writeU64(base).writeU32(0).writeU32(0).writeU32(0).finish(out);
    }],
    [15660828915980282828n, (out) => openingSeed(hasher, base, 0, 1, out)],
    [1136081913003788997n, (out) => forwardSeed(hasher, base, 1, 0, 0, out)],
    [17061424883130031275n, (out) => forwardSeed(hasher, externalBase(none), 1, 0, 0, out)],
    [1483228000136712415n, (out) => forwardSeed(hasher, historicalBase(none), 1, 0, 0, out)],
  ];
  for (const [expected, derive] of cases) assert.equal(seedOf(derive), expected);
});

Deno.test("fresh inflow noise has the seeds of the reference program, other classes their own", () => {
  // The inflow value is that of the shared stream of the reference program. Those of load and
  // sources were computed in Python from the same message with first byte 2 and 3.
  const fresh = (noise: "inflow" | "load" | "ncs", iteration = 1) =>
    seedOf((out) => freshNoiseSeed(hasher, noise, base, iteration, 0, 0, out));
  assert.equal(fresh("inflow"), 10076475523381585999n);
  assert.equal(fresh("load"), 16646125175213662963n);
  assert.equal(fresh("ncs"), 6761007302918265940n);
  assert.equal(fresh("load", 0), 12869586778082366686n);
  const design = (noise: "inflow" | "load" | "ncs") =>
    seedOf((out) => designSeed(hasher, noise, base, 1, 0, out));
  assert.equal(design("inflow"), 11879626105322155423n);
  assert.equal(design("load"), 16672079064521558621n);
  assert.equal(design("ncs"), 13393568735644675741n);
});

Deno.test("the simulation hashes scenarios from 2147483647 on", () => {
  const simulated = seedOf((out) => forwardSeed(hasher, base, 0, 3, 7, out));
  const direct = seedOf((out) =>
    hasher.reset().writeU64(base).writeU32(0).writeU32(2_147_483_650).writeU32(7).finish(out)
  );
  assert.equal(simulated, direct);
});

Deno.test("a seed is its absolute value, and 42 when there is none", () => {
  assert.deepEqual(baseSeed(null), { low: 42, high: 0 });
  assert.deepEqual(baseSeed(-42n), { low: 42, high: 0 });
  assert.deepEqual(baseSeed(-(2n ** 63n)), { low: 0, high: 2 ** 31 });
});

Deno.test("the seed of a scenario source changes the choice of external scenarios", () => {
  // Computed in Python as the hash with the base "external" XOR 7.
  const seed = seedOf((out) => forwardSeed(hasher, externalBase(baseSeed(7n)), 1, 0, 0, out));
  assert.equal(seed, 11018372823684262697n);
});

Deno.test("the remainder of a 64-bit number is exact", () => {
  for (const value of [0n, 5n, 2n ** 32n, 2n ** 64n - 1n, 12345678901234567890n]) {
    for (const divisor of [1, 2, 3, 10, 999_983, 2 ** 26]) {
      assert.equal(
        u64Modulo(u64FromBigInt(value), divisor),
        Number(value % BigInt(divisor)),
        `${value} mod ${divisor}`,
      );
    }
  }
});
