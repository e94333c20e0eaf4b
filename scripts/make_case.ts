/**
 * Makes up a power system and writes its study as a case directory. The same arguments always give
 * the same files.
 *
 *     deno run -A scripts/make_case.ts --size S|M|L --out DIR [--dialect v05|v18] [--seed N]
 *                                      [--external SCENARIOS]
 *
 * `--external` adds a file of inflow scenarios, from which the training then draws.
 */
// deno-lint-ignore-file no-console -- a script talks to the person who runs it
import { parseArgs } from "node:util";
import { caseContent, type Layout, LAYOUTS } from "./make_case/layout.ts";
import { type SizeName, SIZES } from "./make_case/size.ts";
import { makeStudy } from "./make_case/study.ts";
import { writeCaseContent } from "./make_case/write_case.ts";

/** What to make, as the command line says. */
export interface Order {
  readonly size: SizeName;
  readonly out: string;
  readonly layout: Layout;
  readonly seed: number;
  readonly external: number;
}

/** Reads the command line; throws a sentence for people where it is wrong. */
export function readOrder(args: readonly string[]): Order {
  const { values } = parseArgs({
    args: [...args],
    options: {
      size: { type: "string" },
      out: { type: "string" },
      dialect: { type: "string", default: "v05" },
      seed: { type: "string", default: "1" },
      external: { type: "string", default: "0" },
    },
  });
  if (values.out === undefined) throw new Error("--out DIR is missing: where to write the case");
  return {
    size: oneOf("--size", values.size, Object.keys(SIZES) as SizeName[]),
    out: values.out,
    layout: oneOf("--dialect", values.dialect, LAYOUTS),
    seed: wholeNumber("--seed", values.seed),
    external: wholeNumber("--external", values.external),
  };
}

/** Makes the case and writes it. */
export async function makeCase({ size, out, layout, seed, external }: Order): Promise<void> {
  const study = makeStudy(SIZES[size], seed);
  await writeCaseContent(out, caseContent(study, layout, external));
}

function oneOf<T extends string>(flag: string, given: string | undefined, known: readonly T[]): T {
  const found = known.find((word) => word === given);
  if (found === undefined) {
    throw new Error(`${flag} is ${given ?? "missing"}, expected one of ${known.join(", ")}`);
  }
  return found;
}

function wholeNumber(flag: string, given: string): number {
  const value = Number(given);
  if (!/^\d+$/.test(given) || !Number.isSafeInteger(value)) {
    throw new Error(`${flag} is ${given}, expected a whole number`);
  }
  return value;
}

async function main(args: readonly string[]): Promise<number> {
  try {
    const order = readOrder(args);
    await makeCase(order);
    console.log(`wrote the case ${order.size} (${order.layout}) to ${order.out}`);
    return 0;
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    return 1;
  }
}

if (import.meta.main) {
  main(Deno.args).then((code) => Deno.exit(code));
}
