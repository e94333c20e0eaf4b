/** The elements of a system, from the parsed files of either layout. */
import type { z } from "zod";
import type {
  Bus,
  Contract,
  EnergyProductivity,
  GenericBounds,
  GenericConstraint,
  Horizon,
  Hydro,
  HydroPenaltyField,
  Line,
  NonControllableSource,
  Overrides,
  PlaneReduction,
  PumpingStation,
  ScalarParameter,
  Thermal,
} from "../model/mod.ts";
import { listed } from "../protocol/mod.ts";
import type { Dialect } from "./case.ts";
import { type BUSES, toBuses } from "./json/buses.ts";
import { type ENERGY_CONTRACTS, toContracts } from "./json/energy_contracts.ts";
import { type ConstraintFile, GENERIC_CONSTRAINTS } from "./json/generic_constraints.ts";
import { GENERIC_PARAMETERS, type ParameterFile, toParameters } from "./json/generic_parameters.ts";
import { type HydroEntry, HYDROS, toHydro } from "./json/hydros.ts";
import {
  type ProductionEntry,
  type ProductionFile,
  toPlaneReduction,
} from "./json/hydro_production_models.ts";
import type { FileReport, JsonFile } from "./json/issues.ts";
import { type LINES, toLines } from "./json/lines.ts";
import { type NON_CONTROLLABLE_SOURCES, toSources } from "./json/non_controllable_sources.ts";
import type { GlobalPenalties } from "./json/penalties.ts";
import { type PUMPING_STATIONS, toStations } from "./json/pumping_stations.ts";
import { type THERMALS, toThermals } from "./json/thermals.ts";
import {
  indexProductivity,
  type ProductivityFault,
  resolveProduction,
} from "./production_spans.ts";
import { restrictTurbinedCost } from "./turbined_cost.ts";
import { toConstraints } from "./user_constraints.ts";

/** What a file holds after its schema, in either layout. */
type Parsed<
  F extends { readonly schemaV05: z.ZodType | null; readonly schemaV18: z.ZodType | null },
> =
  | z.output<NonNullable<F["schemaV05"]>>
  | z.output<NonNullable<F["schemaV18"]>>;

/** The parsed files of a system; null for an optional file that the case does not have. */
export interface EntityFiles {
  readonly buses: Parsed<typeof BUSES>;
  readonly lines: Parsed<typeof LINES>;
  readonly thermals: Parsed<typeof THERMALS>;
  readonly hydros: Parsed<typeof HYDROS>;
  readonly sources: Parsed<typeof NON_CONTROLLABLE_SOURCES> | null;
  readonly stations: Parsed<typeof PUMPING_STATIONS> | null;
  readonly contracts: Parsed<typeof ENERGY_CONTRACTS> | null;
  readonly productionModels: ProductionFile | null;
  readonly genericConstraints: ConstraintFile | null;
  readonly genericParameters: ParameterFile | null;
}

/** Everything that the elements depend on. */
export interface EntityInput {
  readonly dialect: Dialect;
  readonly files: EntityFiles;
  readonly horizon: Horizon;
  readonly penalties: GlobalPenalties;
  readonly energyProductivity: EnergyProductivity | null;
  /** Rows as the table has them, each bound on its side. */
  readonly genericBounds: GenericBounds;
  /** Rows as the table has them, with the turbined cost of the older layout as written. */
  readonly hydroPenalty: Overrides<HydroPenaltyField>;
  /** Opens the report of a file that is present. */
  readonly report: (file: JsonFile) => FileReport;
}

/** The elements of the model, sorted by id, and the tables that are resolved along with them. */
export interface Entities {
  readonly buses: readonly Bus[];
  readonly lines: readonly Line[];
  readonly hydros: readonly Hydro[];
  readonly thermals: readonly Thermal[];
  readonly sources: readonly NonControllableSource[];
  readonly stations: readonly PumpingStation[];
  readonly contracts: readonly Contract[];
  readonly planeReduction: PlaneReduction | null;
  readonly genericConstraints: readonly GenericConstraint[];
  readonly genericBounds: GenericBounds;
  readonly parameters: readonly ScalarParameter[];
  readonly hydroPenalty: Overrides<HydroPenaltyField>;
}

/** Builds the elements of a system. Faults that only show when files meet are reported. */
export function buildEntities(input: EntityInput): Entities {
  const { dialect, files, horizon: { stages }, penalties, report } = input;
  const lines = toLines(files.lines, stages, penalties);
  const built = buildHydros(input);
  const { hydros, overrides: hydroPenalty } = dialect === "v0.5"
    ? restrictTurbinedCost(built, input.hydroPenalty, stages)
    : { hydros: built, overrides: input.hydroPenalty };
  const parameters = files.genericParameters === null
    ? []
    : toParameters(files.genericParameters, stages, report(GENERIC_PARAMETERS));
  const { constraints, bounds } = files.genericConstraints === null
    ? { constraints: [], bounds: input.genericBounds }
    : toConstraints({
      file: files.genericConstraints,
      bounds: input.genericBounds,
      parameters,
      lines,
      report: report(GENERIC_CONSTRAINTS),
    });
  return {
    buses: toBuses(files.buses, stages, penalties),
    lines,
    hydros,
    thermals: toThermals(files.thermals, stages),
    sources: files.sources === null ? [] : toSources(files.sources, stages, penalties),
    stations: files.stations === null ? [] : toStations(files.stations, stages),
    contracts: files.contracts === null ? [] : toContracts(files.contracts, stages),
    planeReduction: toPlaneReduction(files.productionModels),
    genericConstraints: constraints,
    genericBounds: bounds,
    parameters,
    hydroPenalty,
  };
}

function buildHydros(input: EntityInput): Hydro[] {
  const { files, horizon: { stages }, penalties } = input;
  const entries = new Map<number, ProductionEntry>();
  for (const entry of files.productionModels?.production_models ?? []) {
    entries.set(entry.hydro_id, entry);
  }
  const table = indexProductivity(input.energyProductivity);
  const report = input.report(HYDROS);
  const hydros: readonly HydroEntry[] = files.hydros.hydros;
  return hydros.map((entry, index) => {
    const production = resolveProduction(entry, entries.get(entry.id) ?? null, table, stages);
    for (const fault of production.faults) reportProductivity(fault, entry, index, report);
    return toHydro(entry, stages, penalties, production.spans);
  }).sort((a, b) => a.id - b.id);
}

function reportProductivity(
  fault: ProductivityFault,
  hydro: HydroEntry,
  index: number,
  report: FileReport,
): void {
  const { rule, stages } = fault;
  const path = ["hydros", index, "generation"];
  const where = `${stages.length === 1 ? "stage" : "stages"} ${listed(stages)}`;
  const owner = `Hydro ${hydro.id} '${hydro.name}'`;
  if (rule === "productivity_resolution.1") {
    report.fault({
      kind: "SchemaViolation",
      rule,
      path,
      message: `${owner} has a productivity in system/hydro_production_models.json and in ` +
        `system/hydro_energy_productivity.parquet for ${where}, expected one of them`,
      context: { expected: "one productivity", actual: "two" },
    });
    return;
  }
  report.fault({
    kind: "CoverageMismatch",
    rule,
    path,
    message:
      `${owner} has no productivity for ${where}, expected one, because its model there is ` +
      "not fpha",
    context: { missing_dimension: where, expected_coverage: "every stage without the model fpha" },
  });
}
