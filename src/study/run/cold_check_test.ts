import assert from "node:assert/strict";
import { type Case, readCase } from "../../case/mod.ts";
import { EventBus } from "../../events/mod.ts";
import { CobreError } from "../../protocol/mod.ts";
import { startTraining } from "../../sddp/mod.ts";
import { findSolver } from "../../solver/mod.ts";
import { prepareCase } from "../prepare_case.ts";
import { coldCheck } from "./cold_check.ts";

const TEMPLATE = new URL("../../../fixtures/templates/1dtoy", import.meta.url).pathname;

/** The template with few iterations, aversion to risk and one kind of cuts. */
async function toy(cutFormulation: "single" | "multi"): Promise<Case> {
  const read = (await readCase(TEMPLATE)).case!;
  const { config, system } = read;
  const stages = system.horizon.stages.map((stage) => ({
    ...stage,
    risk: { type: "cvar", alpha: 0.4, lambda: 0.6 } as const,
  }));
  return {
    ...read,
    system: { ...system, horizon: { ...system.horizon, stages } },
    config: {
      ...config,
      training: {
        ...config.training,
        cutFormulation,
        stoppingRules: [{ type: "iteration_limit", limit: 6 }],
      },
    },
  };
}

/** Trains a case and checks some of its problems; `spoil` may change the whole problems before. */
async function checked(
  read: Case,
  spoil: (costs: Float64Array) => void = () => {},
): ReturnType<typeof coldCheck> {
  const solver = findSolver();
  const prepared = await prepareCase(read, solver);
  const { study } = prepared;
  const options = { threads: 1, system: read.system, problemFolder: null };
  const policy = await startTraining(study, { ...options, onEvent() {} }).result;
  for (const { template } of study.stages) spoil(template.model.columnCosts);
  const { directory } = read;
  const request = {
    directory,
    outputDirectory: null,
    threads: 2,
    validateOnly: false,
    bus: new EventBus(),
    stop: new AbortController().signal,
  };
  const run = { read, prepared, solver, outputDirectory: directory, request, onStep() {} };
  return await coldCheck(run, policy, 30);
}

for (const formulation of ["single", "multi"] as const) {
  Deno.test(`problems solved again from nothing cost the same: ${formulation} cuts`, async () => {
    const { problems, largest_difference } = await checked(await toy(formulation));
    assert.equal(problems, 30);
    // Cuts broken by less than 1e-8 of the future cost are left out of the solved problems.
    assert.ok(largest_difference! < 2e-8, `${largest_difference}`);
  });
}

Deno.test("a check that finds other costs fails and says where", async () => {
  const dearer = (costs: Float64Array): void =>
    costs.forEach((cost, at) => costs[at] = 1.01 * cost);
  await assert.rejects(checked(await toy("single"), dearer), (thrown) => {
    assert.ok(thrown instanceof CobreError);
    assert.equal(thrown.kind, "SolverFailure");
    assert.match(thrown.message, /30 problems solved again.*relative difference 1\.0\de-2/);
    return true;
  });
});
