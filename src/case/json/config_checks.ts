/** What must hold between the settings of `config.json`, and which of them have no effect. */
import { posix } from "node:path";
import { type RuleInfo, schemaRules } from "../rule.ts";
import type { ConfigV05, ConfigV18 } from "./config_schema.ts";
import type { FileReport, Path } from "./issues.ts";
import { pathText } from "./report.ts";

const FILE = "config.json";

const rule = schemaRules(FILE);

/** The rules of the file. */
export const CONFIG_RULES: readonly RuleInfo[] = [
  rule("C1", "SchemaViolation", "The number of forward passes is given, and at least 1", [
    "training.forward_passes",
    "training.selection",
    "training.selection.forward_passes",
  ]),
  rule("C2", "SchemaViolation", "There is a list of stopping rules", ["training.stopping_rules"]),
  rule("C3", "InvalidEnum", "Methods, modes and types are known words", [
    "training.stopping_rules.type",
    "training.stopping_mode",
    "training.cut_formulation",
    "training.cut_selection.method",
    "training.cut_selection.selection.method",
    "modeling.inflow_non_negativity.method",
    "policy.mode",
    "estimation.order_selection",
  ]),
  rule("C4", "IgnoredInput", "order_selection fixed is an old name of pacf"),
  rule("C5", "IgnoredInput", "cut_selection.threshold is an old name"),
  rule("C6", "InvalidEnum", "Sampling schemes are known words", [
    "scenario_source.inflow.scheme",
  ]),
  rule(
    "C7",
    "IncompatibleSettings",
    "historical_years comes with a historical class, and is a range that does not end early",
    ["scenario_source.historical_years"],
  ),
  rule("C8", "InvalidEnum", "Only inflows can be historical", [
    "scenario_source.load.scheme",
    "scenario_source.ncs.scheme",
  ]),
  rule(
    "C9",
    "SchemaViolation",
    "There is a seed where draws are made outside the opening tree",
    ["scenario_source.seed"],
  ),
  rule("C10", "SchemaViolation", "An enabled cut selection has a method and a positive period"),
  rule("C11", "SchemaViolation", "One of the stopping rules is an iteration_limit"),
  rule(
    "C12",
    "IncompatibleSettings",
    "Enumerated trajectories, the gap rule and the by_node scheduler are not supported",
  ),
  rule("C13", "IgnoredInput", "Some settings of the v0.5 layout have no effect"),
  rule("C18", "IgnoredInput", "A section with settings says whether it is enabled"),
  rule(
    "C14",
    "SchemaViolation",
    "The policy folder is not the output folder, one above it, or one that a run replaces",
  ),
  rule("C15", "SchemaViolation", "Enabled checkpoints have a positive interval"),
  rule("C17", "MissingFile", "An opening tree that is to be read from its file is there"),
  {
    ...rule("C16", "PhysicalConstraint", "A stage keeps the cuts of at least one iteration"),
    severity: "warning",
  },
];

/** Checks between the settings of a v0.5 file, and the settings that have no effect. */
export function checkConfigV05(value: ConfigV05, report: FileReport): void {
  const { training, modeling, simulation, policy, estimation } = value;
  const inert = (path: Path, rule: string, detail: string) =>
    report.ignored(rule, path, `${FILE}: ${pathText(path)} has no effect: ${detail}`, detail);
  const cutSelection = ["training", "cut_selection"];
  if (training.forward_pass !== null) {
    inert(["training", "forward_pass"], "C13", "there is one kind of forward pass");
  }
  if (modeling.inflow_non_negativity.penalty_cost !== 1000) {
    inert(
      ["modeling", "inflow_non_negativity", "penalty_cost"],
      "C13",
      "the cost is inflow_nonnegativity_cost of penalties.json and of hydros",
    );
  }
  for (const field of ["output_path", "output_mode"] as const) {
    if (simulation[field] === null) continue;
    inert(["simulation", field], "C13", "the output folder is an option of the command");
  }
  const selection = training.cut_selection;
  if (selection.basis_activity_window !== null) {
    const path = [...cutSelection, "basis_activity_window"];
    inert(path, "C13", "bases come from the same iteration");
  }
  if (selection.memory_window !== null && selection.method !== "lml1") {
    inert([...cutSelection, "memory_window"], "C13", "only the method lml1 has a window");
  }
  if (selection.domination_epsilon !== null && selection.method !== "domination") {
    const path = [...cutSelection, "domination_epsilon"];
    inert(path, "C13", "only the method domination has a tolerance");
  }
  if (selection.enabled === null && selection.method !== null) {
    inert([...cutSelection, "method"], "C13", "enabled is not given, so that all cuts stay");
  }
  if (selection.threshold !== null) {
    const path = [...cutSelection, "threshold"];
    const detail = "use memory_window (lml1) or domination_epsilon (domination)";
    report.ignored("C5", path, `${FILE}: ${pathText(path)} is deprecated: ${detail}`, detail);
  }
  if (estimation.order_selection === "fixed") {
    const path = ["estimation", "order_selection"];
    const detail = "fixed is an old name of pacf";
    report.ignored("C4", path, `${FILE}: ${pathText(path)} is deprecated: ${detail}`, detail);
  }
  checkSwitches(value, report);
  checkIterationLimit(training.stopping_rules, report);
  checkPolicyPath(policy.path, report);
  checkCheckpointing(policy.checkpointing, report);
  checkCutLimit(selection.max_active_per_stage, training.forward_passes, report);
}

