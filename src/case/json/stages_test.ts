import assert from "node:assert/strict";
import { formatIsoDate } from "../../numeric/mod.ts";
import { horizonFromV05, horizonFromV18 } from "./horizon.ts";
import { checkStagesV18, STAGES } from "./stages.ts";
import type { StagesV05, StagesV18 } from "./stages_schema.ts";
import { assertRules, changed, type Loose, readValue } from "./test_support.ts";

const months = Array.from({ length: 12 }, (_, k) => ({
  id: k,
  label: `M${k + 1}`,
  month_start: k + 1,
}));
const block = () => ({ id: 0, name: "ALL", hours: 700 });
const stage = (id: number, from: string, to: string): Loose => ({
  id,
  start_date: from,
  end_date: to,
  blocks: [block()],
  num_scenarios: 3,
});
const older = {
  season_definitions: { cycle_type: "monthly", seasons: months },
  policy_graph: { type: "finite_horizon", annual_discount_rate: 0.1 },
  pre_study_stages: [{ id: -1, start_date: "2029-12-01", end_date: "2030-01-01" }],
  stages: [stage(0, "2030-01-01", "2030-02-01"), stage(1, "2030-02-01", "2030-03-01")],
};
const newer: Loose = changed(older, (c) => {
  for (const item of c.stages) {
    item.num_openings = item.num_scenarios;
    delete item.num_scenarios;
  }
});

function toV05(value: Loose) {
  return horizonFromV05(readValue(STAGES, "v0.5", value).value as StagesV05);
}
function toV18(value: Loose) {
  return horizonFromV18(readValue(STAGES, "v0.18", value, checkStagesV18).value as StagesV18);
}

Deno.test("each rule of a v0.5 stages.json is broken by name", () => {
  assertRules(STAGES, "v0.5", older, [
    [(c) => c.scenario_source = {}, "T1", "SchemaViolation", /config.json/],
    [(c) => c.policy_graph.annual_discount_rate = -1, "T2", "OutOfRange", /at least 0/],
    [
      (c) => c.policy_graph = { type: "cyclic", annual_discount_rate: 0 },
      "T2",
      "OutOfRange",
      /above 0 in a cyclic/,
    ],
    [(c) => c.stages[1].id = 0, "T3", "DuplicateId", /stages\[1\] repeats id 0/],
    [(c) => c.stages[1].num_scenarios = 0, "T4", "OutOfRange", /at least 1/],
    [(c) => c.stages[1].blocks[0].hours = 0, "T5", "OutOfRange", /above 0/],
    [(c) => c.stages[1].blocks[0].id = 1, "T6", "SchemaViolation", /too large/],
    [(c) => c.stages[1].blocks = [block(), block()], "T6", "SchemaViolation", /appears twice/],
    [(c) => c.stages[1].risk_measure = "cvar", "T7", "InvalidEnum", /expectation/],
    [
      (c) => c.stages[1].risk_measure = { cvar: { alpha: 0, lambda: 0.5 } },
      "T7",
      "OutOfRange",
      /alpha is 0/,
    ],
    [(c) => c.stages[1].start_date = "2030-02-30", "T8", "SchemaViolation", /YYYY-MM-DD/],
    [(c) => c.stages[1].end_date = "2030-02-01", "T8", "SchemaViolation", /a day after/],
    [(c) => c.stages[1].block_mode = "serial", "T9", "InvalidEnum", /chronological/],
    [(c) => c.stages[1].sampling_method = "mc", "T9", "InvalidEnum", /saa/],
    [(c) => c.season_definitions.cycle_type = "daily", "T9", "InvalidEnum", /monthly/],
    [(c) => c.season_definitions.seasons[1].id = 0, "T10", "DuplicateId", /twice/],
    [(c) => c.stages[1].id = -4, "N-6", "OutOfRange", /at least 0/],
    [(c) => c.pre_study_stages[0].id = 3, "N-6", "OutOfRange", /at most -1/],
    [
      (c) => c.stages[1].blocks = [],
      "N-6.blocks",
      "SchemaViolation",
      /has 0 items, expected at least 1 item/,
    ],
  ]);
});

Deno.test("each rule of a v0.18 stages.json is broken by name", () => {
  assertRules(STAGES, "v0.18", newer, [
    [(c) => c.policy_graph.type = "cyclic", "T11", "IncompatibleSettings", /reserves cyclic/],
    [
      (c) => c.policy_graph.nodes = [{ id: 0, stage_id: 0 }],
      "T11",
      "IncompatibleSettings",
      /policy_graph.nodes is not supported/,
    ],
    [(c) => c.stages[1].season_id = 2, "T12", "SchemaViolation", /season 1 'M2'/],
    [
      (c) => {
        c.season_definitions.cycle_type = "custom";
        c.season_definitions.seasons.push({ id: 12, label: "Q", month_start: 1, month_end: 3 });
        c.stages[0].season_id = 0;
        c.pre_study_stages = [];
      },
      "T12",
      "SchemaViolation",
      /Stage 1 has no season_id/,
    ],
    [
      (c) => {
        c.stages[0].annual_discount_rate_override = 0.2;
        c.policy_graph.transitions = [
          { source_id: 0, target_id: 1, probability: 1, annual_discount_rate_override: 0.3 },
        ];
      },
      "T13",
      "IncompatibleSettings",
      /0.2/,
    ],
    [(c) => delete c.stages[1].num_openings, "L2.missing", "SchemaViolation", /num_openings/],
  ], checkStagesV18);
});

Deno.test("the same stages give the same horizon in both layouts, in any order", () => {
  const named = changed(older, (c) => {
    c.stages.forEach((item: Loose, index: number) => item.season_id = index);
    c.pre_study_stages[0].season_id = 11;
    c.policy_graph.transitions = [
      { source_id: 0, target_id: 1, probability: 1, annual_discount_rate_override: 0.3 },
    ];
  });
  const reversed = changed(newer, (c) => {
    c.stages.reverse();
    c.stages[1].annual_discount_rate_override = 0.3;
    c.policy_graph.transitions = [{ source_id: 0, target_id: 1, probability: 1 }];
  });
  const horizon = toV05(named);
  assert.deepEqual(toV18(reversed), horizon);
  assert.deepEqual(horizon.stages.map((s) => s.annualDiscountRate), [0.3, 0.1]);
  assert.deepEqual(horizon.stages.map((s) => formatIsoDate(s.startDay)), [
    "2030-01-01",
    "2030-02-01",
  ]);
});

Deno.test("weeks inside a month take its season, and may declare another", () => {
  const weeks = changed(newer, (c) => {
    c.stages = ["2030-01-26", "2030-01-31", "2030-02-07"].map((from, k, all) => ({
      ...newer.stages[0],
      id: k,
      start_date: from,
      end_date: all[k + 1] ?? "2030-02-14",
    }));
    c.stages[2].season_id = 0;
  });
  assert.deepEqual(toV18(weeks).stages.map((s) => s.seasonId), [0, 1, 0]);
});

Deno.test("a v0.5 stage without season has none", () => {
  assert.deepEqual(toV05(older).stages.map((s) => s.seasonId), [null, null]);
});

Deno.test("the expectation may be written in any letter case", () => {
  const value = changed(older, (c) => c.stages[0].risk_measure = "Expectation");
  assert.deepEqual(toV05(value).stages[0]!.risk, { type: "expectation" });
});
