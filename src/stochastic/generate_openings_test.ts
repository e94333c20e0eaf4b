import assert from "node:assert/strict";
import fc from "fast-check";
import { mean, sampleStd } from "../numeric/mod.ts";
import type { SamplingMethod } from "../model/mod.ts";
import { CobreError } from "../protocol/mod.ts";
import { resolveCorrelation } from "./correlation.ts";
import { generateOpenings } from "./generate_openings.ts";
import type { HistoricalLibrary } from "./historical_library.ts";
import {
  columnOf,
  equicorrelation,
  independence,
  layoutOf,
  sampleCorrelation,
  treeInputs,
} from "./noise_test_helpers.ts";
import { openingOffset, type OpeningTree } from "./opening_tree.ts";

const METHODS: readonly SamplingMethod[] = [
  "saa",
  "lhs",
  "qmc_sobol",
  "qmc_halton",
  "selective",
  "historical_residuals",
];

function opening(tree: OpeningTree, stage: number, index: number): number[] {
  const from = openingOffset(tree, stage, index);
  return [...tree.values.subarray(from, from + tree.dim)];
}

function library(windows: number, stages: number, hydros: number): HistoricalLibrary {
  return {
    years: Array.from({ length: windows }, (_, w) => 1990 + w),
    hydros,
    lagDepth: 0,
    noise: Float64Array.from({ length: windows * stages * hydros }, (_, at) => at),
    lags: new Float64Array(0),
  };
}

Deno.test("the first openings of seed 42 are those of the reference program", () => {
  // Pinned by tests of the reference program.
  const tree = generateOpenings(treeInputs(1, 3, 2));
  assert.deepEqual([...tree.values], [
    0.40098936496495646,
    0.22792558815859804,
    -1.3954121776085244,
    -0.26939366921736746,
    0.8337031709056368,
    -1.6199918031824887,
  ]);
});

Deno.test("a year of single openings is that behind the known answer of the estimated model", () => {
  // From the run of the reference program whose optimum these noises give to ten digits.
  const tree = generateOpenings(treeInputs(12, 1, 1));
  assert.deepEqual([...tree.values], [
    0.40098936496495646,
    1.8408985584459048,
    1.4966534827106373,
    -1.202462095278717,
    0.1429973271226148,
    -0.5153539674501004,
    1.4545910025749513,
    0.16307757983657462,
    0.8937770112446144,
    0.8687411790813134,
    0.2683470000327544,
    1.3366540931051532,
  ]);
});

Deno.test("correlated openings are those of the reference program up to rounding", () => {
  // Written by a run of the reference program with four hydros and the correlation below: the first
  // two of 16 openings of a stage of each method.
  const matrix = [[1, 0.6, 0.2, -0.1], [0.6, 1, -0.3, 0.25], [0.2, -0.3, 1, 0.4], [
    -0.1,
    0.25,
    0.4,
    1,
  ]];
  const entities = [0, 1, 2, 3].map((id) => ({ type: "inflow" as const, id }));
  const profiles = [{ name: "default", groups: [{ name: "all", entities, matrix }] }];
  const correlation = resolveCorrelation(
    { method: "spectral", profiles, schedule: [] },
    layoutOf(4),
    [0, 1, 2],
  );
  const expected = [
    ["saa", 0.3247468529265193, 0.5277322655589975, -0.30124694777967653, 0.2622138347635941],
    ["saa", -1.5875754297538358, -0.3600369935921151, 0.8068041663175313, 2.577693804038822],
    ["lhs", -0.6436558731233397, 0.055898742984929584, -0.5268135919701609, -1.0087428804435314],
    ["lhs", -1.0007272048220108, -0.34973106612672544, -0.49308511375476727, 0.4045470064305351],
    ["qmc_sobol", -0.5204878502948519, -0.339170374292393, -0.11951854861091564, -0.3311275373521],
    ["qmc_sobol", -0.582460961372541, -1.13994495634384, -0.6660872810263898, -0.04759648508015],
  ] as const;
  expected.forEach(([method, ...values], row) => {
    const stage = row >> 1;
    const tree = generateOpenings(treeInputs(3, 16, 4, method, { correlation }));
    opening(tree, stage, row & 1).forEach((value, at) => {
      assert.ok(Math.abs(value - values[at]!) < 1e-13, `${method} ${row & 1} ${at}`);
    });
  });
});

Deno.test("stages of one noise group have the openings of their first stage", () => {
  const inputs = treeInputs(3, 2, 2, "saa", { groups: Int32Array.of(0, 0, 0) });
  const tree = generateOpenings(inputs);
  for (let index = 0; index < 2; index++) {
    assert.deepEqual(opening(tree, 1, index), opening(tree, 0, index));
    assert.deepEqual(opening(tree, 2, index), opening(tree, 0, index));
  }
});

Deno.test("a stage with more openings than its group before draws the rest", () => {
  for (const method of METHODS) {
    const tree = generateOpenings(treeInputs(4, 0, 3, method, {
      groups: Int32Array.of(0, 0, 1, 0),
      counts: Int32Array.of(2, 5, 2, 6),
      historical: library(40, 4, 3),
    }));
    for (let index = 0; index < 2; index++) {
      assert.deepEqual(opening(tree, 1, index), opening(tree, 0, index), method);
    }
    for (let index = 0; index < 5; index++) {
      assert.deepEqual(opening(tree, 3, index), opening(tree, 1, index), method);
    }
    for (const [stage, index] of [[1, 2], [1, 4], [3, 5]] as const) {
      assert.ok(opening(tree, stage, index).some((noise) => noise !== 0), method);
    }
  }
});

