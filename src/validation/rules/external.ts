/** Scenarios and openings that the user gives. */
import type { Case } from "../../case/mod.ts";
import type { ExternalScenarios, NoiseClass, ScenarioSource, System } from "../../model/mod.ts";
import { lowerBound, upperBound } from "../../numeric/mod.ts";
import { HydroStageRows } from "../inflow_models.ts";
import { type Rule, rule } from "../rule.ts";
import { counted, listed, namedById, stageList } from "../wording.ts";

const CLASSES = ["inflow", "load", "ncs"] as const;
const NOUNS = { inflow: "Hydro", load: "Bus", ncs: "Non-controllable source" } as const;

/** Room for rounding when a value is to equal a mean. */
const TOLERANCE = 1e-9;

function fileOf(noise: NoiseClass): string {
  return `scenarios/external_${noise}_scenarios.parquet`;
}

function tableOf({ scenarios }: System, noise: NoiseClass): ExternalScenarios | null {
  return {
    inflow: scenarios.externalInflow,
    load: scenarios.externalLoad,
    ncs: scenarios.externalSource,
  }[
    noise
  ];
}

/** Scenario sources by section of the configuration; the simulation's only where it has its own. */
function sourcesOf({ config }: Case): readonly (readonly [string, ScenarioSource])[] {
  const { training, simulation } = config;
  const own = simulation.scenarioSource;
  return own === null
    ? [["training", training.scenarioSource]]
    : [["training", training.scenarioSource], ["simulation", own]];
}

function isExternal(input: Case, noise: NoiseClass): boolean {
  return sourcesOf(input).some(([, { schemes }]) => schemes[noise] === "external");
}

/** Entities that draw noise of a class: every hydro, buses with a deviation, sources with moments. */
function noisyEntities({ hydros, buses, sources, scenarios }: System, noise: NoiseClass) {
  if (noise === "inflow") return hydros;
  if (noise === "ncs") {
    const given = new Set(scenarios.sourceStats?.ncs_id);
    return sources.filter((source) => given.has(source.id));
  }
  const random = new Set<number>();
  scenarios.loadStats?.std_mw.forEach((std, row) => {
    if (std > 0) random.add(scenarios.loadStats!.bus_id[row]!);
  });
  return buses.filter((bus) => random.has(bus.id));
}

const noTable = rule({
  id: "S26",
  layer: 5,
  kind: "IncompatibleSettings",
  severity: "error",
  file: "config.json",
  description: "A class with the scheme external has external scenarios",
  check(input, report) {
    for (const [section, { schemes }] of sourcesOf(input)) {
      for (const noise of CLASSES) {
        if (schemes[noise] !== "external") continue;
        if ((tableOf(input.system, noise)?.rows ?? 0) > 0) continue;
        const setting = `${section}.scenario_source.${noise}.scheme`;
        report.found(
          `${setting} is external, but ${fileOf(noise)} has no rows`,
          {
            path: [section, "scenario_source", noise, "scheme"],
            settings: [setting, fileOf(noise)],
            detail: "no external scenarios",
          },
          "Give the scenarios, or use another scheme",
        );
      }
    }
  },
});

const unused = rule({
  id: "S26.unused",
  layer: 5,
  kind: "IgnoredInput",
  severity: "warning",
  file: "config.json",
  description: "External scenarios are given only for classes with the scheme external",
  check(input, report) {
    for (const noise of CLASSES) {
      if ((tableOf(input.system, noise)?.rows ?? 0) === 0 || isExternal(input, noise)) continue;
      const setting = `scenario_source.${noise}.scheme`;
      report.found(
        `${fileOf(noise)} has no effect: ${setting} is not external`,
        { file: fileOf(noise), field: setting, detail: "the scenarios are not read" },
        `Set ${setting} to external, or remove the file`,
      );
    }
  },
});

