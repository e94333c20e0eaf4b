/** Inflow models as rows: one per hydro and stage, from tables or from a fit. */
import type { InflowAnnual, InflowCoefficients, InflowStats } from "../model/mod.ts";
import { CobreError, type ErrorRecord, errorRecord } from "../protocol/mod.ts";

/** The annual term of a PAR(p)-A model. */
export interface AnnualTerm {
  /** Standardised. */
  readonly coefficient: number;
  readonly meanM3s: number;
  readonly stdM3s: number;
}

/** The periodic autoregressive model of a hydro in one stage; the stage may lie before the study. */
export interface InflowModelRow {
  readonly hydroId: number;
  readonly stageId: number;
  readonly meanM3s: number;
  /** Of the inflow itself, not of the noise. */
  readonly stdM3s: number;
  /** Standardised, lag 1 first. */
  readonly coefficients: readonly number[];
  /** Share of the deviation that the noise brings. */
  readonly residualRatio: number;
  readonly annual: AnnualTerm | null;
}

/** Tables that together make models. */
export interface InflowTables {
  readonly inflowStats: InflowStats | null;
  readonly inflowCoefficients: InflowCoefficients | null;
  readonly inflowAnnual: InflowAnnual | null;
}

/**
 * Joins the tables: each row of moments is a model, with the coefficients and the annual term of its
 * hydro and stage. A model without coefficients is white noise. Without moments there are no models
 * and the other tables say nothing.
 */
export function joinInflowTables(
  { inflowStats, inflowCoefficients, inflowAnnual }: InflowTables,
): InflowModelRow[] {
  if (inflowStats === null || inflowStats.rows === 0) return [];
  const coefficients = new Map<string, { values: number[]; ratio: number }>();
  for (let row = 0; row < (inflowCoefficients?.rows ?? 0); row++) {
    const key = keyOf(inflowCoefficients!, row);
    const entry = coefficients.get(key) ??
      { values: [], ratio: inflowCoefficients!.residual_std_ratio[row]! };
    const lag = inflowCoefficients!.lag[row]!;
    while (entry.values.length < lag - 1) entry.values.push(0);
    entry.values[lag - 1] = inflowCoefficients!.coefficient[row]!;
    coefficients.set(key, entry);
  }
  const annual = new Map<string, AnnualTerm>();
  for (let row = 0; row < (inflowAnnual?.rows ?? 0); row++) {
    annual.set(keyOf(inflowAnnual!, row), {
      coefficient: inflowAnnual!.annual_coefficient[row]!,
      meanM3s: inflowAnnual!.annual_mean_m3s[row]!,
      stdM3s: inflowAnnual!.annual_std_m3s[row]!,
    });
  }
  const rows: InflowModelRow[] = [];
  const modelled = new Set<string>();
  for (let row = 0; row < inflowStats.rows; row++) {
    const key = keyOf(inflowStats, row);
    const autoregression = coefficients.get(key);
    modelled.add(key);
    rows.push({
      hydroId: inflowStats.hydro_id[row]!,
      stageId: inflowStats.stage_id[row]!,
      meanM3s: inflowStats.mean_m3s[row]!,
      stdM3s: inflowStats.std_m3s[row]!,
      coefficients: autoregression?.values ?? [],
      residualRatio: autoregression?.ratio ?? 1,
      annual: annual.get(key) ?? null,
    });
  }
  const [first, ...more] = [
    ...orphans(coefficients, modelled, "inflow_ar_coefficients", "coefficients"),
    ...orphans(annual, modelled, "inflow_annual_component", "an annual component"),
  ];
  if (first !== undefined) throw new CobreError([first, ...more]);
  return rows;
}

function orphans(
  rows: ReadonlyMap<string, unknown>,
  modelled: ReadonlySet<string>,
  file: string,
  what: string,
): ErrorRecord[] {
  return [...rows.keys()].filter((key) => !modelled.has(key)).map((key) => {
    const [hydro, stage] = key.split(",");
    return errorRecord(
      "CoverageMismatch",
      `Hydro ${hydro} has ${what} in stage ${stage}, but no mean and deviation there`,
      {
        file: `scenarios/${file}.parquet`,
        entity_id: Number(hydro),
        missing_dimension: `stage ${stage}`,
        expected_coverage: "scenarios/inflow_seasonal_stats.parquet",
      },
    );
  });
}

function keyOf(table: { hydro_id: Int32Array; stage_id: Int32Array }, row: number): string {
  return `${table.hydro_id[row]},${table.stage_id[row]}`;
}
