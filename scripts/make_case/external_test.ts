import assert from "node:assert/strict";
import { externalInflows } from "./external.ts";
import { SIZES } from "./size.ts";
import { makeStudy } from "./study.ts";

const SCENARIOS = 400;
const study = makeStudy({ ...SIZES.S, plants: 3 }, 5);
const columns = externalInflows(study, SCENARIOS);
const [stages, scenarios, hydros] = columns.slice(0, 3).map(({ values }) => values as Int32Array);
const values = columns[3]!.values as Float64Array;

Deno.test("there is a row for every stage, scenario and hydro, in that order", () => {
  let row = 0;
  for (let stage = 0; stage < study.size.stages; stage++) {
    for (let scenario = 0; scenario < SCENARIOS; scenario++) {
      for (let hydro = 0; hydro < 3; hydro++, row++) {
        assert.ok(stages![row] === stage && scenarios![row] === scenario && hydros![row] === hydro);
      }
    }
  }
  assert.equal(values.length, row);
});

Deno.test("once the past is forgotten, inflows have the moments of their month", () => {
  const stage = study.size.stages - 1;
  for (let hydro = 0; hydro < 3; hydro++) {
    const { meanM3s, deviationM3s } = study.plants[hydro]!;
    const [mean, deviation] = [meanM3s[stage % 12]!, deviationM3s[stage % 12]!];
    const drawn = values.filter((_, row) => stages![row] === stage && hydros![row] === hydro);
    const average = drawn.reduce((sum, value) => sum + value, 0) / SCENARIOS;
    const spread = Math.sqrt(drawn.reduce((sum, x) => sum + (x - average) ** 2, 0) / SCENARIOS);
    assert.ok(Math.abs(average - mean) < 4 * deviation / Math.sqrt(SCENARIOS));
    assert.ok(Math.abs(spread / deviation - 1) < 0.15, `${spread} against ${deviation}`);
  }
});

Deno.test("the first month follows the months before the study", () => {
  const wet = makeStudy({ ...SIZES.S, plants: 3 }, 5);
  const past = wet.pastInflowsM3s.map((lags) => lags.map((value) => 2 * value));
  const after = externalInflows({ ...wet, pastInflowsM3s: past }, SCENARIOS)[3]!
    .values as Float64Array;
  for (let row = 0; row < 3 * SCENARIOS; row++) assert.ok(after[row]! > values[row]!);
});
