import assert from "node:assert/strict";
import fc from "fast-check";
import { multiplyAdd, multiplyHigh, u64FromBigInt, u64FromNumber, u64ToBigInt } from "./u64.ts";

const wide = fc.bigInt({ min: 0n, max: (1n << 64n) - 1n });
const word = fc.oneof(
  fc.integer({ min: 0, max: 0xffff_ffff }),
  fc.constantFrom(0, 1, 0xffff, 0x10000, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff),
);

Deno.test("halves and big integers carry the same 64 bits", () => {
  fc.assert(fc.property(wide, (value) => {
    assert.equal(u64ToBigInt(u64FromBigInt(value)), value);
  }));
  assert.equal(u64ToBigInt(u64FromBigInt(-1n)), (1n << 64n) - 1n);
});

Deno.test("whole numbers become halves, negative ones in two's complement", () => {
  fc.assert(fc.property(fc.maxSafeInteger(), (value) => {
    assert.deepEqual(u64FromNumber(value), u64FromBigInt(BigInt(value)));
  }));
});

Deno.test("the upper half of a product agrees with big integers", () => {
  fc.assert(fc.property(word, word, (a, b) => {
    assert.equal(multiplyHigh(a, b) >>> 0, Number((BigInt(a) * BigInt(b)) >> 32n));
  }));
});

Deno.test("multiply and add wraps at 64 bits", () => {
  fc.assert(fc.property(wide, wide, wide, (value, factor, addend) => {
    const result = u64FromBigInt(value);
    multiplyAdd(result, u64FromBigInt(factor), u64FromBigInt(addend));
    assert.equal(u64ToBigInt(result), BigInt.asUintN(64, value * factor + addend));
  }));
});
