import assert from "node:assert/strict";
import type { Horizon, Stage } from "../model/mod.ts";
import { daysFromCivil } from "../numeric/mod.ts";
import { CobreError } from "../protocol/mod.ts";
import { realisedInflow } from "./inflow_equation.ts";
import { buildInflowModels, type InflowModels } from "./inflow_model.ts";
import type { InflowModelRow } from "./inflow_rows.ts";
import { monthlyHorizon, monthlyStages, RULES } from "./noise_test_helpers.ts";

function rowOf(stageId: number, changes: Partial<InflowModelRow> = {}): InflowModelRow {
  return {
    hydroId: 0,
    stageId,
    meanM3s: 100,
    stdM3s: 10,
    coefficients: [],
    residualRatio: 1,
    annual: null,
    ...changes,
  };
}

function build(
  rows: readonly InflowModelRow[],
  stages: readonly Stage[],
  changes: Partial<Horizon> = {},
): InflowModels {
  return buildInflowModels(monthlyHorizon(stages, changes), [{ id: 0 }], rows, RULES).models;
}

/** The inflows of one hydro along a trajectory, lag 1 being the inflow of the stage before. */
function follow(models: InflowModels, past: readonly number[], noise: readonly number[]): number[] {
  const lags = Float64Array.from({ length: models.lagDepth }, (_, lag) => past[lag] ?? 0);
  const out = new Float64Array(1);
  return noise.map((eta, stage) => {
    realisedInflow(models, stage, lags, Float64Array.of(eta), out);
    lags.copyWithin(1, 0);
    if (lags.length > 0) lags[0] = out[0]!;
    return out[0]!;
  });
}

Deno.test("a year of the estimated known answer has the inflows of the reference program", () => {
  // Mean, deviation, coefficients, ratio, noise and resulting inflow of each month.
  const months: [number, number, number[], number, number, number][] = [
    [
      216.552008855,
      63.0159261213,
      [0.8458341845944466],
      0.5334459036973174,
      0.40098936496495646,
      199.71515179353227,
    ],
    [
      194.2309210485,
      66.6683904929,
      [0.6079325353739055, 0.3539651430699493],
      0.37563518510977023,
      1.8408985584459048,
      216.0814464585498,
    ],
    [
      184.4755364956,
      63.7864921512,
      [0.4332995352400972, 0.5297248359290134],
      0.33930195779119543,
      1.4966534827106373,
      216.8980215759766,
    ],
    [
      162.3156452652,
      70.0003478002,
      [0.9540717089262702],
      0.2995783273644912,
      -1.202462095278717,
      171.04610553340723,
    ],
    [
      147.5000648914,
      62.1319705937,
      [0.9504992689359504],
      0.3107267927814141,
      0.1429973271226148,
      157.62630854410781,
    ],
    [
      133.4229437749,
      60.314684973,
      [0.5296264607401036, 0.4233513370547441],
      0.33768511027985676,
      -0.5153539674501004,
      131.31744423805597,
    ],
    [
      134.2270917795,
      61.911118468,
      [0.9433956129472495],
      0.3316695908157446,
      1.4545910025749513,
      162.05682109389772,
    ],
    [
      134.9082846192,
      53.6301924884,
      [0.936514152044762],
      0.35062978056617,
      0.16307757983657462,
      160.55173691505613,
    ],
    [
      153.6014355381,
      54.9665773279,
      [0.9118384852304836],
      0.41054911624868606,
      0.8937770112446144,
      197.7361849222417,
    ],
    [
      173.40307447,
      57.7151733362,
      [0.48709617995338017, 0.4284430999272804],
      0.445629003234153,
      0.8687411790813134,
      230.14319223605153,
    ],
    [
      188.8988362421,
      60.2693339389,
      [0.8590630095182636],
      0.5118698522841755,
      0.2683470000327544,
      248.07780804485532,
    ],
    [
      214.6389636535,
      60.9008748473,
      [0.8914630010436576],
      0.453093497823833,
      1.3366540931051532,
      304.8309902725855,
    ],
  ];
  const rows = months.map(([meanM3s, stdM3s, coefficients, residualRatio], stage) =>
    rowOf(stage, { meanM3s, stdM3s, coefficients, residualRatio })
  );
  const models = build(rows, monthlyStages(12));
  assert.equal(models.lagDepth, 2);
  const inflows = follow(models, [180, 200], months.map((month) => month[4]));
  // The moments are given to ten decimals.
  inflows.forEach((inflow, stage) => assert.ok(Math.abs(inflow - months[stage]![5]) < 1e-7));
});

Deno.test("a study without seasons treats every stage as a period of its own", () => {
  // The expected inflows of the two-hydro known answer: order 2, past inflows 50 and 45.
  const stages = monthlyStages(3, { seasonId: 0, startDay: 0, endDay: 30 });
  const rows = [-1, 0, 1, 2].map((id) =>
    rowOf(id, { meanM3s: 40, stdM3s: 0.001, coefficients: [0.5, 0.3] })
  );
  const models = build(rows, stages, { seasons: null });
  const inflows = follow(models, [50, 45], [0, 0, 0]);
  [46.5, 46.25, 45.075].forEach((expected, stage) => {
    assert.ok(Math.abs(inflows[stage]! - expected) < 1e-9);
  });
});