const coverage = rule({
  id: "G8",
  layer: 4,
  kind: "CoverageMismatch",
  severity: "error",
  file: "*",
  description: "External scenarios have rows for every random entity of their class in every stage",
  check(input, report) {
    const { system } = input;
    for (const noise of CLASSES) {
      const table = tableOf(system, noise);
      if (table === null || table.rows === 0 || !isExternal(input, noise)) continue;
      const wanted = noisyEntities(system, noise);
      const missing = new Map<number, number[]>(wanted.map(({ id }) => [id, []]));
      const extra = new Map<number, number[]>();
      const empty: number[] = [];
      for (const { id: stageId } of system.horizon.stages) {
        const given = new Set(firstScenario(table, stageId));
        if (given.size === 0) {
          empty.push(stageId);
          continue;
        }
        for (const [id, stages] of missing) if (!given.delete(id)) stages.push(stageId);
        for (const id of given) extra.set(id, [...extra.get(id) ?? [], stageId]);
      }
      const file = fileOf(noise);
      if (empty.length > 0) {
        report.found(
          `${file} has no rows for ${stageList(empty)}`,
          { file, missing_dimension: "stage_id", expected_coverage: "every study stage" },
          "Add the scenarios of these stages",
        );
      }
      for (const [id, stages] of missing) {
        if (stages.length === 0) continue;
        report.found(
          `${namedById(NOUNS[noise], id, wanted)} has no rows in ${file} for ${stageList(stages)}`,
          {
            file,
            entity_id: id,
            missing_dimension: "stage_id",
            expected_coverage: "every study stage",
          },
          "Add its scenarios in these stages",
        );
      }
      const known = noise === "load" ? system.buses : system.sources;
      for (const [id, stages] of noise === "inflow" ? [] : extra) {
        if (!known.some((entity) => entity.id === id)) continue;
        report.found(
          `${namedById(NOUNS[noise], id, known)} has rows in ${file} for ${
            stageList(stages)
          }, but ` +
            `no random ${noise === "load" ? "load" : "availability"}`,
          {
            file,
            entity_id: id,
            missing_dimension: "std",
            expected_coverage: "moments of every entity with external scenarios",
          },
          noise === "load"
            ? "Give the bus a std_mw above 0, or remove its rows"
            : "Give the source rows in non_controllable_stats, or remove its rows here",
        );
      }
    }
  },
});

/** Entities of the first scenario of a stage; rows are sorted by stage, scenario and entity. */
function* firstScenario(table: ExternalScenarios, stageId: number): Generator<number> {
  const from = lowerBound(table.stage_id, stageId);
  const scenario = table.scenario_id[from];
  for (let row = from; table.stage_id[row] === stageId; row++) {
    if (table.scenario_id[row] !== scenario) return;
    yield table.entity_id[row]!;
  }
}

const impossible = rule({
  id: "G8.deviation",
  layer: 5,
  kind: "PhysicalConstraint",
  severity: "error",
  file: fileOf("inflow"),
  description: "External inflows equal the mean where the inflow model has no deviation",
  check(input, report) {
    const { scenarios, horizon, hydros } = input.system;
    const { externalInflow: table, inflowStats: stats } = scenarios;
    if (table === null || stats === null || !isExternal(input, "inflow")) return;
    const rows = new HydroStageRows(stats);
    const coefficients = new HydroStageRows(scenarios.inflowCoefficients);
    const annual = new HydroStageRows(scenarios.inflowAnnual);
    const wrong = new Map<number, number[]>();
    for (const { id: stageId } of horizon.stages) {
      const entities = [...firstScenario(table, stageId)];
      // The mean where nothing else is possible; every scenario has the same entities in turn.
      const means = Float64Array.from(entities, (hydroId) => {
        const row = rows.get(hydroId, stageId);
        const fixed = row !== undefined && stats.std_m3s[row] === 0 &&
          coefficients.get(hydroId, stageId) === undefined &&
          annual.get(hydroId, stageId) === undefined;
        return fixed ? stats.mean_m3s[row]! : NaN;
      });
      if (means.every(Number.isNaN)) continue;
      const from = lowerBound(table.stage_id, stageId);
      const end = upperBound(table.stage_id, stageId);
      for (let row = from, place = 0; row < end; row++, place++) {
        if (place === means.length) place = 0;
        const mean = means[place]!;
        // False for NaN, where any value is possible.
        const off = Math.abs(table.value[row]! - mean) > TOLERANCE * Math.max(1, Math.abs(mean));
        if (!off) continue;
        const hydroId = table.entity_id[row]!;
        const stages = wrong.get(hydroId) ?? [];
        if (stages.at(-1) !== stageId) stages.push(stageId);
        wrong.set(hydroId, stages);
      }
    }
    for (const [hydroId, stages] of wrong) {
      report.found(
        `${namedById("Hydro", hydroId, hydros)} has external inflows other than its mean at ` +
          `${stageList(stages)}, where its std_m3s is 0: no noise leads there`,
        { entity_id: hydroId, detail: "external value with a deviation of 0" },
        "Give a deviation above 0 in inflow_seasonal_stats",
      );
    }
  },
});

