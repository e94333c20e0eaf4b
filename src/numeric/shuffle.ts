import type { Pcg64 } from "./pcg64.ts";

/** Puts the values into random order: Fisher and Yates, from the last position down. */
export function shuffle(generator: Pcg64, values: Int32Array | Uint32Array | Float64Array): void {
  for (let last = values.length - 1; last > 0; last--) {
    const chosen = generator.nextBelow(last + 1);
    const held = values[last] as number;
    values[last] = values[chosen] as number;
    values[chosen] = held;
  }
}
