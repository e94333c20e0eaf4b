/** The JSON files of a case as JSON Schema, for editors and other programs. */
import { caseSchemas } from "../../src/case/mod.ts";
import { type GeneratedFile, jsonText } from "../generated_file.ts";

/** One file per JSON file of a case and layout. */
export const files: readonly GeneratedFile[] = caseSchemas().map(({ file, schema }) => ({
  path: `schemas/${file}`,
  content: () => Promise.resolve(jsonText(schema)),
}));
