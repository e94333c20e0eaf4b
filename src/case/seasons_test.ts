import assert from "node:assert/strict";
import type { Season, SeasonCycle } from "../model/mod.ts";
import { formatIsoDate, parseIsoDate } from "../numeric/mod.ts";
import { hasSeveralResolutions, periodOfDay, seasonOfDay, seasonOfStage } from "./seasons.ts";

const day = (text: string) => parseIsoDate(text)!;

function season(id: number, from: string, to?: string): Season {
  const [monthStart, dayStart] = from.split("-").map(Number);
  const [monthEnd, dayEnd] = (to ?? "").split("-").map(Number);
  return {
    id,
    label: `S${id}`,
    monthStart: monthStart!,
    dayStart: dayStart ?? null,
    monthEnd: monthEnd || null,
    dayEnd: dayEnd ?? null,
  };
}

const monthly: SeasonCycle = {
  type: "monthly",
  seasons: Array.from({ length: 12 }, (_, k) => season(k, `${k + 1}`)),
};
const weekly: SeasonCycle = {
  type: "weekly",
  seasons: Array.from({ length: 52 }, (_, k) => season(k, "1")),
};
const dryAndWet: SeasonCycle = {
  type: "custom",
  seasons: [season(0, "11-15", "3-10"), season(1, "3-11", "11-14")],
};

function period(cycle: SeasonCycle | null, at: string): string {
  const { startDay, endDay } = periodOfDay(cycle, day(at));
  return `${formatIsoDate(startDay)} ${formatIsoDate(endDay)}`;
}

Deno.test("a day belongs to its month, its week or its range", () => {
  assert.equal(seasonOfDay(monthly, day("2030-02-28"))?.id, 1);
  assert.equal(seasonOfDay(weekly, day("2030-01-01"))?.id, 0);
  assert.equal(seasonOfDay(weekly, day("2026-12-31"))?.id, 51, "week 53 joins week 52");
  assert.equal(seasonOfDay(dryAndWet, day("2030-01-01"))?.id, 0);
  assert.equal(seasonOfDay(dryAndWet, day("2030-11-14"))?.id, 1);
  assert.equal(seasonOfDay(dryAndWet, day("2030-11-15"))?.id, 0);
  const gap: SeasonCycle = { type: "custom", seasons: [season(0, "1", "2")] };
  assert.equal(seasonOfDay(gap, day("2030-05-05")), null);
});

Deno.test("a season that ends on 28 February holds the 29th", () => {
  const winter: SeasonCycle = { type: "custom", seasons: [season(0, "2-1", "2-28")] };
  assert.equal(seasonOfDay(winter, day("2028-02-29"))?.id, 0);
  assert.equal(period(winter, "2028-02-03"), "2028-02-01 2028-03-01");
  assert.equal(period(winter, "2027-02-03"), "2027-02-01 2027-03-01");
});

Deno.test("the period of a day is that of its cycle", () => {
  assert.equal(period(null, "2030-02-28"), "2030-02-01 2030-03-01");
  assert.equal(period(monthly, "2030-12-31"), "2030-12-01 2031-01-01");
  assert.equal(period(weekly, "2030-01-01"), "2029-12-31 2030-01-07");
  assert.equal(period(dryAndWet, "2030-01-01"), "2029-11-15 2030-03-11");
  assert.equal(period(dryAndWet, "2030-12-01"), "2030-11-15 2031-03-11");
});

Deno.test("overlapping seasons are of several resolutions", () => {
  assert.equal(hasSeveralResolutions(monthly), false);
  assert.equal(hasSeveralResolutions(dryAndWet), false);
  const quarter = season(12, "1", "3");
  assert.equal(
    hasSeveralResolutions({ type: "custom", seasons: [season(0, "1"), quarter] }),
    true,
  );
});

Deno.test("a stage belongs to the season with most of its days", () => {
  const stage = (from: string, to: string) => ({ startDay: day(from), endDay: day(to) });
  assert.equal(seasonOfStage(monthly, stage("2030-01-28", "2030-02-04"))?.id, 0);
  assert.equal(seasonOfStage(monthly, stage("2030-01-29", "2030-02-05"))?.id, 1);
  assert.equal(seasonOfStage(dryAndWet, stage("2030-01-01", "2031-01-01"))?.id, 1);
});
