/** `cobre run CASE_DIR` */
import { resolve } from "node:path";
import { EventBus } from "../../events/mod.ts";
import { envelope } from "../../protocol/mod.ts";
import { runCase, type RunOutcome } from "../../study/mod.ts";
import type { Answer, CommandEnvironment } from "../command.ts";
import { runEnd } from "../render/run_text.ts";
import { renderValidation } from "../render/validation.ts";
import { watchRun } from "../run_watch.ts";
import { onStopSignal } from "../signals.ts";
import { logStep } from "../step_log.ts";

interface Flags {
  readonly "validate-only"?: boolean | undefined;
  readonly output?: string | undefined;
  readonly threads?: number | undefined;
  readonly "check-cold"?: number | undefined;
}

/** Environment variables that say how many threads to use, the first that is set counts. */
const THREAD_VARIABLES = ["COBRE_THREADS", "SLURM_CPUS_PER_TASK", "OMP_NUM_THREADS"] as const;

/** Does what the case asks for, and shows it on the way. */
export async function run(
  { log, globals, terminal }: CommandEnvironment,
  flags: Flags,
  directory: string,
): Promise<Answer> {
  const bus = new EventBus();
  const watch = watchRun(resolve(directory), globals, terminal);
  const stop = new AbortController();
  let giveBack = (): void => {};
  bus.listen(watch.hear);
  bus.listen(({ event }) => {
    if (event !== "TrainingStarted" && event !== "SimulationStarted") return;
    // Before there is anything to lose, a signal simply ends the program.
    giveBack();
    giveBack = onStopSignal((signal) => {
      log.write("warn", "asked to stop", { signal });
      stop.abort(signal);
    });
  });
  let outcome: RunOutcome;
  try {
    outcome = await runCase({
      directory,
      outputDirectory: flags.output ?? null,
      threads: flags.threads ?? threadsOf(terminal.env) ?? 1,
      validateOnly: flags["validate-only"] === true,
      ...(flags["check-cold"] === undefined ? {} : { checkCold: flags["check-cold"] }),
      bus,
      stop: stop.signal,
      onStep: (step) => logStep(step, log),
    });
  } finally {
    giveBack();
    bus.close();
  }
  await watch.finish();
  return answerOf(outcome);
}

function answerOf(outcome: RunOutcome): Answer {
  const { validation, training, simulation, errors, warnings, outputDirectory, complete } = outcome;
  const began = training !== null;
  const data = complete || began
    ? {
      output_directory: outputDirectory,
      training,
      simulation: simulation && {
        scenarios: simulation.scenarios,
        output_files: simulation.outputFiles,
        wall_time_ms: simulation.wallTimeMs,
      },
      ...(outcome.coldCheck === null ? {} : { cold_check: outcome.coldCheck }),
    }
    : null;
  return {
    envelope: envelope({
      command: "run",
      data,
      summary: data && {
        status: complete ? "completed" : "partial",
        total_time_ms: Math.round(outcome.elapsedMs),
      },
      errors,
      warnings,
    }),
    text: (page) => began ? runEnd(outcome, page) : renderValidation(validation, page),
  };
}

/** A number of threads from the environment; what is no such number does not count. */
function threadsOf(env: (name: string) => string | undefined): number | null {
  for (const name of THREAD_VARIABLES) {
    const value = env(name);
    if (value !== undefined && /^[1-9]\d{0,3}$/.test(value)) return Number(value);
  }
  return null;
}
