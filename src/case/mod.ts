/** Reads a case directory, in either layout, into the model. Importing this loads the schemas. */
export type { Case, CaseReading, Dialect, Place, Sources } from "./case.ts";
export { type CaseSchema, caseSchemas } from "./json_schema.ts";
export { KNOWN_FILES, type KnownFile, OPTIONAL_FILES, REQUIRED_FILES } from "./known_files.ts";
export { type Problem, Problems } from "./problem.ts";
export { readCase } from "./read_case.ts";
export type { RuleInfo } from "./rule.ts";
export { CASE_RULES } from "./rules.ts";
export { hasSeveralResolutions, type Period, periodOfDay, seasonOfDay } from "./seasons.ts";
