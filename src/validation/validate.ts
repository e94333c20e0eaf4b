/** Layers 3 to 5 of validation: references, coverage, meaning. */
import { type Case, type Problem, Problems } from "../case/mod.ts";
import { RULES } from "./catalogue.ts";
import { runRule } from "./rule.ts";

/** Runs every rule over a case and returns all problems, by layer and then in catalogue order. */
export function validate(input: Case): readonly Problem[] {
  const problems = new Problems();
  for (const rule of RULES) runRule(rule, input, problems);
  return [...problems.all].sort((a, b) => a.layer - b.layer);
}
