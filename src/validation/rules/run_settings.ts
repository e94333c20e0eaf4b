/** Settings of a run that must fit each other and the study. */
import { type Rule, rule } from "../rule.ts";
import { counted } from "../wording.ts";

const FILE = "config.json";

/** The rules of settings. */
export const rules: readonly Rule[] = [
  rule({
    id: "G1",
    layer: 5,
    kind: "IncompatibleSettings",
    severity: "error",
    file: "stages.json",
    description: "A study has a stage, and two to train a policy",
    check({ system, config }, report) {
      const { stages } = system.horizon;
      const wanted = config.training.enabled ? 2 : 1;
      if (stages.length >= wanted) return;
      report.found(
        `The study has ${counted(stages.length, "stage")}, expected at least ${wanted}` +
          (wanted === 2 ? " to train a policy" : ""),
        {
          path: ["stages"],
          settings: ["stages", "training.enabled"],
          detail: "a policy values the water that one stage leaves to the next",
        },
        "Add stages",
      );
    },
  }),
  rule({
    id: "G1.boundary",
    layer: 5,
    kind: "IncompatibleSettings",
    severity: "error",
    file: FILE,
    description: "Boundary cuts go with a finite horizon",
    check({ system, config }, report) {
      if (config.policy.boundary === null || system.horizon.type !== "cyclic") return;
      report.found(
        "policy.boundary values the end of the study, but policy_graph is cyclic and has none",
        {
          path: ["policy", "boundary"],
          settings: ["policy.boundary", "policy_graph.type"],
          detail: "a cyclic study has no end",
        },
        "Remove policy.boundary, or use a finite horizon",
      );
    },
  }),
  rule({
    id: "G1.idle",
    layer: 5,
    kind: "IgnoredInput",
    severity: "warning",
    file: FILE,
    description: "A run trains or simulates",
    check({ config }, report) {
      const { training, simulation } = config;
      if (training.enabled || simulation.enabled) return;
      report.found(
        "Neither training nor simulation is enabled, so that a run does nothing",
        {
          path: ["training", "enabled"],
          field: "training.enabled",
          detail: "both phases are off",
        },
        "Enable one of them",
      );
    },
  }),
  rule({
    id: "G1.policy",
    layer: 5,
    kind: "IgnoredInput",
    severity: "warning",
    file: FILE,
    description: "policy.mode has an effect on training only",
    check({ config }, report) {
      const { training, simulation, policy } = config;
      if (training.enabled || !simulation.enabled || policy.mode === "fresh") return;
      report.found(
        `policy.mode ${policy.mode} has no effect: without training the simulation reads the ` +
          "policy as it is",
        {
          path: ["policy", "mode"],
          field: "policy.mode",
          detail: "training is off",
        },
        "Enable training, or remove policy.mode",
      );
    },
  }),
];
