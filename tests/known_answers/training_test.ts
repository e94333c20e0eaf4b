/** Every case of the reference program with a known answer, trained to it. */
import assert from "node:assert/strict";
import { trainCase } from "../support/train_case.ts";

const CASES = Deno.env.get("COBRE_REFERENCE_CASES");

/** Folder, cost ($), tolerance. Exact fractions where the answer is known by hand. */
const ANSWERS: readonly (readonly [folder: string, cost: number, tolerance: number])[] = [
  ["d01-thermal-dispatch", 182_500, 1e-6],
  ["d02-single-hydro", 23_635_000 / 9, 1e-4],
  ["d03-two-hydro-cascade", 4_171_000 / 3, 1e-4],
  ["d04-transmission", 5_263_443_883 / 657, 1e-4],
  ["d05-fpha-constant-head", 23_635_000 / 9, 1e-6],
  ["d06-fpha-variable-head", 732_952_154 / 225, 1e-4],
  ["d08-evaporation", 94_644_561_875 / 36_009, 1e-4],
  ["d09-multi-deficit", 80_738_000, 1e-6],
  ["d10-inflow-nonnegativity", 28_562_500 / 9, 1e-4],
  ["d11-water-withdrawal", 3_930_320_000 / 657, 1e-4],
  ["d13-generic-constraint", 15_330_000, 1e-2],
  ["d14-block-factors", 176_900, 1e-4],
  ["d15-non-controllable-source", 437_927, 1e-2],
  ["d16-par1-lag-shift", 7_756_250, 1e-3],
  ["d19-multi-hydro-par", 1_332_571.7968919526, 1e-4],
  ["d20-operational-violations", 195_744_444.4444, 1e-2],
  ["d21-min-outflow-regression", 285_716_111.1111, 1e-2],
  ["d22-per-block-min-outflow", 140_376_666.6667, 1e-2],
  ["d23-bidirectional-withdrawal", 79_156_000 / 9, 1e-4],
  ["d24-productivity-override", 23_945_000 / 9, 1e-4],
  ["d25-discount-rate", 2_611_454.584787283, 1e-4],
  ["d26-estimated-par2", 50_607_484.90581006, 1e-3],
  ["d27-per-stage-thermal-cost", 10_950_000, 1e-4],
];

/**
 * A case with ten openings per stage, trained for 128 iterations: the reference program's last bound,
 * which after so many iterations does not depend on which of several optima a solve found.
 */
const SEVERAL_OPENINGS = ["1dtoy", 2_605_295.1210092693, 1e-4] as const;

/** Bounds meet where each stage has a single opening. */
const GAP = 1e-6;

for (const solver of ["auto", "wasm"]) {
  for (const [folder, expected, tolerance] of [...ANSWERS, SEVERAL_OPENINGS]) {
    Deno.test({
      name: `${folder} is trained to ${expected.toFixed(4)} with the solver ${solver} ` +
        "(needs COBRE_REFERENCE_CASES)",
      ignore: CASES === undefined,
      fn: async () => {
        const before = Deno.env.get("COBRE_SOLVER");
        Deno.env.set("COBRE_SOLVER", solver);
        try {
          const { outcome, lowerBounds } = await trainCase(`${CASES}/${folder}`);
          const bound = lowerBounds.at(-1)!;
          assert.ok(Math.abs(bound - expected) <= tolerance, `${bound}, wanted ${expected}`);
          if (folder === SEVERAL_OPENINGS[0]) return;
          assert.ok(Math.abs(outcome.training!.final_gap!) < GAP);
        } finally {
          if (before === undefined) Deno.env.delete("COBRE_SOLVER");
          else Deno.env.set("COBRE_SOLVER", before);
        }
      },
    });
  }
}
