/**
 * Unsigned 64-bit numbers as two 32-bit halves. Seeds and draws need all 64 bits, which a `number`
 * does not have, and `bigint` allocates on every operation.
 */

/** Two halves, each from 0 to 2³² − 1. Mutable, so that a caller can own one and have it filled. */
export interface U64 {
  low: number;
  high: number;
}

/** The halves of a whole number that a `number` holds exactly; a negative one in two's complement. */
export function u64FromNumber(value: number): U64 {
  return { low: value >>> 0, high: Math.floor(value / 4_294_967_296) >>> 0 };
}

/** The halves of a `bigint` modulo 2⁶⁴. */
export function u64FromBigInt(value: bigint): U64 {
  return {
    low: Number(BigInt.asUintN(32, value)),
    high: Number(BigInt.asUintN(32, value >> 32n)),
  };
}

/** The number as a `bigint`, for messages and files. */
export function u64ToBigInt(value: Readonly<U64>): bigint {
  return (BigInt(value.high >>> 0) << 32n) | BigInt(value.low >>> 0);
}

/** The upper 32 bits of the product of two unsigned 32-bit numbers, as a signed 32-bit number. */
export function multiplyHigh(a: number, b: number): number {
  const aLow = a & 0xffff;
  const aHigh = a >>> 16;
  const bLow = b & 0xffff;
  const bHigh = b >>> 16;
  const first = Math.imul(aHigh, bLow) + (Math.imul(aLow, bLow) >>> 16) >>> 0;
  const second = Math.imul(aLow, bHigh) + (first & 0xffff) >>> 0;
  return Math.imul(aHigh, bHigh) + (first >>> 16) + (second >>> 16) | 0;
}

/** `value · factor + addend` modulo 2⁶⁴, left in `value`. */
export function multiplyAdd(value: U64, factor: Readonly<U64>, addend: Readonly<U64>): void {
  const low = (Math.imul(value.low, factor.low) >>> 0) + addend.low;
  const high = multiplyHigh(value.low, factor.low) + Math.imul(value.low, factor.high) +
    Math.imul(value.high, factor.low) + addend.high + (low > 0xffff_ffff ? 1 : 0);
  value.low = low >>> 0;
  value.high = high >>> 0;
}
