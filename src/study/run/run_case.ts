/** Running a case: validation, preparation, training, simulation. */
import { join, resolve } from "node:path";
import type { Case } from "../../case/mod.ts";
import { type CobreError, type ErrorRecord, toCobreError } from "../../protocol/mod.ts";
import { prepareCase } from "../prepare_case.ts";
import { load } from "../load.ts";
import { makeFolder } from "../make_folder.ts";
import { validateCase, type ValidationOutcome } from "../validate_case.ts";
import { interrupted } from "./interrupted.ts";
import type { RunRequest, RunStep } from "./run_request.ts";
import type { SimulationOutcome } from "./simulate_study.ts";
import type { ColdCheck, TrainingOutcome } from "./study_run.ts";

/** What a run came to. Nothing about the case or the machine makes a run throw. */
export interface RunOutcome {
  readonly validation: ValidationOutcome;
  /** Absolute. */
  readonly outputDirectory: string;
  /** Null where training was off, or never began. */
  readonly training: TrainingOutcome | null;
  /** Null where the simulation was off, or did not end. */
  readonly simulation: SimulationOutcome | null;
  /** Null where none was asked for. */
  readonly coldCheck: ColdCheck | null;
  /** Whether everything that was asked for is done. */
  readonly complete: boolean;
  readonly errors: readonly ErrorRecord[];
  readonly warnings: readonly ErrorRecord[];
  readonly elapsedMs: number;
}

/** Runs a case. */
export async function runCase(request: RunRequest): Promise<RunOutcome> {
  const began = performance.now();
  const { onStep = () => {} } = request;
  const validation = await validateCase(request.directory, onStep);
  const outputDirectory = request.outputDirectory === null
    ? join(validation.directory, "output")
    : resolve(request.outputDirectory);
  const progress: Progress = {
    training: null,
    simulation: null,
    coldCheck: null,
    complete: false,
    warnings: [],
  };
  let failure: CobreError | null = null;
  const read = validation.valid ? validation.case : null;
  const asked = read !== null && !request.validateOnly &&
    (read.config.training.enabled || read.config.simulation.enabled);
  if (!asked) progress.complete = validation.valid;
  else {
    try {
      await work(read, outputDirectory, { ...request, onStep }, progress);
    } catch (thrown) {
      failure = toCobreError(thrown);
    }
  }
  return {
    validation,
    outputDirectory,
    training: progress.training,
    simulation: progress.simulation,
    coldCheck: progress.coldCheck,
    complete: progress.complete,
    errors: [...validation.errors, ...failure?.records ?? []],
    warnings: [...validation.warnings, ...progress.warnings],
    elapsedMs: performance.now() - began,
  };
}

/** How far a run has come; what is known when it fails is reported too. */
interface Progress {
  training: TrainingOutcome | null;
  simulation: SimulationOutcome | null;
  coldCheck: ColdCheck | null;
  complete: boolean;
  readonly warnings: ErrorRecord[];
}

type Request = RunRequest & { readonly onStep: (step: RunStep) => void };

async function work(
  read: Case,
  outputDirectory: string,
  request: Request,
  progress: Progress,
): Promise<void> {
  const start = performance.now();
  const { threads, onStep } = request;
  const [
    { acquireFolderLock },
    { findSolver },
    memory,
    { trainStudy },
    { simulateStudy },
  ] = await Promise.all([
    import("../../files/mod.ts"),
    import("../../solver/mod.ts"),
    load<typeof import("../prepare/memory.ts")>("./prepare/memory.ts"),
    load<typeof import("./train_study.ts")>("./run/train_study.ts"),
    load<typeof import("./simulate_study.ts")>("./run/simulate_study.ts"),
  ]);
  await makeFolder(outputDirectory);
  using _lock = acquireFolderLock(outputDirectory);
  const solver = findSolver();
  const prepared = await prepareCase(read, solver);
  progress.warnings.push(...prepared.warnings);
  const estimate = memory.estimateMemory(prepared.study, threads);
  memory.requireMemory(estimate, memory.grantedMemory());
  onStep({
    step: "prepared",
    solver,
    memory: estimate.total,
    elapsedMs: performance.now() - start,
  });
  const run = { read, prepared, solver, outputDirectory, request, onStep };
  const { policy, outcome, failure } = await trainStudy(run);
  progress.training = outcome;
  if (policy === null) throw failure;
  const simulates = read.config.simulation.enabled;
  if (outcome.termination_reason === "shutdown" || (simulates && request.stop.aborted)) {
    throw interrupted(request.stop, outcome.iterations);
  }
  if (simulates) progress.simulation = await simulateStudy(run, policy);
  if (request.checkCold !== undefined) {
    const { coldCheck } = await load<typeof import("./cold_check.ts")>("./run/cold_check.ts");
    progress.coldCheck = await coldCheck(run, policy, request.checkCold);
  }
  progress.complete = true;
}
