/** Layer 5: bounds after the overrides of stages and blocks. */
import {
  indexById,
  makeStageResolver,
  type StageData,
  type System,
  type Table,
} from "../../model/mod.ts";
import { type Rule, rule } from "../rule.ts";
import { named } from "../wording.ts";
import { REGISTRIES, type RegistryName } from "./registries.ts";

/** A lower and an upper bound, by element, or by element and block. */
interface Pair {
  /** Nulls stand for a lower bound of zero. */
  readonly lower: readonly [field: string, values: Float64Array] | readonly [null, null];
  readonly upper: readonly [field: string, values: Float64Array];
  /** Elements for which another rule speaks. */
  readonly exempt?: (system: System, position: number) => boolean;
}

type OverrideTable = Table<"stage_id", never> & {
  readonly [column: string]: Float64Array | Int32Array | number;
};

/** The elements of a table of overrides. */
interface Owners {
  readonly count: number;
  /** Position of the element of a row; undefined where there is no such element. */
  readonly positionOf: (row: number) => number | undefined;
  readonly idOf: (position: number) => number;
  readonly nameOf: (position: number) => string;
}

/** A table of overrides and the bounds that it changes; names of fields are those of columns. */
interface Overridden {
  readonly file: string;
  readonly table: (system: System) => OverrideTable;
  readonly owners: (system: System) => Owners;
  readonly pairs: (data: StageData) => readonly Pair[];
}

/** Elements of a registry, named by the column `entity_id`. */
function elementsOf(
  registry: RegistryName,
  table: (system: System) => Table<"entity_id", never>,
): (system: System) => Owners {
  const { noun, elements } = REGISTRIES[registry];
  const subject = noun[0]!.toUpperCase() + noun.slice(1);
  return (system) => {
    const list = elements(system);
    const positions = indexById(list);
    const ids = table(system).entity_id;
    return {
      count: list.length,
      positionOf: (row) => positions.get(ids[row]!),
      idOf: (position) => list[position]!.id,
      nameOf: (position) => named(subject, list[position]!),
    };
  };
}

/** Unit groups, those of a plant next to each other. */
function unitGroups({ hydros, overrides: { unitGroup } }: System): Owners {
  const groups = hydros.flatMap((hydro) => hydro.unitGroups.map((group) => ({ hydro, group })));
  const positions = new Map(
    groups.map(({ hydro, group }, position) => [`${hydro.id},${group.id}`, position]),
  );
  return {
    count: groups.length,
    positionOf: (row) =>
      positions.get(`${unitGroup.hydro_id[row]},${unitGroup.unit_group_id[row]}`),
    idOf: (position) => groups[position]!.hydro.id,
    nameOf: (position) => {
      const { hydro, group } = groups[position]!;
      return `${named("Hydro", hydro)} in ${named("unit group", group)}`;
    },
  };
}

const TABLES: readonly Overridden[] = [
  {
    file: "constraints/hydro_bounds.parquet",
    table: (system) => system.overrides.hydro,
    owners: elementsOf("hydro", (system) => system.overrides.hydro),
    pairs: ({ hydros: h }) => [
      {
        lower: ["min_storage_hm3", h.minStorageHm3],
        upper: ["max_storage_hm3", h.maxStorageHm3],
      },
      {
        lower: ["min_turbined_m3s", h.minTurbinedM3s],
        upper: ["max_turbined_m3s", h.maxTurbinedM3s],
      },
      {
        lower: ["min_generation_mw", h.minGenerationMw],
        upper: ["max_generation_mw", h.maxGenerationMw],
      },
      {
        lower: ["min_outflow_m3s", h.minOutflowM3s],
        upper: ["max_outflow_m3s", h.maxOutflowM3s],
      },
      {
        lower: ["min_diversion_m3s", h.minDiversionM3s],
        upper: ["max_diversion_m3s", h.maxDiversionM3s],
        exempt: (system, position) => system.hydros[position]!.diversion === null,
      },
      {
        lower: ["min_spillage_m3s", h.minSpillageM3s],
        upper: ["max_spillage_m3s", h.maxSpillageM3s],
      },
    ],
  },
  {
    file: "constraints/hydro_unit_group_bounds.parquet",
    table: (system) => system.overrides.unitGroup,
    owners: unitGroups,
    pairs: ({ unitGroups: g }) => [
      {
        lower: ["min_turbined_m3s", g.minTurbinedM3s],
        upper: ["max_turbined_m3s", g.maxTurbinedM3s],
      },
      {
        lower: ["min_generation_mw", g.minGenerationMw],
        upper: ["max_generation_mw", g.maxGenerationMw],
      },
    ],
  },
  {
    file: "constraints/thermal_bounds.parquet",
    table: (system) => system.overrides.thermal,
    owners: elementsOf("thermal", (system) => system.overrides.thermal),
    pairs: ({ thermals: t }) => [
      { lower: ["min_generation_mw", t.minMw], upper: ["max_generation_mw", t.maxMw] },
    ],
  },
  {
    file: "constraints/line_bounds.parquet",
    table: (system) => system.overrides.line,
    owners: elementsOf("line", (system) => system.overrides.line),
    pairs: ({ lines }) => [
      { lower: [null, null], upper: ["direct_mw", lines.directMw] },
      { lower: [null, null], upper: ["reverse_mw", lines.reverseMw] },
    ],
  },
  {
    file: "constraints/pumping_bounds.parquet",
    table: (system) => system.overrides.station,
    owners: elementsOf("station", (system) => system.overrides.station),
    pairs: ({ stations: s }) => [
      { lower: ["min_m3s", s.minFlowM3s], upper: ["max_m3s", s.maxFlowM3s] },
    ],
  },
  {
    file: "constraints/contract_bounds.parquet",
    table: (system) => system.overrides.contract,
    owners: elementsOf("contract", (system) => system.overrides.contract),
    pairs: ({ contracts: c }) => [
      { lower: ["min_mw", c.minMw], upper: ["max_mw", c.maxMw] },
    ],
  },
];

