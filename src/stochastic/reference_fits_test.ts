import assert from "node:assert/strict";
import { periodOfDay, readCase, seasonOfDay } from "../case/mod.ts";
import { lagTransitions } from "./lag_transition.ts";
import { makeLagWalk } from "./lag_walk.ts";
import { type PreparedInflows, prepareInflowModels } from "./prepare_inflow_models.ts";

const REFERENCE = Deno.env.get("COBRE_REFERENCE_CASES");
const RULES = { periodOfDay, seasonOfDay };

async function prepareReference(name: string): Promise<PreparedInflows> {
  const { case: found } = await readCase(`${REFERENCE}/${name}`);
  return prepareInflowModels(found!.system, found!.config, RULES);
}

const close = (found: number, expected: number, tolerance: number, what: string): void =>
  assert.ok(Math.abs(found - expected) < tolerance, `${what}: ${found} for ${expected}`);

/** Mean, deviation, coefficients and ratio of each month, from the reference program. */
const ESTIMATED_PAR2: readonly (readonly [number, number, readonly number[], number])[] = [
  [216.552008855, 63.0159261213, [0.8458341845944466], 0.5334459036973174],
  [194.2309210485, 66.6683904929, [0.6079325353739055, 0.3539651430699493], 0.37563518510977023],
  [184.4755364956, 63.7864921512, [0.4332995352400972, 0.5297248359290134], 0.33930195779119543],
  [162.3156452652, 70.0003478002, [0.9540717089262702], 0.2995783273644912],
  [147.5000648914, 62.1319705937, [0.9504992689359504], 0.3107267927814141],
  [133.4229437749, 60.314684973, [0.5296264607401036, 0.4233513370547441], 0.33768511027985676],
  [134.2270917795, 61.911118468, [0.9433956129472495], 0.3316695908157446],
  [134.9082846192, 53.6301924884, [0.936514152044762], 0.35062978056617],
  [153.6014355381, 54.9665773279, [0.9118384852304836], 0.41054911624868606],
  [173.40307447, 57.7151733362, [0.48709617995338017, 0.4284430999272804], 0.445629003234153],
  [188.8988362421, 60.2693339389, [0.8590630095182636], 0.5118698522841755],
  [214.6389636535, 60.9008748473, [0.8914630010436576], 0.453093497823833],
];

Deno.test({
  name: "the case of estimated models has the orders and coefficients of the reference program",
  ignore: REFERENCE === undefined, // needs COBRE_REFERENCE_CASES, the folder of the reference cases
  fn: async () => {
    const { rows, fitting, provenance, models } = await prepareReference("d26-estimated-par2");
    assert.equal(fitting!.hydros["0"]!.selected_order, 2);
    assert.equal(provenance.ar_max_order, 2);
    assert.equal(models.lagDepth, 2);
    ESTIMATED_PAR2.forEach(([mean, std, coefficients, ratio], month) => {
      const row = rows.find(({ stageId }) => stageId === month)!;
      close(row.meanM3s, mean, 1e-9, `mean of ${month}`);
      close(row.stdM3s, std, 1e-9, `deviation of ${month}`);
      close(row.residualRatio, ratio, 1e-13, `ratio of ${month}`);
      assert.equal(row.coefficients.length, coefficients.length);
      coefficients.forEach((phi, at) => close(row.coefficients[at]!, phi, 1e-13, `φ of ${month}`));
    });
  },
});

