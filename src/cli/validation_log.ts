/** Validation as the commands run it: with its steps in the log. */
import { validateCase, type ValidationOutcome } from "../study/mod.ts";
import type { Log } from "./log.ts";

/** Validates a case and logs what is done. */
export function validateLogged(directory: string, log: Log): Promise<ValidationOutcome> {
  return validateCase(directory, (step) => {
    const elapsed_ms = Math.round(step.elapsedMs * 10) / 10;
    if (step.step === "read") {
      for (const file of step.files) log.write("debug", "found file", { file });
      const { dialect, files, problems } = step;
      log.write("info", "read case", { dialect, files: files.length, problems, elapsed_ms });
    } else {
      const { rules, problems } = step;
      log.write("info", "checked rules", { rules, problems, elapsed_ms });
    }
  });
}
