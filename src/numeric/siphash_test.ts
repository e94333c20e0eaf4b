import assert from "node:assert/strict";
import fc from "fast-check";
import { SipHasher, type SipVariant } from "./siphash.ts";
import { type U64, u64FromBigInt, u64ToBigInt } from "./u64.ts";

const COUNTING_KEY = [0x03020100, 0x07060504, 0x0b0a0908, 0x0f0e0d0c] as const;

function hash(variant: SipVariant, message: Uint8Array): bigint {
  const out: U64 = { low: 0, high: 0 };
  new SipHasher(variant).writeBytes(message).finish(out);
  return u64ToBigInt(out);
}

/** SipHash on big integers, straight from the paper. */
function referenceHash(variant: SipVariant, message: Uint8Array): bigint {
  const wrap = (value: bigint) => BigInt.asUintN(64, value);
  const turn = (value: bigint, by: bigint) => wrap(value << by) | (value >> (64n - by));
  const key = variant.key.map((part) => BigInt(part >>> 0));
  const k0 = key[0]! | (key[1]! << 32n);
  const k1 = key[2]! | (key[3]! << 32n);
  let v0 = k0 ^ 0x736f6d6570736575n, v1 = k1 ^ 0x646f72616e646f6dn;
  let v2 = k0 ^ 0x6c7967656e657261n, v3 = k1 ^ 0x7465646279746573n;
  const rounds = (count: number) => {
    for (let round = 0; round < count; round++) {
      v0 = wrap(v0 + v1);
      v1 = turn(v1, 13n) ^ v0;
      v0 = turn(v0, 32n);
      v2 = wrap(v2 + v3);
      v3 = turn(v3, 16n) ^ v2;
      v0 = wrap(v0 + v3);
      v3 = turn(v3, 21n) ^ v0;
      v2 = wrap(v2 + v1);
      v1 = turn(v1, 17n) ^ v2;
      v2 = turn(v2, 32n);
    }
  };
  const padded = new Uint8Array(8 * (Math.floor(message.length / 8) + 1));
  padded.set(message);
  padded[padded.length - 1] = message.length;
  for (const part of new BigUint64Array(padded.buffer)) {
    v3 ^= part;
    rounds(variant.compressionRounds);
    v0 ^= part;
  }
  v2 ^= 0xffn;
  rounds(variant.finalizationRounds);
  return v0 ^ v1 ^ v2 ^ v3;
}

const counting = (length: number) => Uint8Array.from({ length }, (_, index) => index);

Deno.test("SipHash-2-4 gives the vectors published with the algorithm", () => {
  const variant = { compressionRounds: 2, finalizationRounds: 4, key: COUNTING_KEY };
  assert.equal(hash(variant, counting(0)), 0x726fdb47dd0e0e31n);
  assert.equal(hash(variant, counting(1)), 0x74f839c593dc67fdn);
  assert.equal(hash(variant, counting(8)), 0x93f5f5799a932462n);
  assert.equal(hash(variant, counting(15)), 0xa129ca6149be45e5n);
});

Deno.test("SipHash-1-3 gives the values of an independent implementation", () => {
  const variant = { compressionRounds: 1, finalizationRounds: 3, key: COUNTING_KEY };
  assert.equal(hash(variant, counting(0)), 12370263754033579228n);
  assert.equal(hash(variant, counting(7)), 15245385783003124032n);
  assert.equal(hash(variant, counting(12)), 8692937602970737058n);
  assert.equal(hash(variant, counting(63)), 11320237892036178856n);
});

Deno.test("messages of any length, key and rounds hash as on big integers", () => {
  const part = fc.integer({ min: 0, max: 0xffff_ffff });
  fc.assert(fc.property(
    fc.uint8Array({ maxLength: 200 }),
    fc.tuple(part, part, part, part),
    fc.integer({ min: 1, max: 4 }),
    fc.integer({ min: 1, max: 4 }),
    (message, key, compressionRounds, finalizationRounds) => {
      const variant = { compressionRounds, finalizationRounds, key };
      assert.equal(hash(variant, message), referenceHash(variant, message));
    },
  ));
});

Deno.test("the seeds of the reference program come out of the default variant", () => {
  const hasher = new SipHasher();
  const out: U64 = { low: 0, high: 0 };
  hasher.writeI64(42).writeU32(0).finish(out);
  assert.equal(u64ToBigInt(out), 983776962555776753n);
  hasher.reset().writeI64(42).writeU32(0).writeU32(0).finish(out);
  assert.equal(u64ToBigInt(out), 4798411809987085555n);
  hasher.reset().writeI64(42).writeU32(1).writeU32(0).finish(out);
  assert.equal(u64ToBigInt(out), 5987811941171269639n);
  hasher.reset().writeI64(42).writeU32(0).writeU32(0).writeU32(0).finish(out);
  assert.equal(u64ToBigInt(out), 4418977803187233897n);
  hasher.reset().writeU8(1).writeI64(42).writeU32(1).writeU32(0).writeU32(0).finish(out);
  assert.equal(u64ToBigInt(out), 10076475523381585999n);
  hasher.reset().writeU64(u64FromBigInt(0x65787465726e616cn)).writeU32(1).writeU32(0).writeU32(0)
    .finish(out);
  assert.equal(u64ToBigInt(out), 17061424883130031275n);
});

Deno.test("fields are written little-endian and negative numbers wrap", () => {
  fc.assert(fc.property(fc.maxSafeInteger(), fc.integer(), (wide, narrow) => {
    const bytes = new Uint8Array(13);
    const view = new DataView(bytes.buffer);
    view.setUint8(0, 7);
    view.setBigInt64(1, BigInt(wide), true);
    view.setInt32(9, narrow, true);
    const byFields: U64 = { low: 0, high: 0 };
    const byBytes: U64 = { low: 0, high: 0 };
    new SipHasher().writeU8(7).writeI64(wide).writeU32(narrow).finish(byFields);
    new SipHasher().writeBytes(bytes).finish(byBytes);
    assert.deepEqual(byFields, byBytes);
  }));
});
