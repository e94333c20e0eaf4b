/** From a case to a study that can be trained. */
import { basename } from "node:path";
import type { Case } from "../../case/mod.ts";
import type { Config, Selection } from "../../model/mod.ts";
import { CobreError, type ErrorRecord } from "../../protocol/mod.ts";
import type { Cycle, Study } from "../../sddp/mod.ts";
import type { SolverChoice } from "../../solver/mod.ts";
import { prepareNoise, type StudyNoise } from "./prepare_noise.ts";
import { prepareStages, type StudyProblems } from "./prepare_stages.ts";
import { phaseOptions } from "./solver_options.ts";

/** A study, and what was found on the way to it. */
export interface PreparedStudy {
  readonly study: Study;
  readonly noise: StudyNoise;
  readonly problems: StudyProblems;
  readonly warnings: readonly ErrorRecord[];
}

/** Prepares a valid case. Throws what only shows when models are fitted and problems built. */
export function prepareStudy(
  { directory, system, config }: Pick<Case, "directory" | "system" | "config">,
  solver: Pick<SolverChoice, "kind" | "path">,
): PreparedStudy {
  refuseUnsupported(config);
  const { options, warnings } = phaseOptions(config);
  const cycle = cycleOf(system);
  const passes = trajectories(config.training.selection);
  const scenarios = config.simulation.enabled ? trajectories(config.simulation.selection) : 0;
  const noise = prepareNoise({ system, config }, passes, scenarios);
  const problems = prepareStages(system, config, noise, cycle);
  const study: Study = {
    caseName: basename(directory),
    stages: problems.stages,
    initialState: problems.initialState,
    cycle,
    tree: noise.tree,
    loads: noise.loads,
    availabilities: noise.availabilities,
    truncateInflow: config.modeling.inflowNonNegativity.includes("truncation"),
    trainingNoise: noise.training,
    simulationNoise: noise.simulation,
    training: config.training,
    passes,
    scenarios,
    upperBound: config.upperBoundEvaluation,
    policyType: config.simulation.policyType,
    keepStates: config.exports.states,
    startIteration: 0,
    givenCuts: problems.stages.map(() => null),
    lpOptions: options,
    solver,
  };
  return { study, noise, problems, warnings: [...warnings, ...noise.warnings] };
}

/** Rounds of a cyclic study end when a year's cost counts for no more than this. */
const CYCLE_DISCOUNT_TOLERANCE = 1e-3;
/** Rounds that a trajectory makes at most. */
const CYCLE_MAX_ROUNDS = 100;

/** Where a cyclic study goes on after its last stage. */
function cycleOf({ horizon }: Case["system"]): Cycle | null {
  if (horizon.type !== "cyclic") return null;
  const { stages, transitions } = horizon;
  const back = transitions.find(({ sourceId }) => sourceId === stages.at(-1)?.id);
  const next = stages.findIndex(({ id }) => id === back?.targetId);
  return {
    next: Math.max(0, next),
    discountTolerance: CYCLE_DISCOUNT_TOLERANCE,
    maxRounds: CYCLE_MAX_ROUNDS,
  };
}

/** Trajectories of a phase; enumerated ones are refused when the case is read. */
function trajectories(selection: Selection): number {
  if (selection.method === "sampled") return selection.count;
  throw unsupported("selection.method", "trajectories are sampled, not enumerated");
}

/** What the reader of cases accepts, but no run can do. */
function refuseUnsupported({ training, simulation, policy }: Config): void {
  if (policy.mode !== "fresh") {
    throw unsupported(
      "policy.mode",
      `a policy cannot be read yet, so ${policy.mode} is impossible`,
    );
  }
  if (policy.boundary !== null) {
    throw unsupported("policy.boundary", "the cuts of another study cannot be read yet");
  }
  if (!training.enabled && simulation.enabled) {
    throw unsupported("training.enabled", "a policy cannot be read yet, so it must be trained");
  }
}

function unsupported(setting: string, detail: string): CobreError {
  return CobreError.of(
    "IncompatibleSettings",
    `config.json: ${setting} is not supported: ${detail}`,
    { file: "config.json", settings: [setting], detail },
  );
}
