/** The production model of a plant in each stage: what the files say, stage by stage. */
import {
  ALL_STAGES,
  type EnergyProductivity,
  type FphaConfig,
  type ProductionChoice,
  type ProductionSpan,
  type Stage,
} from "../model/mod.ts";
import type { HydroEntry } from "./json/hydros.ts";
import type { FphaEntry, ProductionEntry } from "./json/hydro_production_models.ts";

/** What is wrong with the productivity of a plant in some stages. */
export interface ProductivityFault {
  readonly rule: "productivity_resolution.1" | "productivity_resolution.2";
  /** Stage ids, in order. */
  readonly stages: readonly number[];
}

/** The models of a plant over the study stages. */
export interface ResolvedProduction {
  readonly spans: readonly ProductionSpan[];
  readonly faults: readonly ProductivityFault[];
}

/** Productivities of the table by plant and stage; rows for all stages are under the plant alone. */
export type ProductivityIndex = ReadonlyMap<string, number>;

/** Finds the productivities of the table. */
export function indexProductivity(table: EnergyProductivity | null): ProductivityIndex {
  const index = new Map<string, number>();
  for (let row = 0; row < (table?.rows ?? 0); row++) {
    const value = table!.equivalent_productivity_mw_per_m3s[row]!;
    const stage = table!.stage_id[row]!;
    const hydro = table!.hydro_id[row]!;
    if (!Number.isNaN(value)) {
      index.set(stage === ALL_STAGES ? `${hydro}` : `${hydro},${stage}`, value);
    }
  }
  return index;
}

/**
 * Resolves the models of a plant. In stages that no range covers, the older layout takes a constant
 * productivity, the newer one the model of the plant. A productivity comes from the entry of the
 * stage, else from the plant (older layout) or from the table (newer layout).
 */
export function resolveProduction(
  hydro: HydroEntry,
  entry: ProductionEntry | null,
  table: ProductivityIndex,
  stages: readonly Stage[],
): ResolvedProduction {
  const twice: number[] = [];
  const missing: number[] = [];
  const spans: ProductionSpan[] = [];
  const fallback = fallbackItem(hydro, entry);
  const own = ownProductivity(hydro);
  const always = table.get(`${hydro.id}`) ?? null;
  let last: { item: DeclaredItem; productivity: number | null; key: string } | null = null;
  for (let position = 0; position < stages.length; position++) {
    const stage = stages[position]!;
    const item = itemAt(stage, entry) ?? fallback;
    const declared = item.productivity_override ?? item.productivity_mw_per_m3s ?? null;
    let productivity: number | null = null;
    if (item.model !== "fpha") {
      const tabled = table.size === 0 ? null : table.get(`${hydro.id},${stage.id}`) ?? always;
      productivity = declared ?? tabled ?? own;
      if (declared !== null && tabled !== null) twice.push(stage.id);
      if (productivity === null) missing.push(stage.id);
    }
    let same = last !== null && last.item === item && last.productivity === productivity;
    if (!same) {
      const choice = toChoice(item, productivity);
      const key = JSON.stringify(choice);
      same = last?.key === key;
      last = { item, productivity, key };
      if (!same) spans.push({ from: position, to: position + 1, choice });
    }
    if (same) spans[spans.length - 1] = { ...spans.at(-1)!, to: position + 1 };
  }
  const faults: ProductivityFault[] = [];
  if (twice.length > 0) faults.push({ rule: "productivity_resolution.1", stages: twice });
  if (missing.length > 0) faults.push({ rule: "productivity_resolution.2", stages: missing });
  return { spans, faults };
}

/** A range or a season of either layout. */
interface DeclaredItem {
  readonly model: ProductionChoice["kind"];
  readonly fpha_config: FphaEntry | null;
  readonly start_stage_id?: number;
  readonly end_stage_id?: number | null;
  readonly season_id?: number;
  readonly productivity_override?: number | null;
  readonly productivity_mw_per_m3s?: number | null;
  readonly reference_volume?: {
    readonly volume_hm3: number | null;
    readonly percentile: number | null;
  } | null;
}

/** The first range or season of an entry that holds for a stage. */
function itemAt(stage: Stage, entry: ProductionEntry | null): DeclaredItem | undefined {
  if (entry === null) return undefined;
  if (entry.selection_mode === "seasonal") {
    const seasons: readonly DeclaredItem[] = entry.seasons;
    return seasons.find((item) => item.season_id === stage.seasonId);
  }
  const ranges: readonly DeclaredItem[] = entry.stage_ranges;
  return ranges.find((item) =>
    item.start_stage_id! <= stage.id && stage.id <= (item.end_stage_id ?? stage.id)
  );
}

/** What holds where no range or season does. */
function fallbackItem(hydro: HydroEntry, entry: ProductionEntry | null): DeclaredItem {
  const model = entry === null
    ? hydro.generation.model
    : entry.selection_mode === "seasonal"
    ? entry.default_model
    : "bus_id" in hydro // Only in the older layout.
    ? "constant_productivity"
    : hydro.generation.model;
  return { model, fpha_config: null };
}

function toChoice(item: DeclaredItem, productivity: number | null): ProductionChoice {
  const volume = item.reference_volume ?? null;
  return {
    kind: item.model,
    productivityMwPerM3s: productivity,
    fpha: item.fpha_config && toFphaConfig(item.fpha_config),
    referenceVolume: volume === null
      ? null
      : volume.volume_hm3 !== null
      ? { volumeHm3: volume.volume_hm3 }
      : { percentile: volume.percentile! },
  };
}

/** The productivity that the older layout gives to the plant itself. */
function ownProductivity(hydro: HydroEntry): number | null {
  const { generation } = hydro;
  return "productivity_mw_per_m3s" in generation ? generation.productivity_mw_per_m3s : null;
}

function toFphaConfig(entry: FphaEntry): FphaConfig {
  const window = entry.fitting_window;
  return {
    source: entry.source,
    volumePoints: entry.volume_discretization_points ?? 5,
    turbinePoints: entry.turbine_discretization_points ?? 5,
    spillagePoints: entry.spillage_discretization_points ?? 5,
    maxPlanes: entry.max_planes_per_hydro ?? 10,
    volumeMinHm3: window?.volume_min_hm3 ?? null,
    volumeMaxHm3: window?.volume_max_hm3 ?? null,
    volumeMinPercentile: window?.volume_min_percentile ?? null,
    volumeMaxPercentile: window?.volume_max_percentile ?? null,
  };
}
