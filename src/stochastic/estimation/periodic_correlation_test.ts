import assert from "node:assert/strict";
import { autocorrelations, crossCorrelation } from "./periodic_correlation.ts";
import { recordOf, seriesOf } from "./test_records.ts";

const close = (found: number, expected: number): void =>
  assert.ok(Math.abs(found - expected) < 1e-12, `${found} for ${expected}`);

// Season 0: 1, 3, 2 with mean 2; season 1: 2, 3, 7 with mean 4. Σ of squares 2 and 14.
const RECORD = recordOf(2, [1, 2, 3, 3, 2, 7]);

Deno.test("a season correlates with the one before over the years that have both", () => {
  const rho = autocorrelations(seriesOf(RECORD));
  // Within the year: (−1)(−2) + 1·(−1) + 0·3 over three pairs.
  close(rho(1, 1), 1 / Math.sqrt(28));
  // Across the year: 1·(−2) + 0·(−1) over two pairs.
  close(rho(0, 1), (-2 / 2) / (Math.sqrt(28) / 3));
  // Two years back: 1·(−1) + 0·1 over two pairs.
  close(rho(0, 2), (-1 / 2) / (2 / 3));
  assert.equal(rho(0, 0), 1);
});

Deno.test("seasons count on through the year: season −1 is the last one", () => {
  const rho = autocorrelations(seriesOf(RECORD));
  assert.equal(rho(-1, 1), rho(1, 1));
  assert.equal(rho(-2, 1), rho(0, 1));
});

Deno.test("a record that begins inside a year pairs the same periods", () => {
  const whole = autocorrelations(seriesOf(RECORD));
  const values = Array.from(RECORD.values);
  // Year 0 goes, but for its season 1, and the pairs stay those of time.
  const rho = autocorrelations(seriesOf(recordOf(2, values.slice(1), 1)));
  // Season 1 has the same values, season 0 has 3 and 2 with mean 2.5.
  close(rho(0, 1), ((0.5 * -2 + -0.5 * -1) / 2) / (0.5 * Math.sqrt(14 / 3)));
  assert.notEqual(rho(0, 1), whole(0, 1));
});

Deno.test("pairs with a gap do not count", () => {
  const rho = autocorrelations(seriesOf(recordOf(2, [1, 3, NaN, 2, 3, 7])));
  // Season 0 has 1 and 3 with mean 2, season 1 has 3, 2 and 7 with mean 4.
  close(rho(1, 1), ((-1 * -1 + 1 * 3) / 2) / (1 * Math.sqrt(14 / 3)));
});

Deno.test("a season without deviation correlates with nothing", () => {
  const rho = autocorrelations(seriesOf(recordOf(2, [5, 2, 5, 3, 5, 7])));
  assert.equal(rho(0, 1), 0);
  assert.equal(rho(1, 1), 0);
  assert.notEqual(rho(1, 2), 0);
});

Deno.test("a correlation never leaves −1 to 1, even where pairs are few", () => {
  const rho = autocorrelations(seriesOf(recordOf(1, [0, 0, 0, 9, 9])));
  assert.ok(Math.abs(rho(0, 1)) <= 1);
});

Deno.test("a cross correlation divides by the larger season", () => {
  const a = seriesOf(recordOf(1, [1, 3, 2], 1));
  const b = seriesOf(recordOf(1, [5, 1, 3, 7]));
  // Lag 1 pairs a = 1, 3, 2 with b = 5, 1, 3, whose mean is 4; four of b divide.
  const expected = (-1 * 1 + 1 * -3 + 0 * -1) / 4 / (Math.sqrt(2 / 3) * Math.sqrt(5));
  close(crossCorrelation(a, b, 0, 1), expected);
  // One period ahead of a is the next of b: 1 with 3, 3 with 7.
  close(
    crossCorrelation(a, b, 0, -1),
    (-1 * -1 + 1 * 3) / 4 / (Math.sqrt(2 / 3) * Math.sqrt(5)),
  );
});
