import assert from "node:assert/strict";
import { withCase } from "../support/case_files.ts";
import { smallCase } from "../support/small_case.ts";
import { validateCase, type ValidationStep } from "../../src/study/mod.ts";

Deno.test("a good case comes back as data, with its entities counted", async () => {
  await withCase(smallCase(), async (directory) => {
    const steps: ValidationStep[] = [];
    const outcome = await validateCase(directory, (step) => steps.push(step));
    assert.deepEqual([outcome.valid, outcome.errors, outcome.warnings], [true, [], []]);
    assert.equal(outcome.layersCompleted, 5);
    assert.equal(outcome.dialect, "v0.5");
    assert.equal(outcome.entitiesValidated, 12);
    assert.equal(outcome.case?.system.hydros.length, 3);
    assert.equal(new Date(outcome.timestamp).toISOString(), outcome.timestamp);
    assert.deepEqual(steps.map(({ step }) => step), ["read", "rules"]);
  });
});

Deno.test("the layers tell how far validation came", async () => {
  const unparsable = smallCase();
  unparsable["system/buses.json"] = "{";
  const misshapen = smallCase();
  misshapen["system/buses.json"].buses[0].name = 3;
  const dangling = smallCase();
  dangling["system/thermals.json"].thermals[0].bus_id = 77;
  for (const [files, layers] of [[unparsable, 1], [misshapen, 2], [dangling, 5]] as const) {
    await withCase(files, async (directory) => {
      const outcome = await validateCase(directory);
      assert.equal(outcome.layersCompleted, layers);
      assert.equal(outcome.valid, false);
      assert.equal(outcome.case === null, layers < 5);
    });
  }
});

Deno.test("a path at which there is no case is a problem of the case", async () => {
  const outcome = await validateCase("no/such/case");
  assert.deepEqual(outcome.errors.map(({ kind }) => kind), ["MissingFile"]);
  assert.deepEqual([outcome.layersCompleted, outcome.filesChecked, outcome.case], [0, 0, null]);
  assert.match(outcome.directory, /^\/.*no\/such\/case$/);
});
