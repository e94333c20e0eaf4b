import assert from "node:assert/strict";
import { Problems } from "../problem.ts";
import { type CaseTables, readTables } from "./read_tables.ts";

const REFERENCE = Deno.env.get("COBRE_REFERENCE_CASES");
const ignore = REFERENCE === undefined; // Needs the example cases of the reference program.

async function tablesOf(name: string): Promise<CaseTables> {
  const directory = `${REFERENCE}/${name}`;
  const present = new Set<string>();
  for (const folder of ["system", "scenarios", "constraints"]) {
    try {
      for (const entry of Deno.readDirSync(`${directory}/${folder}`)) {
        present.add(`${folder}/${entry.name}`);
      }
    } catch (thrown) {
      if (!(thrown instanceof Deno.errors.NotFound)) throw thrown;
    }
  }
  const problems = new Problems();
  const context = { dialect: "v0.5", senses: new Map([[1, "<="]]), horizon: null } as const;
  const tables = await readTables(directory, present, context, problems);
  assert.deepEqual(problems.all.map(({ record }) => record.message), [], name);
  return tables;
}

Deno.test({
  name: "the tables of every reference case are read without a problem",
  ignore,
  fn: async () => {
    const names = [...Deno.readDirSync(REFERENCE!)].map((entry) => entry.name);
    assert.equal(names.length, 30);
    for (const name of names) await tablesOf(name);
  },
});

Deno.test({
  name: "tables of reference cases hold what their files say",
  ignore,
  fn: async () => {
    const { thermal } = (await tablesOf("d27-per-stage-thermal-cost")).overrides;
    assert.equal(thermal.rows, 1);
    assert.ok(Number.isNaN(thermal.min_generation_mw[0]));
    assert.ok(thermal.cost_per_mwh[0]! > 0);
    const external = (await tablesOf("d28-decomp-weekly-monthly")).scenarios.externalInflow!;
    assert.deepEqual(external.stage_id, Int32Array.of(0, 1, 2, 3, 4, 5, 5, 5, 5, 5));
    assert.deepEqual(external.value, Float64Array.of(45, 55, 60, 50, 65, 40, 50, 60, 70, 80));
    const history = (await tablesOf("d12-par-annual")).scenarios.inflowHistory!;
    assert.equal(history.rows, 720);
    assert.deepEqual([history.start_day[1], history.end_day[1]], [3318, 3346]); // February 1979.
    const { fphaPlanes } = await tablesOf("d06-fpha-variable-head");
    assert.ok(fphaPlanes.rows > 0);
    const { genericBounds } = await tablesOf("d13-generic-constraint");
    assert.deepEqual(genericBounds.bound_lower, Float64Array.of(NaN, NaN));
  },
});
