/**
 * The most that a unit of state can be worth, from penalties alone. Less water than before can be
 * answered by releasing less wherever it would have gone: each plant on the way down then lacks at
 * most its generation, at the cost of the dearest deficit, and breaks each of its limits by as much as
 * the water that is missing. More water can be let through in the same way. So along the river
 *
 *     worth(h) = Σ of the costs per hm³ of plant h and of the energy of its water + worth(downstream),
 *
 * which with the worth of the same water in later stages bounds the slope of the cost in the storage;
 * slots that become water or take the place of others are worth what they become. That holds where
 * every shortage can be had at a penalty.
 */
import { slotRange, type StageTemplate } from "../lp/mod.ts";
import type { Study } from "./study.ts";

/** Slopes that are used where nothing has a price, and a factor on the others. */
export interface SlopeSettings {
  readonly fallback: number;
  readonly scale: number;
}

/**
 * Bounds on the slope of the cost in each slot of the state before each stage and after the last, in $
 * per unit; nothing is worth anything at the end.
 */
export function stateSlopes({ stages }: Study, settings: SlopeSettings): Float64Array[] {
  const last = stages.at(-1)!.template.map.outgoing.slots.length;
  const slopes: Float64Array[] = [new Float64Array(last)];
  for (const { template, discount } of stages.toReversed()) {
    slopes.unshift(slopesBefore(template, discount, slopes[0]!, settings));
  }
  return slopes;
}

function slopesBefore(
  { model, map }: StageTemplate,
  discount: number,
  after: Float64Array,
  { fallback, scale }: SlopeSettings,
): Float64Array {
  const rivers = plantPrices({ model });
  const hydros = rivers.own.length;
  const [first, end] = slotRange(map.outgoing, "storage");
  const later = new Float64Array(hydros);
  for (let slot = first; slot < end; slot++) {
    later[map.outgoing.slots[slot]!.entity] = discount * after[slot]!;
  }
  // Worth of a hm³ that reaches a plant, now or in what is left of it for later stages.
  const worth = Float64Array.from({ length: hydros }, (_, hydro) => {
    let sum = 0;
    let most = 0;
    for (const plant of riverBelow(rivers.below, hydro)) {
      sum += rivers.own[plant]!;
      most = Math.max(most, later[plant]!);
    }
    return (sum > 0 && Number.isFinite(sum) ? scale * sum : fallback) + most;
  });
  const inflow = Float64Array.from(
    { length: hydros },
    (_, hydro) => rivers.perInflow[hydro]! * worth[hydro]!,
  );
  addSizes(map.shiftInflow, after.map((slope) => discount * slope), inflow);
  const before = new Float64Array(map.incoming.slots.length);
  addSizes(map.shift, after.map((slope) => discount * slope), before);
  addSizes(map.inflow.lags, inflow, before);
  map.incoming.slots.forEach(({ kind, entity }, slot) => {
    if (kind === "storage" || kind === "travelling_water") before[slot]! += worth[entity]!;
    if (kind === "commitment") before[slot]! += rivers.perMegawatt;
  });
  return before;
}

/** Adds |matrix|ᵀ·y to x. */
function addSizes(
  { starts, columns, values }: StageTemplate["map"]["shift"],
  y: Float64Array,
  x: Float64Array,
): void {
  for (let row = 0; row + 1 < starts.length; row++) {
    for (let k = starts[row]!; k < starts[row + 1]!; k++) {
      x[columns[k]!]! += Math.abs(values[k]!) * y[row]!;
    }
  }
}

/** Prices of a stage. */
interface PlantPrices {
  /** Costs of a plant per hm³ that it lacks or has too much. */
  readonly own: Float64Array;
  /** Plants that its water can reach next. */
  readonly below: readonly ReadonlySet<number>[];
  /** hm³ that one m³/s of inflow brings. */
  readonly perInflow: Float64Array;
  /** Cost of a MW that is missing or in excess during the stage. */
  readonly perMegawatt: number;
}

