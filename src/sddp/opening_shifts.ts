/** How openings differ in what they add to the cuts of a stage; see `noise_parts.ts`. */
import { inflowsOf, knownOutgoing } from "../lp/mod.ts";
import { openingOffset } from "../stochastic/mod.ts";
import type { NoiseParts } from "./noise_parts.ts";
import type { StageSite } from "./stage_site.ts";
import type { Study } from "./study.ts";

/**
 * By how much the known part of the outgoing state of a stage differs between each opening and the
 * first one, by opening and slot.
 */
export function openingShifts(study: Study, site: StageSite): Float64Array {
  const { tree } = study;
  const { position } = site;
  const { template } = site.solver;
  const { map } = template;
  const slots = map.outgoing.slots.length;
  const openings = tree.counts[position]!;
  const shifts = new Float64Array(openings * slots);
  const origin = new Float64Array(map.incoming.slots.length);
  const known = new Float64Array(template.model.parameters);
  const inflows = new Float64Array(map.inflow.base.length);
  for (let opening = 0; opening < openings; opening++) {
    const offset = openingOffset(tree, position, opening);
    const noise = tree.values.subarray(offset, offset + tree.dim);
    inflowsOf(map, origin, noise, inflows);
    if (map.firstInflow >= 0) known.set(inflows, map.firstInflow);
    site.setLoads(noise, known);
    const row = shifts.subarray(opening * slots, (opening + 1) * slots);
    knownOutgoing(template, origin, known, inflows, row);
  }
  for (let opening = openings - 1; opening >= 0; opening--) {
    for (let slot = 0; slot < slots; slot++) shifts[opening * slots + slot]! -= shifts[slot]!;
  }
  return shifts;
}

/** Works out the parts of one cut. */
export function fillNoiseParts(
  { capacity, values }: NoiseParts,
  { solver: { cuts, knownRanges } }: StageSite,
  shifts: Float64Array,
  cut: number,
): void {
  const { slots, coefficients } = cuts;
  const row = cut * slots;
  for (let opening = 0; opening * capacity < values.length; opening++) {
    const first = opening * slots;
    let sum = 0;
    for (let r = 0; r < knownRanges.length; r += 2) {
      const to = knownRanges[r + 1]!;
      for (let slot = knownRanges[r]!; slot < to; slot++) {
        sum += coefficients[row + slot]! * shifts[first + slot]!;
      }
    }
    values[opening * capacity + cut] = sum;
  }
}
