/**
 * SipHash (Aumasson and Bernstein, "SipHash: a fast short-input PRF", 2012), and a writer for the
 * short little-endian messages that seeds are derived from.
 */
import type { U64 } from "./u64.ts";

/** The rounds after which a variant is named (SipHash-c-d) and its key. */
export interface SipVariant {
  /** c: rounds per message word. */
  readonly compressionRounds: number;
  /** d: rounds at the end. */
  readonly finalizationRounds: number;
  /** 128 bits as four words, the least significant first. */
  readonly key: readonly [number, number, number, number];
}

/** SipHash-1-3 with a key of zeros, from which every seed is derived. */
export const SIP_1_3: SipVariant = {
  compressionRounds: 1,
  finalizationRounds: 3,
  key: [0, 0, 0, 0],
};

/** Longest message that a hasher takes without growing its buffer. */
const INITIAL_CAPACITY = 64;

/**
 * Hashes messages that are written field by field, little-endian. One hasher serves any number of
 * messages and allocates nothing once its buffer fits the longest: `reset`, `write…`, `finish`.
 */
export class SipHasher {
  readonly #variant: SipVariant;
  /** v0 to v3 as pairs of 32-bit halves, the lower first. */
  readonly #state = new Int32Array(8);
  #message = new Uint8Array(INITIAL_CAPACITY);
  #length = 0;

  constructor(variant: SipVariant = SIP_1_3) {
    this.#variant = variant;
  }

  /** Begins a new message. */
  reset(): this {
    this.#length = 0;
    return this;
  }

  /** Appends one byte. */
  writeU8(value: number): this {
    this.#reserve(1);
    this.#message[this.#length++] = value;
    return this;
  }

  /** Appends 32 bits; a negative number wraps. */
  writeU32(value: number): this {
    this.#reserve(4);
    const message = this.#message;
    const start = this.#length;
    message[start] = value;
    message[start + 1] = value >>> 8;
    message[start + 2] = value >>> 16;
    message[start + 3] = value >>> 24;
    this.#length = start + 4;
    return this;
  }

  /** Appends 64 bits. */
  writeU64(value: Readonly<U64>): this {
    return this.writeU32(value.low).writeU32(value.high);
  }

  /** Appends a whole number that a `number` holds exactly, as 64 bits in two's complement. */
  writeI64(value: number): this {
    return this.writeU32(value | 0).writeU32(Math.floor(value / 4_294_967_296) | 0);
  }

  /** Appends bytes as they are. */
  writeBytes(bytes: Uint8Array): this {
    this.#reserve(bytes.length);
    this.#message.set(bytes, this.#length);
    this.#length += bytes.length;
    return this;
  }

  /** Leaves the hash of what was written since the last `reset` in `out`. */
  finish(out: U64): void {
    const { compressionRounds, finalizationRounds, key } = this.#variant;
    const v = this.#state;
    const message = this.#message;
    const length = this.#length;
    // The constants spell "somepseudorandomlygeneratedbytes".
    v[0] = key[0] ^ 0x70736575;
    v[1] = key[1] ^ 0x736f6d65;
    v[2] = key[2] ^ 0x6e646f6d;
    v[3] = key[3] ^ 0x646f7261;
    v[4] = key[0] ^ 0x6e657261;
    v[5] = key[1] ^ 0x6c796765;
    v[6] = key[2] ^ 0x79746573;
    v[7] = key[3] ^ 0x74656462;

    let position = 0;
    for (; position + 8 <= length; position += 8) {
      absorb(v, word(message, position), word(message, position + 4), compressionRounds);
    }
    let low = 0;
    let high = length << 24;
    for (let index = position; index < length; index++) {
      const byte = message[index] as number;
      const offset = index - position;
      if (offset < 4) low |= byte << (8 * offset);
      else high |= byte << (8 * (offset - 4));
    }
    absorb(v, low, high, compressionRounds);
    v[4] = (v[4] as number) ^ 0xff;
    mix(v, finalizationRounds);
    out.low = (v[0] ^ v[2] ^ v[4] ^ v[6]) >>> 0;
    out.high = (v[1] ^ v[3] ^ v[5] ^ v[7]) >>> 0;
  }

  #reserve(bytes: number): void {
    const needed = this.#length + bytes;
    if (needed <= this.#message.length) return;
    const grown = new Uint8Array(Math.max(needed, 2 * this.#message.length));
    grown.set(this.#message);
    this.#message = grown;
  }
}

function word(bytes: Uint8Array, at: number): number {
  return (bytes[at] as number) | ((bytes[at + 1] as number) << 8) |
    ((bytes[at + 2] as number) << 16) | ((bytes[at + 3] as number) << 24);
}

function absorb(v: Int32Array, low: number, high: number, rounds: number): void {
  v[6] = (v[6] as number) ^ low;
  v[7] = (v[7] as number) ^ high;
  mix(v, rounds);
  v[0] = (v[0] as number) ^ low;
  v[1] = (v[1] as number) ^ high;
}

/** SipRounds. Halves of a pair are rotated and added as one 64-bit number. */
function mix(v: Int32Array, rounds: number): void {
  let v0l = v[0] as number, v0h = v[1] as number;
  let v1l = v[2] as number, v1h = v[3] as number;
  let v2l = v[4] as number, v2h = v[5] as number;
  let v3l = v[6] as number, v3h = v[7] as number;
  for (let round = 0; round < rounds; round++) {
    let sum = (v0l >>> 0) + (v1l >>> 0);
    v0h = v0h + v1h + (sum > 0xffff_ffff ? 1 : 0) | 0;
    v0l = sum | 0;
    sum = (v2l >>> 0) + (v3l >>> 0);
    v2h = v2h + v3h + (sum > 0xffff_ffff ? 1 : 0) | 0;
    v2l = sum | 0;
    let turned = (v1l << 13) | (v1h >>> 19);
    v1h = ((v1h << 13) | (v1l >>> 19)) ^ v0h;
    v1l = turned ^ v0l;
    turned = (v3l << 16) | (v3h >>> 16);
    v3h = ((v3h << 16) | (v3l >>> 16)) ^ v2h;
    v3l = turned ^ v2l;
    turned = v0l;
    v0l = v0h;
    v0h = turned;
    sum = (v2l >>> 0) + (v1l >>> 0);
    v2h = v2h + v1h + (sum > 0xffff_ffff ? 1 : 0) | 0;
    v2l = sum | 0;
    sum = (v0l >>> 0) + (v3l >>> 0);
    v0h = v0h + v3h + (sum > 0xffff_ffff ? 1 : 0) | 0;
    v0l = sum | 0;
    turned = (v1l << 17) | (v1h >>> 15);
    v1h = ((v1h << 17) | (v1l >>> 15)) ^ v2h;
    v1l = turned ^ v2l;
    turned = (v3l << 21) | (v3h >>> 11);
    v3h = ((v3h << 21) | (v3l >>> 11)) ^ v0h;
    v3l = turned ^ v0l;
    turned = v2l;
    v2l = v2h;
    v2h = turned;
  }
  v[0] = v0l;
  v[1] = v0h;
  v[2] = v1l;
  v[3] = v1h;
  v[4] = v2l;
  v[5] = v2h;
  v[6] = v3l;
  v[7] = v3h;
}
