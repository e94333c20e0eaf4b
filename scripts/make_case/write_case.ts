/** Writes a case that is at hand as data. */
import { dirname } from "node:path";
import { writeParquetTable } from "../../src/files/mod.ts";
import type { CaseContent } from "./case_content.ts";

/** Writes every file of a case into a folder, which is made where it is missing. */
export async function writeCaseContent(directory: string, content: CaseContent): Promise<void> {
  for (const [file, value] of Object.entries(content)) {
    const path = `${directory}/${file}`;
    await Deno.mkdir(dirname(path), { recursive: true });
    if (Array.isArray(value)) await writeParquetTable(path, value);
    else await Deno.writeTextFile(path, JSON.stringify(value, null, 1) + "\n");
  }
}
