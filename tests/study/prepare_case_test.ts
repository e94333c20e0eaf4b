import assert from "node:assert/strict";
import { readCase } from "../../src/case/mod.ts";
import { CobreError } from "../../src/protocol/mod.ts";
import { prepareCase, type PreparedStudy } from "../../src/study/mod.ts";
import { type CaseFiles, withCase } from "../support/case_files.ts";
import { smallCase } from "../support/small_case.ts";

const STAGES = 12;

/** The small case, changed and prepared. */
function prepared(change: (files: CaseFiles) => void = () => {}): Promise<PreparedStudy> {
  const files = smallCase();
  change(files);
  return withCase(files, async (directory) => {
    const reading = await readCase(directory);
    assert.deepEqual(reading.problems.filter(({ severity }) => severity === "error"), []);
    return await prepareCase(reading.case!, { kind: "wasm", path: null });
  });
}

/** Lower bound of the future column at a stage ($). */
function leastFuture({ study }: PreparedStudy, position: number): number {
  const { template } = study.stages[position]!;
  return template.lp.columnLower[template.futureColumns[0]!]! * template.costScale;
}

Deno.test("a study is plain data that threads can be sent, with its numbers in shared memory", async () => {
  const { study } = await prepared();
  const copy = structuredClone(study);
  assert.deepEqual(Object.keys(copy), Object.keys(study));
  for (const values of [study.tree.values, study.stages[0]!.template.map.inflow.base]) {
    assert.ok(values.buffer instanceof SharedArrayBuffer);
  }
});

Deno.test("states, openings, loads and the end of a study are those of the case", async () => {
  const { study } = await prepared();
  assert.equal(study.stages.length, STAGES);
  assert.deepEqual([...study.tree.counts], new Array(STAGES).fill(4));
  assert.equal(study.passes, 2);
  assert.equal(study.scenarios, 4);
  assert.equal(study.truncateInflow, false);
  assert.deepEqual([...study.initialState.subarray(0, 3)], [90, 60, 30]);
  study.stages.forEach(({ template, blocks, loadFactor, discount }, position) => {
    assert.equal(blocks, 2);
    assert.equal(loadFactor.length, 2 * 2);
    assert.ok(discount < 1 && discount > 0.99);
    assert.equal(template.futureColumns.length, position === STAGES - 1 ? 0 : 1);
  });
});

Deno.test("with a cut for each opening there is a future for each opening", async () => {
  const { study } = await prepared((files) => {
    files["config.json"].training.cut_formulation = "multi";
    files["stages.json"].stages[3].num_scenarios = 7;
  });
  assert.equal(study.stages[2]!.template.futureColumns.length, 7);
  assert.equal(study.stages[3]!.template.futureColumns.length, 4);
});

function cyclic(files: CaseFiles, back = 0): void {
  files["stages.json"].policy_graph = {
    type: "cyclic",
    annual_discount_rate: 0.1,
    transitions: Array.from({ length: STAGES }, (_, source) => ({
      source_id: source,
      target_id: source === STAGES - 1 ? back : source + 1,
      probability: 1,
    })),
  };
}

Deno.test("a cyclic study goes on after its last stage", async () => {
  const { study } = await prepared((files) => cyclic(files));
  assert.equal(study.cycle!.next, 0);
  assert.equal(study.stages.at(-1)!.template.futureColumns.length, 1);
  const { incoming } = study.stages[0]!.template.map;
  const { outgoing } = study.stages.at(-1)!.template.map;
  assert.deepEqual(outgoing.slots, incoming.slots);
});

Deno.test("what a cycle can earn for ever bounds its future", async () => {
  // Sources that are not curtailed are rewarded, so that futures may be negative.
  const finite = await prepared((files) => {
    files["stages.json"].policy_graph.annual_discount_rate = 0.1;
  });
  const endless = await prepared((files) => cyclic(files));
  const discounts = endless.study.stages.map(({ discount }) => discount);
  const year = discounts.reduce((product, discount) => product * discount, 1);
  assert.ok(Math.abs(year - 1 / 1.1) < 1e-3);
  const after = leastFuture(endless, STAGES - 1);
  const ahead = leastFuture(finite, 0);
  assert.ok(ahead < 0);
  const close = (found: number, wanted: number): boolean => Math.abs(found / wanted - 1) < 1e-12;
  assert.ok(close(leastFuture(endless, 0), ahead + year / discounts[0]! * after));
  // A year costs at least after·(1 − year): what the first stage can earn, and then the others.
  const first = after * (1 - year) - discounts[0]! * ahead;
  assert.ok(first < 0 && first > ahead, `${first}`);
});

Deno.test("commitments cannot reach the next round of a cycle", async () => {
  const early = (files: CaseFiles): void => {
    cyclic(files);
    const [gas] = files["system/thermals.json"].thermals;
    gas.gnl_config = { lag_stages: 1 };
  };
  await assert.rejects(prepared(early), (thrown) => {
    assert.ok(thrown instanceof CobreError);
    assert.equal(thrown.kind, "IncompatibleSettings");
    assert.match(thrown.message, /disagree about commitment 0/);
    return true;
  });
});
