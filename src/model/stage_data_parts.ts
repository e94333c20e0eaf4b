/** The parts of a stage's data that have shapes of their own: hydros, unit groups, constraints. */
import type { Hydro, HydroCosts } from "./entity.ts";
import { indexStageRows, perBlock, perElement, type StageRows } from "./stage_data_index.ts";
import { indexById, type System } from "./system.ts";
import {
  ALL_BLOCKS,
  type HydroBoundField,
  type HydroPenaltyField,
  type Overrides,
  type UnitGroupOverrides,
} from "./table.ts";

/** Bounds of hydros that hold for the stage as a whole, by hydro. */
interface HydroStageBounds {
  readonly minStorageHm3: Float64Array;
  readonly maxStorageHm3: Float64Array;
  readonly fillingMinRateM3s: Float64Array;
  readonly waterWithdrawalM3s: Float64Array;
}

/** Bounds of hydros by hydro and block. */
interface HydroBlockBounds {
  readonly minTurbinedM3s: Float64Array;
  readonly maxTurbinedM3s: Float64Array;
  readonly minGenerationMw: Float64Array;
  readonly maxGenerationMw: Float64Array;
  readonly minOutflowM3s: Float64Array;
  readonly maxOutflowM3s: Float64Array;
  readonly minDiversionM3s: Float64Array;
  /** 0 where a plant has no diversion. */
  readonly maxDiversionM3s: Float64Array;
  readonly minSpillageM3s: Float64Array;
  readonly maxSpillageM3s: Float64Array;
}

/** Hydros in one stage. */
export interface HydroStage extends HydroStageBounds, HydroBlockBounds {
  /** In the units of `HydroCosts`, by hydro. */
  readonly costs: { readonly [cost in keyof HydroCosts]: Float64Array };
}

/** Column of overrides and value of the plant, per bound. */
type BoundSource = readonly [HydroBoundField, (hydro: Hydro) => number];

const STAGE_BOUNDS: Readonly<Record<keyof HydroStageBounds, BoundSource>> = {
  minStorageHm3: ["min_storage_hm3", (hydro) => hydro.minStorageHm3],
  maxStorageHm3: ["max_storage_hm3", (hydro) => hydro.maxStorageHm3],
  fillingMinRateM3s: ["filling_min_rate_m3s", (hydro) => hydro.filling?.minRateM3s ?? 0],
  waterWithdrawalM3s: ["water_withdrawal_m3s", () => 0],
};

const BLOCK_BOUNDS: Readonly<Record<keyof HydroBlockBounds, BoundSource>> = {
  minTurbinedM3s: ["min_turbined_m3s", (hydro) => hydro.minTurbinedM3s],
  maxTurbinedM3s: ["max_turbined_m3s", (hydro) => hydro.maxTurbinedM3s],
  minGenerationMw: ["min_generation_mw", (hydro) => hydro.minGenerationMw],
  maxGenerationMw: ["max_generation_mw", (hydro) => hydro.maxGenerationMw],
  minOutflowM3s: ["min_outflow_m3s", (hydro) => hydro.minOutflowM3s],
  maxOutflowM3s: ["max_outflow_m3s", (hydro) => hydro.maxOutflowM3s ?? Infinity],
  minDiversionM3s: ["min_diversion_m3s", () => 0],
  maxDiversionM3s: ["max_diversion_m3s", (hydro) => hydro.diversion?.maxFlowM3s ?? 0],
  minSpillageM3s: ["min_spillage_m3s", () => 0],
  maxSpillageM3s: ["max_spillage_m3s", () => Infinity],
};

