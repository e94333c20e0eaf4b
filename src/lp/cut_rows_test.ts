import assert from "node:assert/strict";
import {
  type CutRows,
  findViolations,
  knownCutParts,
  noiseCutPart,
  noiseShift,
  sharedCutRows,
  slotRanges,
  violations,
} from "./cut_rows.ts";
import { inflowsOf, knownOutgoing, setStateQuantities } from "./known_quantities.ts";
import { stageTemplate } from "./stage_template.ts";
import { randomNumbers } from "./testing/random_stage.ts";
import { randomStudy } from "./testing/random_study.ts";

function randomCuts(slots: number, count: number): CutRows {
  const random = randomNumbers(slots);
  const cuts = sharedCutRows(slots, count);
  for (let at = 0; at < count * slots; at++) cuts.coefficients[at] = random() - 0.5;
  for (let cut = 0; cut < count; cut++) {
    cuts.intercept[cut] = random();
    cuts.active[cut] = 1;
  }
  return cuts;
}

Deno.test("ranges hold neighbouring slots together", () => {
  const holds = new Set([0, 1, 4, 6, 7]);
  assert.deepEqual([...slotRanges(8, (slot) => holds.has(slot))], [0, 2, 4, 5, 6, 8]);
  assert.deepEqual([...slotRanges(3, () => false)], []);
});

Deno.test("the worst violations are found in order, whatever the lengths of the ranges", () => {
  for (const slots of [1, 2, 7, 12]) {
    const count = 50;
    const cuts = randomCuts(slots, count);
    const random = randomNumbers(99);
    const state = Float64Array.from({ length: slots }, () => random());
    const known = slotRanges(slots, (slot) => slot % 3 === 1);
    const decided = slotRanges(slots, (slot) => slot % 3 !== 1);
    const resident = new Uint8Array(count);
    resident[7] = 1;
    cuts.active[9] = 0;
    const parts = new Float64Array(count);
    knownCutParts(cuts, count, known, state, parts);
    const found = violations(5);
    findViolations(cuts, count, {
      parts,
      decided: state,
      ranges: decided,
      future: Float64Array.of(0.2),
      resident,
      tolerance: 0,
    }, found);
    const amounts = Array.from({ length: count }, (_, cut) => {
      let value = cuts.intercept[cut]! - 0.2;
      for (let slot = 0; slot < slots; slot++) {
        value += cuts.coefficients[cut * slots + slot]! * state[slot]!;
      }
      return { cut, value };
    }).filter(({ cut, value }) => value > 0 && cut !== 7 && cut !== 9)
      .sort((a, b) => b.value - a.value).slice(0, 5);
    assert.deepEqual([...found.cuts.subarray(0, found.count)], amounts.map(({ cut }) => cut));
    amounts.forEach(({ value }, at) => assert.ok(Math.abs(found.amounts[at]! - value) < 1e-12));
  }
});

Deno.test("the known part of a cut is that without noise and what the noise adds", () => {
  for (let seed = 0; seed < 5; seed++) {
    const { study, state, noise, known, cuts, cutCount } = randomStudy(seed, 10);
    const { model, map } = study.stages[1]!;
    const template = stageTemplate(model, map, 1000);
    const every = slotRanges(cuts.slots, () => true);
    const outcome = (eta: Float64Array) => {
      const quantities = known.slice();
      const z = new Float64Array(map.inflow.base.length);
      inflowsOf(map, state, eta, z);
      setStateQuantities(map, state, quantities);
      quantities.set(z, map.firstInflow);
      const outgoing = new Float64Array(cuts.slots);
      knownOutgoing(template, state, quantities, z, outgoing);
      const parts = new Float64Array(cutCount);
      knownCutParts(cuts, cutCount, every, outgoing, parts);
      return { quantities, parts };
    };
    const still = outcome(noise.map(() => 0));
    const noisy = outcome(noise);
    const change = noisy.quantities.map((value, at) => value - still.quantities[at]!);
    const shift = noiseShift(template);
    for (let cut = 0; cut < cutCount; cut++) {
      const sum = still.parts[cut]! + noiseCutPart(cuts, cut, shift, change);
      assert.ok(Math.abs(sum - noisy.parts[cut]!) < 1e-9 * Math.abs(sum));
      assert.notEqual(still.parts[cut], noisy.parts[cut]);
    }
  }
});

Deno.test("the value of a cut does not depend on which cuts are looked at with it", () => {
  const cuts = randomCuts(13, 30);
  const random = randomNumbers(5);
  const state = Float64Array.from({ length: 13 }, () => random());
  const ranges = Int32Array.of(0, 5, 7, 13);
  const all = new Float64Array(30);
  knownCutParts(cuts, 30, ranges, state, all);
  const trial = {
    parts: cuts.intercept,
    decided: state,
    ranges,
    future: Float64Array.of(-100),
    tolerance: 0,
  };
  for (let cut = 0; cut < 30; cut++) {
    const parts = new Float64Array(30);
    knownCutParts(cuts, cut + 1, ranges, state, parts);
    assert.equal(parts[cut], all[cut]);
    const found = violations(1);
    const resident = new Uint8Array(30).fill(1);
    resident[cut] = 0;
    findViolations(cuts, 30, { ...trial, resident }, found);
    assert.equal(found.cuts[0], cut);
    assert.ok(Math.abs(found.amounts[0]! - (all[cut]! + 100)) < 1e-12);
  }
});
