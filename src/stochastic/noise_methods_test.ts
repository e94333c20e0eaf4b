import assert from "node:assert/strict";
import fc from "fast-check";
import { createHash } from "node:crypto";
import { mean, normalQuantile, populationStd } from "../numeric/mod.ts";
import { CobreError } from "../protocol/mod.ts";
import { generateOpenings } from "./generate_openings.ts";
import { haltonBases } from "./halton.ts";
import { columnOf, treeInputs } from "./noise_test_helpers.ts";
import { chooseRepresentatives, representativeDraws } from "./representative_sample.ts";
import { sobolDirections } from "./sobol.ts";
import { SOBOL_DIMENSIONS } from "./sobol_table.ts";

function openings(method: "lhs" | "qmc_sobol" | "qmc_halton", count: number, dim: number) {
  return generateOpenings(treeInputs(1, count, dim, method)).values;
}

/** The share of the normal law below a value, to a few digits: enough to tell strata apart. */
function strataOf(sample: Float64Array, strata: number): number[] {
  const edges = Array.from({ length: strata - 1 }, (_, i) => normalQuantile((i + 1) / strata));
  return Array.from(sample, (value) => edges.filter((edge) => edge <= value + 1e-9).length);
}

function assertClose(actual: Float64Array, expected: readonly number[]): void {
  assert.equal(actual.length, expected.length);
  expected.forEach((value, at) => assert.ok(Math.abs(actual[at]! - value) < 1e-13, `${at}`));
}

Deno.test("a Latin hypercube of seed 42 is that of the reference program", () => {
  // Computed in Python from the description of generator and design; openings that a run of the
  // reference program wrote, 16 for four entities, are equal bit by bit to those drawn here.
  assertClose(openings("lhs", 4, 2), [
    -1.6083788576758822,
    -0.4300010760962596,
    1.0962837841796402,
    0.4946650184141141,
    -0.2838587541143168,
    0.8123511671465387,
    0.6241585574593572,
    -1.250293287496063,
  ]);
});

Deno.test("Sobol openings of seed 42 are those of the reference program", () => {
  // Computed in Python from the description of sequence and scrambling, and confirmed by the same
  // run of the reference program.
  assertClose(openings("qmc_sobol", 4, 3), [
    -1.086614282532243,
    0.41642019030961397,
    0.1312993764019891,
    0.3547289123161057,
    -0.9885212276581001,
    -1.6235985469589296,
    1.2191357068523487,
    -0.22381990255052833,
    0.8496162336495553,
    -0.2829602477571416,
    1.3497301513472817,
    -0.5179953462718255,
  ]);
});

Deno.test("Halton openings of seed 42 have all their digits permuted", () => {
  // Computed in Python: the permutations of the reference program applied to every digit position,
  // and one uniform number per dimension, drawn after all of them, for the digits beyond.
  assertClose(openings("qmc_halton", 4, 3), [
    0.8123511671465387,
    -1.6727985945327308,
    -0.22765563068157083,
    -0.5484108302780291,
    0.5646678352431633,
    -0.8065705141273207,
    0.10472986929029357,
    -0.30412374437520406,
    -2.3279648892388556,
    -1.7312351033590831,
    -0.6146113803811921,
    0.27920692244801865,
  ]);
});

Deno.test("an index with as many digits as the design lies in the cell of the reference program", () => {
  // There, without the digits beyond: base 2, opening 2 gives 0, opening 3 gives −∞; base 3,
  // opening 3 gives the quantile of 2/9; base 5, openings 1 to 3 give 1/5, 0 and 3/5.
  const values = openings("qmc_halton", 4, 3);
  const inCell = (opening: number, dimension: number, low: number, high: number): void => {
    const value = values[opening * 3 + dimension]!;
    assert.ok(value >= normalQuantile(low) && value <= normalQuantile(high));
  };
  inCell(2, 0, 1 / 2, 3 / 4);
  inCell(3, 0, 0, 1 / 4);
  inCell(3, 1, 2 / 9, 3 / 9);
  inCell(1, 2, 1 / 5, 2 / 5);
  inCell(2, 2, 0, 1 / 5);
  inCell(3, 2, 3 / 5, 4 / 5);
});

Deno.test("a Latin hypercube has one point in each stratum of every dimension", () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 4 }), (n, d) => {
    const values = openings("lhs", n, d);
    for (let dimension = 0; dimension < d; dimension++) {
      const strata = strataOf(columnOf(values, d, dimension), n).sort((a, b) => a - b);
      assert.deepEqual(strata, strata.map((_, stratum) => stratum));
    }
  }));
});

Deno.test("2^k Sobol points have one point in each of 2^k strata of every dimension", () => {
  const values = openings("qmc_sobol", 64, 50);
  for (let dimension = 0; dimension < 50; dimension++) {
    assert.equal(new Set(strataOf(columnOf(values, 50, dimension), 64)).size, 64);
  }
});

Deno.test("b^k Halton points have one point in each of b^k strata of base b", () => {
  for (const [dimension, count] of [[0, 64], [1, 27], [2, 25], [3, 49]] as const) {
    const sample = columnOf(openings("qmc_halton", count, 4), 4, dimension);
    assert.equal(new Set(strataOf(sample, count)).size, count);
  }
});

Deno.test("no Halton opening lies at the end of the quantile", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 30 }), (n, d) => {
      for (const value of openings("qmc_halton", n, d)) assert.ok(Math.abs(value) < 7);
    }),
  );
});

Deno.test("Halton bases are the prime numbers", () => {
  assert.deepEqual([...haltonBases(10)], [2, 3, 5, 7, 11, 13, 17, 19, 23, 29]);
  assert.equal(haltonBases(1000)[999], 7919);
});

