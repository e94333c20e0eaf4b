/**
 * The elements of a power system. Costs are resolved through the global and the entity tier; what
 * single stages override is in the tables of the system. Lists of entities are sorted by id.
 */

/** What every element has. An element operates at stage s when entry ≤ s < exit, by stage id. */
export interface Entity {
  readonly id: number;
  readonly name: string;
  /** First stage of operation; null means it operates from the start. */
  readonly entryStageId: number | null;
  /** First stage after its operation; null means it never leaves. */
  readonly exitStageId: number | null;
}

/** One step of the cost of unserved energy; the last one has no depth. */
export interface DeficitSegment {
  readonly depthMw: number | null;
  /** $/MWh. */
  readonly cost: number;
}

/** A node of the network. */
export interface Bus extends Entity {
  readonly deficitSegments: readonly DeficitSegment[];
  /** $/MWh. */
  readonly excessCost: number;
}

/** A transmission line between two buses. */
export interface Line extends Entity {
  readonly sourceBusId: number;
  readonly targetBusId: number;
  /** Capacity from source to target. */
  readonly directMw: number;
  /** Capacity from target to source. */
  readonly reverseMw: number;
  /** $/MWh in either direction. */
  readonly exchangeCost: number;
  /** Share of the sent energy that is lost, in percent. */
  readonly lossesPercent: number;
}

/** When the dispatch of an anticipated thermal is decided. */
export type AnticipatedConfig =
  | { readonly leadStages: number }
  | { readonly leadTimeHours: number };

/** A thermal plant. */
export interface Thermal extends Entity {
  readonly busId: number;
  readonly costPerMwh: number;
  readonly minMw: number;
  readonly maxMw: number;
  /** Null for a plant that is dispatched in the stage in which it generates. */
  readonly anticipated: AnticipatedConfig | null;
}

/** How a hydro turns water into power. */
export type ProductionKind = "constant_productivity" | "linearized_head" | "fpha";

/** How planes of the production function are fitted to the geometry of the plant. */
export interface FphaConfig {
  readonly source: "precomputed" | "computed";
  readonly volumePoints: number;
  readonly turbinePoints: number;
  readonly spillagePoints: number;
  readonly maxPlanes: number;
  /** Ends of the range of volumes (hm³); null is the end of the geometry table. */
  readonly volumeMinHm3: number | null;
  readonly volumeMaxHm3: number | null;
  /** Ends as fractions of the useful volume; null where the end is absolute or open. */
  readonly volumeMinPercentile: number | null;
  readonly volumeMaxPercentile: number | null;
}

/** The volume at which head and productivity of a plant are taken. */
export type ReferenceVolume =
  | { readonly volumeHm3: number }
  | { readonly percentile: number };

/** The production model of a hydro in one stage. */
export interface ProductionChoice {
  readonly kind: ProductionKind;
  /** MW per m³/s; null for `fpha` and where the case gives none. */
  readonly productivityMwPerM3s: number | null;
  /** Only for `fpha`; null there means that the case has no configuration for the plant. */
  readonly fpha: FphaConfig | null;
  readonly referenceVolume: ReferenceVolume | null;
}

/** A production choice for the study stages at positions `[from, to)`. */
export interface ProductionSpan {
  readonly from: number;
  readonly to: number;
  readonly choice: ProductionChoice;
}

/** A group of equal units of a hydro, connected to one bus. */
export interface UnitGroup {
  readonly id: number;
  readonly name: string;
  readonly busId: number;
  readonly minGenerationMw: number;
  readonly maxGenerationMw: number;
  readonly minTurbinedM3s: number;
  readonly maxTurbinedM3s: number;
}

/** Level below the dam as a function of the outflow. */
export type Tailrace =
  | { readonly type: "polynomial"; readonly coefficients: readonly number[] }
  | {
    readonly type: "piecewise";
    readonly points: readonly { readonly outflowM3s: number; readonly heightM: number }[];
  };

/** Head lost in the penstock: a fraction of the head, or metres. */
export type HydraulicLosses =
  | { readonly type: "factor"; readonly value: number }
  | { readonly type: "constant"; readonly valueM: number };

/** Evaporation of a reservoir. */
export interface Evaporation {
  /** mm per month, January to December. */
  readonly coefficientsMm: readonly number[];
  /** Volumes (hm³) at which the area is linearised, per month; null takes the middle. */
  readonly referenceVolumesHm3: readonly number[] | null;
}

/** A second outlet of a reservoir, into another plant. */
export interface Diversion {
  readonly downstreamId: number;
  readonly maxFlowM3s: number;
}

/** First filling of a new reservoir. */
export interface Filling {
  readonly startStageId: number;
  /** Least inflow kept for the filling (m³/s). */
  readonly minRateM3s: number;
}

/** Costs of a hydro: $ per m³/s and hour, $/hm³ for storage, $/MWh for generation. */
export interface HydroCosts {
  readonly spillage: number;
  readonly turbined: number;
  readonly diversion: number;
  readonly storageBelow: number;
  readonly fillingTarget: number;
  readonly turbinedBelow: number;
  readonly outflowBelow: number;
  readonly outflowAbove: number;
  readonly generationBelow: number;
  /** Too much evaporation; too little. */
  readonly evaporationPos: number;
  readonly evaporationNeg: number;
  /** Too much withdrawal; too little. */
  readonly withdrawalPos: number;
  readonly withdrawalNeg: number;
  readonly inflowNonNegativity: number;
}

/** A hydro plant with its reservoir. */
export interface Hydro extends Entity {
  /** The plant that receives the outflow; null for the sea. */
  readonly downstreamId: number | null;
  /** Hours that the outflow travels to the plant below. */
  readonly travelTimeHours: number;
  readonly minStorageHm3: number;
  readonly maxStorageHm3: number;
  readonly minOutflowM3s: number;
  /** Null for no limit. */
  readonly maxOutflowM3s: number | null;
  readonly minTurbinedM3s: number;
  readonly maxTurbinedM3s: number;
  readonly minGenerationMw: number;
  readonly maxGenerationMw: number;
  /** Model that the plant itself declares; stages may use another. */
  readonly model: ProductionKind;
  /** Models over the study stages, in order and without gaps. */
  readonly production: readonly ProductionSpan[];
  readonly specificProductivityMwPerM3sPerM: number | null;
  /** Never empty. */
  readonly unitGroups: readonly UnitGroup[];
  readonly tailrace: Tailrace | null;
  readonly hydraulicLosses: HydraulicLosses | null;
  /** In (0, 1]; null for 1. */
  readonly efficiency: number | null;
  readonly evaporation: Evaporation | null;
  readonly diversion: Diversion | null;
  readonly filling: Filling | null;
  readonly costs: HydroCosts;
}

/** Wind, sun, small hydro: a source that can only be curtailed. */
export interface NonControllableSource extends Entity {
  readonly busId: number;
  readonly maxGenerationMw: number;
  /** $/MWh. */
  readonly curtailmentCost: number;
  /** False for a must-run source. */
  readonly allowCurtailment: boolean;
}

/** Lifts water from one reservoir to another. */
export interface PumpingStation extends Entity {
  readonly busId: number;
  readonly sourceHydroId: number;
  readonly destinationHydroId: number;
  readonly consumptionMwPerM3s: number;
  readonly minFlowM3s: number;
  readonly maxFlowM3s: number;
}

/** Energy bought or sold outside the system. */
export interface Contract extends Entity {
  readonly busId: number;
  readonly type: "import" | "export";
  /** $/MWh; negative is a revenue. */
  readonly pricePerMwh: number;
  readonly minMw: number;
  readonly maxMw: number;
}