Deno.test("later stages change no draw of earlier ones, whatever the method", () => {
  fc.assert(fc.property(
    fc.constantFrom(...METHODS),
    fc.integer({ min: 1, max: 5 }),
    fc.integer({ min: 1, max: 4 }),
    fc.integer({ min: 1, max: 9 }),
    fc.integer({ min: 1, max: 4 }),
    (method, stages, more, openings, dim) => {
      const all = stages + more;
      const longer = treeInputs(all, openings, dim, method, { historical: library(7, all, dim) });
      const shorter = treeInputs(stages, openings, dim, method, {
        historical: { ...library(7, all, dim), noise: trimmed(library(7, all, dim), all, stages) },
      });
      const prefix = generateOpenings(shorter).values;
      assert.deepEqual(generateOpenings(longer).values.subarray(0, prefix.length), prefix);
    },
  ));
});

function trimmed({ noise, hydros, years }: HistoricalLibrary, all: number, stages: number) {
  return Float64Array.from(
    years.flatMap((_, w) => [...noise.subarray(w * all * hydros, (w * all + stages) * hydros)]),
  );
}

Deno.test("independent openings do not depend on how many there are", () => {
  const few = generateOpenings(treeInputs(1, 3, 4)).values;
  assert.deepEqual(generateOpenings(treeInputs(1, 9, 4)).values.subarray(0, few.length), few);
});

Deno.test("a hundred thousand draws have the moments and the correlation of theory", () => {
  const count = 100_000;
  const tree = generateOpenings(treeInputs(1, count, 3, "saa", {
    correlation: equicorrelation(3, 0.6, [0]),
  }));
  // Four standard errors of a mean, of a deviation, of a third and fourth moment, of a correlation.
  const error = 4 / Math.sqrt(count);
  for (let entity = 0; entity < 3; entity++) {
    const sample = columnOf(tree.values, 3, entity);
    assert.ok(Math.abs(mean(sample)) < error);
    assert.ok(Math.abs(sampleStd(sample) - 1) < error / Math.SQRT2);
    assert.ok(Math.abs(mean(sample.map((x) => x ** 3))) < error * Math.sqrt(15));
    assert.ok(Math.abs(mean(sample.map((x) => x ** 4)) - 3) < error * Math.sqrt(96));
    const next = columnOf(tree.values, 3, (entity + 1) % 3);
    assert.ok(Math.abs(sampleCorrelation(sample, next) - 0.6) < error * (1 - 0.36));
  }
});

Deno.test("every method but residuals gives correlated openings of mean 0 and variance 1", () => {
  const count = 1024;
  for (const method of METHODS.filter((name) => name !== "historical_residuals")) {
    const tree = generateOpenings(treeInputs(1, count, 2, method, {
      correlation: equicorrelation(2, 0.5, [0]),
    }));
    const [a, b] = [columnOf(tree.values, 2, 0), columnOf(tree.values, 2, 1)];
    const error = 4 / Math.sqrt(count);
    for (const sample of [a, b]) {
      assert.ok(Math.abs(mean(sample)) < error, method);
      assert.ok(Math.abs(sampleStd(sample) - 1) < error, method);
    }
    assert.ok(Math.abs(sampleCorrelation(a, b) - 0.5) < error, method);
  }
});

Deno.test("openings from residuals copy a window for hydros and leave other entities at 0", () => {
  const inputs = treeInputs(2, 20, 3, "historical_residuals", { historical: library(5, 2, 2) });
  const tree = generateOpenings(inputs);
  const windows = new Set<number>();
  for (let index = 0; index < 20; index++) {
    const [first, second, load] = opening(tree, 1, index);
    // In window w, the noises of stage 1 are numbered from (w·2 + 1)·2 on.
    const window = (first! / 2 - 1) / 2;
    assert.ok(Number.isInteger(window) && window >= 0 && window < 5);
    assert.equal(second, first! + 1);
    assert.equal(load, 0);
    windows.add(window);
  }
  assert.ok(windows.size > 1);
});

Deno.test("residuals without a history are refused", () => {
  assert.throws(
    () => generateOpenings(treeInputs(1, 1, 1, "historical_residuals")),
    (error) => error instanceof CobreError && error.kind === "IncompatibleSettings",
  );
});

Deno.test("the tree lies in the memory that it is given", () => {
  const shared: SharedArrayBuffer[] = [];
  const tree = generateOpenings(treeInputs(2, 3, 4), (length) => {
    const buffer = new SharedArrayBuffer(length * 8);
    shared.push(buffer);
    return new Float64Array(buffer);
  });
  assert.equal(tree.values.buffer, shared[0]);
  assert.equal(tree.values.length, 24);
  assert.deepEqual(tree.values.slice(), generateOpenings(treeInputs(2, 3, 4)).values);
});

Deno.test("a study without random entities has openings without noise", () => {
  const tree = generateOpenings(treeInputs(2, 3, 0, "saa", { correlation: independence(2) }));
  assert.deepEqual([...tree.counts], [3, 3]);
  assert.equal(tree.values.length, 0);
});
