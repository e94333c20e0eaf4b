import assert from "node:assert/strict";
import fc from "fast-check";
import type { SamplingMethod, SamplingScheme, ScenarioSource } from "../model/mod.ts";
import { mean, normalQuantile, sampleStd } from "../numeric/mod.ts";
import { CobreError } from "../protocol/mod.ts";
import type { ExternalLibrary } from "./external_library.ts";
import { generateOpenings } from "./generate_openings.ts";
import type { HistoricalLibrary } from "./historical_library.ts";
import { makeSamplers, type SamplerInputs } from "./make_samplers.ts";
import {
  equicorrelation,
  independence,
  layoutOf,
  monthlyStages,
  sampleCorrelation,
  treeInputs,
} from "./noise_test_helpers.ts";
import { openingOffset } from "./opening_tree.ts";
import type { Sampler } from "./sampler.ts";
import { baseSeed } from "./seeds.ts";

const STAGES = 4;
const METHODS: readonly SamplingMethod[] = [
  "saa",
  "lhs",
  "qmc_sobol",
  "qmc_halton",
  "selective",
  "historical_residuals",
];

const windows: HistoricalLibrary = {
  years: [1990, 1991, 1992],
  hydros: 2,
  lagDepth: 1,
  noise: Float64Array.from({ length: 3 * STAGES * 2 }, (_, at) => 100 + at),
  lags: Float64Array.from({ length: 6 }, (_, at) => at),
};

function library(scenarios: number, entities: number): ExternalLibrary {
  const noise = Float64Array.from({ length: STAGES * scenarios * entities }, (_, at) => at);
  return { scenarios, entities, noise };
}

function sourceOf(
  schemes: Partial<ScenarioSource["schemes"]>,
  seed: bigint | null = 42n,
): ScenarioSource {
  const all = { inflow: "in_sample", load: "in_sample", ncs: "in_sample" } as const;
  return { seed, historicalYears: null, schemes: { ...all, ...schemes } };
}

function inputsOf(
  schemes: Partial<ScenarioSource["schemes"]> | SamplingScheme,
  changes: Partial<SamplerInputs> = {},
  sampling: SamplingMethod = "saa",
): SamplerInputs {
  const own = typeof schemes === "string"
    ? { inflow: schemes, load: schemes, ncs: schemes }
    : schemes;
  const tree = treeInputs(STAGES, 10, 5);
  return {
    source: sourceOf(own),
    layout: layoutOf(2, 2, 1),
    stages: monthlyStages(STAGES, { sampling }),
    groups: tree.groups,
    tree: generateOpenings(tree),
    treeSeed: baseSeed(42n),
    scenarios: 16,
    correlation: independence(STAGES),
    historical: windows,
    external: { inflow: library(5, 2), load: library(5, 2), ncs: library(5, 1) },
    ...changes,
  };
}

function draw(samplers: readonly Sampler[], iteration: number, scenario: number, stage: number) {
  const out = new Float64Array(5);
  for (const sampler of samplers) sampler.draw(iteration, scenario, stage, out);
  return [...out];
}

Deno.test("in-sample choices of seed 42 are those of the reference program", () => {
  // Computed in Python from the description of hash and generator.
  const [sampler] = makeSamplers(inputsOf("in_sample"));
  const choices = (iteration: number) =>
    [0, 1, 2, 3].map((stage) => sampler!.opening(iteration, 0, stage));
  assert.deepEqual([1, 2, 3, 0].map(choices), [
    [3, 9, 9, 2],
    [8, 7, 9, 3],
    [5, 7, 9, 2],
    [4, 9, 6, 5],
  ]);
});

Deno.test("classes in sample take the same opening, and nothing but their block of it", () => {
  const inputs = inputsOf("in_sample");
  const samplers = makeSamplers(inputs);
  const from = openingOffset(inputs.tree, 2, samplers[0]!.opening(1, 7, 2));
  assert.deepEqual(draw(samplers, 1, 7, 2), [...inputs.tree.values.subarray(from, from + 5)]);
  assert.deepEqual(draw([samplers[1]!], 1, 7, 2), [
    0,
    0,
    ...inputs.tree.values.subarray(from + 2, from + 4),
    0,
  ]);
});

