import assert from "node:assert/strict";
import type { SeasonCycle } from "../../model/mod.ts";
import { formatIsoDate, parseIsoDate } from "../../numeric/mod.ts";
import { historyWindows } from "./history_windows.ts";

function windowsOf(
  rows: readonly (readonly [hydro: number, date: string])[],
  seasons: SeasonCycle | null = null,
): string[] {
  const windows = historyWindows({
    rows: rows.length,
    hydro_id: Int32Array.from(rows, ([hydro]) => hydro),
    date: Int32Array.from(rows, ([, date]) => parseIsoDate(date)!),
    value_m3s: new Float64Array(rows.length),
  }, seasons);
  return rows.map((_, row) =>
    `${formatIsoDate(windows.start_day[row]!)}/${formatIsoDate(windows.end_day[row]!)}`
  );
}

function custom(
  ...starts: readonly (readonly [month: number, day: number, monthEnd: number, dayEnd: number])[]
): SeasonCycle {
  return {
    type: "custom",
    seasons: starts.map(([monthStart, dayStart, monthEnd, dayEnd], id) => ({
      id,
      label: `S${id}`,
      monthStart,
      dayStart,
      monthEnd,
      dayEnd,
    })),
  };
}

Deno.test("a date stands for its calendar month, on whatever day it lies", () => {
  assert.deepEqual(windowsOf([[0, "2024-02-01"], [0, "2024-12-15"]]), [
    "2024-02-01/2024-03-01",
    "2024-12-01/2025-01-01",
  ]);
});

Deno.test("observations of one hydro in one month share it, those of two hydros do not", () => {
  assert.deepEqual(
    windowsOf([[0, "2024-02-05"], [0, "2024-02-12"], [0, "2024-02-19"], [1, "2024-02-20"]]),
    [
      "2024-02-01/2024-02-12",
      "2024-02-12/2024-02-19",
      "2024-02-19/2024-03-01",
      "2024-02-01/2024-03-01",
    ],
  );
});

Deno.test("in a weekly cycle a date stands for its week from Monday", () => {
  const weekly: SeasonCycle = { type: "weekly", seasons: [] };
  assert.deepEqual(windowsOf([[0, "2024-12-31"], [0, "2025-01-06"]], weekly), [
    "2024-12-30/2025-01-06",
    "2025-01-06/2025-01-13",
  ]);
});

Deno.test("months of a longer season stay months; a season inside a month cuts it", () => {
  const quarters = custom([1, 1, 3, 31], [4, 1, 12, 31]);
  assert.deepEqual(windowsOf([[0, "2024-01-01"], [0, "2024-02-01"]], quarters), [
    "2024-01-01/2024-02-01",
    "2024-02-01/2024-03-01",
  ]);
  const shifted = custom([11, 16, 4, 15], [4, 16, 11, 15]);
  assert.deepEqual(windowsOf([[0, "2024-04-01"], [0, "2024-04-16"], [0, "2024-11-20"]], shifted), [
    "2024-04-01/2024-04-16",
    "2024-04-16/2024-05-01",
    "2024-11-16/2024-12-01",
  ]);
});
