import assert from "node:assert/strict";
import { CASE_RULES } from "../../src/case/mod.ts";
import { ruleCatalogue } from "../../src/validation/mod.ts";
import { withCase } from "../support/case_files.ts";
import { smallCase } from "../support/small_case.ts";
import { smallCaseV18 } from "../support/small_case_v18.ts";
import { checkFixture, type Fixture, problemsOf } from "./fixture.ts";
import { fixtures as anticipated } from "./fixtures/anticipated.ts";
import { fixtures as bounds } from "./fixtures/bounds.ts";
import { fixtures as cascade } from "./fixtures/cascade.ts";
import { fixtures as coverage } from "./fixtures/coverage.ts";
import { fixtures as estimation } from "./fixtures/estimation.ts";
import { fixtures as inflow } from "./fixtures/inflow.ts";
import { fixtures as initialConditions } from "./fixtures/initial_conditions.ts";
import { fixtures as lifeCycle } from "./fixtures/life_cycle.ts";
import { fixtures as network } from "./fixtures/network.ts";
import { fixtures as penalties } from "./fixtures/penalties.ts";
import { fixtures as production } from "./fixtures/production.ts";
import { fixtures as references } from "./fixtures/references.ts";
import { fixtures as runSettings } from "./fixtures/run_settings.ts";
import { fixtures as scenarios } from "./fixtures/scenarios.ts";
import { fixtures as stages } from "./fixtures/stages.ts";
import { fixtures as tableReferences } from "./fixtures/table_references.ts";
import { fixtures as units } from "./fixtures/units.ts";
import { fixtures as userConstraints } from "./fixtures/user_constraints.ts";
import { fixtures as water } from "./fixtures/water.ts";

const FIXTURES: readonly Fixture[] = [
  ...anticipated,
  ...bounds,
  ...cascade,
  ...coverage,
  ...estimation,
  ...inflow,
  ...initialConditions,
  ...lifeCycle,
  ...network,
  ...penalties,
  ...production,
  ...references,
  ...runSettings,
  ...scenarios,
  ...stages,
  ...tableReferences,
  ...units,
  ...userConstraints,
  ...water,
];

const later = ruleCatalogue().filter((rule) => !CASE_RULES.includes(rule));

for (const [layout, files] of [["v0.5", smallCase], ["v0.18", smallCaseV18]] as const) {
  Deno.test(`a sound case in the ${layout} layout has no problem`, async () => {
    await withCase(files(), async (directory) => {
      assert.deepEqual(await problemsOf(directory), []);
    });
  });
}

for (const fixture of FIXTURES) {
  const what = fixture.what === undefined ? "" : `: ${fixture.what}`;
  Deno.test(`rule ${fixture.rule} is found alone${what}`, () => checkFixture(fixture));
}

Deno.test("every rule of layers 3 to 5 has a case that breaks it alone", () => {
  const covered = new Set(FIXTURES.map((fixture) => fixture.rule));
  assert.deepEqual(later.map(({ id }) => id).filter((id) => !covered.has(id)), []);
});

Deno.test("every fixture is about a rule of the catalogue", () => {
  const known = new Set(later.map(({ id }) => id));
  assert.deepEqual(FIXTURES.map(({ rule }) => rule).filter((rule) => !known.has(rule)), []);
});

Deno.test("an id of a rule is used once, or once per file", () => {
  const ids = ruleCatalogue().map(({ id, file }) => `${id} ${file}`);
  assert.deepEqual(ids.filter((id, index) => ids.indexOf(id) !== index), []);
  const laterIds = later.map(({ id }) => id);
  const earlier = new Set(CASE_RULES.map(({ id }) => id));
  assert.deepEqual(laterIds.filter((id) => earlier.has(id)), []);
  assert.equal(new Set(laterIds).size, laterIds.length);
});