/** First coefficient, annual coefficient and ratio of each month, by hydro. */
const ANNUAL: readonly (readonly (readonly [number, number, number])[])[] = [
  [
    [0.77554556, -0.12640347, 0.66459425],
    [0.50490111, -0.18973013, 0.88391049],
    [0.44210014, 0.05408922, 0.88917032],
    [0.52811683, 0.23536448, 0.76006311],
    [0.42822659, 0.30410230, 0.76655945],
    [0.59449542, 0.03905155, 0.78534104],
    [0.78767294, -0.23994868, 0.71867901],
    [0.48232924, 0.18226823, 0.82509393],
    [0.45710116, 0.18827721, 0.82292864],
    [0.18871183, -0.17580512, 0.75290374],
    [0.74385975, -0.20196383, 0.71788465],
    [0.36077298, 0.03300518, 0.92944519],
  ],
  [
    [0.67676445, -0.28848140, 0.79584160],
    [0.65390696, -0.29273063, 0.79802064],
    [0.45591939, 0.05265947, 0.88234319],
    [0.55541910, -0.14529952, 0.85423210],
    [0.40794621, 0.08171896, 0.90006736],
    [0.73467343, -0.34192217, 0.70786482],
    [0.41860242, -0.19903457, 0.89037732],
    [0.21187219, 0.00654790, 0.97731471],
    [0.31300729, 0.30189227, 0.87821687],
    [0.35115697, -0.00230258, 0.93676354],
    [0.24160837, -0.23971706, 0.96602690],
    [0.43103850, 0.03429520, 0.89879075],
  ],
];

Deno.test({
  name: "the case with annual terms has the coefficients of the reference program",
  ignore: REFERENCE === undefined, // needs COBRE_REFERENCE_CASES, the folder of the reference cases
  fn: async () => {
    const { rows, models, provenance, fitting } = await prepareReference("d12-par-annual");
    assert.equal(models.lagDepth, 12);
    assert.equal(provenance.ar_method, "PACF_ANNUAL");
    ANNUAL.forEach((months, hydroId) =>
      months.forEach(([phi, annual, ratio], month) => {
        const row = rows.find((row) => row.hydroId === hydroId && row.stageId === month)!;
        const two = hydroId === 0 && month === 9;
        assert.equal(row.coefficients.length, two ? 2 : 1);
        close(row.coefficients[0]!, phi, 1e-8, `φ of ${month}`);
        close(row.annual!.coefficient, annual, 1e-8, `annual coefficient of ${month}`);
        close(row.residualRatio, ratio, 1e-8, `ratio of ${month}`);
      })
    );
    const first = rows.find(({ stageId }) => stageId === 0)!;
    close(first.annual!.meanM3s, 175.652626, 1e-6, "annual mean");
    close(first.annual!.stdM3s, 17.119938, 1e-6, "annual deviation");
    const lowered = fitting!.hydros["0"]!.contribution_reductions!;
    assert.deepEqual([lowered[0]!.season_id, lowered[0]!.original_order], [1, 5]);
  },
});

Deno.test({
  name: "the cases of weeks and quarters carry their inflows into the lags that they are part of",
  ignore: REFERENCE === undefined, // needs COBRE_REFERENCE_CASES, the folder of the reference cases
  fn: async () => {
    for (
      const [name, expected] of [
        ["d29-weekly-par-noise-sharing", [200, 200, 200, 200, 25]],
        ["d30-multi-resolution-monthly-quarterly", [
          200,
          10,
          20,
          30,
          40,
          50,
          (30 * 40 + 31 * 50 + 30 * 60) / 91,
          70,
        ]],
      ] as const
    ) {
      const { case: found } = await readCase(`${REFERENCE}/${name}`);
      const { horizon, hydros, initial } = found!.system;
      const { models } = prepareInflowModels(found!.system, found!.config, RULES);
      const walk = makeLagWalk(
        lagTransitions(horizon, hydros, models.depths, initial, RULES),
        hydros.length,
      );
      const lags = new Float64Array(models.lagDepth * hydros.length);
      walk.start(lags);
      expected.forEach((lag, t) => {
        close(lags[0]!, lag, 1e-9, `${name} before stage ${t}`);
        if (t < horizon.stages.length) walk.advance(t, Float64Array.of(10 * (t + 1)), lags);
      });
    }
  },
});
