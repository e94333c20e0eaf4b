/** The protocol as JSON Schema, for consumers in other languages. */
import { protocolSchemas } from "../../src/protocol/schemas.ts";
import { type GeneratedFile, jsonText } from "../generated_file.ts";

/** One file per schema. */
export const files: readonly GeneratedFile[] = protocolSchemas().map(({ file, schema }) => ({
  path: `schemas/${file}`,
  content: () => Promise.resolve(jsonText(schema)),
}));
