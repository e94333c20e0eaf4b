import assert from "node:assert/strict";
import fc from "fast-check";
import {
  civilFromDays,
  daysFromCivil,
  daysInMonth,
  formatIsoDate,
  isoWeek,
  isoWeekday,
  parseIsoDate,
} from "./dates.ts";

const MS_PER_DAY = 86_400_000;

Deno.test("the epoch and its neighbours have the day numbers of Date32", () => {
  assert.equal(parseIsoDate("1970-01-01"), 0);
  assert.equal(parseIsoDate("1969-12-31"), -1);
  assert.equal(parseIsoDate("2000-03-01"), 11_017);
  assert.equal(parseIsoDate("2024-02-29"), 19_782);
  assert.equal(formatIsoDate(-719_528), "0000-01-01");
});

Deno.test("texts that name no date or are not exactly YYYY-MM-DD are refused", () => {
  const refused = [
    "2024-02-30",
    "2023-02-29",
    "1900-02-29",
    "2024-04-31",
    "2024-13-01",
    "2024-00-10",
    "2024-01-00",
    "2024-1-01",
    "24-01-01",
    "20240101",
    "2024-01-01T00:00:00",
    " 2024-01-01",
    "2024-01-01\n",
    "+2024-01-01",
    "２０２４-01-01",
    "",
  ];
  for (const text of refused) assert.equal(parseIsoDate(text), null, JSON.stringify(text));
  assert.notEqual(parseIsoDate("2000-02-29"), null);
});

Deno.test("parts that are not whole numbers name no date", () => {
  assert.equal(daysFromCivil(2024, 1.5, 1), null);
  assert.equal(daysFromCivil(Number.NaN, 1, 1), null);
});

Deno.test("day numbers, parts and texts agree with the calendar of the platform", () => {
  fc.assert(
    fc.property(fc.integer({ min: -719_528, max: 2_932_896 }), (days) => {
      const reference = new Date(days * MS_PER_DAY);
      assert.deepEqual(civilFromDays(days), {
        year: reference.getUTCFullYear(),
        month: reference.getUTCMonth() + 1,
        day: reference.getUTCDate(),
      });
      const text = formatIsoDate(days);
      assert.equal(text, reference.toISOString().slice(0, 10));
      assert.equal(parseIsoDate(text), days);
      assert.equal(isoWeekday(days), reference.getUTCDay() === 0 ? 7 : reference.getUTCDay());
    }),
    { numRuns: 2000 },
  );
});

Deno.test("years outside four digits are written with a sign and six digits", () => {
  assert.equal(formatIsoDate(2_932_897), "+010000-01-01");
  assert.equal(formatIsoDate(-719_529), "-000001-12-31");
});

Deno.test("every day of four centuries follows the one before", () => {
  let expected = daysFromCivil(1900, 1, 1) as number;
  for (let year = 1900; year < 2300; year++) {
    for (let month = 1; month <= 12; month++) {
      for (let day = 1; day <= daysInMonth(year, month); day++) {
        assert.equal(daysFromCivil(year, month, day), expected++);
      }
    }
  }
});

Deno.test("ISO weeks around the turn of the year belong to the year of their Thursday", () => {
  // Examples of ISO 8601 and of years with 53 weeks.
  const cases: readonly (readonly [string, number, number])[] = [
    ["2005-01-01", 2004, 53],
    ["2005-12-31", 2005, 52],
    ["2007-01-01", 2007, 1],
    ["2008-12-28", 2008, 52],
    ["2008-12-29", 2009, 1],
    ["2009-12-31", 2009, 53],
    ["2010-01-03", 2009, 53],
    ["2010-01-04", 2010, 1],
    ["2026-04-04", 2026, 14],
    ["1969-12-29", 1970, 1],
  ];
  for (const [text, year, week] of cases) {
    assert.deepEqual(isoWeek(parseIsoDate(text) as number), { year, week }, text);
  }
});