/** Checks between the settings of a v0.18 file, and the settings that are not supported. */
export function checkConfigV18(value: ConfigV18, report: FileReport): void {
  const { training, simulation, policy } = value;
  const refuse = (path: Path, detail: string) =>
    report.fault({
      kind: "IncompatibleSettings",
      rule: "C12",
      path,
      message: `${FILE}: ${pathText(path)} is not supported: ${detail}`,
      context: { settings: [pathText(path)], detail },
    });
  const enumerated = "trajectories are sampled, not enumerated; use method sampled";
  if (training.selection.method === "enumerated") {
    refuse(["training", "selection", "method"], enumerated);
  }
  if (simulation.selection?.method === "enumerated") {
    refuse(["simulation", "selection", "method"], enumerated);
  }
  training.stopping_rules.forEach((stop, index) => {
    if (stop.type !== "gap") return;
    const detail = "the rule gap needs enumerated trajectories; use bound_stalling";
    refuse(["training", "stopping_rules", index, "type"], detail);
  });
  if (training.parallelism.backward_scheduler.method === "by_node") {
    const detail = "the unit of work is a trajectory; use by_scenario, the result is the same";
    refuse(["training", "parallelism", "backward_scheduler", "method"], detail);
  }
  checkSwitches(value, report);
  checkIterationLimit(training.stopping_rules, report);
  checkPolicyPath(policy.path, report);
  checkCheckpointing(policy.checkpointing, report);
  if (training.selection.method === "sampled") {
    const passes = training.selection.forward_passes;
    checkCutLimit(training.cut_selection.max_active_per_stage, passes, report);
  }
}

/** Sections that do nothing unless they are switched on, and yet say how. */
function checkSwitches(
  { policy, upper_bound_evaluation }: ConfigV05 | ConfigV18,
  report: FileReport,
): void {
  const sections = [
    [["policy", "checkpointing"], policy.checkpointing],
    [["upper_bound_evaluation"], upper_bound_evaluation],
  ] as const;
  for (const [path, section] of sections) {
    const { enabled, initial_iteration, interval_iterations } = section;
    if (enabled !== null || (initial_iteration ?? interval_iterations) === null) continue;
    const detail = "enabled is not given, and means no";
    const message = `${FILE}: ${pathText(path)} has no effect: ${detail}`;
    report.ignored("C18", path, message, detail);
  }
}

function checkIterationLimit(rules: readonly { type: string }[], report: FileReport): void {
  if (rules.some((stop) => stop.type === "iteration_limit")) return;
  report.fault({
    kind: "SchemaViolation",
    rule: "C11",
    path: ["training", "stopping_rules"],
    message: `${FILE}: training.stopping_rules has no iteration_limit, expected at least one`,
    context: { expected: "a rule of type iteration_limit", actual: "none" },
  });
}

/** Folders of the output that a run replaces. */
const REPLACED = ["training", "simulation", "stochastic", "hydro_models"];

/** A checkpoint replaces its folder: that must not be the output folder, nor one above it. */
function checkPolicyPath(path: string, report: FileReport): void {
  const plain = posix.normalize(path).replace(/\/$/, "");
  const above = plain === "" || plain === "." || /^\.\.(\/\.\.)*$/.test(plain);
  if (!above && !REPLACED.includes(plain)) return;
  const expected = "a folder of its own, such as ./policy";
  report.fault({
    kind: "SchemaViolation",
    rule: "C14",
    path: ["policy", "path"],
    message: `${FILE}: policy.path is ${
      JSON.stringify(path)
    }, expected ${expected}: a run replaces it`,
    context: { expected, actual: path },
  });
}

function checkCheckpointing(
  value: ConfigV05["policy"]["checkpointing"],
  report: FileReport,
): void {
  if (value.enabled !== true) return;
  const interval = value.interval_iterations;
  const needed = interval === 0 || report.dialect === "v0.18" && interval === null;
  if (!needed) return;
  report.fault({
    kind: "SchemaViolation",
    rule: "C15",
    path: ["policy", "checkpointing", "interval_iterations"],
    message: `${FILE}: policy.checkpointing is enabled with interval_iterations ` +
      `${interval ?? "missing"}, expected at least 1`,
    context: { expected: "at least 1", actual: `${interval ?? "missing"}` },
  });
}

function checkCutLimit(limit: number | null, passes: number, report: FileReport): void {
  if (limit === null || limit >= passes) return;
  report.doubtful(
    "C16",
    ["training", "cut_selection", "max_active_per_stage"],
    `${FILE}: max_active_per_stage ${limit} is below the ${passes} forward passes, so that one ` +
      "iteration already exceeds it: cuts of the current iteration always stay",
    "Fewer cuts than forward passes",
  );
}