Deno.test("the table of direction numbers is the beginning of the published one", () => {
  // SHA-256 of lines 2 to 2048 of new-joe-kuo-6.21201, with single blanks. The polynomial and the
  // initial numbers come back from the direction numbers: v_j = m_j·2^(31 − j), j from 0.
  const directions = sobolDirections(SOBOL_DIMENSIONS);
  const degrees = degreesOfPolynomials();
  const lines: string[] = [];
  for (let dimension = 2; dimension <= SOBOL_DIMENSIONS; dimension++) {
    const v = directions.subarray((dimension - 1) * 32, dimension * 32);
    const { degree, inner } = degrees[dimension - 2]!;
    const initial = Array.from({ length: degree }, (_, j) => v[j]! / 2 ** (31 - j));
    lines.push([dimension, degree, inner, ...initial].join(" "));
    for (let j = degree; j < 32; j++) assert.equal(v[j], recurrence(v, j, degree, inner));
  }
  const digest = createHash("sha256").update(lines.join("\n") + "\n").digest("hex");
  assert.equal(digest, "d9644f5e2d4f1f1211ba9ba44b6856105d66b781a0471fcb1a4c6bb879b0d3d4");
});

function recurrence(v: Uint32Array, j: number, degree: number, inner: number): number {
  let value = v[j - degree]! ^ (v[j - degree]! >>> degree);
  for (let k = 1; k < degree; k++) {
    if ((inner >>> (degree - 1 - k)) & 1) value ^= v[j - k]!;
  }
  return value >>> 0;
}

/** The primitive polynomials over two elements in ascending order, of which the table uses all. */
function degreesOfPolynomials(): { degree: number; inner: number }[] {
  const found: { degree: number; inner: number }[] = [];
  for (let degree = 1; degree <= 15; degree++) {
    const order = 2 ** degree - 1;
    const primes = primeFactors(order);
    for (let inner = 0; inner < 2 ** (degree - 1); inner++) {
      const polynomial = 2 ** degree + inner * 2 + 1;
      const isOne = (power: number): boolean => powerOfX(power, polynomial, degree) === 1;
      if (isOne(order) && primes.every((prime) => order === prime || !isOne(order / prime))) {
        found.push({ degree, inner });
      }
    }
  }
  return found;
}

/** x^power modulo a polynomial. */
function powerOfX(power: number, polynomial: number, degree: number): number {
  let result = 1;
  for (let bit = 31 - Math.clz32(power); bit >= 0; bit--) {
    result = times(result, result, polynomial, degree);
    if ((power >>> bit) & 1) result = times(result, 2, polynomial, degree);
  }
  return result;
}

function times(a: number, b: number, polynomial: number, degree: number): number {
  let product = 0;
  for (let bit = degree; bit >= 0; bit--) {
    product <<= 1;
    if ((product >>> degree) & 1) product ^= polynomial;
    if ((b >>> bit) & 1) product ^= a;
  }
  return (product >>> degree) & 1 ? product ^ polynomial : product;
}

function primeFactors(value: number): number[] {
  const factors: number[] = [];
  for (let divisor = 2; value > 1; divisor++) {
    if (value % divisor === 0) factors.push(divisor);
    while (value % divisor === 0) value /= divisor;
  }
  return factors;
}

Deno.test("more dimensions than the table has are refused by name", () => {
  assert.throws(
    () => sobolDirections(SOBOL_DIMENSIONS + 1),
    (error) => error instanceof CobreError && /2049 entities/.test(error.message),
  );
});

Deno.test("representatives of a sorted line are the middles of equal shares", () => {
  const count = representativeDraws(4);
  const values = Float64Array.from({ length: count }, (_, i) => (i * 37) % count);
  const block = { values: new Float64Array(4), start: 0, count: 4, dim: 1 };
  chooseRepresentatives({ values, start: 0, count, dim: 1 }, block);
  // Middles 1/8, 3/8, 5/8, 7/8 of the range, scaled to variance 1: ±3/√5 and ±1/√5.
  const expected = [-3, -1, 1, 3].map((x) => x / Math.sqrt(5));
  [...block.values].sort((a, b) => a - b).forEach((value, at) => {
    assert.ok(Math.abs(value - expected[at]!) < 0.01);
  });
});

Deno.test("representative openings have exact moments and are the same every time", () => {
  for (const count of [2, 7, 20]) {
    const tree = generateOpenings(treeInputs(1, count, 5, "selective"));
    for (let entity = 0; entity < 5; entity++) {
      const sample = columnOf(tree.values, 5, entity);
      assert.ok(Math.abs(mean(sample)) < 1e-12);
      assert.ok(Math.abs(populationStd(sample) - 1) < 1e-12);
    }
    assert.deepEqual(generateOpenings(treeInputs(1, count, 5, "selective")).values, tree.values);
  }
});

Deno.test("twenty representatives integrate a convex cost better than twenty independent draws", () => {
  // E max(0, η₁ + η₂) = 1/√π for independent η; mean absolute error over stages.
  const error = (method: "saa" | "selective"): number => {
    const { values } = generateOpenings(treeInputs(40, 20, 2, method));
    let total = 0;
    for (let stage = 0; stage < 40; stage++) {
      let sum = 0;
      for (let at = stage * 40; at < stage * 40 + 40; at += 2) {
        sum += Math.max(0, values[at]! + values[at + 1]!);
      }
      total += Math.abs(sum / 20 - 1 / Math.sqrt(Math.PI)) / 40;
    }
    return total;
  };
  assert.ok(error("selective") < 0.6 * error("saa"));
});
