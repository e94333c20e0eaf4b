/**
 * Why training ended: a stopping rule fired, it was asked to stop, it failed, or (`completed`)
 * there was no training and only the simulation ran.
 */
export const TERMINATION_REASONS = [
  "bound_stalling",
  "simulation",
  "iteration_limit",
  "time_limit",
  "shutdown",
  "gap",
  "error",
  "completed",
] as const;

/** See {@link TERMINATION_REASONS}. */
export type TerminationReason = (typeof TERMINATION_REASONS)[number];
