/** Writing the JSON Schemas of everything that goes into and comes out of the program. */
import { dirname, join, resolve } from "node:path";
import { makeFolder } from "./make_folder.ts";

/** What was written. */
export interface SchemaExport {
  /** Absolute. */
  readonly directory: string;
  /** Paths below the directory, sorted. */
  readonly files: readonly string[];
}

/** Writes every schema into a directory, which is made if need be; old files are overwritten. */
export async function exportSchemas(directory: string): Promise<SchemaExport> {
  const target = resolve(directory);
  const { protocolSchemas } = await import("../protocol/schemas.ts");
  const { caseSchemas } = await import("../case/mod.ts");
  const { writeFileAtomic } = await import("../files/mod.ts");
  const schemas = [...protocolSchemas(), ...caseSchemas()]
    .sort((a, b) => a.file < b.file ? -1 : 1);
  for (const { file, schema } of schemas) {
    const path = join(target, file);
    await makeFolder(dirname(path));
    await writeFileAtomic(path, `${JSON.stringify(schema, null, 2)}\n`);
  }
  return { directory: target, files: schemas.map(({ file }) => file) };
}
