/** Whether inflow models settle down from year to year. */
import { spectralRadius } from "../../numeric/mod.ts";
import type { Stage, System } from "../../model/mod.ts";
import { coefficientRuns, HydroStageRows } from "../inflow_models.ts";
import { type Rule, rule } from "../rule.ts";
import { namedById } from "../wording.ts";

const ANNUAL_LAGS = 12;

/** The rules of stability. */
export const rules: readonly Rule[] = [
  rule({
    id: "N-9.stable",
    layer: 5,
    kind: "PhysicalConstraint",
    severity: "warning",
    file: "scenarios/inflow_ar_coefficients.parquet",
    description: "An inflow model is stationary over its yearly cycle",
    check({ system, dialect }, report) {
      // The newer layout derives the noise, and refuses a model that leaves none.
      if (dialect === "v0.18") return;
      const cycle = seasonalCycle(system);
      if (cycle === null) return;
      for (const [hydroId, matrix, size] of cycleMatrices(system, cycle)) {
        const radius = spectralRadius(matrix, size);
        if (radius === null || radius < 1) continue;
        const who = namedById("Hydro", hydroId, system.hydros);
        report.found(
          `${who} has an inflow model that is not stationary: what the inflow departs from its ` +
            `mean grows by the factor ${radius.toPrecision(4)} with each cycle of seasons`,
          { entity_id: hydroId, detail: `spectral radius ${radius} over one cycle` },
          "Lower the autoregressive coefficients",
        );
      }
    },
  }),
];

/**
 * Stages that stand for one turn of the seasons, or null where the study does not go through all
 * of them: a few stages cannot diverge.
 */
function seasonalCycle({ horizon }: System): readonly Stage[] | null {
  const turn: Stage[] = [];
  for (const stage of horizon.stages) {
    if (stage.seasonId === null) return null;
    // Stages within one season, such as the weeks of a month, take their models from the first.
    if (turn.at(-1)?.seasonId === stage.seasonId) continue;
    if (turn[0]?.seasonId === stage.seasonId) return turn;
    if (turn.some((other) => other.seasonId === stage.seasonId)) return null;
    turn.push(stage);
  }
  return turn.length > 1 && turn.length === horizon.seasons?.seasons.length ? turn : null;
}

/**
 * The product of the companion matrices of one cycle, per hydro with coefficients. Coefficients are
 * standardised; the annual part adds ψ·s_(t−ℓ) / (12·σ^A) to each of twelve lags.
 */
function* cycleMatrices(
  { scenarios }: System,
  cycle: readonly Stage[],
): Generator<[hydroId: number, matrix: Float64Array, size: number]> {
  const { inflowCoefficients, inflowStats, inflowAnnual } = scenarios;
  const places = new Map(cycle.map((stage, place) => [stage.id, place]));
  const models = new Map<number, Float64Array[]>();
  for (const { hydroId, stageId, from, to } of coefficientRuns(inflowCoefficients)) {
    const place = places.get(stageId);
    if (place === undefined) continue;
    let model = models.get(hydroId);
    if (model === undefined) {
      models.set(hydroId, model = cycle.map(() => new Float64Array(0)));
    }
    model[place] = inflowCoefficients!.coefficient.subarray(from, to);
  }
  const annualRows = new HydroStageRows(inflowAnnual);
  const statRows = new HydroStageRows(inflowStats);
  for (const [hydroId, model] of models) {
    const annual = cycle.map((stage) => annualRows.get(hydroId, stage.id));
    const least = annual.some((row) => row !== undefined) ? ANNUAL_LAGS : 1;
    const size = model.reduce((most, phi) => Math.max(most, phi.length), least);
    let product = identity(size);
    cycle.forEach((_, place) => {
      const phi = new Float64Array(size);
      phi.set(model[place]!);
      const row = annual[place];
      for (let lag = 1; row !== undefined && lag <= ANNUAL_LAGS; lag++) {
        const before = cycle[(place - lag + ANNUAL_LAGS * cycle.length) % cycle.length]!;
        const deviation = inflowStats?.std_m3s[statRows.get(hydroId, before.id) ?? -1] ?? 0;
        phi[lag - 1]! += inflowAnnual!.annual_coefficient[row]! * deviation /
          (ANNUAL_LAGS * inflowAnnual!.annual_std_m3s[row]!);
      }
      product = step(phi, product, size);
    });
    yield [hydroId, product, size];
  }
}

function identity(size: number): Float64Array<ArrayBuffer> {
  const matrix = new Float64Array(size * size);
  for (let k = 0; k < size; k++) matrix[k * size + k] = 1;
  return matrix;
}

/** Companion matrix of `phi` times a matrix: a new first row, the others move down. */
function step(
  phi: Float64Array,
  matrix: Float64Array,
  size: number,
): Float64Array<ArrayBuffer> {
  const next = new Float64Array(size * size);
  for (let lag = 0; lag < size; lag++) {
    for (let column = 0; column < size; column++) {
      next[column]! += phi[lag]! * matrix[lag * size + column]!;
    }
  }
  next.set(matrix.subarray(0, (size - 1) * size), size);
  return next;
}
