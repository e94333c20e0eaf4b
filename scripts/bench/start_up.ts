/** What the program adds to the start of Deno itself. */
// deno-lint-ignore-file no-console -- a benchmark prints its figures
import { findMeter, interleave, summarise } from "./measure.ts";
import { cobreVariant, denoVariant } from "./program.ts";
import { formatSummaries } from "./table.ts";

export const name = "start_up";
export const description = "cobre version, solver look-up included, against an empty Deno program";

const ROUNDS = 25;

/** Measures both in turns; the goal is a difference of at most 40 ms. */
export async function run(): Promise<void> {
  const empty = await Deno.makeTempFile({ suffix: ".ts" });
  try {
    await Deno.writeTextFile(empty, "export {};\n");
    const variants = [
      denoVariant("empty program", empty, []),
      cobreVariant("cobre version", ["version"]),
      cobreVariant("cobre --version", ["--version"]),
      cobreVariant("cobre --help", ["--help"]),
    ];
    const results = await interleave(variants, ROUNDS, await findMeter());
    const summaries = [...results].map(([label, runs]) => summarise(label, runs));
    console.log(formatSummaries(summaries));
    const [bare, version] = summaries.map((summary) => summary.wall_s.median);
    console.log(`cobre version starts ${(1000 * (version! - bare!)).toFixed(0)} ms later`);
  } finally {
    await Deno.remove(empty);
  }
}
