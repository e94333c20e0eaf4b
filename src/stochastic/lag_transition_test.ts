import assert from "node:assert/strict";
import type { Horizon, Season, Stage } from "../model/mod.ts";
import { parseIsoDate } from "../numeric/mod.ts";
import { type KnownInflows, lagTransitions } from "./lag_transition.ts";
import { makeLagWalk } from "./lag_walk.ts";
import { monthlyHorizon, monthlyStages, RULES } from "./noise_test_helpers.ts";

const HYDROS = [{ id: 7 }];

/** Stages from dates: [first day, day after the last, season]. */
function stagesOf(rows: readonly (readonly [string, string, number | null])[]): Stage[] {
  const [model] = monthlyStages(1);
  return rows.map(([from, to, seasonId], id) => ({
    ...model!,
    id,
    startDay: parseIsoDate(from)!,
    endDay: parseIsoDate(to)!,
    seasonId,
  }));
}

function past(...valuesM3s: number[]): KnownInflows {
  return { pastInflows: [{ hydroId: 7, valuesM3s, seasonIds: null }], recentObservations: [] };
}

/** The lags at the start and after each stage, for inflows by stage. */
function lagsAlong(
  horizon: Horizon,
  depth: number,
  known: KnownInflows,
  inflows: readonly number[],
): number[][] {
  const transitions = lagTransitions(horizon, HYDROS, Int32Array.of(depth), known, RULES);
  const walk = makeLagWalk(transitions, 1);
  const lags = new Float64Array(depth);
  walk.start(lags);
  const found = [Array.from(lags)];
  inflows.forEach((inflow, t) => {
    walk.advance(t, Float64Array.of(inflow), lags);
    found.push(Array.from(lags));
  });
  return found;
}

function assertClose(found: readonly number[][], expected: readonly number[][]): void {
  assert.equal(found.length, expected.length);
  found.forEach((lags, t) =>
    lags.forEach((lag, at) => {
      const wanted = expected[t]![at]!;
      assert.ok(
        Math.abs(lag - wanted) < 1e-10,
        `lag ${at + 1} before stage ${t}: ${lag} for ${wanted}`,
      );
    })
  );
}

/** Slots before each stage as text, such as `lag 1`. */
function slotNames(horizon: Horizon, depth: number, known: KnownInflows = past()): string[][] {
  const { slots } = lagTransitions(horizon, HYDROS, Int32Array.of(depth), known, RULES);
  return slots.map((list) =>
    list.map(({ kind, sub }) => `${kind === "inflow_lag" ? "lag" : "gathered"} ${sub}`)
  );
}

Deno.test("without season definitions every stage is a period, whatever its season", () => {
  const stages = monthlyStages(3, { seasonId: 0 });
  const horizon = monthlyHorizon(stages, { seasons: null });
  assert.deepEqual(lagsAlong(horizon, 2, past(200, 150), [10, 20, 30]), [
    [200, 150],
    [10, 200],
    [20, 10],
    [30, 20],
  ]);
  assert.deepEqual(slotNames(horizon, 1), [["lag 1"], ["lag 1"], ["lag 1"], ["lag 1"]]);
});

Deno.test("monthly stages shift their lags and gather nothing", () => {
  const horizon = monthlyHorizon(monthlyStages(3));
  assert.deepEqual(lagsAlong(horizon, 2, past(200, 150), [10, 20, 30]), [
    [200, 150],
    [10, 200],
    [20, 10],
    [30, 20],
  ]);
  assert.equal(slotNames(horizon, 2).every((names) => names.length === 2), true);
});

Deno.test("lags that nobody observed are 0, and a hydro without lags has no slots", () => {
  const horizon = monthlyHorizon(monthlyStages(1));
  assert.deepEqual(lagsAlong(horizon, 3, past(5), [1]), [[5, 0, 0], [1, 5, 0]]);
  const { slots } = lagTransitions(horizon, HYDROS, Int32Array.of(0), past(5), RULES);
  assert.deepEqual(slots, [[], []]);
});

const JANUARY_WEEKS = monthlyHorizon(stagesOf([
  ["2024-01-01", "2024-01-08", 0],
  ["2024-01-08", "2024-01-15", 0],
  ["2024-01-15", "2024-01-22", 0],
  ["2024-01-22", "2024-01-29", 0],
]));

Deno.test("weeks of a month see the month before, and become one lag when the month closes", () => {
  assertClose(lagsAlong(JANUARY_WEEKS, 1, past(200), [10, 20, 30, 60]), [
    [200],
    [200],
    [200],
    [200],
    [30],
  ]);
  assert.deepEqual(slotNames(JANUARY_WEEKS, 1), [
    ["lag 1"],
    ["lag 1", "gathered 0"],
    ["lag 1", "gathered 0"],
    ["lag 1", "gathered 0"],
    ["lag 1"],
  ]);
});

