import assert from "node:assert/strict";
import { readCase } from "../../src/case/mod.ts";
import { EventBus } from "../../src/events/mod.ts";
import { CobreError } from "../../src/protocol/mod.ts";
import { startTraining } from "../../src/sddp/mod.ts";
import { findSolver } from "../../src/solver/mod.ts";
import { coldCheck } from "../../src/study/run/cold_check.ts";
import { prepareCase } from "../../src/study/mod.ts";
import { type CaseFiles, withCase } from "../support/case_files.ts";
import { smallStudy } from "./study.ts";

/** Trains a case and checks some of its problems; `spoil` may change the whole problems before. */
async function checked(
  files: CaseFiles,
  spoil: (costs: Float64Array) => void = () => {},
): ReturnType<typeof coldCheck> {
  return await withCase(files, async (directory) => {
    const read = (await readCase(directory)).case!;
    const solver = findSolver();
    const prepared = await prepareCase(read, solver);
    const { study } = prepared;
    const options = { threads: 1, system: read.system, problemFolder: null };
    const policy = await startTraining(study, { ...options, onEvent() {} }).result;
    for (const { template } of study.stages) spoil(template.model.columnCosts);
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
  });
}

for (const formulation of ["single", "multi"]) {
  Deno.test(`problems solved again from nothing cost the same: ${formulation} cuts`, async () => {
    const files = smallStudy(6, 3);
    files["config.json"].training.cut_formulation = formulation;
    files["stages.json"].stages.forEach((stage: { risk_measure: unknown }) => {
      stage.risk_measure = { cvar: { alpha: 0.4, lambda: 0.6 } };
    });
    const { problems, largest_difference } = await checked(files);
    assert.equal(problems, 30);
    // Cuts broken by less than 1e-8 of the future cost are left out of the solved problems.
    assert.ok(largest_difference! < 2e-8, `${largest_difference}`);
  });
}

Deno.test("a check that finds other costs fails and says where", async () => {
  const dearer = (costs: Float64Array): void =>
    costs.forEach((cost, at) => costs[at] = 1.01 * cost);
  await assert.rejects(checked(smallStudy(2, 1), dearer), (thrown) => {
    assert.ok(thrown instanceof CobreError);
    assert.equal(thrown.kind, "SolverFailure");
    assert.match(thrown.message, /30 problems solved again.*relative difference 1\.0\de-2/);
    return true;
  });
});