Deno.test("stages of one noise group take the same opening", () => {
  const [sampler] = makeSamplers(inputsOf("in_sample", { groups: Int32Array.of(0, 0, 1, 0) }));
  for (let scenario = 0; scenario < 20; scenario++) {
    const first = sampler!.opening(3, scenario, 0);
    assert.equal(sampler!.opening(3, scenario, 1), first);
    assert.equal(sampler!.opening(3, scenario, 3), first);
  }
});

Deno.test("fresh inflow noise is that of the reference program, other classes have their own", () => {
  // Computed in Python from the description; the inflow stream is the shared one of the reference
  // program, those of load and sources differ from it by the first byte of the message.
  const noise = draw(makeSamplers(inputsOf("out_of_sample")), 1, 0, 0);
  assert.deepEqual(noise, [
    -1.6915260930167797,
    0.3090757455656779,
    1.2569662603405272,
    0.9061392544438299,
    0.52339348849525,
  ]);
});

Deno.test("a fresh Sobol point is scrambled by the design of its iteration", () => {
  // Computed in Python: point 5 has the binary digits 101, so 0.625, before scrambling.
  const noise = draw(makeSamplers(inputsOf("out_of_sample", {}, "qmc_sobol")), 1, 5, 0);
  assert.ok(Math.abs(noise[0]! - 0.5467496494091573) < 1e-13);
});

Deno.test("a draw depends on its arguments only, for every scheme and method", () => {
  const variants = [
    inputsOf("in_sample"),
    inputsOf("external"),
    inputsOf({ inflow: "historical" }),
    ...METHODS.map((method) => inputsOf("out_of_sample", {}, method)),
  ];
  fc.assert(fc.property(
    fc.constantFrom(...variants),
    fc.array(
      fc.tuple(fc.nat(5), fc.nat(15), fc.nat(STAGES - 1)),
      { minLength: 2, maxLength: 6 },
    ),
    (inputs, calls) => {
      const used = makeSamplers(inputs);
      for (const call of calls) {
        assert.deepEqual(draw(used, ...call), draw(makeSamplers(inputs), ...call));
      }
    },
  ));
});

Deno.test("the trajectories of an iteration fill every stratum once", () => {
  for (const method of ["lhs", "qmc_sobol", "qmc_halton"] as const) {
    const samplers = makeSamplers(inputsOf("out_of_sample", {}, method));
    // Base 2 is the first dimension of the Halton sequence.
    for (const position of method === "qmc_halton" ? [0] : [0, 1, 2, 3, 4]) {
      const strata = new Set<number>();
      for (let scenario = 0; scenario < 16; scenario++) {
        const value = draw(samplers, 2, scenario, 1)[position]!;
        strata.add([...Array(15)].filter((_, i) => normalQuantile((i + 1) / 16) <= value).length);
      }
      assert.equal(strata.size, 16, `${method} ${position}`);
    }
  }
});

Deno.test("every method draws fresh standard normal noise, independent between classes", () => {
  const iterations = 1250;
  for (const method of METHODS.filter((name) => name !== "historical_residuals")) {
    const samplers = makeSamplers(inputsOf("out_of_sample", {}, method));
    const columns = Array.from({ length: 5 }, () => new Float64Array(iterations * 16));
    for (let at = 0; at < iterations * 16; at++) {
      const noise = draw(samplers, 1 + Math.floor(at / 16), at % 16, 1);
      columns.forEach((column, position) => column[at] = noise[position]!);
    }
    const error = 4.5 / Math.sqrt(iterations * 16);
    columns.forEach((column, a) => {
      assert.ok(Math.abs(mean(column)) < error, `${method} ${mean(column)}`);
      assert.ok(Math.abs(sampleStd(column) - 1) < error, `${method} ${sampleStd(column)}`);
      for (let b = 0; b < a; b++) {
        const correlation = sampleCorrelation(column, columns[b]!);
        assert.ok(Math.abs(correlation) < error, `${method} ${a} ${b}: ${correlation}`);
      }
    });
  }
});

