import assert from "node:assert/strict";
import { acquireFolderLock, readParquetTable } from "../../src/files/mod.ts";
import { EventBus } from "../../src/events/mod.ts";
import type { CobreEvent } from "../../src/protocol/mod.ts";
import { EventSchema } from "../../src/protocol/schemas.ts";
import { runCase, type RunOutcome } from "../../src/study/mod.ts";
import { type CaseFiles, withCase } from "../support/case_files.ts";
import { smallStudy, unsolvableStudy } from "./study.ts";

interface Run {
  readonly directory: string;
  readonly outcome: RunOutcome;
  readonly events: readonly CobreEvent[];
}

/** Runs a case in a new folder; `on` may stop it. */
function running<T>(
  files: CaseFiles,
  body: (run: Run) => T | Promise<T>,
  on: (event: CobreEvent, stop: AbortController) => void = () => {},
): Promise<T> {
  return withCase(files, async (directory) => {
    const bus = new EventBus();
    const events: CobreEvent[] = [];
    const stop = new AbortController();
    bus.listen((event) => {
      events.push(event);
      on(event, stop);
    });
    const outcome = await runCase({
      directory,
      outputDirectory: null,
      threads: 2,
      validateOnly: false,
      bus,
      stop: stop.signal,
    });
    return await body({ directory, outcome, events });
  });
}

Deno.test("a run tells its events in order, each as the protocol says", async () => {
  await running(smallStudy(2, 2), ({ events, outcome }) => {
    assert.deepEqual(outcome.errors, []);
    assert.equal(outcome.complete, true);
    for (const event of events) EventSchema.parse(event);
    const iteration = [
      "ForwardPassComplete",
      "ForwardSyncComplete",
      "BackwardPassComplete",
      "CutSyncComplete",
      "ConvergenceUpdate",
      "IterationSummary",
    ];
    const names = events.map(({ event }) => event).filter((name) => !/Timing/.test(name));
    assert.deepEqual(names.slice(0, 14), [
      "TrainingStarted",
      ...iteration,
      ...iteration,
      "TrainingFinished",
    ]);
    assert.deepEqual(names.slice(14), [
      "SimulationStarted",
      ...Array.from({ length: 4 }, () => "SimulationProgress"),
      "SimulationFinished",
    ]);
  });
});

Deno.test("a run leaves its convergence and how it was run", async () => {
  await running(smallStudy(3, 2), async ({ directory, outcome, events }) => {
    const { columns, rows } = await readParquetTable(
      `${directory}/output/training/convergence.parquet`,
      "convergence.parquet",
      {
        columns: [
          { name: "iteration", type: "i32" },
          { name: "lower_bound", type: "f64" },
          { name: "upper_bound_mean", type: "f64" },
          { name: "gap_percent", type: "f64", optional: true },
          { name: "cuts_added", type: "i32" },
          { name: "forward_passes", type: "i32" },
          { name: "ci_95", type: "f64", optional: true },
        ],
      },
    );
    assert.equal(rows, 3);
    const updates = events.flatMap((event) => event.event === "ConvergenceUpdate" ? [event] : []);
    updates.forEach((update, at) => {
      assert.equal(columns.iteration[at], at + 1);
      assert.equal(columns.lower_bound[at], update.lower_bound);
      assert.equal(columns.upper_bound_mean[at], update.upper_bound);
      assert.equal(columns.gap_percent[at], 100 * update.gap!);
      assert.equal(columns.ci_95[at], update.ci_95);
      assert.equal(columns.cuts_added[at], 2 * 11);
      assert.equal(columns.forward_passes[at], 2);
    });
    const metadata = JSON.parse(
      await Deno.readTextFile(`${directory}/output/training/metadata.json`),
    );
    assert.equal(metadata.status, "complete");
    assert.deepEqual(metadata.iterations, { completed: 3, converged_at: null });
    assert.equal(metadata.convergence.termination_reason, "iteration_limit");
    assert.equal(metadata.row_pool.total_generated, outcome.training!.total_cuts);
    assert.deepEqual(metadata.configuration, {
      seed: 7,
      max_iterations: 3,
      forward_passes: 2,
      stopping_mode: "any",
      policy_mode: "fresh",
    });
    assert.equal(outcome.training!.total_cuts, 3 * 2 * 11);
    assert.equal(outcome.simulation!.scenarios, 4);
  });
});

