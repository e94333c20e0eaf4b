/**
 * Writes the case templates that `cobre init` copies.
 *
 *     deno task fixtures
 */
// deno-lint-ignore-file no-console -- a script talks to the person who runs it
import { type CaseFiles, ParquetFile, writeCase } from "../tests/support/case_files.ts";
import { compactJson } from "./fixtures/compact_json.ts";
import { deterministic } from "./fixtures/deterministic.ts";
import { oneDToy } from "./fixtures/one_d_toy.ts";
import { regional } from "./fixtures/regional.ts";
import type { CaseTemplate } from "./fixtures/template.ts";

const TEMPLATES: readonly CaseTemplate[] = [oneDToy, deterministic, regional];

/** Writes every template into a folder of its name below `root`. */
export async function makeFixtures(root: string): Promise<string[]> {
  for (const { name, files } of TEMPLATES) {
    const texts: CaseFiles = {};
    for (const [file, content] of Object.entries(files)) {
      const asIs = content instanceof ParquetFile || typeof content === "string";
      texts[file] = asIs ? content : compactJson(content);
    }
    await writeCase(`${root}/${name}`, texts);
  }
  return TEMPLATES.map(({ name }) => name);
}

if (import.meta.main) {
  const root = new URL("../fixtures/templates", import.meta.url).pathname;
  makeFixtures(root).then((names) => console.log(`wrote ${names.join(", ")} to ${root}`));
}
