/** From a case to a study that can be trained. */
import { basename } from "node:path";
import type { Case } from "../../case/mod.ts";
import type { Config, Selection } from "../../model/mod.ts";
import { CobreError, type ErrorRecord, errorRecord } from "../../protocol/mod.ts";
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
  refuseUnsupported(config, system.horizon.type === "cyclic");
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
  return {
    study,
    noise,
    problems,
    warnings: [...notWritten(config), ...warnings, ...noise.warnings],
  };
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

/** Refuses what the reader of cases accepts, but no run can do; all of it at once. */
function refuseUnsupported(
  { training, simulation, policy, upperBoundEvaluation }: Config,
  cyclic: boolean,
): void {
  const cannot: readonly (readonly [boolean, string, string])[] = [
    [policy.mode !== "fresh", "policy.mode", "policies are not read, so training begins afresh"],
    [policy.boundary !== null, "policy.boundary", "the cuts of another study are not read"],
    [policy.checkpointing.enabled, "policy.checkpointing.enabled", "policies are not written"],
    [
      !training.enabled && simulation.enabled,
      "training.enabled",
      "policies are not read, so there is none to simulate without training",
    ],
    [
      upperBoundEvaluation.enabled && cyclic,
      "upper_bound_evaluation.enabled",
      "values are found from the last stage back, and a cycle has none",
    ],
    [
      simulation.enabled && simulation.policyType === "inner",
      "simulation.policy_type",
      "the simulation follows the cuts, which is the type outer",
    ],
  ];
  const records = cannot.filter(([found]) => found)
    .flatMap(([, setting, detail]) => unsupported(setting, detail).records);
  const [first, ...more] = records;
  if (first !== undefined) throw new CobreError([first, ...more]);
}

/** What a run is asked to write besides, and does not. */
function notWritten({ exports }: Config): ErrorRecord[] {
  const asked: readonly (readonly [boolean, string])[] = [
    [exports.states, "exports.states"],
    [exports.stochastic, "exports.stochastic"],
    [exports.fphaDeviationPoints, "exports.fpha_deviation_points"],
  ];
  const detail = "a run writes its convergence and how it was run";
  return asked.filter(([found]) => found).map(([, field]) =>
    errorRecord("IgnoredInput", `config.json: ${field} has no effect: ${detail}`, {
      file: "config.json",
      field,
      detail,
    })
  );
}

function unsupported(setting: string, detail: string): CobreError {
  return CobreError.of(
    "IncompatibleSettings",
    `config.json: ${setting} is not supported: ${detail}`,
    { file: "config.json", settings: [setting], detail },
  );
}
