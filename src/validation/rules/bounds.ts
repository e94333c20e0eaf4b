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
  readonly lower: readonly [field: string, values: Float64Array | null];
  readonly upper: readonly [field: string, values: Float64Array];
}

/** A table of overrides and the bounds that it changes. */
interface Overridden {
  readonly file: string;
  readonly registry: RegistryName;
  readonly table: (system: System) => Table<"entity_id" | "stage_id", never>;
  /** Null stands for a lower bound of zero. */
  readonly pairs: (data: StageData) => readonly Pair[];
}

const TABLES: readonly Overridden[] = [
  {
    file: "constraints/hydro_bounds.parquet",
    registry: "hydro",
    table: (system) => system.overrides.hydro,
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
      },
      {
        lower: ["min_spillage_m3s", h.minSpillageM3s],
        upper: ["max_spillage_m3s", h.maxSpillageM3s],
      },
    ],
  },
  {
    file: "constraints/thermal_bounds.parquet",
    registry: "thermal",
    table: (system) => system.overrides.thermal,
    pairs: ({ thermals: t }) => [
      { lower: ["min_generation_mw", t.minMw], upper: ["max_generation_mw", t.maxMw] },
    ],
  },
  {
    file: "constraints/line_bounds.parquet",
    registry: "line",
    table: (system) => system.overrides.line,
    pairs: ({ lines }) => [
      { lower: ["zero", null], upper: ["direct_mw", lines.directMw] },
      { lower: ["zero", null], upper: ["reverse_mw", lines.reverseMw] },
    ],
  },
  {
    file: "constraints/pumping_bounds.parquet",
    registry: "station",
    table: (system) => system.overrides.station,
    pairs: ({ stations: s }) => [
      { lower: ["min_m3s", s.minFlowM3s], upper: ["max_m3s", s.maxFlowM3s] },
    ],
  },
  {
    file: "constraints/contract_bounds.parquet",
    registry: "contract",
    table: (system) => system.overrides.contract,
    pairs: ({ contracts: c }) => [
      { lower: ["min_mw", c.minMw], upper: ["max_mw", c.maxMw] },
    ],
  },
];

/** Positions of the elements that a table overrides, by position of the stage. */
function overriddenElements(
  table: Table<"entity_id" | "stage_id", never>,
  elements: ReadonlyMap<number, number>,
  stages: ReadonlyMap<number, number>,
): ReadonlyMap<number, ReadonlySet<number>> {
  const byStage = new Map<number, Set<number>>();
  for (let row = 0; row < table.rows; row++) {
    const element = elements.get(table.entity_id[row]!);
    const stage = stages.get(table.stage_id[row]!);
    if (element === undefined || stage === undefined) continue;
    let set = byStage.get(stage);
    if (set === undefined) byStage.set(stage, set = new Set());
    set.add(element);
  }
  return byStage;
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
      for (const { file, registry, table, pairs } of TABLES) {
        const { noun, elements } = REGISTRIES[registry];
        const list = elements(system);
        const subject = noun[0]!.toUpperCase() + noun.slice(1);
        for (
          const [position, overridden] of overriddenElements(table(system), indexById(list), stages)
        ) {
          const data = resolver.stage(position);
          for (const pair of pairs(data)) {
            const perElement = pair.upper[1].length / list.length;
            for (const element of overridden) {
              const index = firstInversion(pair, element, perElement);
              if (index < 0) continue;
              const lower = pair.lower[1]?.[index] ?? 0;
              const upper = pair.upper[1][index]!;
              const block = perElement > 1 ? `, block ${index - element * perElement}` : "";
              report.found(
                `${named(subject, list[element]!)} at stage ${data.stage.id}${block} ` +
                  `has ${pair.lower[0]} ${lower} above ${pair.upper[0]} ${upper}, with overrides`,
                {
                  file,
                  entity_id: list[element]!.id,
                  field_min: pair.lower[0],
                  value_min: lower,
                  field_max: pair.upper[0],
                  value_max: upper,
                  stage_id: data.stage.id,
                },
                `Check the row of the stage in ${file}`,
              );
            }
          }
        }
      }
    },
  }),
];