const FLOWS: ReadonlySet<string> = new Set(["turbined", "spillage", "diversion"]);
const PLANT_PENALTIES = /^(evaporation|withdrawal|outflow|turbined|group_turbined|inflow)_/;
const POWER_PENALTIES = /^(generation|group_generation)_/;

function plantPrices({ model }: Pick<StageTemplate, "model">): PlantPrices {
  const { columnKeys, columnCosts, rowKeys, matrix } = model;
  const hydros = columnKeys.reduce(
    (most, { kind, entity }) => kind === "storage_in" ? Math.max(most, entity + 1) : most,
    0,
  );
  const below = Array.from({ length: hydros }, () => new Set<number>());
  const perInflow = new Float64Array(hydros);
  // By block: hm³ per m³/s, dearest power, and by plant the most power per m³/s.
  const hours = new Map<number, number>();
  const power = new Map<number, number>();
  const productivity = new Float64Array(hydros);
  let constraints = 0;
  columnKeys.forEach(({ kind, entity, block }, column) => {
    const cost = Math.abs(columnCosts[column]!);
    if (kind === "deficit" || kind === "excess") {
      power.set(block, Math.max(power.get(block) ?? 0, cost));
    }
    if (kind === "constraint_below" || kind === "constraint_above") constraints += cost;
    for (let k = matrix.starts[column]!; k < matrix.starts[column + 1]!; k++) {
      const row = rowKeys[matrix.indices[k]!]!;
      const value = matrix.values[k]!;
      if (row.kind === "water_balance") {
        if (kind === "inflow") perInflow[entity]! += Math.abs(value);
        if (!FLOWS.has(kind)) continue;
        hours.set(block, Math.abs(value));
        if (row.entity !== entity) below[entity]!.add(row.entity);
      } else if (kind === "turbined" && (row.kind === "load_balance" || row.kind === "plane")) {
        productivity[entity] = Math.max(productivity[entity]!, Math.abs(value));
      }
    }
  });
  const volume = (block: number): number => hours.get(block) ?? Math.max(0, ...[...hours.values()]);
  const own = new Float64Array(hydros);
  const dearest = Math.max(
    0,
    ...[...power].map(([block, cost]) => cost / Math.max(volume(block), Number.MIN_VALUE)),
  );
  own.forEach((_, hydro) => own[hydro] = productivity[hydro]! * dearest);
  columnKeys.forEach(({ kind, entity, block }, column) => {
    const cost = Math.abs(columnCosts[column]!);
    if (cost === 0) return;
    const perVolume = block < 0 ? perInflow[entity] || volume(block) : volume(block);
    if (FLOWS.has(kind) || PLANT_PENALTIES.test(kind)) own[entity]! += cost / perVolume;
    else if (POWER_PENALTIES.test(kind)) own[entity]! += productivity[entity]! * cost / perVolume;
    else if (kind === "storage_below" || kind === "filling_below") own[entity]! += cost;
  });
  if (constraints > 0) {
    const most = largestConstraintCoefficient(model);
    const least = Math.min(...[...hours.values()]);
    own.forEach((_, hydro) => own[hydro]! += constraints * most / Math.min(1, least));
  }
  const perMegawatt = [...power.values()].reduce((sum, cost) => sum + cost, 0);
  return { own, below, perInflow, perMegawatt };
}

function largestConstraintCoefficient(
  { matrix, rowKeys }: StageTemplate["model"],
): number {
  let most = 0;
  matrix.indices.forEach((row, k) => {
    if (rowKeys[row]!.kind === "constraint") most = Math.max(most, Math.abs(matrix.values[k]!));
  });
  return most;
}

/** A plant and all that its water can reach. */
function riverBelow(below: readonly ReadonlySet<number>[], hydro: number): Set<number> {
  const reached = new Set([hydro]);
  for (const plant of reached) for (const next of below[plant]!) reached.add(next);
  return reached;
}
