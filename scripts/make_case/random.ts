/** Seeded draws for making up a power system. */
import { nextNormal, Pcg64, u64FromNumber } from "../../src/numeric/mod.ts";

/** A stream of random choices; the same seed gives the same choices. */
export class Random {
  readonly #generator: Pcg64;

  constructor(seed: number) {
    this.#generator = new Pcg64(u64FromNumber(seed));
  }

  /** A uniform number between two limits. */
  between(least: number, most: number): number {
    return least + (most - least) * this.#generator.nextUniform53();
  }

  /** A whole number from 0 to `count` − 1. */
  below(count: number): number {
    return this.#generator.nextBelow(count);
  }

  /** True in a share of the draws. */
  chance(share: number): boolean {
    return this.#generator.nextUniform53() < share;
  }

  /** A standard normal number. */
  normal(): number {
    return nextNormal(this.#generator);
  }
}

/** A number with so many digits after the point: cases are read by people too. */
export function rounded(value: number, digits: number): number {
  const scale = 10 ** digits;
  return Math.round(value * scale) / scale;
}
