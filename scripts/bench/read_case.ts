/** How long `cobre validate` takes, from the start of the process, and how much memory. */
// deno-lint-ignore-file no-console -- a benchmark prints its figures
import { caseContent } from "../make_case/layout.ts";
import { sideBySide } from "../make_case/side_by_side.ts";
import { type Size, SIZES } from "../make_case/size.ts";
import { makeStudy, type Study } from "../make_case/study.ts";
import { writeCaseContent } from "../make_case/write_case.ts";
import { findMeter, interleave, summarise, type Variant } from "./measure.ts";
import { cobreVariant } from "./program.ts";
import { formatSummaries } from "./table.ts";

export const name = "read_case";
export const description =
  "cobre validate of a small case, of 19 million scenario rows, of up to a million entities; " +
  "arguments choose among toy, rows and entities";

const ROUNDS = 5;
/** Of one copy: 4 hydros, 12 thermals, 3 buses and 3 lines. */
const TILE: Size = {
  ...SIZES.S,
  plants: 4,
  thermals: 12,
  buses: 3,
  stages: 2,
  blocks: 1,
  order: 1,
};
const TILE_ENTITIES = 22;

const PARTS: Readonly<Record<string, (folder: string) => Promise<Variant[]>>> = {
  /** Goal: 0.3 s. */
  toy: async (folder) => [await template("1dtoy", folder)],
  /** Goal: 15 s and 2 GB. */
  rows: async (
    folder,
  ) => [await made("160 plants, 2000 scenarios", makeStudy(SIZES.L, 1), folder, 2000)],
  entities: async (folder) => {
    const tile = makeStudy(TILE, 1);
    const variants: Variant[] = [];
    for (const entities of [1e4, 1e5, 1e6]) {
      const study = sideBySide(tile, Math.round(entities / TILE_ENTITIES));
      variants.push(await made(`${entities} entities`, study, folder, 0));
    }
    return variants;
  },
};

/** Measures the named parts, or all. */
export async function run(args: readonly string[]): Promise<void> {
  const unknown = args.filter((part) => !Object.hasOwn(PARTS, part));
  if (unknown.length > 0) {
    throw new Error(`${unknown.join(", ")}: expected ${Object.keys(PARTS).join(", ")}`);
  }
  const meter = await findMeter();
  for (const part of args.length > 0 ? args : Object.keys(PARTS)) {
    const folder = await Deno.makeTempDir({ prefix: "cobre_bench_" });
    try {
      const variants = await PARTS[part]!(folder);
      const results = await interleave(variants, ROUNDS, meter);
      console.log(formatSummaries([...results].map(([label, runs]) => summarise(label, runs))));
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  }
}

/** A template of its own: validating leaves a report in the case. */
async function template(which: string, folder: string): Promise<Variant> {
  const directory = `${folder}/${which}`;
  const { command, args } = cobreVariant("", ["init", "--template", which, directory]);
  const { success } = await new Deno.Command(command, { args: [...args] }).output();
  if (!success) throw new Error(`cobre init --template ${which} failed`);
  return cobreVariant(which, ["validate", directory]);
}

async function made(
  label: string,
  study: Study,
  folder: string,
  external: number,
): Promise<Variant> {
  const directory = `${folder}/${label.replaceAll(/\W+/g, "_")}`;
  await writeCaseContent(directory, caseContent(study, "v05", external));
  return cobreVariant(label, ["validate", directory]);
}
