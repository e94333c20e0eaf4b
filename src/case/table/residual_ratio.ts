/**
 * Share of the deviation of the inflow that the noise of a periodic autoregressive model brings.
 *
 * In standardised form z_t = Σ_ℓ φ_ℓ z_(t−ℓ) + r·η with unit noise η. The deviation of z is one in
 * every season when r² = 1 − Var(Σ_ℓ φ_ℓ z_(t−ℓ)), and that variance follows from the theoretical
 * autocorrelations ρ(m, k) of season m with the k-th period before it, which solve the periodic
 * Yule–Walker equations
 *
 *   ρ(m, k) = Σ_ℓ φ_ℓ(m) · ρ(m − min(k, ℓ), |k − ℓ|),   ρ(m, 0) = 1,   k = 1 … p
 *
 * over the seasons of the cycle (Hipel and McLeod, Time Series Modelling of Water Resources and
 * Environmental Systems, chapter 14). The annual part of a model is a term of ψ·s_(t−ℓ) / (12·σ^A)
 * on each of the twelve periods before.
 */
import type { Horizon, InflowAnnual, InflowCoefficients, InflowStats } from "../../model/mod.ts";
import { luFactor, luSolve } from "../../numeric/mod.ts";
import { type CycleMap, seasonCycles } from "./season_cycles.ts";

/** Tables that a model takes beside its coefficients. */
export interface InflowTables {
  readonly inflowStats: InflowStats | null;
  readonly inflowAnnual: InflowAnnual | null;
}

/** A hydro whose coefficients leave no variance for the noise. */
export interface UnstableHydro {
  readonly hydroId: number;
  readonly stageIds: readonly number[];
}

/** The coefficients of one stage. */
interface StageModel {
  readonly stageId: number;
  /** Coefficient of each period before, the annual part included. */
  phi: readonly number[];
  /** Rows `[from, to)` of the table, empty where the stage has an annual part only. */
  readonly from: number;
  readonly to: number;
}

const ANNUAL_LAGS = 12;
/** Room for rounding: a ratio is never above one by more. */
const TOLERANCE = 1e-9;

/**
 * Fills the ratios that the table leaves open. Where stages of one season have different
 * coefficients, the first stage with the season stands for it in the past of the others.
 */
export function deriveResidualRatios(
  table: InflowCoefficients,
  { inflowStats, inflowAnnual }: InflowTables,
  horizon: Horizon,
): { readonly table: InflowCoefficients; readonly unstable: readonly UnstableHydro[] } {
  const ratio = new Float64Array(table.residual_std_ratio);
  const unstable: UnstableHydro[] = [];
  const cycles = seasonCycles(horizon);
  const deviations = rowIndex(inflowStats);
  const annualRows = rowIndex(inflowAnnual);
  for (const [hydroId, models] of modelsByHydro(table, inflowAnnual)) {
    if (!models.some(({ from, to }) => from < to && Number.isNaN(ratio[from]))) continue;
    const process = makeProcess(models, cycles);
    const deviation = (stageId: number): number =>
      inflowStats?.std_m3s[deviations.get(rowKey(hydroId, stageId)) ?? -1] ?? 0;
    for (const model of models) {
      const row = annualRows.get(rowKey(hydroId, model.stageId));
      if (row === undefined || inflowAnnual === null) continue;
      addAnnualPart(model, process, {
        coefficient: inflowAnnual.annual_coefficient[row]!,
        deviation: inflowAnnual.annual_std_m3s[row]!,
      }, deviation);
    }
    const failed = fillRatios(models, process, ratio);
    if (failed.length > 0) unstable.push({ hydroId, stageIds: failed });
  }
  return { table: { ...table, residual_std_ratio: ratio }, unstable };
}

/** The models of a hydro placed on the cycles of its seasons. */
interface Process {
  readonly cycles: CycleMap;
  /** Per cycle and place in it the model that stands for the season, or null. */
  readonly seasons: readonly (readonly (StageModel | null)[])[];
}

function makeProcess(models: readonly StageModel[], cycles: CycleMap): Process {
  const seasons = cycles.lengths.map((length) => new Array<StageModel | null>(length).fill(null));
  // Stages before the study stand for a season only where no study stage does.
  const order = [
    ...models.filter(({ stageId }) => stageId >= 0),
    ...models.filter(({ stageId }) => stageId < 0),
  ];
  for (const model of order) {
    const { cycle, place } = cycles.placeOf(model.stageId);
    seasons[cycle]![place] ??= model;
  }
  return { cycles, seasons };
}

function addAnnualPart(
  model: StageModel,
  { cycles, seasons }: Process,
  annual: { readonly coefficient: number; readonly deviation: number },
  deviation: (stageId: number) => number,
): void {
  const { cycle, place } = cycles.placeOf(model.stageId);
  const members = seasons[cycle]!;
  const phi = Array.from({ length: Math.max(ANNUAL_LAGS, model.phi.length) }, (_, index) => {
    const own = model.phi[index] ?? 0;
    const before = members[modulo(place - index - 1, members.length)];
    if (index >= ANNUAL_LAGS || before === null || before === undefined) return own;
    const share = annual.coefficient * deviation(before.stageId) / annual.deviation;
    return own + share / ANNUAL_LAGS;
  });
  model.phi = phi;
}