Deno.test("fresh noise is correlated as its stage says", () => {
  const layout = layoutOf(3);
  const correlation = equicorrelation(3, 0.7, [0, 1, 2, 3]);
  const samplers = makeSamplers(inputsOf("out_of_sample", { layout, correlation }));
  const [a, b] = [new Float64Array(20_000), new Float64Array(20_000)];
  for (let scenario = 0; scenario < a.length; scenario++) {
    const noise = draw(samplers, 1, scenario, 0);
    a[scenario] = noise[0]!;
    b[scenario] = noise[2]!;
  }
  assert.ok(Math.abs(sampleCorrelation(a, b) - 0.7) < 4 * 0.51 / Math.sqrt(a.length));
});

Deno.test("the seed of the source changes fresh noise, not the choice of openings", () => {
  const other = { inflow: "out_of_sample", load: "in_sample", ncs: "in_sample" } as const;
  const one = draw(makeSamplers(inputsOf(other)), 1, 3, 2);
  const two = draw(makeSamplers(inputsOf(other, { source: sourceOf(other, 43n) })), 1, 3, 2);
  assert.notEqual(one[0], two[0]);
  assert.deepEqual(one.slice(2), two.slice(2));
});

Deno.test("fresh noise from residuals takes one window and leaves loads at their means", () => {
  const samplers = makeSamplers(inputsOf("out_of_sample", {}, "historical_residuals"));
  const found = new Set<number>();
  for (let scenario = 0; scenario < 30; scenario++) {
    const [first, second, ...rest] = draw(samplers, 1, scenario, 1);
    found.add((first! - 100 - 2) / (STAGES * 2));
    assert.equal(second, first! + 1);
    assert.deepEqual(rest, [0, 0, 0]);
  }
  assert.deepEqual([...found].sort(), [0, 1, 2]);
});

Deno.test("an external trajectory follows one scenario in all classes and stages", () => {
  const samplers = makeSamplers(inputsOf("external"));
  const followed = new Set<number>();
  for (let scenario = 0; scenario < 40; scenario++) {
    const [inflow] = draw(samplers, 1, scenario, 0);
    const index = inflow! / 2;
    followed.add(index);
    for (let stage = 0; stage < STAGES; stage++) {
      const at = stage * 5 + index;
      assert.deepEqual(draw(samplers, 1, scenario, stage), [
        2 * at,
        2 * at + 1,
        2 * at,
        2 * at + 1,
        at,
      ]);
    }
  }
  assert.deepEqual([...followed].sort(), [0, 1, 2, 3, 4]);
});

Deno.test("a historical trajectory repeats one window and begins with the inflows before it", () => {
  const [sampler] = makeSamplers(inputsOf({ inflow: "historical" }));
  const lags = new Float64Array(2);
  for (let scenario = 0; scenario < 10; scenario++) {
    assert.equal(sampler!.startLags(1, scenario, lags), true);
    const window = lags[0]! / 2;
    assert.equal(lags[1], 2 * window + 1);
    for (let stage = 0; stage < STAGES; stage++) {
      const first = 100 + (window * STAGES + stage) * 2;
      assert.deepEqual(draw([sampler!], 1, scenario, stage).slice(0, 2), [first, first + 1]);
    }
  }
});

Deno.test("only historical trajectories bring lags, only in-sample ones openings", () => {
  for (const scheme of ["in_sample", "out_of_sample", "external"] as const) {
    const [sampler] = makeSamplers(inputsOf(scheme));
    assert.equal(sampler!.startLags(1, 0, new Float64Array(2)), false);
    assert.equal(sampler!.opening(1, 0, 0) >= 0, scheme === "in_sample");
  }
});

Deno.test("schemes without what they draw from are refused by name", () => {
  const cases: [Partial<ScenarioSource["schemes"]>, Partial<SamplerInputs>][] = [
    [{ load: "historical" }, {}],
    [{ inflow: "historical" }, { historical: null }],
    [{ ncs: "external" }, { external: { inflow: null, load: null, ncs: null } }],
    [{ inflow: "out_of_sample" }, { source: sourceOf({ inflow: "out_of_sample" }, null) }],
  ];
  for (const [schemes, changes] of cases) {
    assert.throws(
      () => makeSamplers(inputsOf(schemes, changes)),
      (error) =>
        error instanceof CobreError && error.kind === "IncompatibleSettings" &&
        error.message.includes(Object.keys(schemes)[0]!),
    );
  }
});
