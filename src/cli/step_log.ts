/** The steps of operations in the log. */
import type { RunStep } from "../study/mod.ts";
import type { Log } from "./log.ts";

/** Writes a step that is done. */
export function logStep(step: RunStep, log: Log): void {
  switch (step.step) {
    case "read": {
      for (const file of step.files) log.write("debug", "found file", { file });
      const { dialect, files, problems } = step;
      const elapsed_ms = tenths(step.elapsedMs);
      log.write("info", "read case", { dialect, files: files.length, problems, elapsed_ms });
      return;
    }
    case "rules": {
      const { rules, problems } = step;
      log.write("info", "checked rules", { rules, problems, elapsed_ms: tenths(step.elapsedMs) });
      return;
    }
    case "prepared": {
      const { solver: { kind, version, path, origin }, memory } = step;
      log.write("info", "prepared study", {
        solver: kind,
        solver_version: version,
        solver_library: path,
        solver_origin: origin,
        memory_mb: Math.round(memory / 1e6),
        elapsed_ms: tenths(step.elapsedMs),
      });
      return;
    }
    case "wrote":
      for (const file of step.files) log.write("info", "wrote", { file });
      return;
  }
}

function tenths(ms: number): number {
  return Math.round(ms * 10) / 10;
}
