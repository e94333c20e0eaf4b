/** The case templates that come with the program. */
import { VALIDATION_REPORT } from "./validation_report.ts";

/** A case to start from. */
export interface Template {
  readonly name: string;
  /** One line for a list. */
  readonly description: string;
}

/** The templates, the one to begin with first. */
export const TEMPLATES: readonly Template[] = [
  {
    name: "1dtoy",
    description: "One bus, one reservoir, two thermal plants, four months: small enough to follow",
  },
  {
    name: "deterministic",
    description: "One reservoir and known inflows: the least cost can be worked out by hand",
  },
  {
    name: "regional",
    description:
      "Three regions, eight plants on two rivers, wind, a year of months in three blocks",
  },
];

/** The templates lie beside the sources, wherever these are: in a checkout or inside the program. */
const FOLDER = new URL("../../fixtures/templates/", import.meta.url);

/** What validating or running a template in its place leaves behind. */
const LEFT_BEHIND = [VALIDATION_REPORT, "output"];

/** The files of a template by relative path, in the order of their paths. */
export async function templateFiles(name: string): Promise<Map<string, Uint8Array>> {
  const root = new URL(`${name}/`, FOLDER);
  const paths = (await listBelow(root, "")).sort();
  const contents = paths.map(async (path) => [path, await Deno.readFile(new URL(path, root))]);
  return new Map(await Promise.all(contents) as [string, Uint8Array][]);
}

async function listBelow(root: URL, prefix: string): Promise<string[]> {
  const found: string[] = [];
  for await (const entry of Deno.readDir(new URL(prefix, root))) {
    const path = prefix + entry.name;
    if (LEFT_BEHIND.includes(path)) continue;
    if (entry.isDirectory) found.push(...await listBelow(root, `${path}/`));
    else found.push(path);
  }
  return found;
}
