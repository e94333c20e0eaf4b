/**
 * The stream of a run in `json-lines` mode: `started`, `progress` after each iteration and during
 * simulation, `terminated`, `result`; in this order, one JSON object a line, `type` first.
 */
import type { z } from "zod";
import type { Envelope } from "./envelope.ts";
import type { CobreEvent, EventOf } from "./events.ts";
import { jsonLine } from "./json_text.ts";
import type {
  EventLineSchema,
  LineSchema,
  ResultLineSchema,
  SimulationProgressLineSchema,
  StartedLineSchema,
  TerminatedLineSchema,
  TrainingProgressLineSchema,
} from "./line_schemas.ts";
import { COBRE_VERSION } from "./version.ts";

/** The first line. */
export type StartedLine = z.infer<typeof StartedLineSchema>;
/** One training iteration. */
export type TrainingProgressLine = z.infer<typeof TrainingProgressLineSchema>;
/** How far the simulation has come. */
export type SimulationProgressLine = z.infer<typeof SimulationProgressLineSchema>;
/** The loop has ended. */
export type TerminatedLine = z.infer<typeof TerminatedLineSchema>;
/** The last line. */
export type ResultLine = z.infer<typeof ResultLineSchema>;
/** An event of the engine. */
export type EventLine = z.infer<typeof EventLineSchema>;
/** A record of the stream. */
export type Line = z.infer<typeof LineSchema>;

/** The text of a record, ended by a line feed. Numbers that are not finite become null. */
export function formatLine(record: Line): string {
  const { type, ...rest } = record;
  return jsonLine({ type, ...rest });
}

/** The line that opens a run; `casePath` is absolute. */
export function startedLine(
  casePath: string,
  event: EventOf<"TrainingStarted"> | EventOf<"SimulationStarted">,
): StartedLine {
  return {
    type: "started",
    case: casePath,
    stages: event.stages,
    hydros: event.hydros,
    thermals: event.thermals,
    ranks: event.ranks,
    threads_per_rank: event.threads_per_rank,
    timestamp: event.timestamp,
    cobre_version: COBRE_VERSION,
  };
}

/** The line of an iteration. */
export function trainingProgressLine(event: EventOf<"ConvergenceUpdate">): TrainingProgressLine {
  return {
    type: "progress",
    iteration: event.iteration,
    lower_bound: event.lower_bound,
    upper_bound: event.upper_bound,
    upper_bound_std: event.upper_bound_std,
    ci_95: event.ci_95,
    gap: event.gap,
    wall_time_ms: event.wall_time_ms,
    iteration_time_ms: event.iteration_time_ms,
  };
}

/** The line that tells how far the simulation has come. */
export function simulationProgressLine(
  event: EventOf<"SimulationProgress">,
): SimulationProgressLine {
  return {
    type: "progress",
    phase: "simulation",
    scenarios_complete: event.scenarios_complete,
    scenarios_total: event.scenarios_total,
    elapsed_ms: event.elapsed_ms,
  };
}

/**
 * The line that closes the loop. A run that only simulates ends with reason `completed`, no
 * iterations and no bounds.
 */
export function terminatedLine(
  event: Omit<EventOf<"TrainingFinished">, "event">,
): TerminatedLine {
  return {
    type: "terminated",
    reason: event.reason,
    iterations: event.iterations,
    final_lb: event.final_lb,
    final_ub: event.final_ub,
    total_time_ms: event.total_time_ms,
    total_cuts: event.total_cuts,
  };
}

/** The last line of a stream. */
export function resultLine(answer: Envelope): ResultLine {
  return { type: "result", ...answer };
}

/** The line of an event, for streams that carry the full set. */
export function eventLine(event: CobreEvent): EventLine {
  return { type: "event", ...event };
}
