import assert from "node:assert/strict";
import { CONFIG, configFromV05, configFromV18 } from "./config.ts";
import { checkConfigV05, checkConfigV18 } from "./config_checks.ts";
import type { ConfigV05, ConfigV18 } from "./config_schema.ts";
import { assertRules, changed, type Loose, readValue } from "./test_support.ts";

const limit = { type: "iteration_limit", limit: 5 };
const older = { training: { forward_passes: 2, stopping_rules: [limit] } };
const newer = {
  training: { selection: { method: "sampled", forward_passes: 2 }, stopping_rules: [limit] },
};

function toV05(value: Loose, noiseFile = false) {
  const read = readValue(CONFIG, "v0.5", value, checkConfigV05).value as ConfigV05;
  return configFromV05(read, noiseFile);
}

function toV18(value: Loose) {
  const read = readValue(CONFIG, "v0.18", value, checkConfigV18).value as ConfigV18;
  return configFromV18(read, "/cases/one");
}

Deno.test("each rule of a v0.5 config.json is broken by name", () => {
  const source = (extra: Loose) => (copy: Loose) =>
    copy.training.scenario_source = { seed: 1, ...extra };
  assertRules(CONFIG, "v0.5", older, [
    [(c) => delete c.training.forward_passes, "C1", "SchemaViolation", /missing/],
    [(c) => c.training.forward_passes = 0, "C1", "OutOfRange", /at least 1/],
    [(c) => c.training.forward_passes = null, "L2.type", "TypeMismatch", /is null/],
    [(c) => delete c.training.stopping_rules, "C2", "SchemaViolation", /missing/],
    [(c) => c.training.stopping_rules = [], "C11", "SchemaViolation", /no iteration_limit/],
    [(c) => c.training.stopping_rules.push({ type: "gap" }), "C3", "InvalidEnum", /gap/],
    [(c) => c.training.stopping_mode = "some", "C3", "InvalidEnum", /any or all/],
    [(c) => c.policy = { mode: "warm" }, "C3", "InvalidEnum", /warm_start/],
    [(c) => c.estimation = { order_selection: "aic" }, "C3", "InvalidEnum", /pacf/],
    [
      (c) => c.modeling = { inflow_non_negativity: { method: "clip" } },
      "C3",
      "InvalidEnum",
      /truncation/,
    ],
    [(c) => c.estimation = { order_selection: "fixed" }, "C4", "IgnoredInput", /deprecated/],
    [(c) => c.training.cut_selection = { threshold: 3 }, "C5", "IgnoredInput", /memory_window/],
    [source({ inflow: { scheme: "outside" } }), "C6", "InvalidEnum", /in_sample/],
    [source({ historical_years: [1999] }), "C7", "IncompatibleSettings", /no class/],
    [
      source({ inflow: { scheme: "historical" }, historical_years: { from: 9, to: 8 } }),
      "C7",
      "CapacityViolation",
      /from 9 to 8/,
    ],
    [source({ load: { scheme: "historical" } }), "C8", "InvalidEnum", /in_sample/],
    [
      source({ seed: null, inflow: { scheme: "historical" } }),
      "C9",
      "SchemaViolation",
      /seed is missing/,
    ],
    [
      source({ ncs: { scheme: "in_sample", extra: 1 } }),
      "L2.unknown_key",
      "SchemaViolation",
      /not a known key/,
    ],
    [(c) => c.training.cut_selection = { enabled: true }, "C10", "SchemaViolation", /method/],
    [
      (c) => c.training.cut_selection = { enabled: true, method: "lml1", check_frequency: 0 },
      "C10",
      "OutOfRange",
      /at least 1/,
    ],
    [(c) => c.training.forward_pass = { type: "default" }, "C13", "IgnoredInput", /no effect/],
    [(c) => c.simulation = { output_mode: "x" }, "C13", "IgnoredInput", /output folder/],
    [
      (c) => c.training.cut_selection = { basis_activity_window: 3 },
      "C13",
      "IgnoredInput",
      /no effect/,
    ],
    [
      (c) => c.training.cut_selection = { enabled: true, method: "level1", memory_window: 3 },
      "C13",
      "IgnoredInput",
      /memory_window has no effect: only the method lml1/,
    ],
    [
      (c) => c.training.cut_selection = { enabled: true, method: "lml1", domination_epsilon: 1 },
      "C13",
      "IgnoredInput",
      /domination_epsilon has no effect: only the method domination/,
    ],
    [
      (c) => c.training.cut_selection = { method: "lml1" },
      "C13",
      "IgnoredInput",
      /method has no effect: enabled is not given/,
    ],
    [
      (c) => c.policy = { checkpointing: { interval_iterations: 5 } },
      "C18",
      "IgnoredInput",
      /^config\.json: policy\.checkpointing has no effect: enabled is not given/,
    ],
    [
      (c) => c.upper_bound_evaluation = { initial_iteration: 5 },
      "C18",
      "IgnoredInput",
      /upper_bound_evaluation has no effect/,
    ],
    [(c) => c.policy = { path: "./" }, "C14", "SchemaViolation", /folder of its own/],
    [(c) => c.policy = { path: "../.." }, "C14", "SchemaViolation", /folder of its own/],
    [(c) => c.policy = { path: "training" }, "C14", "SchemaViolation", /folder of its own/],
    [
      (c) => c.policy = { checkpointing: { enabled: true, interval_iterations: 0 } },
      "C15",
      "SchemaViolation",
      /at least 1/,
    ],
    [
      (c) => c.exports = { forward_detail: true },
      "L2.ignored_key",
      "IgnoredInput",
      /forward_detail/,
    ],
  ], checkConfigV05);
});