/** Rows of a table by position of the stage and position of the element. */
function rowsByStage(
  table: OverrideTable,
  owners: Owners,
  stages: ReadonlyMap<number, number>,
): ReadonlyMap<number, ReadonlyMap<number, readonly number[]>> {
  const byStage = new Map<number, Map<number, number[]>>();
  for (let row = 0; row < table.rows; row++) {
    const element = owners.positionOf(row);
    const stage = stages.get(table.stage_id[row]!);
    if (element === undefined || stage === undefined) continue;
    let rows = byStage.get(stage);
    if (rows === undefined) byStage.set(stage, rows = new Map());
    const known = rows.get(element);
    if (known === undefined) rows.set(element, [row]);
    else known.push(row);
  }
  return byStage;
}

/** Whether one of the rows gives one of the two bounds; what elements say themselves is not ours. */
function overrides(table: OverrideTable, rows: readonly number[], { lower, upper }: Pair): boolean {
  return [lower[0], upper[0]].some((field) => {
    const values = field === null ? null : table[field];
    return values instanceof Float64Array && rows.some((row) => !Number.isNaN(values[row]!));
  });
}

/** The first index at which the lower bound of an element exceeds the upper one; −1 for none. */
function firstInversion({ lower, upper }: Pair, element: number, perElement: number): number {
  for (let i = element * perElement; i < (element + 1) * perElement; i++) {
    if ((lower[1]?.[i] ?? 0) > upper[1][i]!) return i;
  }
  return -1;
}

/** The rules. */
export const rules: readonly Rule[] = [
  rule({
    id: "N-13",
    layer: 5,
    kind: "CapacityViolation",
    severity: "error",
    file: "constraints/*_bounds.parquet",
    description: "With the overrides of a stage in place, no lower bound exceeds its upper bound",
    check({ system }, report) {
      const stages = indexById(system.horizon.stages);
      const resolver = makeStageResolver(system);
      for (const { file, table: tableOf, owners: ownersOf, pairs } of TABLES) {
        const table = tableOf(system);
        const owners = ownersOf(system);
        for (const [position, rows] of rowsByStage(table, owners, stages)) {
          const data = resolver.stage(position);
          for (const pair of pairs(data)) {
            const perElement = pair.upper[1].length / owners.count;
            for (const [element, own] of rows) {
              const index = firstInversion(pair, element, perElement);
              if (index < 0 || !overrides(table, own, pair)) continue;
              if (pair.exempt?.(system, element) === true) continue;
              const [minField, lower] = [pair.lower[0], pair.lower[1]?.[index] ?? 0];
              const [maxField, upper] = [pair.upper[0], pair.upper[1][index]!];
              const block = perElement > 1 ? `, block ${index - element * perElement},` : "";
              const fault = minField === null
                ? `${maxField} ${upper}, expected at least 0`
                : `${minField} ${lower} above ${maxField} ${upper}`;
              report.found(
                `${
                  owners.nameOf(element)
                } at stage ${data.stage.id}${block} has, with overrides, ` +
                  fault,
                {
                  file,
                  entity_id: owners.idOf(element),
                  field_min: minField,
                  value_min: lower,
                  field_max: maxField,
                  value_max: upper,
                  stage_id: data.stage.id,
                },
                `Check the rows of the stage in ${file}`,
              );
            }
          }
        }
      }
    },
  }),
];
