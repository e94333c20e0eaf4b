import assert from "node:assert/strict";
import fc from "fast-check";
import type { Correlation, CorrelationGroup, NoiseClass } from "../model/mod.ts";
import { CobreError } from "../protocol/mod.ts";
import { correlate, makeCorrelationScratch, resolveCorrelation } from "./correlation.ts";
import { layoutOf } from "./noise_test_helpers.ts";

const MATRIX = [[1, 0.6, 0.2], [0.6, 1, -0.3], [0.2, -0.3, 1]];

function group(
  type: NoiseClass,
  ids: readonly number[],
  changes: Partial<CorrelationGroup> = {},
): CorrelationGroup {
  const matrix = ids.map((_, i) => ids.map((_, j) => MATRIX[i]![j]!));
  return { name: `${type} ${ids}`, entities: ids.map((id) => ({ type, id })), matrix, ...changes };
}

function withProfiles(
  profiles: Record<string, readonly CorrelationGroup[]>,
  schedule: Correlation["schedule"] = [],
): Correlation {
  const list = Object.entries(profiles).map(([name, groups]) => ({ name, groups }));
  return { method: "spectral", profiles: list, schedule };
}

function apply(correlation: Correlation, noise: readonly number[], layout = layoutOf(3)): number[] {
  const resolved = resolveCorrelation(correlation, layout, [0]);
  const values = Float64Array.from(noise);
  const scratch = makeCorrelationScratch(resolved);
  for (const name of ["inflow", "load", "ncs"] as const) {
    correlate(resolved.stages[0]![name], values, 0, scratch);
  }
  return [...values];
}

function refusal(correlation: Correlation, layout = layoutOf(3)): string[] {
  try {
    resolveCorrelation(correlation, layout, [0, 1]);
  } catch (error) {
    assert.ok(error instanceof CobreError);
    return error.records.map(({ message }) => message);
  }
  return [];
}

Deno.test("the order in which a group lists its entities changes no bit", () => {
  fc.assert(fc.property(
    fc.shuffledSubarray([0, 1, 2], { minLength: 3 }),
    fc.array(fc.double({ min: -4, max: 4, noNaN: true }), { minLength: 3, maxLength: 3 }),
    (order, noise) => {
      const shuffled = group("inflow", order, {
        matrix: order.map((i) => order.map((j) => MATRIX[i]![j]!)),
      });
      const straight = withProfiles({ default: [group("inflow", [0, 1, 2])] });
      assert.deepEqual(apply(withProfiles({ default: [shuffled] }), noise), apply(straight, noise));
    },
  ));
});

Deno.test("an entity outside the noise vector leaves its group, the others stay correlated", () => {
  const layout = layoutOf(0, 2);
  const whole = withProfiles({ default: [group("load", [0, 1, 9])] });
  const reduced = withProfiles({ default: [group("load", [0, 1])] });
  assert.deepEqual(apply(whole, [1, 2], layout), apply(reduced, [1, 2], layout));
  assert.notDeepEqual(apply(whole, [1, 2], layout), [1, 2]);
});

Deno.test("entities of different classes may share an id", () => {
  const both = withProfiles({ default: [group("inflow", [0, 1]), group("load", [0, 1])] });
  const [a, b, c, d] = apply(both, [1, 2, 1, 2], layoutOf(2, 2));
  assert.deepEqual([a, b], [c, d]);
});

Deno.test("entities in no group keep their noise", () => {
  const pair = withProfiles({ default: [group("inflow", [0, 2])] });
  assert.equal(apply(pair, [1, 2, 3])[1], 2);
});

Deno.test("a stage has its last scheduled profile, else the default, else the only one", () => {
  const strong = [group("inflow", [0, 1])];
  const weak = [group("inflow", [0, 2])];
  const schedule = [{ stageId: 5, profile: "dry" }, { stageId: 5, profile: "wet" }];
  const { stages } = resolveCorrelation(
    withProfiles({ default: weak, dry: weak, wet: strong }, schedule),
    layoutOf(3),
    [4, 5],
  );
  assert.deepEqual([...stages[0]!.inflow[0]!.positions], [0, 2]);
  assert.deepEqual([...stages[1]!.inflow[0]!.positions], [0, 1]);
  const only = resolveCorrelation(withProfiles({ wet: strong }), layoutOf(3), [4]);
  assert.equal(only.stages[0]!.inflow.length, 1);
});

Deno.test("stages without a profile, unknown profiles and double entities are all named", () => {
  assert.deepEqual(refusal(withProfiles({ a: [], b: [] }, [{ stageId: 1, profile: "c" }])), [
    "Stage 0 has no correlation profile: it is not in the schedule and none of 2 profiles is " +
    "named default",
    "Stage 1 asks for correlation profile c, which does not exist",
  ]);
  const twice = [group("inflow", [0, 1]), group("inflow", [1, 2])];
  assert.equal(refusal(withProfiles({ default: twice })).length, 1);
  const mixed = group("inflow", [0, 1], {
    entities: [{ type: "inflow", id: 0 }, { type: "load", id: 1 }],
  });
  assert.equal(refusal(withProfiles({ default: [mixed] })).length, 1);
});

Deno.test("a repaired matrix is reported with its profile and group", () => {
  const indefinite = group("inflow", [0, 1, 2], {
    name: "basin",
    matrix: [[1, 0.9, 0], [0.9, 1, 0.9], [0, 0.9, 1]],
  });
  const { repairs } = resolveCorrelation(
    withProfiles({ default: [indefinite] }),
    layoutOf(3),
    [0],
  );
  assert.equal(repairs.length, 1);
  assert.equal(repairs[0]!.profile, "default");
  assert.equal(repairs[0]!.group, "basin");
  assert.ok(repairs[0]!.largestClipped > 0.27 && repairs[0]!.largestChange > 0);
});

Deno.test("without a correlation all noises are independent", () => {
  const { stages, largestGroup } = resolveCorrelation(null, layoutOf(3), [0, 1]);
  assert.deepEqual(stages.map(({ inflow }) => inflow.length), [0, 0]);
  assert.equal(largestGroup, 0);
});
