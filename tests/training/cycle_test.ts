/** Studies without an end: after the last stage comes an earlier one again. */
import assert from "node:assert/strict";
import { startTraining } from "../../src/sddp/mod.ts";
import type { CaseFiles } from "../support/case_files.ts";
import { branchingCase } from "./branching_case.ts";
import { prepared } from "./prepared.ts";

/** Rate at which a year counts for half of the one before it. */
const HALVING = 1;

/** The small case as a ring: December is followed by the stage `next`. */
function ring(next: number, openings: readonly number[], iterations: number): CaseFiles {
  const files = branchingCase({ seed: 4, openings, iterations });
  files["stages.json"].policy_graph = {
    type: "cyclic",
    annual_discount_rate: HALVING,
    transitions: Array.from({ length: 12 }, (_, stage) => ({
      source_id: stage,
      target_id: stage === 11 ? next : stage + 1,
      probability: 1,
    })),
  };
  return files;
}

async function bounds(files: CaseFiles): Promise<{ lower: number[]; upper: number }> {
  const { study, help } = await prepared(files);
  const { state } = await startTraining(study, { ...help, onEvent: () => {} }).result;
  return { lower: [...state.lowerBounds], upper: state.upperBound };
}

for (const next of [0, 6]) {
  Deno.test(`without chance the bounds of a ring back to stage ${next} meet`, async () => {
    const { lower, upper } = await bounds(ring(next, [], 60));
    const last = lower.at(-1)!;
    // Walks end when what follows counts for a thousandth.
    assert.ok(Math.abs(upper - last) < 3e-3 * last, `${last} and ${upper}`);
    lower.forEach((bound, at) => assert.ok(bound >= (lower[at - 1] ?? bound)));
  });
}

Deno.test("a year that repeats itself for ever costs as much as it and half of the same again", async () => {
  // Nothing is stored and nothing depends on the past, so all years cost the same.
  const files = ring(0, [], 40);
  for (const hydro of files["system/hydros.json"].hydros) {
    hydro.reservoir = { min_storage_hm3: 0, max_storage_hm3: 0 };
    delete hydro.evaporation;
  }
  for (const entry of files["initial_conditions.json"].storage) entry.value_hm3 = 0;
  delete files["scenarios/inflow_ar_coefficients.parquet"];
  const forever = (await bounds(files)).lower.at(-1)!;
  files["stages.json"].policy_graph = { type: "finite_horizon", annual_discount_rate: HALVING };
  const year = (await bounds(files)).lower.at(-1)!;
  const discount = Math.pow(1 + HALVING, -365 / 365.25);
  assert.ok(Math.abs(forever * (1 - discount) / year - 1) < 1e-7, `${year}, ${forever}`);
});