Deno.test("an accumulator is in m³/s times the share of the period", () => {
  const { updates } = lagTransitions(JANUARY_WEEKS, HYDROS, Int32Array.of(1), past(200), RULES);
  assert.deepEqual(updates[0], [{ from: [[0, 1]], inflow: 0 }, { from: [], inflow: 7 / 31 }]);
  assert.deepEqual(updates[1], [
    { from: [[0, 1]], inflow: 0 },
    { from: [[1, 1]], inflow: 7 / 31 },
  ]);
  const [closing] = updates[3]!;
  assert.ok(Math.abs(closing!.from[0]![1] - 31 / 28) < 1e-12);
  assert.ok(Math.abs(closing!.inflow - 7 / 28) < 1e-12);
});

Deno.test("a week across the end of a month belongs to both, by days", () => {
  const horizon = monthlyHorizon(stagesOf([
    ["2024-01-22", "2024-01-29", 0],
    ["2024-01-29", "2024-02-05", 0],
    ["2024-02-05", "2024-03-01", 1],
    ["2024-03-01", "2024-04-01", 2],
  ]));
  assertClose(lagsAlong(horizon, 2, past(200, 150), [10, 20, 50, 7]), [
    [200, 150],
    [200, 150],
    // January: seven days of 10 and three of 20.
    [(7 * 10 + 3 * 20) / 10, 200],
    // February: four days of 20 and 25 of 50.
    [(4 * 20 + 25 * 50) / 29, 13],
    [7, (4 * 20 + 25 * 50) / 29],
  ]);
});

/** Weeks called April, the last of them in May, then May as a whole. */
const APRIL_WEEKS = monthlyHorizon(stagesOf([
  ["2026-04-04", "2026-04-11", 3],
  ["2026-04-11", "2026-04-18", 3],
  ["2026-04-18", "2026-04-25", 3],
  ["2026-04-25", "2026-05-02", 3],
  ["2026-05-02", "2026-05-09", 3],
  ["2026-05-01", "2026-06-01", 4],
]));

Deno.test("weeks of April with observed first days close with all thirty days", () => {
  const known: KnownInflows = {
    pastInflows: [{ hydroId: 7, valuesM3s: [90], seasonIds: null }],
    recentObservations: [{
      entityId: 7,
      startDay: parseIsoDate("2026-03-28")!,
      endDay: parseIsoDate("2026-04-04")!,
      value: 50,
    }],
  };
  const inflows = [45, 55, 60, 50, 65, 80];
  const april = (3 * 50 + 7 * 45 + 7 * 55 + 7 * 60 + 6 * 50) / 30;
  // One day of the fourth week, seven of the fifth, and the stage of May itself.
  const may = (1 * 50 + 7 * 65 + 31 * 80) / 39;
  assertClose(lagsAlong(APRIL_WEEKS, 1, known, inflows), [
    [90],
    [90],
    [90],
    [90],
    [90],
    [april],
    [may],
  ]);
  assert.deepEqual(slotNames(APRIL_WEEKS, 1, known), [
    ["lag 1", "gathered 0"],
    ["lag 1", "gathered 0"],
    ["lag 1", "gathered 0"],
    ["lag 1", "gathered 0"],
    ["lag 1", "gathered 0", "gathered 1"],
    ["lag 1", "gathered 0"],
    ["lag 1"],
  ]);
  const { initial } = lagTransitions(APRIL_WEEKS, HYDROS, Int32Array.of(1), known, RULES);
  assert.deepEqual(Array.from(initial), [90, 50 * 3 / 30]);
});

Deno.test("every trajectory starts from the observed part of the month again", () => {
  const walk = makeLagWalk(
    lagTransitions(JANUARY_WEEKS, HYDROS, Int32Array.of(1), past(200), RULES),
    1,
  );
  const lags = new Float64Array(1);
  for (const inflow of [40, 70]) {
    walk.start(lags);
    for (let t = 0; t < 4; t++) walk.advance(t, Float64Array.of(inflow), lags);
    assert.ok(Math.abs(lags[0]! - inflow) < 1e-12);
  }
});

Deno.test("a stage of two months is the inflow of both", () => {
  const horizon = monthlyHorizon(stagesOf([
    ["2024-01-01", "2024-03-01", 0],
    ["2024-03-01", "2024-04-01", 2],
  ]));
  assertClose(lagsAlong(horizon, 3, past(200, 150, 100), [10, 20]), [
    [200, 150, 100],
    [10, 10, 200],
    [20, 10, 10],
  ]);
});