Deno.test("each rule of a v0.18 config.json is broken by name", () => {
  assertRules(CONFIG, "v0.18", newer, [
    [(c) => delete c.training.selection, "C1", "SchemaViolation", /missing/],
    [
      (c) => c.training.selection = { method: "enumerated" },
      "C12",
      "IncompatibleSettings",
      /sampl/,
    ],
    [
      (c) => c.simulation = { selection: { method: "enumerated" } },
      "C12",
      "IncompatibleSettings",
      /simulation.selection.method/,
    ],
    [
      (c) => c.training.stopping_rules.push({ type: "gap", tolerance: 1 }),
      "C12",
      "IncompatibleSettings",
      /stopping_rules\[1\].type/,
    ],
    [
      (c) => c.training.parallelism = { backward_scheduler: { method: "by_node" } },
      "C12",
      "IncompatibleSettings",
      /backward_scheduler/,
    ],
    [(c) => c.training.stopping_mode = "ALL", "C3", "InvalidEnum", /any, all/],
    [
      (c) => c.policy = { checkpointing: { enabled: true } },
      "C15",
      "SchemaViolation",
      /interval_iterations missing/,
    ],
    [
      (c) => c.training.cut_formulation = "single",
      "L2.unknown_key",
      "SchemaViolation",
      /known key/,
    ],
  ], checkConfigV18);
});

Deno.test("a cap of cuts below the forward passes brings a warning", () => {
  const value = changed(older, (c) => c.training.cut_selection = { max_active_per_stage: 1 });
  const { records } = readValue(CONFIG, "v0.5", value, checkConfigV05);
  assert.deepEqual(records.map((record) => record.context["rule"]), ["C16"]);
});

Deno.test("the same settings give the same config in both layouts", () => {
  assert.deepEqual(toV05(older), toV18(newer));
  const both = {
    training: {
      tree_seed: -7,
      enabled: false,
      stopping_mode: "all",
      solver: { retry_max_attempts: 2 },
      stopping_rules: [limit, { type: "bound_stalling", iterations: 3, tolerance: 0.1 }],
      scenario_source: {
        seed: 3,
        inflow: { scheme: "historical" },
        load: { scheme: "external" },
        historical_years: { from: 1990, to: 1999 },
      },
    },
    policy: { mode: "resume", path: "p", checkpointing: { enabled: true, interval_iterations: 2 } },
    exports: { states: true },
    estimation: { order_selection: "pacf_annual", max_order: 3 },
    upper_bound_evaluation: { enabled: true, lipschitz: { mode: "auto" } },
  };
  const v05 = changed(both, (c) => {
    c.training.forward_passes = 9;
    c.training.cut_selection = {
      enabled: true,
      method: "domination",
      domination_epsilon: 0.5,
      cut_activity_tolerance: 0.25,
    };
    c.simulation = { enabled: true, num_scenarios: 4 };
  });
  const v18 = changed(both, (c) => {
    c.training.selection = { method: "sampled", forward_passes: 9 };
    c.training.cut_selection = {
      selection: { method: "domination", domination_tolerance: 0.5 },
      row_activity_tolerance: 0.25,
    };
    c.simulation = { enabled: true, selection: { method: "sampled", num_scenarios: 4 } };
  });
  assert.deepEqual(toV05(v05), toV18(v18));
});

Deno.test("count-based and tie-based selections are told apart", () => {
  const counts = changed(
    older,
    (c) => c.training.cut_selection = { enabled: true, method: "lml1", threshold: 4 },
  );
  assert.deepEqual(toV05(counts).training.cutSelection, {
    method: "lml1",
    checkFrequency: 5,
    tieTolerance: null,
    threshold: 4,
    memoryWindow: 4,
  });
  const ties = changed(newer, (c) => c.training.cut_selection = { selection: { method: "lml1" } });
  assert.deepEqual(toV18(ties).training.cutSelection, {
    method: "lml1",
    checkFrequency: 5,
    tieTolerance: 1e-10,
    threshold: 0,
    memoryWindow: 0,
  });
});

Deno.test("no scenarios mean no simulation, and a noise file means that it is used (v0.5)", () => {
  const value = changed(older, (c) => c.simulation = { enabled: true, num_scenarios: 0 });
  assert.equal(toV05(value).simulation.enabled, false);
  assert.equal(toV05(older, true).training.openings, "file");
  assert.equal(toV05(older, false).training.openings, "generated");
});

Deno.test("the boundary of a v0.18 case starts at the case", () => {
  const value = changed(newer, (c) => c.policy = { boundary: { path: "../two/policy" } });
  assert.deepEqual(toV18(value).policy.boundary, {
    path: "/cases/two/policy",
    sourceStage: null,
    strict: false,
  });
});
