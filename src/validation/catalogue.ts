/** Every rule, in the order in which problems are reported within a layer. */
import { CASE_RULES, type RuleInfo } from "../case/mod.ts";
import type { Rule } from "./rule.ts";
import { rules as bounds } from "./rules/bounds.ts";
import { rules as cascade } from "./rules/cascade.ts";
import { rules as coverage } from "./rules/coverage.ts";
import { rules as geometry } from "./rules/geometry.ts";
import { rules as lifeCycle } from "./rules/life_cycle.ts";
import { rules as network } from "./rules/network.ts";
import { rules as penalties } from "./rules/penalties.ts";
import { rules as production } from "./rules/production.ts";
import { rules as references } from "./rules/references.ts";
import { rules as stageIds } from "./rules/stage_ids.ts";
import { rules as stages } from "./rules/stages.ts";
import { rules as tableReferences } from "./rules/table_references.ts";

/** The rules of layers 3 to 5, by subject. */
export const RULES: readonly Rule[] = [
  ...references,
  ...tableReferences,
  ...stageIds,
  ...coverage,
  ...stages,
  ...cascade,
  ...lifeCycle,
  ...network,
  ...geometry,
  ...production,
  ...bounds,
  ...penalties,
];

/** Every rule of every layer, for documents and tests. */
export function ruleCatalogue(): readonly RuleInfo[] {
  return [...CASE_RULES, ...RULES];
}
