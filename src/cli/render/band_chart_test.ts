import assert from "node:assert/strict";
import { drawBand, drawScale, rangeOf, shortNumber } from "./band_chart.ts";

const STYLE = { left: "[", line: "-", mark: "o", right: "]" };

Deno.test("a band stands where its values are on the scale", () => {
  const draw = (low: number, mark: number, high: number) =>
    drawBand({ low, mark, high }, [0, 10], 11, STYLE);
  assert.equal(draw(0, 5, 10), "[----o----]");
  assert.equal(draw(2, 3, 5), "  [o-]     ");
  assert.equal(draw(4, 4, 4), "    o      ");
  assert.equal(draw(0, 0, 10), "o---------]");
});

Deno.test("values that are all the same have a scale of one number", () => {
  const range = rangeOf([{ low: 7, mark: 7, high: 7 }]);
  assert.equal(drawBand({ low: 7, mark: 7, high: 7 }, range, 5, STYLE), "o    ");
  assert.equal(drawScale(range, 5), "7    ");
});

Deno.test("the scale tells both ends, and holds marks beyond their bands", () => {
  const range = rangeOf([{ low: 2, mark: 1, high: 3 }, { low: 2, mark: 4, high: 3 }]);
  assert.deepEqual(range, [1, 4]);
  assert.equal(drawScale(range, 10), "1        4");
});

Deno.test("numbers keep four figures and all before the point", () => {
  assert.deepEqual(
    [216.552008, 12345.6, 0.00123456, 70, 1e-10, -3.14159].map(shortNumber),
    ["216.6", "12346", "0.001235", "70", "1e-10", "-3.142"],
  );
});
