/** Reads every Parquet file of a case, in either layout, into the tables of the model. */
import type {
  EnergyProductivity,
  FphaPlanes,
  GenericBounds,
  Geometry,
  Horizon,
  InflowCoefficients,
  InflowHistory,
  OverrideTables,
  ScenarioTables,
  Table,
  TailraceCurves,
} from "../../model/mod.ts";
import type { Dialect } from "../case.ts";
import type { Problems } from "../problem.ts";
import {
  boundsBySide,
  GENERIC_BOUNDS_BY_SENSE,
  GENERIC_BOUNDS_BY_SIDE,
} from "./generic_bound_specs.ts";
import { historyWindows } from "./history_windows.ts";
import * as bounds from "./override_specs.ts";
import * as penalties from "./penalty_specs.ts";
import { emptyTable, readTable } from "./read_table.ts";
import { checkFiles, NEW_FILES } from "./removed_files.ts";
import { deriveResidualRatios } from "./residual_ratio.ts";
import * as scenarios from "./scenario_specs.ts";
import type { TableSpec } from "./spec.ts";
import * as system from "./system_specs.ts";

/** What the reading of tables needs to know of the JSON files of the case. */
export interface TableContext {
  readonly dialect: Dialect;
  /** Sense (`<=`, `>=`, `==`) of each user constraint by id; only the older layout needs it. */
  readonly senses: ReadonlyMap<number, string>;
  /** Null where `stages.json` could not be used. */
  readonly horizon: Horizon | null;
}

/** Every table of a case that comes from a Parquet file. */
export interface CaseTables {
  readonly geometry: Geometry;
  readonly fphaPlanes: FphaPlanes;
  readonly tailraceCurves: TailraceCurves | null;
  readonly energyProductivity: EnergyProductivity | null;
  readonly scenarios: Omit<ScenarioTables, "loadFactors" | "sourceFactors">;
  readonly overrides: OverrideTables;
  readonly genericBounds: GenericBounds;
}

/**
 * Reads the tables of the case in `directory`; `present` holds the known files that it has. A file
 * that is absent or has errors gives an empty table, or null where the model tells them apart; all
 * errors are in `problems`. `constraints/exchange_factors.json` is no concern of this function but
 * that the later layout refuses it.
 */
export async function readTables(
  directory: string,
  present: ReadonlySet<string>,
  context: TableContext,
  problems: Problems,
): Promise<CaseTables> {
  const { dialect } = context;
  checkFiles(present, dialect, problems);
  const optional = <I extends string, F extends string>(
    spec: TableSpec<I, F>,
  ): Promise<Table<I, F> | null> => {
    const known = present.has(spec.file) && (dialect === "v0.18" || !NEW_FILES.has(spec.file));
    return known ? readTable(spec, directory, dialect, problems) : Promise.resolve(null);
  };
  const required = async <I extends string, F extends string>(
    spec: TableSpec<I, F>,
  ): Promise<Table<I, F>> => await optional(spec) ?? emptyTable(spec);

  // One file after the other, so that only one is in memory twice, and problems come in one order.
  const geometry = await required(system.GEOMETRY);
  const fphaPlanes = await required(system.FPHA_PLANES);
  const tailraceCurves = await optional(system.TAILRACE_CURVES);
  const energyProductivity = await optional(system.ENERGY_PRODUCTIVITY);
  const inflowStats = await optional(scenarios.INFLOW_STATS);
  const inflowAnnual = await optional(scenarios.INFLOW_ANNUAL);
  const givenCoefficients = await optional(scenarios.INFLOW_COEFFICIENTS);
  const inflow = { inflowStats, inflowAnnual };
  return {
    geometry,
    fphaPlanes,
    tailraceCurves,
    energyProductivity,
    scenarios: {
      ...inflow,
      inflowCoefficients: withRatios(givenCoefficients, inflow, context, problems),
      inflowHistory: await readHistory(optional, context),
      loadStats: await optional(scenarios.LOAD_STATS),
      sourceStats: await optional(scenarios.SOURCE_STATS),
      externalInflow: await optional(scenarios.EXTERNAL_INFLOW),
      externalLoad: await optional(scenarios.EXTERNAL_LOAD),
      externalSource: await optional(scenarios.EXTERNAL_SOURCE),
      noiseOpenings: await optional(scenarios.NOISE_OPENINGS),
    },
    overrides: {
      thermal: await required(bounds.THERMAL_BOUNDS),
      hydro: await required(bounds.HYDRO_BOUNDS),
      unitGroup: await required(bounds.UNIT_GROUP_BOUNDS),
      line: await required(bounds.LINE_BOUNDS),
      station: await required(bounds.STATION_BOUNDS),
      contract: await required(bounds.CONTRACT_BOUNDS),
      source: await required(bounds.SOURCE_BOUNDS),
      busPenalty: penalties.overridesOf(await required(penalties.BUS_PENALTIES)),
      linePenalty: penalties.overridesOf(await required(penalties.LINE_PENALTIES)),
      hydroPenalty: penalties.directionalPenalties(await required(penalties.HYDRO_PENALTIES)),
      sourcePenalty: penalties.overridesOf(await required(penalties.SOURCE_PENALTIES)),
    },
    genericBounds: dialect === "v0.5"
      ? boundsBySide(await required(GENERIC_BOUNDS_BY_SENSE), context.senses)
      : await required(GENERIC_BOUNDS_BY_SIDE),
  };
}

/** Every table has one specification per layout; this one differs by layout. */
async function readHistory(
  optional: <I extends string, F extends string>(
    spec: TableSpec<I, F>,
  ) => Promise<Table<I, F> | null>,
  { dialect, horizon }: TableContext,
): Promise<InflowHistory | null> {
  if (dialect === "v0.18") return await optional(scenarios.INFLOW_HISTORY_WINDOWS);
  const points = await optional(scenarios.INFLOW_HISTORY_POINTS);
  return points === null ? null : historyWindows(points, horizon?.seasons ?? null);
}

/** The coefficients with the ratios that the later layout leaves to the reader. */
function withRatios(
  coefficients: InflowCoefficients | null,
  inflow: Pick<ScenarioTables, "inflowStats" | "inflowAnnual">,
  { dialect, horizon }: TableContext,
  problems: Problems,
): InflowCoefficients | null {
  if (coefficients === null || dialect === "v0.5" || horizon === null) return coefficients;
  const { table, unstable } = deriveResidualRatios(coefficients, inflow, horizon);
  const { file } = scenarios.INFLOW_COEFFICIENTS;
  for (const { hydroId, stageIds } of unstable) {
    const detail = `the coefficients at stages ${stageIds.slice(0, 5).join(", ")}${
      stageIds.length > 5 ? " and others" : ""
    } leave no variance for the noise`;
    problems.error(
      5,
      "PhysicalConstraint",
      `The inflow model of hydro ${hydroId} is not stationary: ${detail}`,
      { file, rule: "N4.stationary", entity_id: hydroId, detail },
      "Lower the autoregressive coefficients",
    );
  }
  return table;
}
