/** What holds in one study stage: bounds, costs and factors after every override, as dense arrays. */
import { CobreError } from "../protocol/mod.ts";
import type { Entity } from "./entity.ts";
import type { Stage } from "./horizon.ts";
import { stageHours } from "./horizon.ts";
import {
  type GenericRow,
  genericRows,
  type HydroStage,
  hydroStage,
  makeGenericIndex,
  makeHydroIndex,
  makeUnitGroupIndex,
  type UnitGroupStage,
  unitGroupStage,
} from "./stage_data_parts.ts";
import {
  indexStageRows,
  perBlock,
  perElement,
  type StageRows,
  type StageTable,
} from "./stage_data_index.ts";
import { indexById, type System } from "./system.ts";

/**
 * One study stage. Arrays are by position of the element in its list of the system; those marked
 * "per block" hold `blocks` values for each element, element by element. `Infinity` is no limit.
 * `active` is 1 where the element operates in the stage; bounds of others are as if they did.
 */
export interface StageData {
  /** Position among the study stages. */
  readonly position: number;
  readonly stage: Stage;
  /** Number of blocks. */
  readonly blocks: number;
  readonly blockHours: Float64Array;
  /** Hours of all blocks. */
  readonly hours: number;
  readonly buses: {
    readonly active: Uint8Array;
    /** $/MWh. */
    readonly excessCost: Float64Array;
    /** Factor on the load, per block. */
    readonly loadFactor: Float64Array;
  };
  readonly lines: {
    readonly active: Uint8Array;
    /** Per block. */
    readonly directMw: Float64Array;
    /** Per block. */
    readonly reverseMw: Float64Array;
    /** $/MWh. */
    readonly exchangeCost: Float64Array;
  };
  readonly thermals: {
    readonly active: Uint8Array;
    /** Per block. */
    readonly minMw: Float64Array;
    /** Per block. */
    readonly maxMw: Float64Array;
    readonly costPerMwh: Float64Array;
  };
  readonly hydros: HydroStage & {
    readonly active: Uint8Array;
  };
  readonly unitGroups: UnitGroupStage;
  readonly sources: {
    readonly active: Uint8Array;
    /** Per block, before the factor of the block. */
    readonly availableMw: Float64Array;
    /** Factor on the available generation, per block. */
    readonly factor: Float64Array;
    /** $/MWh. */
    readonly curtailmentCost: Float64Array;
  };
  readonly stations: {
    readonly active: Uint8Array;
    /** Per block. */
    readonly minFlowM3s: Float64Array;
    /** Per block. */
    readonly maxFlowM3s: Float64Array;
  };
  readonly contracts: {
    readonly active: Uint8Array;
    /** Per block. */
    readonly minMw: Float64Array;
    /** Per block. */
    readonly maxMw: Float64Array;
    /** Per block. */
    readonly pricePerMwh: Float64Array;
  };
  /** The users' constraints that hold in the stage, by constraint, row of bounds and block. */
  readonly genericRows: readonly GenericRow[];
}

/** Resolves stages of one system. */
export interface StageResolver {
  /** The data of the study stage at a position. */
  stage(position: number): StageData;
}