/** Column of overrides per cost. */
const COSTS: Readonly<Record<keyof HydroCosts, HydroPenaltyField>> = {
  spillage: "spillage_cost",
  turbined: "turbined_cost",
  diversion: "diversion_cost",
  storageBelow: "storage_violation_below_cost",
  fillingTarget: "filling_target_violation_cost",
  turbinedBelow: "turbined_violation_below_cost",
  outflowBelow: "outflow_violation_below_cost",
  outflowAbove: "outflow_violation_above_cost",
  generationBelow: "generation_violation_below_cost",
  evaporationPos: "evaporation_violation_pos_cost",
  evaporationNeg: "evaporation_violation_neg_cost",
  withdrawalPos: "water_withdrawal_violation_pos_cost",
  withdrawalNeg: "water_withdrawal_violation_neg_cost",
  inflowNonNegativity: "inflow_nonnegativity_cost",
};

/** What the stages of a system share about hydros. */
export interface HydroIndex {
  readonly base: Readonly<Record<string, Float64Array>>;
  readonly bounds: Overrides<HydroBoundField>;
  readonly boundRows: StageRows;
  readonly penalties: Overrides<HydroPenaltyField>;
  readonly penaltyRows: StageRows;
}

/** Prepares the stages of the hydros. */
export function makeHydroIndex({ hydros, overrides, horizon }: System): HydroIndex {
  const positions = indexById(hydros);
  const rowsOf = (table: Overrides<HydroBoundField> | Overrides<HydroPenaltyField>): StageRows =>
    indexStageRows(table, (row) => positions.get(table.entity_id[row]!) ?? -1, horizon.stages);
  const base: Record<string, Float64Array> = {};
  for (const [name, [, value]] of Object.entries({ ...STAGE_BOUNDS, ...BLOCK_BOUNDS })) {
    base[name] = Float64Array.from(hydros, value);
  }
  for (const name of Object.keys(COSTS) as (keyof HydroCosts)[]) {
    base[name] = Float64Array.from(hydros, (hydro) => hydro.costs[name]);
  }
  return {
    base,
    bounds: overrides.hydro,
    boundRows: rowsOf(overrides.hydro),
    penalties: overrides.hydroPenalty,
    penaltyRows: rowsOf(overrides.hydroPenalty),
  };
}

/** The hydros in the stage at a position. */
export function hydroStage(index: HydroIndex, blocks: number, position: number): HydroStage {
  const { base, bounds, boundRows, penalties, penaltyRows } = index;
  const stageWide = mapValues(
    STAGE_BOUNDS,
    ([column], name) => perElement(base[name]!, bounds[column], boundRows, position),
  );
  const blockWise = mapValues(
    BLOCK_BOUNDS,
    ([column], name) => perBlock(base[name]!, blocks, bounds[column], boundRows, position),
  );
  const costs = mapValues(
    COSTS,
    (column, name) => perElement(base[name]!, penalties[column], penaltyRows, position),
  );
  return { ...stageWide, ...blockWise, costs };
}

/** Unit groups in one stage, those of a plant next to each other. */
export interface UnitGroupStage {
  /** Groups of the hydro at position h are at positions `[starts[h], starts[h + 1])`. */
  readonly starts: Int32Array;
  /** All by group and block. */
  readonly minTurbinedM3s: Float64Array;
  readonly maxTurbinedM3s: Float64Array;
  readonly minGenerationMw: Float64Array;
  readonly maxGenerationMw: Float64Array;
}

/** What the stages of a system share about unit groups. */
export interface UnitGroupIndex {
  readonly starts: Int32Array;
  readonly base: { readonly [bound in Exclude<keyof UnitGroupStage, "starts">]: Float64Array };
  readonly bounds: UnitGroupOverrides;
  readonly rows: StageRows;
}

