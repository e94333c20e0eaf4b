/** Every rule, in the order in which problems are reported within a layer. */
import { CASE_RULES, type RuleInfo } from "../case/mod.ts";
import type { Rule } from "./rule.ts";
import { rules as references } from "./rules/references.ts";

/** The rules of layers 3 to 5, by subject. */
export const RULES: readonly Rule[] = [
  ...references,
];

/** Every rule of every layer, for documents and tests. */
export function ruleCatalogue(): readonly RuleInfo[] {
  return [...CASE_RULES, ...RULES];
}
