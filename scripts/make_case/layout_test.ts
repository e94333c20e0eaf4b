import assert from "node:assert/strict";
import { type Case, readCase } from "../../src/case/mod.ts";
import { validate } from "../../src/validation/mod.ts";
import { caseContent, type Layout } from "./layout.ts";
import { type Size, SIZES } from "./size.ts";
import { makeStudy } from "./study.ts";
import { writeCaseContent } from "./write_case.ts";

/** Everything that a large study has, in small. */
const CURVED: Size = { ...SIZES.L, plants: 9, thermals: 6, buses: 3, stages: 18 };

async function readBack(size: Size, layout: Layout, external = 0): Promise<Case> {
  const directory = await Deno.makeTempDir({ prefix: "cobre_made_" });
  try {
    await writeCaseContent(directory, caseContent(makeStudy(size, 11), layout, external));
    const reading = await readCase(directory);
    assert.deepEqual(reading.problems, []);
    assert.equal(reading.dialect, layout === "v05" ? "v0.5" : "v0.18");
    return reading.case!;
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}

for (const [name, size] of [["S", SIZES.S], ["small with planes", CURVED]] as const) {
  Deno.test(`the study ${name} is one model in both layouts, and breaks no rule`, async () => {
    const old = await readBack(size, "v05");
    const now = await readBack(size, "v18");
    assert.deepEqual(validate(old), []);
    assert.deepEqual(validate(now), []);
    // The newer layout leaves to the reader what noise adds: another way to the same number.
    const { inflowCoefficients: given, ...others } = old.system.scenarios;
    const { inflowCoefficients: derived, ...same } = now.system.scenarios;
    // Only the newer layout can say it, and it wants it of plants with planes.
    const hydros = now.system.hydros.map((hydro) => ({
      ...hydro,
      specificProductivityMwPerM3sPerM: null,
    }));
    assert.deepEqual(
      { ...now.system, hydros, scenarios: same },
      { ...old.system, scenarios: others },
    );
    assert.deepEqual(derived!.coefficient, given!.coefficient);
    derived!.residual_std_ratio.forEach((ratio, row) =>
      assert.ok(Math.abs(ratio - given!.residual_std_ratio[row]!) < 1e-9)
    );
    assert.deepEqual(now.config.training, old.config.training);
    assert.deepEqual(now.config.simulation, old.config.simulation);
  });
}

Deno.test("external scenarios are drawn from, and break no rule", async () => {
  const made = await readBack(CURVED, "v18", 20);
  assert.deepEqual(validate(made), []);
  assert.equal(made.system.scenarios.externalInflow!.rows, 20 * 9 * 18);
  assert.equal(made.config.training.scenarioSource.schemes.inflow, "external");
});
