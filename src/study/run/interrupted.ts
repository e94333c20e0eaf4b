/** The end of a run that somebody stopped. */
import { CobreError, counted } from "../../protocol/mod.ts";

/** The error of a run that was stopped before it was done; the reason of `stop` says by what. */
export function interrupted(stop: AbortSignal, iterations: number): CobreError {
  const signal = typeof stop.reason === "string" ? stop.reason : "request";
  return CobreError.of(
    "Interrupted",
    `The run was stopped by ${signal} after ${counted(iterations, "iteration")}`,
    { signal, completed_iterations: iterations, checkpoint_path: null },
  );
}
