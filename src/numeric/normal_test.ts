import assert from "node:assert/strict";
import { fillNormals, nextNormal } from "./normal.ts";
import { Pcg64 } from "./pcg64.ts";
import { SipHasher } from "./siphash.ts";
import type { U64 } from "./u64.ts";

Deno.test("the noise of the reference program comes out bit by bit", () => {
  const expected = [
    [0.40098936496495646, 0.22792558815859804],
    [-1.3954121776085244, -0.26939366921736746],
    [0.8337031709056368, -1.6199918031824887],
  ] as const;
  const hasher = new SipHasher();
  const seed: U64 = { low: 0, high: 0 };
  for (const [opening, entities] of expected.entries()) {
    hasher.reset().writeI64(42).writeU32(opening).writeU32(0).finish(seed);
    const generator = new Pcg64(seed);
    for (const noise of entities) assert.equal(nextNormal(generator), noise);
  }
});

Deno.test("filling draws the same numbers as drawing one by one, and touches nothing else", () => {
  const out = new Float64Array(100);
  fillNormals(new Pcg64({ low: 5, high: 6 }), out, 10, 90);
  const generator = new Pcg64({ low: 5, high: 6 });
  for (let index = 0; index < 100; index++) {
    assert.equal(out[index], index >= 10 && index < 90 ? nextNormal(generator) : 0);
  }
});

Deno.test("a million draws have the very bits that Rust's sampler gives", () => {
  const draws = new Float64Array(1_000_000);
  fillNormals(new Pcg64({ low: 12345, high: 0 }), draws);
  let hash = 0n;
  for (const bits of new BigUint64Array(draws.buffer)) hash = BigInt.asUintN(64, hash * 31n + bits);
  assert.equal(hash, 2842241242847130149n);
});

Deno.test("moments and tails of a hundred thousand draws are those of the normal law", () => {
  const count = 100_000;
  const draws = new Float64Array(count);
  fillNormals(new Pcg64({ low: 2024, high: 0 }), draws);
  const moment = (power: number) => draws.reduce((sum, x) => sum + x ** power, 0) / count;
  // Four standard errors of each sample moment; variances of x^k are 1, 2, 15 and 96.
  const within = (found: number, wanted: number, variance: number) =>
    assert.ok(Math.abs(found - wanted) < 4 * Math.sqrt(variance / count), `${found} for ${wanted}`);
  within(moment(1), 0, 1);
  within(moment(2), 1, 2);
  within(moment(3), 0, 15);
  within(moment(4), 3, 96);
  // P(|Z| > 3.6541528853610088): draws of the tail branch.
  const tail = 2.580_9e-4;
  const share = draws.filter((x) => Math.abs(x) > 3.6541528853610088).length / count;
  within(share, tail, tail);
});
