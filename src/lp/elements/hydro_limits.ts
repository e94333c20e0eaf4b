/** Least and greatest flows and generation of plants: rows with slacks that cost. */
import type { ModelBuilder } from "../model_builder.ts";
import type { ColumnKind, RowKind } from "../model_key.ts";
import { plantPhase, type StageInput } from "../stage_input.ts";

/** One limit: terms against a bound, with a slack at a cost per unit and hour. */
interface Limit {
  readonly row: RowKind;
  readonly slack: ColumnKind;
  readonly sense: "least" | "most";
  readonly bound: number;
  readonly cost: number;
  readonly terms: readonly (readonly [column: number, coefficient: number])[];
}

/**
 * Adds the limits that can bind. Outflow is what goes down the river, turbined and spilled; diverted
 * water is not part of it.
 */
export function addHydroLimits(builder: ModelBuilder, input: StageInput): void {
  const { frame, data } = input;
  const { hydros, blocks } = data;
  frame.system.hydros.forEach((_, entity) => {
    const phase = plantPhase(input, entity);
    if (phase === "absent") return;
    for (let block = 0; block < blocks; block++) {
      const at = entity * blocks + block;
      const costOf = (cost: Float64Array): number => cost[entity]! * data.blockHours[block]!;
      const spillage = builder.columnOf("spillage", entity, block);
      const turbined = builder.findColumn("turbined", entity, block);
      const outflow = turbined < 0 ? [[spillage, 1] as const] : [
        [turbined, 1] as const,
        [spillage, 1] as const,
      ];
      const limits: Limit[] = [{
        row: "outflow_min",
        slack: "outflow_below",
        sense: "least",
        bound: hydros.minOutflowM3s[at]!,
        cost: costOf(hydros.costs.outflowBelow),
        terms: outflow,
      }, {
        row: "outflow_max",
        slack: "outflow_above",
        sense: "most",
        bound: hydros.maxOutflowM3s[at]!,
        cost: costOf(hydros.costs.outflowAbove),
        terms: outflow,
      }];
      if (phase === "operating") {
        limits.push({
          row: "turbined_min",
          slack: "turbined_below",
          sense: "least",
          bound: hydros.minTurbinedM3s[at]!,
          cost: costOf(hydros.costs.turbinedBelow),
          terms: [[turbined, 1]],
        }, {
          row: "generation_min",
          slack: "generation_below",
          sense: "least",
          bound: hydros.minGenerationMw[at]!,
          cost: costOf(hydros.costs.generationBelow),
          terms: generationTerms(builder, input, entity, block),
        });
      }
      for (const limit of limits) addLimit(builder, { entity, block, sub: 0 }, limit);
      if (phase === "operating") addGroupLimits(builder, input, entity, block);
    }
  });
}

/** Generation of a plant as columns: its own, or the productivity times the flow. */
export function generationTerms(
  builder: ModelBuilder,
  { plants }: StageInput,
  entity: number,
  block: number,
): readonly (readonly [column: number, coefficient: number])[] {
  const production = plants.production[entity]!;
  if (production.kind !== "constant") return [[builder.columnOf("generation", entity, block), 1]];
  return [[builder.columnOf("turbined", entity, block), production.productivity]];
}

/** Generation of one group of a plant of several groups as columns. */
export function groupGenerationTerms(
  builder: ModelBuilder,
  { plants }: StageInput,
  entity: number,
  block: number,
  group: number,
): readonly (readonly [column: number, coefficient: number])[] {
  const production = plants.production[entity]!;
  if (production.kind !== "constant") {
    return [[builder.columnOf("group_generation", entity, block, group), 1]];
  }
  return [[builder.columnOf("group_turbined", entity, block, group), production.productivity]];
}

/** Groups take the costs of their plant; those of a plant of one group are the plant's business. */
function addGroupLimits(
  builder: ModelBuilder,
  input: StageInput,
  entity: number,
  block: number,
): void {
  const { data } = input;
  const { unitGroups, hydros } = data;
  const first = unitGroups.starts[entity]!;
  const count = unitGroups.starts[entity + 1]! - first;
  const hours = data.blockHours[block]!;
  for (let group = 0; group < count; group++) {
    const at = (first + group) * data.blocks + block;
    const place = { entity, block, sub: group };
    const plant = entity * data.blocks + block;
    const leastFlow = unitGroups.minTurbinedM3s[at]!;
    const leastPower = unitGroups.minGenerationMw[at]!;
    // The only group of a plant repeats the plant's own minimum unless it asks for more.
    if (count > 1 || leastFlow > hydros.minTurbinedM3s[plant]!) {
      const column = count > 1
        ? builder.columnOf("group_turbined", entity, block, group)
        : builder.columnOf("turbined", entity, block);
      addLimit(builder, place, {
        row: "group_turbined_min",
        slack: "group_turbined_below",
        sense: "least",
        bound: leastFlow,
        cost: hydros.costs.turbinedBelow[entity]! * hours,
        terms: [[column, 1]],
      });
    }
    if (count > 1 || leastPower > hydros.minGenerationMw[plant]!) {
      addLimit(builder, place, {
        row: "group_generation_min",
        slack: "group_generation_below",
        sense: "least",
        bound: leastPower,
        cost: hydros.costs.generationBelow[entity]! * hours,
        terms: count > 1
          ? groupGenerationTerms(builder, input, entity, block, group)
          : generationTerms(builder, input, entity, block),
      });
    }
  }
}

function addLimit(
  builder: ModelBuilder,
  place: { readonly entity: number; readonly block: number; readonly sub: number },
  { row, slack, sense, bound, cost, terms }: Limit,
): void {
  if (sense === "least" ? bound <= 0 : bound === Infinity) return;
  const [lower, upper] = sense === "least" ? [bound, Infinity] : [-Infinity, bound];
  const at = builder.row(row, place, lower, upper);
  for (const [column, coefficient] of terms) builder.entry(at, column, coefficient);
  builder.entry(at, builder.column(slack, place, { cost }), sense === "least" ? 1 : -1);
}
