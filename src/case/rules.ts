/** The rules of this room, for the manual. */
import { JSON_FILES } from "./json_files.ts";
import { GENERIC_RULES, type RuleInfo } from "./rule.ts";
import { TABLE_RULES } from "./table/rules.ts";

/** Every rule of layers 1 and 2, and those of higher layers that the reading of files checks. */
export const CASE_RULES: readonly RuleInfo[] = [
  ...GENERIC_RULES,
  ...JSON_FILES.flatMap((file) => file.rules),
  ...TABLE_RULES,
];
