/** Every JSON file of a case, and the parsing of all that are present. */
import type { z } from "zod";
import type { JsonDocument } from "../files/mod.ts";
import type { BlockFactors, Config, Correlation, Horizon, PostStudy } from "../model/mod.ts";
import type { Dialect } from "./case.ts";
import type { EntityFiles } from "./entities.ts";
import {
  EXCHANGE_FACTORS,
  LOAD_FACTORS,
  type PlacedFactor,
  SOURCE_FACTORS,
  toExchangeFactors,
  toLoadFactors,
  toSourceFactors,
} from "./json/block_factors.ts";
import { BUSES } from "./json/buses.ts";
import { CONFIG, configFromV05, configFromV18 } from "./json/config.ts";
import { checkConfigV05, checkConfigV18 } from "./json/config_checks.ts";
import { configV05, configV18 } from "./json/config_schema.ts";
import { checkCorrelation, CORRELATION, toCorrelation } from "./json/correlation.ts";
import { ENERGY_CONTRACTS } from "./json/energy_contracts.ts";
import { checkConstraints, GENERIC_CONSTRAINTS } from "./json/generic_constraints.ts";
import { checkParameters, GENERIC_PARAMETERS } from "./json/generic_parameters.ts";
import { horizonFromV05, horizonFromV18 } from "./json/horizon.ts";
import { HYDRO_PRODUCTION_MODELS } from "./json/hydro_production_models.ts";
import { HYDROS } from "./json/hydros.ts";
import {
  checkInitial,
  INITIAL_CONDITIONS,
  type InitialV05,
  type InitialV18,
} from "./json/initial_conditions.ts";
import type { JsonFile } from "./json/issues.ts";
import { LINES } from "./json/lines.ts";
import { NON_CONTROLLABLE_SOURCES } from "./json/non_controllable_sources.ts";
import { type FileCheck, parseJson } from "./json/parse.ts";
import { type GlobalPenalties, PENALTIES, toPenalties } from "./json/penalties.ts";
import { checkPostStudy, POST_STUDY_STAGES, toPostStudy } from "./json/post_study_stages.ts";
import { PUMPING_STATIONS } from "./json/pumping_stations.ts";
import { checkStagesV18, STAGES } from "./json/stages.ts";
import { stagesV05, stagesV18 } from "./json/stages_schema.ts";
import { THERMALS } from "./json/thermals.ts";
import type { Problems } from "./problem.ts";

/** Descriptions of the JSON files, in the order in which they are checked. */
export const JSON_FILES: readonly JsonFile[] = [
  CONFIG,
  STAGES,
  PENALTIES,
  INITIAL_CONDITIONS,
  POST_STUDY_STAGES,
  BUSES,
  LINES,
  HYDROS,
  THERMALS,
  NON_CONTROLLABLE_SOURCES,
  PUMPING_STATIONS,
  ENERGY_CONTRACTS,
  HYDRO_PRODUCTION_MODELS,
  LOAD_FACTORS,
  SOURCE_FACTORS,
  CORRELATION,
  EXCHANGE_FACTORS,
  GENERIC_CONSTRAINTS,
  GENERIC_PARAMETERS,
];

/** The JSON files of a case after their checks; null for one that is absent or has errors. */
export interface ParsedFiles {
  readonly config: Config | null;
  readonly horizon: Horizon | null;
  readonly penalties: GlobalPenalties | null;
  readonly initial: InitialV05 | InitialV18 | null;
  readonly postStudy: PostStudy | null;
  readonly correlation: Correlation | null;
  readonly loadFactors: BlockFactors;
  readonly sourceFactors: BlockFactors;
  readonly exchangeFactors: readonly PlacedFactor[];
  readonly entities: { readonly [F in keyof EntityFiles]: EntityFiles[F] | null };
}

/** What the parsing of the files needs to know. */
export interface ParseInput {
  /** Absolute path of the case. */
  readonly directory: string;
  readonly dialect: Dialect;
  readonly present: ReadonlySet<string>;
  readonly documents: ReadonlyMap<string, JsonDocument>;
}

/** Checks every JSON file of a case by itself and reports all that is wrong. */
export function parseFiles(input: ParseInput, problems: Problems): ParsedFiles {
  const { directory, dialect, present, documents } = input;
  const parsed = <A extends z.ZodObject>(
    file: JsonFile,
    schema: A,
    check?: FileCheck<z.output<A>>,
  ): z.output<A> | null => {
    const document = documents.get(file.file);
    return document === undefined
      ? null
      : parseJson(file, schema, document, dialect, problems, check);
  };
  const either = <A extends z.ZodObject, B extends z.ZodObject>(
    file: JsonFile<A, B>,
    check?: FileCheck<z.output<A> | z.output<B>>,
  ): z.output<A> | z.output<B> | null => {
    const schema: A | B | null = dialect === "v0.5" ? file.schemaV05 : file.schemaV18;
    if (schema !== null) return parsed(file as JsonFile, schema, check);
    if (documents.has(file.file)) ignoreFile(file.file, dialect, problems);
    return null;
  };
  const then = <T, U>(value: T | null, convert: (value: T) => U): U | null =>
    value === null ? null : convert(value);

  return {
    config: dialect === "v0.5"
      ? then(
        parsed(CONFIG, configV05, checkConfigV05),
        (value) => configFromV05(value, present.has("scenarios/noise_openings.parquet")),
      )
      : then(
        parsed(CONFIG, configV18, checkConfigV18),
        (value) => configFromV18(value, directory),
      ),
    horizon: dialect === "v0.5"
      ? then(parsed(STAGES, stagesV05), horizonFromV05)
      : then(parsed(STAGES, stagesV18, checkStagesV18), horizonFromV18),
    penalties: then(either(PENALTIES), toPenalties),
    initial: either(INITIAL_CONDITIONS, checkInitial),
    postStudy: then(either(POST_STUDY_STAGES, checkPostStudy), toPostStudy),
    correlation: then(either(CORRELATION, checkCorrelation), toCorrelation),
    loadFactors: toLoadFactors(either(LOAD_FACTORS)),
    sourceFactors: toSourceFactors(either(SOURCE_FACTORS)),
    exchangeFactors: toExchangeFactors(either(EXCHANGE_FACTORS)),
    entities: {
      buses: either(BUSES),
      lines: either(LINES),
      hydros: either(HYDROS),
      thermals: either(THERMALS),
      sources: either(NON_CONTROLLABLE_SOURCES),
      stations: either(PUMPING_STATIONS),
      contracts: either(ENERGY_CONTRACTS),
      productionModels: either(HYDRO_PRODUCTION_MODELS),
      genericConstraints: either(GENERIC_CONSTRAINTS, checkConstraints),
      genericParameters: either(GENERIC_PARAMETERS, checkParameters),
    },
  };
}

/** The v0.18 layout refuses the files that it dropped; here v0.5 meets those that came later. */
function ignoreFile(file: string, dialect: Dialect, problems: Problems): void {
  if (dialect === "v0.18") return;
  const detail = "the v0.5 layout does not have this file";
  problems.warning(2, "IgnoredInput", `${file} has no effect: ${detail}`, {
    file,
    rule: "L2.ignored_file",
    detail,
  });
}
