import assert from "node:assert/strict";
import fc from "fast-check";
import { Pcg64 } from "./pcg64.ts";
import { SipHasher } from "./siphash.ts";
import { type U64, u64FromBigInt, u64ToBigInt } from "./u64.ts";

const wrap128 = (value: bigint) => BigInt.asUintN(128, value);
const wrap64 = (value: bigint) => BigInt.asUintN(64, value);

/** The generator on big integers, written from its definition. */
class ReferencePcg64 {
  #state: bigint;
  readonly #increment: bigint;

  constructor(seed: bigint) {
    let x = seed;
    let material = 0n;
    for (let part = 0n; part < 8n; part++) {
      x = wrap64(x * 0x5851f42d4c957f2dn + 0xa17654e46fbe17f3n);
      const word = BigInt.asUintN(32, ((x >> 18n) ^ x) >> 27n);
      const by = x >> 59n;
      material |= BigInt.asUintN(32, (word >> by) | (word << (32n - by))) << (32n * part);
    }
    this.#increment = (material >> 128n) | 1n;
    this.#state = wrap128(material) + this.#increment;
    this.next();
  }

  next(): bigint {
    this.#state = wrap128(this.#state * 0x2360ed051fc65da44385df649fccf645n + this.#increment);
    const folded = wrap64((this.#state >> 64n) ^ this.#state);
    const by = this.#state >> 122n;
    return wrap64((folded >> by) | (folded << (64n - by)));
  }
}

function draw(generator: Pcg64): bigint {
  const out: U64 = { low: 0, high: 0 };
  generator.nextU64(out);
  return u64ToBigInt(out);
}

Deno.test("a hundred thousand draws agree with big integers", () => {
  for (const seed of [0n, 12345n, wrap64(-1n), 4418977803187233897n]) {
    const reference = new ReferencePcg64(seed);
    const generator = new Pcg64(u64FromBigInt(seed));
    for (let count = 0; count < 25_000; count++) assert.equal(draw(generator), reference.next());
  }
});

Deno.test("any seed starts the stream that big integers start", () => {
  const generator = new Pcg64();
  fc.assert(fc.property(fc.bigInt({ min: 0n, max: wrap64(-1n) }), (seed) => {
    const reference = new ReferencePcg64(seed);
    generator.reseed(u64FromBigInt(seed));
    for (let count = 0; count < 3; count++) assert.equal(draw(generator), reference.next());
  }));
});

Deno.test("the first draws are those of Rust's generator", () => {
  const zero = new Pcg64();
  assert.deepEqual([draw(zero), draw(zero), draw(zero)], [
    2354861276966075475n,
    6411218084291373563n,
    13092586260176364081n,
  ]);
  const other = new Pcg64({ low: 12345, high: 0 });
  assert.deepEqual([draw(other), draw(other), draw(other), draw(other)], [
    4242560371181940401n,
    12172536656654349994n,
    3479126756283421443n,
    9822265502648042597n,
  ]);
});

Deno.test("a million draws of Rust's generator give the same running hash", () => {
  const generator = new Pcg64({ low: 12345, high: 0 });
  let hash = 0n;
  for (let count = 0; count < 1_000_000; count++) hash = wrap64(hash * 31n + draw(generator));
  assert.equal(hash, 6775250438639269496n);
});

Deno.test("uniform numbers take the upper 52 or 53 bits of a draw", () => {
  const seed = u64FromBigInt(4418977803187233897n);
  const generator = new Pcg64(seed);
  assert.equal(generator.nextUniform53(), 0.8884692414408042);
  assert.equal(generator.nextUniform52(), 0.3659386404050098);
  generator.reseed(seed);
  assert.equal(generator.nextU32(), Number(16389364714221375964n & 0xffff_ffffn));
});

Deno.test("whole numbers below a count are those that Rust draws", () => {
  const generator = new Pcg64({ low: 12345, high: 0 });
  let hash = 0n;
  for (let index = 0; index < 100_000; index++) {
    const count = Math.max(Math.imul(index, 2654435761) >>> 0, 1);
    const value = generator.nextBelow(count);
    assert.ok(value >= 0 && value < count);
    hash = wrap64(hash * 31n + BigInt(value));
  }
  assert.equal(hash, 14892482460822040544n);
});

Deno.test("the openings that the reference program draws in sample come out", () => {
  const hasher = new SipHasher();
  const seed: U64 = { low: 0, high: 0 };
  const generator = new Pcg64();
  const openings = (iteration: number, scenario: number) =>
    [0, 1, 2, 3].map((stage) => {
      hasher.reset().writeI64(42).writeU32(iteration).writeU32(scenario).writeU32(stage);
      hasher.finish(seed);
      generator.reseed(seed);
      return generator.nextBelow(10);
    });
  assert.deepEqual(openings(1, 0), [3, 9, 9, 2]);
  assert.deepEqual(openings(2, 0), [8, 7, 9, 3]);
  assert.deepEqual(openings(3, 0), [5, 7, 9, 2]);
  assert.deepEqual(openings(0, 2_147_483_647), [4, 9, 6, 5]);
});

Deno.test("every value below a small count is as likely as the others", () => {
  const generator = new Pcg64({ low: 7, high: 0 });
  const counts = new Int32Array(6);
  for (let index = 0; index < 60_000; index++) counts[generator.nextBelow(6)]!++;
  const chiSquared = counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
  assert.ok(chiSquared < 20.5, `chi-squared ${chiSquared} of 5 degrees of freedom`); // p = 0.001
});