Deno.test("the annual term adds an equal share to twelve lags and no more", () => {
  const annual = { coefficient: 0.6, meanM3s: 90, stdM3s: 5 };
  const long = Array.from({ length: 13 }, () => 0);
  const rows = monthlyStages(12).map(({ id }) => rowOf(id, { annual, coefficients: [0.5] }));
  const models = build(rows, monthlyStages(12));
  assert.equal(models.lagDepth, 12);
  assert.equal(models.depths[0], 12);
  // 0.6 · 10 / 5 / 12 = 0.1 everywhere, 0.5 more at lag 1, and the base keeps the mean.
  const psi = [...models.psi.subarray(0, 12)];
  psi.forEach((value, lag) => assert.ok(Math.abs(value - (lag === 0 ? 0.6 : 0.1)) < 1e-14));
  assert.ok(Math.abs(models.base[0]! - 100 * (1 - 1.7)) < 1e-12);
  const longer = build(rows.map((row) => ({ ...row, coefficients: long })), monthlyStages(12));
  assert.equal(longer.psi[12], 0);
});

Deno.test("lags refer to the moments of the earlier season, also before the study", () => {
  // Stages April to June; March has moments of its own only in the stage before the study.
  const stages = monthlyStages(6).slice(3);
  const march = { ...monthlyStages(3)[2]!, id: 2 };
  const rows = [
    rowOf(2, { stdM3s: 20, meanM3s: 50 }),
    ...stages.map(({ id }) => rowOf(id, { coefficients: [0.5] })),
  ];
  const models = build(rows, stages, { preStudyStages: [march] });
  assert.equal(models.psi[0], 0.25);
  assert.equal(models.base[0], 100 - 0.25 * 50);
  assert.equal(models.psi[1], 0.5);
});

Deno.test("a lag long before the study takes the season's moments from the study", () => {
  const rows = monthlyStages(12).map(({ id }) =>
    rowOf(id, { meanM3s: 100 + id, coefficients: id === 0 ? [0, 0, 0.5] : [] })
  );
  const models = build(rows, monthlyStages(12));
  // Three months before January is October, stage 9.
  assert.equal(models.base[0], 100 - 0.5 * 109);
});

Deno.test("weeks of one month have the month before as their lag", () => {
  const weeks = monthlyStages(4, { seasonId: 1 }).map((stage, week) => ({
    ...stage,
    startDay: 19_754 + 7 * week,
    endDay: 19_761 + 7 * week,
  }));
  const rows = [
    rowOf(-1, { meanM3s: 60, stdM3s: 5 }),
    ...weeks.map(({ id }) => rowOf(id, { coefficients: [0.5] })),
  ];
  const models = build(rows, weeks);
  assert.deepEqual([...models.psi], [1, 1, 1, 1]);
  assert.deepEqual([...models.base], [40, 40, 40, 40]);
});

Deno.test("weeks of January have December as their lag, also the one that begins in December", () => {
  const newYear = daysFromCivil(2024, 12, 23)!;
  const weeks = monthlyStages(3).map((stage, week) => ({
    ...stage,
    startDay: newYear + 7 * week,
    endDay: newYear + 7 * (week + 1),
    // From 23 and 30 December and from 6 January.
    seasonId: week === 0 ? 11 : 0,
  }));
  const rows = [
    rowOf(-1, { meanM3s: 50, stdM3s: 2 }),
    rowOf(0, { meanM3s: 60, stdM3s: 5, coefficients: [0.5] }),
    rowOf(1, { meanM3s: 80, coefficients: [0.5] }),
    rowOf(2, { meanM3s: 80, coefficients: [0.5] }),
  ];
  const models = build(rows, weeks);
  assert.deepEqual([...models.psi], [1.25, 1, 1]);
  assert.deepEqual([...models.base], [60 - 1.25 * 50, 20, 20]);
});

Deno.test("a quarter has the quarter before as its lag, not the month before", () => {
  const seasons = [
    ...Array.from({ length: 12 }, (_, id) => ({ id, monthStart: id + 1, monthEnd: id + 1 })),
    ...Array.from({ length: 4 }, (_, q) => ({
      id: 12 + q,
      monthStart: 3 * q + 1,
      monthEnd: 3 * q + 3,
    })),
  ].map((season) => ({ ...season, label: "", dayStart: null, dayEnd: null }));
  const stages = monthlyStages(8).map((stage, id) =>
    id < 6 ? stage : { ...stage, seasonId: 14 + id - 6 }
  );
  const rows = stages.map(({ id }) =>
    rowOf(id, { meanM3s: 10 * (id + 1), coefficients: id < 6 ? [] : [0.5] })
  );
  const models = build(rows, stages, { seasons: { type: "custom", seasons } });
  // The third quarter finds no second quarter anywhere; the fourth finds the third.
  assert.deepEqual([models.psi[6], models.psi[7]], [0, 0.5]);
  assert.equal(models.base[7], 80 - 0.5 * 70);
});

Deno.test("a hydro without rows has no inflow", () => {
  const models = build([], monthlyStages(2));
  assert.deepEqual([models.lagDepth, ...models.base, ...models.sigma], [0, 0, 0, 0, 0]);
});

Deno.test("order without deviation and order without season are refused, each by name", () => {
  const stages = monthlyStages(2).map((stage, id) => ({ ...stage, seasonId: id === 0 ? 0 : null }));
  const rows = [
    rowOf(0, { coefficients: [0.5], stdM3s: 0 }),
    rowOf(1, { coefficients: [0.5] }),
  ];
  assert.throws(
    () => build(rows, stages),
    (error) =>
      error instanceof CobreError && error.records.length === 2 &&
      /stage 0.*deviation 0/.test(error.records[0].message) &&
      /stage 1.*no season/.test(error.records[1]!.message),
  );
});

Deno.test("a model that leaves little to the noise is worth a warning", () => {
  const rows = [rowOf(0, { coefficients: [0.5], residualRatio: 0.09 })];
  const { warnings } = buildInflowModels(
    monthlyHorizon(monthlyStages(1)),
    [{ id: 0 }],
    rows,
    RULES,
  );
  assert.equal(warnings.length, 1);
});
