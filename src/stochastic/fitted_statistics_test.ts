import assert from "node:assert/strict";
import { correlate, makeCorrelationScratch, resolveCorrelation } from "./correlation.ts";
import { normals } from "./estimation/test_records.ts";
import { realisedInflow } from "./inflow_equation.ts";
import { prepare, simulatedHistory, systemOf, TRUTH } from "./inflow_study_test_helpers.ts";
import { layoutOf } from "./noise_test_helpers.ts";

Deno.test("a long history of order 3 gives its coefficients back, in units of inflow", () => {
  const { models } = prepare(systemOf([4], { inflowHistory: simulatedHistory(3000, [4], 1) }));
  assert.equal(models.lagDepth, 3);
  for (let month = 0; month < 12; month++) {
    TRUTH[month]!.phi.forEach((phi, at) => {
      const expected = phi * TRUTH[month]!.std / TRUTH[(month + 11 - at) % 12]!.std;
      const found = models.psi[month * 3 + at]!;
      assert.ok(Math.abs(found - expected) < 0.08, `month ${month} lag ${at + 1}: ${found}`);
    });
    const sigma = 0.6 * TRUTH[month]!.std;
    assert.ok(Math.abs(models.sigma[month]! / sigma - 1) < 0.05);
  }
});

Deno.test("inflows drawn from fitted models have the statistics of the history", () => {
  const hydroIds = [4, 9];
  const history = simulatedHistory(80, hydroIds, 2);
  const system = systemOf(hydroIds, { inflowHistory: history });
  const { models, correlation, rows } = prepare(system);
  const stageIds = system.horizon.stages.map(({ id }) => id);
  const layout = layoutOf(2);
  const noises = resolveCorrelation(correlation, {
    ...layout,
    blocks: { ...layout.blocks, inflow: { ...layout.blocks.inflow, ids: Int32Array.of(4, 9) } },
  }, stageIds);
  const scratch = makeCorrelationScratch(noises);
  const draw = normals(77);
  const lags = new Float64Array(2 * models.lagDepth);
  const noise = new Float64Array(2);
  const z = new Float64Array(2);
  const years = 6000;
  const drawn: number[][] = [[], []];
  for (let at = -36; at < 12 * years; at++) {
    const stage = (at + 36) % 12;
    noise[0] = draw();
    noise[1] = draw();
    correlate(noises.stages[stage]!.inflow, noise, 0, scratch);
    realisedInflow(models, stage, lags, noise, z);
    lags.copyWithin(2, 0);
    lags.set(z);
    if (at >= 0) z.forEach((value, h) => drawn[h]!.push(value));
  }
  const observed = hydroIds.map((id) =>
    Array.from(history.value_m3s.filter((_, row) => history.hydro_id[row] === id))
  );
  for (let month = 0; month < 12; month++) {
    const before = (month + 11) % 12;
    for (let h = 0; h < 2; h++) {
      const past = monthOf(observed[h]!, month);
      const made = monthOf(drawn[h]!, month);
      const { mean, std } = momentsOf(past);
      assert.ok(Math.abs(momentsOf(made).mean - mean) < 0.05 * std + 1e-9);
      assert.ok(Math.abs(momentsOf(made).std / std - 1) < 0.08);
      const row = rows.find(({ hydroId, stageId }) =>
        hydroId === hydroIds[h] && stageId === month
      )!;
      assert.ok(Math.abs(row.meanM3s - mean) < 1e-9 && Math.abs(row.stdM3s - std) < 1e-9);
      // Pairs of one year, so January with the December after it is left out.
      if (month === 0) continue;
      const lagPast = correlationOf(past, monthOf(observed[h]!, before));
      const lagMade = correlationOf(made, monthOf(drawn[h]!, before));
      assert.ok(Math.abs(lagPast - lagMade) < 0.06, `month ${month}: ${lagPast}, ${lagMade}`);
    }
    const space = correlationOf(monthOf(observed[0]!, month), monthOf(observed[1]!, month));
    const spaceMade = correlationOf(monthOf(drawn[0]!, month), monthOf(drawn[1]!, month));
    assert.ok(Math.abs(space - spaceMade) < 0.2, `month ${month}: ${space}, ${spaceMade}`);
  }
});

function monthOf(values: readonly number[], month: number): number[] {
  return values.filter((_, at) => at % 12 === month);
}

function momentsOf(values: readonly number[]): { mean: number; std: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, std: Math.sqrt(squares / values.length) };
}

function correlationOf(a: readonly number[], b: readonly number[]): number {
  const one = momentsOf(a);
  const other = momentsOf(b);
  const products = a.reduce(
    (sum, value, at) => sum + (value - one.mean) * (b[at]! - other.mean),
    0,
  );
  return products / a.length / one.std / other.std;
}
