/** How often properties are tried. */

/** A factor on the number of runs, and another seed each time, where COBRE_STRESS is a number. */
const STRESS = Number(Deno.env.get("COBRE_STRESS") ?? "");

/** Settings of fast-check: the same runs each time, or many times more of new ones. */
export function runs(count: number): { numRuns: number; seed: number } {
  if (!(STRESS > 0)) return { numRuns: count, seed: 20_300_101 };
  return { numRuns: Math.round(count * STRESS), seed: Date.now() & 0x7fffffff };
}

/** Whether more is asked for than the usual runs. */
export function underStress(): boolean {
  return STRESS > 0;
}