Deno.test("weeks of a weekly cycle shift like months, even when they begin on a Saturday", () => {
  const horizon = monthlyHorizon(
    stagesOf([
      ["2024-01-06", "2024-01-13", 0],
      ["2024-01-13", "2024-01-20", 1],
      ["2024-01-20", "2024-01-27", 2],
    ]),
    {
      seasons: {
        type: "weekly",
        seasons: Array.from({ length: 52 }, (_, id) => season(id, 1)),
      },
    },
  );
  assert.deepEqual(lagsAlong(horizon, 2, past(9, 8), [10, 20, 30]), [
    [9, 8],
    [10, 9],
    [20, 10],
    [30, 20],
  ]);
});

function season(id: number, monthStart: number, monthEnd: number = monthStart): Season {
  return { id, label: `S${id}`, monthStart, dayStart: 1, monthEnd, dayEnd: 31 };
}

const MONTHS_AND_QUARTERS = {
  type: "custom" as const,
  seasons: [
    ...Array.from({ length: 12 }, (_, id) => season(id, id + 1)),
    ...Array.from({ length: 4 }, (_, q) => season(12 + q, 3 * q + 1, 3 * q + 3)),
  ],
};

/** January to June by months, then four quarters. */
const MONTHS_THEN_QUARTERS = monthlyHorizon(
  [
    ...monthlyStages(6),
    ...stagesOf([
      ["2024-07-01", "2024-10-01", 14],
      ["2024-10-01", "2025-01-01", 15],
      ["2025-01-01", "2025-04-01", 12],
      ["2025-04-01", "2025-07-01", 13],
    ]).map((stage, at) => ({ ...stage, id: 6 + at })),
  ],
  { seasons: MONTHS_AND_QUARTERS },
);

Deno.test("before quarters, months gather the quarter that will be looked back on", () => {
  const inflows = [10, 20, 30, 40, 50, 60, 70, 80, 90, 100];
  const second = (30 * 40 + 31 * 50 + 30 * 60) / 91;
  assertClose(lagsAlong(MONTHS_THEN_QUARTERS, 1, past(200), inflows), [
    [200],
    [10],
    [20],
    [30],
    [40],
    [50],
    [second],
    [70],
    [80],
    [90],
    [100],
  ]);
  const names = slotNames(MONTHS_THEN_QUARTERS, 1);
  assert.deepEqual(names.map((list) => list.length), [1, 1, 1, 1, 2, 2, 1, 1, 1, 1, 1]);
  assert.deepEqual(names[4], ["lag 1", "gathered 200"]);
});

Deno.test("quarters further back than the study rest on what is known of the months before", () => {
  const inflows = [10, 20, 30, 40, 50, 60, 70];
  const known = past(200, 150, 100);
  const first = (31 * 10 + 29 * 20 + 31 * 30) / 91;
  const second = (30 * 40 + 31 * 50 + 30 * 60) / 91;
  const before = (31 * 200 + 30 * 150 + 31 * 100) / 92;
  const found = lagsAlong(MONTHS_THEN_QUARTERS, 3, known, inflows);
  assertClose([found[0]!, found[5]!, found[6]!, found[7]!], [
    [200, 150, 100],
    [50, 40, 30],
    [second, first, before],
    [70, second, first],
  ]);
});

Deno.test("a cyclic study hands its first stage the slots that this reads", () => {
  const horizon = monthlyHorizon(
    stagesOf([
      ["2024-01-15", "2024-02-01", 0],
      ["2024-02-01", "2024-12-15", 1],
      ["2024-12-15", "2025-01-15", 11],
    ]),
    { type: "cyclic", transitions: [{ sourceId: 2, targetId: 0, probability: 1 }] },
  );
  const known: KnownInflows = {
    pastInflows: [{ hydroId: 7, valuesM3s: [9, 8], seasonIds: null }],
    recentObservations: [{
      entityId: 7,
      startDay: parseIsoDate("2024-01-01")!,
      endDay: parseIsoDate("2024-01-15")!,
      value: 62,
    }],
  };
  const { slots, updates, initial } = lagTransitions(
    horizon,
    HYDROS,
    Int32Array.of(1),
    known,
    RULES,
  );
  assert.deepEqual(slots[3], slots[0]);
  assert.ok(Math.abs(initial[1]! - 62 * 14 / 31) < 1e-12);
  // Fourteen days of the last stage lie in January.
  const gathered = updates[2]![1]!;
  assert.deepEqual(gathered.from, []);
  assert.ok(Math.abs(gathered.inflow - 14 / 31) < 1e-12);
});

Deno.test("a cyclic study of months and quarters is refused", () => {
  assert.throws(
    () =>
      lagTransitions(
        { ...MONTHS_THEN_QUARTERS, type: "cyclic" },
        HYDROS,
        Int32Array.of(1),
        past(200),
        RULES,
      ),
    /cannot change the resolution/,
  );
});
