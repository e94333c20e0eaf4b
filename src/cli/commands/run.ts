/** `cobre run CASE_DIR`, as far as this version goes: reading and validating. */
import { join } from "node:path";
import { envelope, errorRecord } from "../../protocol/mod.ts";
import type { Answer, CommandEnvironment } from "../command.ts";
import { renderValidation } from "../render/validation.ts";
import { validateLogged } from "../validation_log.ts";

interface Flags {
  readonly "validate-only"?: boolean | undefined;
}

/** Validates the case, and says so when it is asked for more. */
export async function run(
  { log }: CommandEnvironment,
  flags: Flags,
  directory: string,
): Promise<Answer> {
  const start = performance.now();
  const outcome = await validateLogged(directory, log);
  const { case: read, errors, warnings } = outcome;
  const config = read?.config;
  const asked = config !== undefined && (config.training.enabled || config.simulation.enabled);
  if (errors.length === 0 && asked && flags["validate-only"] !== true) {
    const cannot = errorRecord(
      "InvalidArguments",
      `Cannot run ${outcome.directory}: this version of Cobre reads and validates cases, ` +
        "it does not train or simulate",
      { argument: "CASE_DIR", value: directory, detail: "training is not part of this version" },
      "The case is valid. Use --validate-only, or switch training and simulation off in config.json",
    );
    return { envelope: envelope({ command: "run", errors: [cannot], warnings }) };
  }
  return {
    envelope: envelope({
      command: "run",
      data: outcome.valid
        ? {
          output_directory: join(outcome.directory, "output"),
          training: null,
          simulation: null,
        }
        : null,
      summary: outcome.valid
        ? { status: "completed", total_time_ms: Math.round(performance.now() - start) }
        : null,
      errors,
      warnings,
    }),
    text: (page) => renderValidation(outcome, page),
  };
}