/** Prepares what all stages share, so that one stage costs no more than its own rows. */
export function makeStageResolver(system: System): StageResolver {
  const { overrides, scenarios, horizon } = system;
  const { stages } = horizon;
  const byId = (
    table: StageTable & { readonly entity_id: Int32Array },
    entities: readonly Entity[],
  ): StageRows => {
    const positions = indexById(entities);
    return indexStageRows(table, (row) => positions.get(table.entity_id[row]!) ?? -1, stages);
  };
  const index = {
    line: byId(overrides.line, system.lines),
    thermal: byId(overrides.thermal, system.thermals),
    source: byId(overrides.source, system.sources),
    station: byId(overrides.station, system.stations),
    contract: byId(overrides.contract, system.contracts),
    busPenalty: byId(overrides.busPenalty, system.buses),
    linePenalty: byId(overrides.linePenalty, system.lines),
    sourcePenalty: byId(overrides.sourcePenalty, system.sources),
    loadFactor: byId(scenarios.loadFactors, system.buses),
    sourceFactor: byId(scenarios.sourceFactors, system.sources),
  };
  const base = {
    excessCost: columnOf(system.buses, (bus) => bus.excessCost),
    one: new Float64Array(Math.max(system.buses.length, system.sources.length)).fill(1),
    directMw: columnOf(system.lines, (line) => line.directMw),
    reverseMw: columnOf(system.lines, (line) => line.reverseMw),
    exchangeCost: columnOf(system.lines, (line) => line.exchangeCost),
    thermalMinMw: columnOf(system.thermals, (thermal) => thermal.minMw),
    thermalMaxMw: columnOf(system.thermals, (thermal) => thermal.maxMw),
    thermalCost: columnOf(system.thermals, (thermal) => thermal.costPerMwh),
    availableMw: columnOf(system.sources, (source) => source.maxGenerationMw),
    curtailmentCost: columnOf(system.sources, (source) => source.curtailmentCost),
    minFlowM3s: columnOf(system.stations, (station) => station.minFlowM3s),
    maxFlowM3s: columnOf(system.stations, (station) => station.maxFlowM3s),
    contractMinMw: columnOf(system.contracts, (contract) => contract.minMw),
    contractMaxMw: columnOf(system.contracts, (contract) => contract.maxMw),
    contractPrice: columnOf(system.contracts, (contract) => contract.pricePerMwh),
  };
  const hydroIndex = makeHydroIndex(system);
  const groupIndex = makeUnitGroupIndex(system);
  const genericIndex = makeGenericIndex(system);

  const resolve = (position: number): StageData => {
    const stage = stages[position];
    if (stage === undefined) {
      throw CobreError.of(
        "InternalPanic",
        `No stage at position ${position}; the study has ${stages.length}`,
        { location: "stage data" },
      );
    }
    const blocks = stage.blocks.length;
    const inBlocks = (values: Float64Array, column: Float64Array, rows: StageRows): Float64Array =>
      perBlock(values, blocks, column, rows, position);
    const { line, thermal, source, station, contract } = overrides;
    return {
      position,
      stage,
      blocks,
      blockHours: Float64Array.from(stage.blocks, (block) => block.hours),
      hours: stageHours(stage),
      buses: {
        active: activeAt(system.buses, stage.id),
        excessCost: perElement(
          base.excessCost,
          overrides.busPenalty.excess_cost,
          index.busPenalty,
          position,
        ),
        loadFactor: inBlocks(
          base.one.subarray(0, system.buses.length),
          scenarios.loadFactors.factor,
          index.loadFactor,
        ),
      },
      lines: {
        active: activeAt(system.lines, stage.id),
        directMw: inBlocks(base.directMw, line.direct_mw, index.line),
        reverseMw: inBlocks(base.reverseMw, line.reverse_mw, index.line),
        exchangeCost: perElement(
          base.exchangeCost,
          overrides.linePenalty.exchange_cost,
          index.linePenalty,
          position,
        ),
      },
      thermals: {
        active: activeAt(system.thermals, stage.id),
        minMw: inBlocks(base.thermalMinMw, thermal.min_generation_mw, index.thermal),
        maxMw: inBlocks(base.thermalMaxMw, thermal.max_generation_mw, index.thermal),
        costPerMwh: perElement(base.thermalCost, thermal.cost_per_mwh, index.thermal, position),
      },
      hydros: {
        active: activeAt(system.hydros, stage.id),
        ...hydroStage(hydroIndex, blocks, position),
      },
      unitGroups: unitGroupStage(groupIndex, blocks, position),
      sources: {
        active: activeAt(system.sources, stage.id),
        availableMw: inBlocks(base.availableMw, source.available_generation_mw, index.source),
        factor: inBlocks(
          base.one.subarray(0, system.sources.length),
          scenarios.sourceFactors.factor,
          index.sourceFactor,
        ),
        curtailmentCost: perElement(
          base.curtailmentCost,
          overrides.sourcePenalty.curtailment_cost,
          index.sourcePenalty,
          position,
        ),
      },
      stations: {
        active: activeAt(system.stations, stage.id),
        minFlowM3s: inBlocks(base.minFlowM3s, station.min_m3s, index.station),
        maxFlowM3s: inBlocks(base.maxFlowM3s, station.max_m3s, index.station),
      },
      contracts: {
        active: activeAt(system.contracts, stage.id),
        minMw: inBlocks(base.contractMinMw, contract.min_mw, index.contract),
        maxMw: inBlocks(base.contractMaxMw, contract.max_mw, index.contract),
        pricePerMwh: inBlocks(base.contractPrice, contract.price_per_mwh, index.contract),
      },
      genericRows: genericRows(system, genericIndex, blocks, position),
    };
  };
  return { stage: resolve };
}

/** The data of one stage; use {@link makeStageResolver} for several stages of a system. */
export function stageData(system: System, position: number): StageData {
  return makeStageResolver(system).stage(position);
}

/** Whether an element operates at a stage: entry ≤ stage < exit, by stage id. */
export function isActive(entity: Entity, stageId: number): boolean {
  return (entity.entryStageId === null || entity.entryStageId <= stageId) &&
    (entity.exitStageId === null || stageId < entity.exitStageId);
}

function activeAt(entities: readonly Entity[], stageId: number): Uint8Array {
  return Uint8Array.from(entities, (entity) => isActive(entity, stageId) ? 1 : 0);
}

function columnOf<E>(entities: readonly E[], value: (entity: E) => number): Float64Array {
  return Float64Array.from(entities, value);
}