/** Prepares the stages of the unit groups. */
export function makeUnitGroupIndex({ hydros, overrides, horizon }: System): UnitGroupIndex {
  const starts = new Int32Array(hydros.length + 1);
  hydros.forEach((hydro, h) => starts[h + 1] = starts[h]! + hydro.unitGroups.length);
  const groups = hydros.flatMap((hydro) => hydro.unitGroups);
  const hydroAt = indexById(hydros);
  const bounds = overrides.unitGroup;
  const rows = indexStageRows(bounds, (row) => {
    const h = hydroAt.get(bounds.hydro_id[row]!);
    if (h === undefined) return -1;
    const id = bounds.unit_group_id[row]!;
    const within = hydros[h]!.unitGroups.findIndex((group) => group.id === id);
    return within < 0 ? -1 : starts[h]! + within;
  }, horizon.stages);
  const base = {
    minTurbinedM3s: Float64Array.from(groups, (group) => group.minTurbinedM3s),
    maxTurbinedM3s: Float64Array.from(groups, (group) => group.maxTurbinedM3s),
    minGenerationMw: Float64Array.from(groups, (group) => group.minGenerationMw),
    maxGenerationMw: Float64Array.from(groups, (group) => group.maxGenerationMw),
  };
  return { starts, base, bounds, rows };
}

/** The unit groups in the stage at a position. */
export function unitGroupStage(
  { starts, base, bounds, rows }: UnitGroupIndex,
  blocks: number,
  position: number,
): UnitGroupStage {
  const inBlocks = (values: Float64Array, column: Float64Array): Float64Array =>
    perBlock(values, blocks, column, rows, position);
  return {
    starts,
    minTurbinedM3s: inBlocks(base.minTurbinedM3s, bounds.min_turbined_m3s),
    maxTurbinedM3s: inBlocks(base.maxTurbinedM3s, bounds.max_turbined_m3s),
    minGenerationMw: inBlocks(base.minGenerationMw, bounds.min_generation_mw),
    maxGenerationMw: inBlocks(base.maxGenerationMw, bounds.max_generation_mw),
  };
}

/** A user's constraint in one block. */
export interface GenericRow {
  /** Position in the constraints of the system. */
  readonly constraint: number;
  readonly block: number;
  /** `-Infinity` for none. */
  readonly lower: number;
  /** `Infinity` for none. */
  readonly upper: number;
}

/** Prepares the stages of the users' constraints. */
export function makeGenericIndex(
  { genericConstraints, genericBounds, horizon }: System,
): StageRows {
  const positions = indexById(genericConstraints);
  const { constraint_id } = genericBounds;
  const elementOf = (row: number): number => positions.get(constraint_id[row]!) ?? -1;
  return indexStageRows(genericBounds, elementOf, horizon.stages);
}

/**
 * The users' constraints in the stage at a position. A constraint holds where a row of bounds says
 * so; a row for all blocks holds in each of them, beside rows for one.
 */
export function genericRows(
  { genericConstraints, genericBounds }: System,
  index: StageRows,
  blocks: number,
  position: number,
): GenericRow[] {
  const result: GenericRow[] = [];
  const add = (constraint: number, block: number, lower: number, upper: number): void => {
    const [from, to] = block === ALL_BLOCKS ? [0, blocks] : [block, Math.min(block + 1, blocks)];
    for (let k = from; k < to; k++) result.push({ constraint, block: k, lower, upper });
  };
  let next = index.starts[position]!;
  const end = index.starts[position + 1]!;
  genericConstraints.forEach((_, constraint) => {
    for (; next < end && index.elements[index.rows[next]!] === constraint; next++) {
      const row = index.rows[next]!;
      const low = genericBounds.bound_lower[row]!;
      const high = genericBounds.bound_upper[row]!;
      add(
        constraint,
        index.blocks[row]!,
        Number.isNaN(low) ? -Infinity : low,
        Number.isNaN(high) ? Infinity : high,
      );
    }
  });
  return result;
}

function mapValues<K extends string, V>(
  record: Readonly<Record<K, V>>,
  map: (value: V, name: K) => Float64Array,
): Record<K, Float64Array> {
  const result = {} as Record<K, Float64Array>;
  for (const name of Object.keys(record) as K[]) result[name] = map(record[name], name);
  return result;
}
