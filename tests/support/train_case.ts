/** Runs a case in the process of the test. */
import assert from "node:assert/strict";
import { EventBus } from "../../src/events/mod.ts";
import type { CobreEvent } from "../../src/protocol/mod.ts";
import { runCase, type RunOutcome } from "../../src/study/mod.ts";

/** How a test runs a case. */
export interface TestRun {
  readonly outcome: RunOutcome;
  readonly events: readonly CobreEvent[];
  /** After each iteration ($). */
  readonly lowerBounds: readonly number[];
}

/** Runs a case with its outputs in a temporary folder; fails on any error. */
export async function trainCase(directory: string, threads = 1): Promise<TestRun> {
  const outputDirectory = await Deno.makeTempDir({ prefix: "cobre_run_" });
  const events: CobreEvent[] = [];
  const bus = new EventBus();
  bus.listen((event) => events.push(event));
  try {
    const outcome = await runCase({
      directory,
      outputDirectory,
      threads,
      validateOnly: false,
      bus,
      stop: new AbortController().signal,
    });
    assert.deepEqual(outcome.errors, []);
    const lowerBounds = events.flatMap((event) =>
      event.event === "ConvergenceUpdate" ? [event.lower_bound!] : []
    );
    return { outcome, events, lowerBounds };
  } finally {
    await Deno.remove(outputDirectory, { recursive: true });
  }
}
