import assert from "node:assert/strict";
import {
  type CutRows,
  findViolations,
  knownCutParts,
  sharedCutRows,
  slotRanges,
  violations,
} from "./cut_rows.ts";
import { randomNumbers } from "./testing/random_stage.ts";

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
