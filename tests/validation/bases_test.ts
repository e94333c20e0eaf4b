import assert from "node:assert/strict";
import { withCase } from "../support/case_files.ts";
import * as bases from "./bases.ts";
import { problemsOf } from "./fixture.ts";

const CASES = {
  "that fits models to its history": bases.estimatingCase,
  "that replays its history": bases.replayingCase,
  "with external inflows": bases.externalCase,
  "with external inflows in the v0.18 layout": bases.externalCaseV18,
  "with a given opening tree": bases.openingsCase,
  "with a thermal dispatched ahead": bases.anticipatedCase,
  "with travelling water": bases.travellingCase,
  "with a filling": bases.fillingCase,
  "with a filling in the v0.5 layout": bases.fillingCaseV05,
  "of one bus and one thermal": bases.leastCase,
};

for (const [what, base] of Object.entries(CASES)) {
  Deno.test(`a sound case ${what} has no problem`, async () => {
    await withCase(base(), async (directory) => {
      assert.deepEqual(await problemsOf(directory), []);
    });
  });
}
