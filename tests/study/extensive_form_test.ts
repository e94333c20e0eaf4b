/** Solving a small study exactly, from its directory. */
import assert from "node:assert/strict";
import { solveExtensiveForm } from "../../mod.ts";
import { type CaseFiles, type ParquetFile, withCase } from "../support/case_files.ts";
import { smallCase } from "../support/small_case.ts";
import { trainCase } from "../support/train_case.ts";

const CASES = Deno.env.get("COBRE_REFERENCE_CASES");

/** The small case as a tree of 3 · 3 · 2 sequences. */
function tree(inflowMethod: string): CaseFiles {
  const files = smallCase();
  files["config.json"].simulation.enabled = false;
  files["stages.json"].policy_graph.annual_discount_rate = 0;
  files["config.json"].modeling.inflow_non_negativity.method = inflowMethod;
  files["config.json"].training.stopping_rules = [{ type: "iteration_limit", limit: 60 }];
  [3, 3, 2].forEach((openings, stage) => {
    files["stages.json"].stages[stage].num_scenarios = openings;
  });
  for (let stage = 3; stage < 12; stage++) files["stages.json"].stages[stage].num_scenarios = 1;
  return files;
}

Deno.test({
  name:
    "a single plant over two stages costs what is worked out by hand (needs COBRE_REFERENCE_CASES)",
  ignore: CASES === undefined,
  fn: async () => {
    const { cost, nodes } = await solveExtensiveForm(`${CASES}/d02-single-hydro`);
    assert.ok(Math.abs(cost - 23_635_000 / 9) < 1e-4, `${cost}`);
    // All water is used: 100 hm³, and 40 and 10 m³/s for 730 h, at 1 MW per m³/s against 80 MW.
    assert.ok(Math.abs(nodes[1]!.storageHm3[0]!) < 1e-6);
    const turbined = 100 / (730 * 0.0036) + 50;
    const stages = nodes[0]!.stageCost + nodes[1]!.stageCost;
    assert.ok(Math.abs(stages - 50 * 730 * (160 - turbined)) < 1e-4, `${stages}`);
    assert.deepEqual(nodes.map(({ parent, opening }) => [parent, opening]), [[-1, 0], [0, 0]]);
  },
});

Deno.test("the optimum of a tree is the mean of its sequences, and training rises to it", async () => {
  await withCase(tree("penalty"), async (directory) => {
    const { cost, nodes, rows } = await solveExtensiveForm(directory);
    assert.equal(nodes.length, 3 + 9 + 18 * 10);
    assert.ok(rows > nodes.length);
    let mean = 0;
    nodes.forEach(({ stageCost, parent, opening }, at) => {
      let weight = 1;
      for (let node = at; node >= 0; node = nodes[node]!.parent) weight *= nodes[node]!.probability;
      mean += weight * stageCost;
      if (at > 0 && nodes[at - 1]!.parent === parent) {
        assert.equal(opening, nodes[at - 1]!.opening + 1);
      }
    });
    assert.ok(Math.abs(mean - cost) < 1e-9 * cost, `${mean}, ${cost}`);
    const { lowerBounds } = await trainCase(directory);
    const bound = lowerBounds.at(-1)!;
    assert.ok(bound <= cost * (1 + 1e-9) && bound > cost * (1 - 1e-6), `${bound}, ${cost}`);
  });
});

Deno.test("inflows are cut off at zero all through the tree where the case says so", async () => {
  const costs: number[] = [];
  for (const method of ["penalty", "truncation", "truncation_with_penalty"]) {
    const files = tree(method);
    // Noise that drives inflows far below zero.
    const path = "scenarios/inflow_seasonal_stats.parquet";
    const stats: ParquetFile = files[path];
    files[path] = stats.map((row) => [{ ...row, std_m3s: 6 * row["std_m3s"]! }]);
    await withCase(files, async (directory) => {
      costs.push((await solveExtensiveForm(directory)).cost);
    });
  }
  const [penalty, truncated, both] = costs as [number, number, number];
  assert.ok(truncated < penalty, `${truncated}, ${penalty}`);
  assert.ok(both <= truncated * (1 + 1e-9));
});

Deno.test("what is too large or does not exist is refused", async () => {
  await withCase(tree("penalty"), async (directory) => {
    await assert.rejects(solveExtensiveForm(directory, { maxNodes: 191 }), {
      kind: "IncompatibleSettings",
      message: /192 nodes, expected at most 191/,
    });
  });
  await assert.rejects(solveExtensiveForm("/nowhere/at/all"), { kind: "MissingFile" });
});
