import assert from "node:assert/strict";
import { daysFromCivil } from "../numeric/mod.ts";
import { CobreError } from "../protocol/mod.ts";
import { monthlyStages, tableOf } from "./noise_test_helpers.ts";
import { makeSeasonFinder, seasonHistory } from "./season_history.ts";

const HYDROS = [{ id: 3 }, { id: 8 }];

function monthOf(day: number): number {
  return new Date(day * 86_400_000).getUTCMonth();
}

Deno.test("observations of one season and year become their mean by days", () => {
  const day = daysFromCivil(2000, 5, 1)!;
  const table = tableOf(["hydro_id", "start_day", "end_day"], ["value_m3s"], [
    [3, day, day + 10, 100],
    [3, day + 10, day + 31, 200],
    [9, day, day + 31, 7],
  ]);
  const history = seasonHistory(table, HYDROS, monthOf);
  assert.equal(history.value(0, 4, 2000), (100 * 10 + 200 * 21) / 31);
  assert.equal(history.value(1, 4, 2000), undefined);
  assert.throws(() => seasonHistory(table, HYDROS, () => null), CobreError);
});

Deno.test("a day belongs to the season of its stage, else to that of the cycle", () => {
  const [january, february] = monthlyStages(2);
  const early = { ...february!, id: -1, startDay: january!.endDay - 5, endDay: january!.endDay };
  const find = makeSeasonFinder(
    { stages: [january!], preStudyStages: [{ ...early, seasonId: 7 }] },
    monthOf,
  );
  assert.equal(find(january!.startDay), 0);
  assert.equal(find(january!.endDay - 5), 7);
  assert.equal(find(january!.endDay), 1);
});
