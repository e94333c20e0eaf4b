/** `stages.json`: the time structure of a study. */
import { schemaRules } from "../rule.ts";
import { overrideOf, toCycle } from "./horizon.ts";
import { type FileReport, jsonFile } from "./issues.ts";
import { pathText } from "./report.ts";
import { seasonIds } from "./stage_seasons.ts";
import { stagesV05, type StagesV18, stagesV18 } from "./stages_schema.ts";

const FILE = "stages.json";

const rule = schemaRules(FILE);

/** The file. */
export const STAGES = jsonFile({
  file: FILE,
  noun: "Stage",
  list: "stages",
  schemaV05: stagesV05,
  schemaV18: stagesV18,
  unique: [
    { list: "stages", key: ["id"], rule: "T3" },
    { list: "pre_study_stages", key: ["id"], rule: "T3" },
  ],
  rules: [
    rule("T1", "SchemaViolation", "scenario_source is not in this file"),
    rule("T2", "OutOfRange", "Discount rates are not negative, in cyclic studies positive", [
      "annual_discount_rate",
      "annual_discount_rate_override",
    ]),
    rule("T3", "DuplicateId", "Stage ids are unique"),
    rule("T4", "OutOfRange", "Every stage has at least one opening", [
      "stages.num_scenarios",
      "stages.num_openings",
    ]),
    rule("T5", "OutOfRange", "Blocks have positive hours", ["blocks.hours"]),
    rule("T6", "SchemaViolation", "Block ids are 0 to n − 1"),
    rule(
      "T7",
      "OutOfRange",
      "Risk measures are expectation or CVaR with alpha and lambda in range",
      [
        "risk_measure",
        "risk_measure.cvar.*",
      ],
    ),
    rule("T8", "SchemaViolation", "Dates are dates, and a stage ends after it starts", [
      "start_date",
      "end_date",
    ]),
    rule("T9", "InvalidEnum", "Modes, methods and types are known words", [
      "block_mode",
      "sampling_method",
      "policy_graph.type",
      "season_definitions.cycle_type",
    ]),
    rule("T10", "DuplicateId", "Season ids are unique"),
    rule(
      "T11",
      "IncompatibleSettings",
      "Cyclic v0.18 studies and graphs of nodes are not supported",
    ),
    rule("T12", "SchemaViolation", "In the v0.18 layout seasons agree with dates"),
    rule("T13", "IncompatibleSettings", "A stage and its transition give one discount rate"),
    rule("N-6", "OutOfRange", "Study stages have ids from 0, pre-study stages below 0", [
      "stages.id",
      "pre_study_stages.id",
    ]),
    rule("N-6.blocks", "SchemaViolation", "Every stage has a block", ["stages.blocks"]),
  ],
});

/** What the v0.18 layout allows and Cobre refuses by name. */
export function checkStagesV18(value: StagesV18, report: FileReport): void {
  const refuse = (path: readonly (string | number)[], detail: string) =>
    report.fault({
      kind: "IncompatibleSettings",
      rule: "T11",
      path,
      message: `${FILE}: ${pathText(path)} is not supported: ${detail}`,
      context: { settings: [pathText(path)], detail },
    });
  const { policy_graph } = value;
  if (policy_graph.type === "cyclic") {
    refuse(["policy_graph", "type"], "the v0.18 layout reserves cyclic; use finite_horizon");
  }
  if (policy_graph.nodes.length > 0) {
    refuse(["policy_graph", "nodes"], "studies follow stages, not nodes; remove the nodes");
  }
  value.stages.forEach((stage, index) => {
    const own = stage.annual_discount_rate_override;
    const folded = overrideOf(policy_graph.transitions, stage.id);
    if (own === null || folded === null || own === folded) return;
    report.fault({
      kind: "IncompatibleSettings",
      rule: "T13",
      path: ["stages", index, "annual_discount_rate_override"],
      message: `Stage ${stage.id} has annual_discount_rate_override ${own}, but its transition ` +
        `has ${folded}: expected one of them, or the same`,
      context: {
        settings: [
          "stages.annual_discount_rate_override",
          "policy_graph.transitions.annual_discount_rate_override",
        ],
      },
    });
  });
  seasonIds(value, toCycle(value), report);
}