const sampling = rule({
  id: "G6",
  layer: 5,
  kind: "IncompatibleSettings",
  severity: "error",
  file: "stages.json",
  description: "Stages whose openings are past residuals have a history",
  check({ system, config }, report) {
    const { scenarios, horizon } = system;
    const given = config.training.openings === "file";
    if (given || (scenarios.inflowHistory?.rows ?? 0) > 0) return;
    horizon.stages.forEach((stage, position) => {
      if (stage.sampling !== "historical_residuals") return;
      report.found(
        `Stage ${stage.id} has sampling_method historical_residuals, but ` +
          "scenarios/inflow_history.parquet is not given",
        {
          entity_id: stage.id,
          path: ["stages", position, "sampling_method"],
          settings: ["sampling_method", "scenarios/inflow_history.parquet"],
          detail: "the method has no residuals to take",
        },
        "Give scenarios/inflow_history.parquet, or use another method",
      );
    });
  },
});

const OPENINGS = "scenarios/noise_openings.parquet";

const openings = rule({
  id: "G7",
  layer: 4,
  kind: "CoverageMismatch",
  severity: "error",
  file: OPENINGS,
  description: "A given opening tree has every stage, openings 0, 1, 2, … and every random entity",
  check(input, report) {
    const { system, config } = input;
    if (config.training.openings !== "file") return;
    const table = system.scenarios.noiseOpenings;
    if (table === null || table.rows === 0) {
      return report.found(
        `${OPENINGS} has no rows, but the opening tree is to be read from it`,
        { missing_dimension: "stage_id", expected_coverage: "every study stage" },
        "Give the openings, or let them be generated",
      );
    }
    const size = CLASSES.reduce((sum, noise) => sum + noisyEntities(system, noise).length, 0);
    const { stages } = system.horizon;
    const known = new Set(stages.map((stage) => stage.id));
    const seen = new Set<number>();
    const { rows, stage_id, opening_index, entity_index } = table;
    for (let from = 0; from < rows;) {
      const stageId = stage_id[from]!;
      let to = from;
      let broken = -1;
      for (; to < rows && stage_id[to] === stageId; to++) {
        const place = to - from;
        const whole = opening_index[to] === Math.floor(place / size) &&
          entity_index[to] === place % size;
        if (!whole && broken < 0) broken = to;
      }
      if (broken < 0 && (to - from) % size !== 0) broken = to - 1;
      seen.add(stageId);
      if (known.has(stageId) && broken >= 0) {
        report.found(
          `${OPENINGS} does not have openings 0, 1, 2, … with ` +
            `${counted(size, "random entity").replace("entitys", "entities")} each at stage ` +
            `${stageId}: the first fault is at opening ${opening_index[broken]}, entity ` +
            `${entity_index[broken]}`,
          { missing_dimension: "entity_index", expected_coverage: `entities 0 to ${size - 1}` },
          "List hydros by id, then buses with a deviation, then sources with moments",
        );
      }
      from = to;
    }
    const missing = stages.map(({ id }) => id).filter((id) => !seen.has(id));
    const unknown = [...seen].filter((id) => !known.has(id));
    if (missing.length === 0 && unknown.length === 0) return;
    const what = missing.length > 0
      ? `has no openings for ${stageList(missing)}`
      : `has openings for ${listed(unknown)}, which are no study stages`;
    report.found(
      `${OPENINGS} ${what}`,
      { missing_dimension: "stage_id", expected_coverage: "the study stages, and no others" },
      "Correct stage_id",
    );
  },
});

/** The rules of given scenarios and openings. */
export const rules: readonly Rule[] = [noTable, unused, coverage, impossible, sampling, openings];
