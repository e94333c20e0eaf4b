/** Schemas of the records of the JSON-lines stream. */
import { z } from "zod";
import { ENVELOPE_SHAPES } from "./envelope_schema.ts";
import { EventSchema } from "./events.ts";
import { count, iteration, milliseconds, real, timestamp } from "./fields.ts";
import { TERMINATION_REASONS } from "./termination.ts";

/** The first line: what is about to run. */
export const StartedLineSchema = z.object({
  type: z.literal("started"),
  case: z.string().describe("Absolute path of the case directory"),
  stages: count,
  hydros: count,
  thermals: count,
  ranks: count,
  threads_per_rank: count.describe("Worker threads of each rank"),
  timestamp,
  cobre_version: z.string(),
}).meta({ title: "Started" });

/** One training iteration: `type` and the eight fields of the convergence record, no others. */
export const TrainingProgressLineSchema = z.strictObject({
  type: z.literal("progress"),
  iteration,
  lower_bound: real.describe("Objective of the first stage"),
  upper_bound: real.describe("Mean cost of the forward passes"),
  upper_bound_std: real.describe("Standard deviation of these costs"),
  ci_95: real.describe("Half width: 1.96 standard errors of the mean"),
  gap: real.describe("(upper − lower) / |upper|"),
  wall_time_ms: milliseconds.describe("Since training began"),
  iteration_time_ms: milliseconds,
}).meta({ title: "Training progress" });

/** How far the simulation has come. */
export const SimulationProgressLineSchema = z.object({
  type: z.literal("progress"),
  phase: z.literal("simulation"),
  scenarios_complete: count,
  scenarios_total: count,
  elapsed_ms: milliseconds,
}).meta({ title: "Simulation progress" });

/** The loop has ended. */
export const TerminatedLineSchema = z.object({
  type: z.literal("terminated"),
  reason: z.enum(TERMINATION_REASONS),
  iterations: count,
  final_lb: real,
  final_ub: real,
  total_time_ms: milliseconds,
  total_cuts: count.describe("Generated, over all stages"),
}).meta({ title: "Terminated" });

const result = { type: z.literal("result") };

/** The last line: the whole envelope. */
export const ResultLineSchema = z.discriminatedUnion("success", [
  ENVELOPE_SHAPES.success.extend(result),
  ENVELOPE_SHAPES.failure.extend(result),
]).meta({ title: "Result" });

/** An event of the engine; these lines come only when asked for. */
export const EventLineSchema = z.object({ type: z.literal("event") }).and(EventSchema).meta({
  title: "Event",
});

/** Every record of the stream. */
export const LineSchema = z.union([
  StartedLineSchema,
  TrainingProgressLineSchema,
  SimulationProgressLineSchema,
  TerminatedLineSchema,
  ResultLineSchema,
  EventLineSchema,
]);