/** Writes the open ratios of one hydro; returns the stages that leave no variance. */
function fillRatios(
  models: readonly StageModel[],
  { cycles, seasons }: Process,
  ratio: Float64Array,
): number[] {
  const correlations = seasons.map((members) => {
    const order = models.reduce((most, { phi }) => Math.max(most, phi.length), 1);
    return seasonAutocorrelations(members.map((member) => member?.phi ?? []), order);
  });
  const failed: number[] = [];
  for (const { stageId, phi, from, to } of models) {
    const { cycle, place } = cycles.placeOf(stageId);
    const rho = correlations[cycle];
    const square = rho ? 1 - predictorVariance(phi, place, rho) : NaN;
    if (!(square > 0 && square <= 1 + TOLERANCE)) failed.push(stageId);
    for (let row = from; row < to; row++) {
      if (Number.isNaN(ratio[row])) ratio[row] = Math.sqrt(Math.min(1, square));
    }
  }
  return failed;
}

/** Var(Σ φ_ℓ z_(t−ℓ)) for a stage at a place of the cycle. */
function predictorVariance(
  phi: readonly number[],
  place: number,
  rho: readonly (readonly number[])[],
): number {
  let variance = 0;
  for (let i = 1; i <= phi.length; i++) {
    for (let j = 1; j <= phi.length; j++) {
      const later = modulo(place - Math.min(i, j), rho.length);
      variance += phi[i - 1]! * phi[j - 1]! * rho[later]![Math.abs(i - j)]!;
    }
  }
  return variance;
}

/**
 * ρ(m, 0 … order) of every season of a cycle from its coefficients, or null when the equations
 * have no solution of autocorrelations, as for a model that is not stationary.
 */
export function seasonAutocorrelations(
  coefficients: readonly (readonly number[])[],
  order: number,
): readonly (readonly number[])[] | null {
  const seasons = coefficients.length;
  const size = seasons * order;
  const unknown = (season: number, lag: number): number =>
    modulo(season, seasons) * order + lag - 1;
  const matrix = new Float64Array(size * size);
  const right = new Float64Array(size);
  for (let season = 0; season < seasons; season++) {
    for (let lag = 1; lag <= order; lag++) {
      const row = unknown(season, lag);
      matrix[row * size + row]! += 1;
      coefficients[season]!.forEach((phi, index) => {
        const l = index + 1;
        if (l === lag) right[row]! += phi;
        else {
          const column = unknown(season - Math.min(lag, l), Math.abs(lag - l));
          matrix[row * size + column]! -= phi;
        }
      });
    }
  }
  const factors = luFactor(matrix, size);
  if (factors === null) return null;
  const solution = luSolve(factors, right);
  const rho: number[][] = [];
  for (let season = 0; season < seasons; season++) {
    const values = [1, ...solution.subarray(season * order, (season + 1) * order)];
    if (!values.every((value) => Math.abs(value) <= 1 + TOLERANCE)) return null;
    rho.push(values);
  }
  return rho;
}

/** The stages of every hydro that have coefficients or an annual part, by hydro and stage. */
function modelsByHydro(
  table: InflowCoefficients,
  annual: InflowAnnual | null,
): Map<number, StageModel[]> {
  const byHydro = new Map<number, StageModel[]>();
  const known = new Set<string>();
  const add = (hydroId: number, model: StageModel): void => {
    known.add(rowKey(hydroId, model.stageId));
    const models = byHydro.get(hydroId);
    if (models === undefined) byHydro.set(hydroId, [model]);
    else models.push(model);
  };
  const { rows, hydro_id, stage_id, coefficient } = table;
  for (let from = 0; from < rows;) {
    let to = from + 1;
    while (to < rows && hydro_id[to] === hydro_id[from] && stage_id[to] === stage_id[from]) to++;
    const phi = Array.from(coefficient.subarray(from, to));
    add(hydro_id[from]!, { stageId: stage_id[from]!, phi, from, to });
    from = to;
  }
  for (let row = 0; row < (annual?.rows ?? 0); row++) {
    const hydroId = annual!.hydro_id[row]!;
    const stageId = annual!.stage_id[row]!;
    if (known.has(rowKey(hydroId, stageId))) continue;
    add(hydroId, { stageId, phi: [], from: 0, to: 0 });
  }
  return byHydro;
}

function rowIndex(
  table: { rows: number; hydro_id: Int32Array; stage_id: Int32Array } | null,
): Map<string, number> {
  const index = new Map<string, number>();
  for (let row = 0; row < (table?.rows ?? 0); row++) {
    index.set(rowKey(table!.hydro_id[row]!, table!.stage_id[row]!), row);
  }
  return index;
}

function rowKey(hydroId: number, stageId: number): string {
  return `${hydroId},${stageId}`;
}

function modulo(value: number, length: number): number {
  return ((value % length) + length) % length;
}
