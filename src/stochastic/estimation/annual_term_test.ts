import assert from "node:assert/strict";
import { annualFitter, annualRecord, conditionalPartials, YEAR } from "./annual_term.ts";
import { normals, recordOf, seriesOf } from "./test_records.ts";

const close = (found: number, expected: number, tolerance = 1e-12): void =>
  assert.ok(Math.abs(found - expected) < tolerance, `${found} for ${expected}`);

Deno.test("annual means end in the season of their last month, without the one that ends the record", () => {
  const values = Array.from({ length: 26 }, (_, at) => at);
  const { series, moments } = annualRecord(recordOf(12, values, 24));
  // Of the means 5.5 (months 0 to 11) to 19.5 (14 to 25) the last is not used.
  assert.equal(series.first, 24 + YEAR - 1);
  assert.equal(series.deviations.length, 14);
  assert.deepEqual([moments[11]!.count, moments[0]!.count, moments[1]!.count], [2, 2, 1]);
  assert.equal(moments[11]!.meanM3s, (5.5 + 17.5) / 2);
  assert.equal(moments[11]!.stdM3s, 6);
});

Deno.test("a gap leaves out the years that hold it", () => {
  const values = Array.from({ length: 40 }, (_, at) => at === 20 ? NaN : at);
  const { moments } = annualRecord(recordOf(12, values));
  const count = moments.reduce((sum, moment) => sum + moment.count, 0);
  // Windows from 0 to 27 without those from 9 to 20.
  assert.equal(count, 28 - 12);
});

Deno.test("the first conditional correlation is the partial one given the annual mean", () => {
  const [lag, annualNow, annualThen] = [0.6, 0.4, 0.5];
  const correlations = {
    rho: (_: number, k: number) => k === 0 ? 1 : lag,
    withLag: () => annualThen,
    ahead: () => annualNow,
  };
  const [partial] = conditionalPartials(correlations, 0, 1);
  close(
    partial!,
    (lag - annualNow * annualThen) / Math.sqrt((1 - annualNow ** 2) * (1 - annualThen ** 2)),
  );
});

Deno.test("an annual mean that tells nothing leaves the usual partial correlations", () => {
  const values = [0.6, 0.5];
  const correlations = {
    rho: (_: number, k: number) => k === 0 ? 1 : values[k - 1]!,
    withLag: () => 0,
    ahead: () => 0,
  };
  const [one, two] = conditionalPartials(correlations, 0, 2);
  close(one!, 0.6);
  close(two!, (0.5 - 0.36) / (1 - 0.36));
});

Deno.test("a process with an annual term gives its coefficients back", () => {
  const [phi, alpha] = [0.4, 0.3];
  const draw = normals(5);
  const values: number[] = new Array(YEAR).fill(100);
  // Annual means of this process have a deviation of about 6; the term is put in physical units.
  for (let at = YEAR; at < 12 * 4000; at++) {
    let sum = 0;
    for (let back = 1; back <= YEAR; back++) sum += values[at - back]! - 100;
    values.push(100 + phi * (values[at - 1]! - 100) + alpha * sum / YEAR + 10 * draw());
  }
  const record = recordOf(12, values);
  const series = seriesOf(record);
  const { series: annual, moments } = annualRecord(record);
  const fitter = annualFitter(series, annual);
  let meanPhi = 0;
  let meanAlpha = 0;
  for (let place = 0; place < 12; place++) {
    const fit = fitter.fit(place, 1);
    const before = (place + 11) % 12;
    meanPhi += fit.coefficients[0]! * series.stds[place]! / series.stds[before]! / 12;
    meanAlpha += fit.annual! * series.stds[place]! / moments[before]!.stdM3s / 12;
  }
  close(meanPhi, phi, 0.02);
  close(meanAlpha, alpha, 0.04);
});

Deno.test("without lags the annual term is its correlation with the inflow that follows", () => {
  const draw = normals(9);
  const record = recordOf(12, Array.from({ length: 600 }, () => 50 + 5 * draw()));
  const series = seriesOf(record);
  const { series: annual } = annualRecord(record);
  const { coefficients, residualRatio, annual: alpha } = annualFitter(series, annual).fit(4, 0);
  assert.deepEqual(coefficients, []);
  close(residualRatio, Math.sqrt(1 - alpha! ** 2));
});
