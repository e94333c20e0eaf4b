/** The simulation of a run: its events and what it found. */
import { halfWidth95, mean, sampleStd } from "../../numeric/mod.ts";
import { startSimulation, type TrainedPolicy } from "../../sddp/mod.ts";
import { interrupted } from "./interrupted.ts";
import { sizeOf, type StudyRun } from "./study_run.ts";

/** Progress is told about this many times. */
const TOLD = 100;

/** What the simulation came to. */
export interface SimulationOutcome {
  readonly scenarios: number;
  /** Discounted costs of the scenarios ($). */
  readonly cost: { readonly mean: number; readonly std: number; readonly halfWidth95: number };
  /** Files and folders, relative to the output folder. */
  readonly outputFiles: readonly string[];
  readonly wallTimeMs: number;
}

/** Simulates the policy. `iterations` are those of its training, for a run that is stopped. */
export async function simulateStudy(
  run: StudyRun,
  policy: TrainedPolicy,
): Promise<SimulationOutcome> {
  const { read, prepared: { study }, outputDirectory, request } = run;
  const { bus, threads, stop } = request;
  const start = performance.now();
  const elapsed = (): number => Math.round(performance.now() - start);
  const { scenarios } = study;
  bus.emit({ event: "SimulationStarted", ...sizeOf(run), scenarios });
  const step = Math.ceil(scenarios / TOLD);
  let done = 0;
  const simulation = startSimulation(study, policy.pools, {
    threads,
    capacity: read.config.simulation.ioChannelCapacity,
    system: read.system,
    problemFolder: outputDirectory,
    sink: ({ cost }) => {
      done++;
      if (done % step !== 0 && done !== scenarios) return;
      bus.emit({
        event: "SimulationProgress",
        scenarios_complete: done,
        scenarios_total: scenarios,
        elapsed_ms: elapsed(),
        scenario_cost: cost,
      });
    },
  });
  const abandon = (): void => simulation.abandon(interrupted(stop, policy.state.iteration));
  if (stop.aborted) abandon();
  stop.addEventListener("abort", abandon, { once: true });
  let costs: Float64Array;
  try {
    ({ costs } = await simulation.result);
  } finally {
    stop.removeEventListener("abort", abandon);
  }
  const wallTimeMs = elapsed();
  bus.emit({
    event: "SimulationFinished",
    scenarios,
    output_dir: outputDirectory,
    elapsed_ms: wallTimeMs,
  });
  const std = sampleStd(costs);
  return {
    scenarios,
    cost: { mean: mean(costs), std, halfWidth95: halfWidth95(std, scenarios) },
    outputFiles: [],
    wallTimeMs,
  };
}