Deno.test("a run that is asked to stop ends after its iteration, and writes what it has", async () => {
  const stopAtThree = (event: CobreEvent, stop: AbortController): void => {
    if (event.event === "ForwardPassComplete" && event.iteration === 3) stop.abort("SIGTERM");
  };
  await running(smallStudy(100_000, 1), async ({ directory, outcome, events }) => {
    assert.deepEqual(outcome.errors.map(({ kind }) => kind), ["Interrupted"]);
    const { iterations, termination_reason } = outcome.training!;
    assert.equal(termination_reason, "shutdown");
    assert.equal(outcome.errors[0]!.context["completed_iterations"], iterations);
    assert.equal(outcome.errors[0]!.context["signal"], "SIGTERM");
    assert.ok(iterations >= 3 && iterations < 100, `${iterations}`);
    assert.equal(outcome.simulation, null);
    assert.ok(events.every(({ event }) => event !== "SimulationStarted"));
    const metadata = JSON.parse(
      await Deno.readTextFile(`${directory}/output/training/metadata.json`),
    );
    assert.equal(metadata.status, "partial");
    assert.equal(metadata.iterations.completed, iterations);
  }, stopAtThree);
});

Deno.test("a run that is asked to stop while it simulates keeps its training", async () => {
  const files = smallStudy(1, 1);
  files["config.json"].simulation.num_scenarios = 100_000;
  await running(files, ({ outcome }) => {
    assert.deepEqual(outcome.errors.map(({ kind }) => kind), ["Interrupted"]);
    assert.equal(outcome.training!.termination_reason, "iteration_limit");
    assert.equal(outcome.simulation, null);
    assert.equal(outcome.complete, false);
  }, (event, stop) => {
    if (event.event === "SimulationStarted") setTimeout(() => stop.abort("SIGINT"), 300);
  });
});

Deno.test("a problem without a solution is explained, and the run ends", async () => {
  await running(unsolvableStudy(), async ({ directory, outcome, events }) => {
    const [error] = outcome.errors;
    assert.equal(error!.kind, "SolverFailure");
    assert.match(error!.message, /stage 0 .*gas_cap/);
    assert.equal(outcome.training!.termination_reason, "error");
    assert.equal(outcome.training!.iterations, 0);
    assert.equal(events.at(-1)!.event, "TrainingFinished");
    const path = error!.context["mps_path"] as string;
    assert.ok(path.startsWith(`${directory}/output/`));
    assert.match(await Deno.readTextFile(path), /^NAME/);
  });
});

Deno.test("two runs do not write into one folder", async () => {
  await withCase(smallStudy(1, 1), async (directory) => {
    const output = `${directory}/output`;
    await Deno.mkdir(output);
    using _lock = acquireFolderLock(output);
    const { errors, training } = await runCase({
      directory,
      outputDirectory: output,
      threads: 1,
      validateOnly: false,
      bus: new EventBus(),
      stop: new AbortController().signal,
    });
    assert.deepEqual(errors.map(({ kind }) => kind), ["OutputWriteFailed"]);
    assert.equal(training, null);
  });
});

Deno.test("an invalid case is not run", async () => {
  const files = smallStudy(1, 1);
  files["system/thermals.json"].thermals[0].bus_id = 77;
  await running(files, async ({ directory, outcome, events }) => {
    assert.equal(outcome.errors[0]!.kind, "MissingReference");
    assert.deepEqual(events, []);
    await assert.rejects(Deno.stat(`${directory}/output`));
  });
});

Deno.test("what no run can do is refused by name before anything is trained, all of it at once", async () => {
  const files = smallStudy(1, 1);
  const config = files["config.json"];
  config.policy = {
    mode: "warm_start",
    boundary: { path: "x", source_stage: 1 },
    checkpointing: { enabled: true, interval_iterations: 5 },
  };
  config.simulation.policy_type = "inner";
  await running(files, ({ outcome, events }) => {
    assert.deepEqual(outcome.errors.map(({ kind, context }) => [kind, context["settings"]]), [
      ["IncompatibleSettings", ["policy.mode"]],
      ["IncompatibleSettings", ["policy.boundary"]],
      ["IncompatibleSettings", ["policy.checkpointing.enabled"]],
      ["IncompatibleSettings", ["simulation.policy_type"]],
    ]);
    assert.deepEqual(events, []);
  });
});

Deno.test("a simulation without training is refused, and exports that are not written are named", async () => {
  const untrained = smallStudy(1, 1);
  untrained["config.json"].training.enabled = false;
  await running(untrained, ({ outcome }) => {
    assert.deepEqual(outcome.errors[0]!.context["settings"], ["training.enabled"]);
  });
  const exporting = smallStudy(1, 1);
  exporting["config.json"].exports = { stochastic: true };
  await running(exporting, ({ outcome }) => {
    assert.deepEqual(outcome.errors, []);
    const fields = outcome.warnings.map(({ context }) => context["field"]);
    assert.ok(fields.includes("exports.stochastic"), `${fields}`);
  });
});
