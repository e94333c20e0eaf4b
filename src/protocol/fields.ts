/** Field types that the schemas share, so that a count or a cost means the same everywhere. */
import { z } from "zod";

/** A number of things. */
export const count = z.int().nonnegative();

/** Elapsed time in whole milliseconds. */
export const milliseconds = z.int().nonnegative();

/** A cost, bound or ratio. What has no finite value is null, because JSON has no other word. */
export const real = z.number().nullable();

/** A point in time, ISO 8601 with its offset from UTC. */
export const timestamp = z.string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/)
  .meta({ format: "date-time" });

/** An iteration, counted from 1. */
export const iteration = z.int().positive();
