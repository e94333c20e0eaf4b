/** Every rule, in the order in which problems are reported within a layer. */
import { CASE_RULES, type RuleInfo } from "../case/mod.ts";
import type { Rule } from "./rule.ts";
import { rules as anticipated } from "./rules/anticipated.ts";
import { rules as blockFactors } from "./rules/block_factors.ts";
import { rules as bounds } from "./rules/bounds.ts";
import { rules as cascade } from "./rules/cascade.ts";
import { rules as correlation } from "./rules/correlation.ts";
import { rules as coverage } from "./rules/coverage.ts";
import { rules as estimation } from "./rules/estimation.ts";
import { rules as external } from "./rules/external.ts";
import { rules as filling } from "./rules/filling.ts";
import { rules as geometry } from "./rules/geometry.ts";
import { rules as head } from "./rules/head.ts";
import { rules as historical } from "./rules/historical.ts";
import { rules as historyAgreement } from "./rules/history_agreement.ts";
import { rules as inflow } from "./rules/inflow.ts";
import { rules as initialConditions } from "./rules/initial_conditions.ts";
import { rules as lifeCycle } from "./rules/life_cycle.ts";
import { rules as network } from "./rules/network.ts";
import { rules as overrideRows } from "./rules/override_rows.ts";
import { rules as pastInflows } from "./rules/past_inflows.ts";
import { rules as pastSeasons } from "./rules/past_seasons.ts";
import { rules as penalties } from "./rules/penalties.ts";
import { rules as postStudy } from "./rules/post_study.ts";
import { rules as production } from "./rules/production.ts";
import { rules as pumping } from "./rules/pumping.ts";
import { rules as references } from "./rules/references.ts";
import { rules as runSettings } from "./rules/run_settings.ts";
import { rules as stability } from "./rules/stability.ts";
import { rules as stageIds } from "./rules/stage_ids.ts";
import { rules as stages } from "./rules/stages.ts";
import { rules as tableReferences } from "./rules/table_references.ts";
import { rules as travelTime } from "./rules/travel_time.ts";
import { rules as unitGroups } from "./rules/unit_groups.ts";
import { rules as units } from "./rules/units.ts";
import { rules as userConstraints } from "./rules/user_constraints.ts";

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
  ...head,
  ...bounds,
  ...penalties,
  ...overrideRows,
  ...userConstraints,
  ...initialConditions,
  ...pastInflows,
  ...pastSeasons,
  ...inflow,
  ...stability,
  ...estimation,
  ...historyAgreement,
  ...historical,
  ...correlation,
  ...blockFactors,
  ...external,
  ...anticipated,
  ...postStudy,
  ...travelTime,
  ...pumping,
  ...filling,
  ...unitGroups,
  ...units,
  ...runSettings,
];

/** Every rule of every layer, for documents and tests. */
export function ruleCatalogue(): readonly RuleInfo[] {
  return [...CASE_RULES, ...RULES];
}
