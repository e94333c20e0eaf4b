/** Validation as the commands run it: with its steps in the log. */
import { validateCase, type ValidationOutcome } from "../study/mod.ts";
import type { Log } from "./log.ts";
import { logStep } from "./step_log.ts";

/** Validates a case and logs what is done. */
export function validateLogged(directory: string, log: Log): Promise<ValidationOutcome> {
  return validateCase(directory, (step) => logStep(step, log));
}
