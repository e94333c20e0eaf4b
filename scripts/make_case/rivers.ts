/** Rivers with plants on them. */
import { MONTHS } from "./calendar.ts";
import { drawModels, type MonthModel } from "./inflow_process.ts";
import { type Random, rounded } from "./random.ts";
import type { Size } from "./size.ts";

/** A plane of a production function: MW = constant + v·hm³ + q·m³/s + s·m³/s spilled. */
export interface Plane {
  readonly constant: number;
  readonly v: number;
  readonly q: number;
  readonly s: number;
}

/** A hydro plant; its id is its position. */
export interface Plant {
  readonly name: string;
  readonly river: number;
  readonly bus: number;
  readonly downstream: number | null;
  readonly minStorageHm3: number;
  readonly maxStorageHm3: number;
  readonly initialHm3: number;
  readonly minOutflowM3s: number;
  readonly maxTurbinedM3s: number;
  readonly maxGenerationMw: number;
  /** MW per m³/s at a middle head. */
  readonly productivity: number;
  /** Null for a constant productivity. */
  readonly head: HeadCurve | null;
  /** What flows in between this plant and those above it, by month. */
  readonly meanM3s: readonly number[];
  readonly deviationM3s: readonly number[];
  readonly models: readonly MonthModel[];
  /** Weights of the weather of the country and of the river in the noise of the inflow. */
  readonly weather: { readonly country: number; readonly river: number };
  /** Mean over the year of all that arrives, from above too. */
  readonly throughputM3s: number;
}

/** How the head follows the volume, and what the plant makes of it. */
export interface HeadCurve {
  /** MW per m³/s and metre of head. */
  readonly specific: number;
  readonly leastM: number;
  readonly mostM: number;
  readonly planes: readonly Plane[];
}

/** Cubic hectometres that one m³/s brings in a month. */
const HM3_PER_MONTH = 2.63;
/** MW per m³/s and metre, at an efficiency of nine tenths. */
const SPECIFIC = 0.00883;

/** The plants of all rivers, upper ones first within a river. */
export function drawPlants(size: Size, random: Random): Plant[] {
  const rivers = Math.max(1, Math.round(size.plants / 8));
  const plants: Plant[] = [];
  for (let river = 0; river < rivers; river++) {
    const first = plants.length;
    const end = Math.round((river + 1) * size.plants / rivers);
    plants.push(
      ...drawRiver({ river, first, count: end - first, bus: river % size.buses }, size, random),
    );
  }
  return plants;
}

interface River {
  readonly river: number;
  readonly first: number;
  readonly count: number;
  readonly bus: number;
}

function drawRiver({ river, first, count, bus }: River, size: Size, random: Random): Plant[] {
  const wettest = random.between(0, 12);
  const swing = random.between(0.35, 0.7);
  const scale = random.between(60, 260);
  const receives = new Array<number>(count).fill(0);
  const fed = new Array<boolean>(count).fill(false);
  return Array.from({ length: count }, (_, place): Plant => {
    // Most plants pass their water to the next one; some lie on a tributary that joins below it.
    const jump = random.chance(0.75) ? 1 : 2;
    const below = place === count - 1 ? null : Math.min(place + jump, count - 1);
    const own = scale * random.between(0.3, 1) * (fed[place] ? 0.35 : 1);
    const throughput = own + receives[place]!;
    if (below !== null) {
      receives[below]! += throughput;
      fed[below] = true;
    }
    const level = MONTHS.map((month) => {
      const angle = 2 * Math.PI * (month - wettest) / 12;
      return 1 + swing * Math.cos(angle);
    });
    const low = level.map((value) => (1 + swing - value) / (2 * swing));
    const spread = random.between(0.2, 0.32);
    const months = fed[place] && !random.chance(0.4) ? 0.05 : random.between(1.5, 8);
    const useful = months * throughput * HM3_PER_MONTH;
    const minStorage = rounded(useful * random.between(0.2, 0.6), 1);
    const maxStorage = rounded(minStorage + useful, 1);
    const maxTurbined = rounded(throughput * random.between(1.5, 2), 0);
    const leastHead = random.between(15, 110);
    const mostHead = leastHead * (months < 1 ? 1.01 : random.between(1.1, 1.35));
    const productivity = rounded(SPECIFIC * (leastHead + mostHead) / 2, 4);
    const id = first + place;
    const curved = size.planesEvery > 0 && id % size.planesEvery === 0;
    const head = curved
      ? headCurve([leastHead, mostHead], [minStorage, maxStorage], maxTurbined)
      : null;
    const full = productionAt(head, productivity, maxStorage, maxTurbined);
    const weather = { country: random.between(0.25, 0.45), river: random.between(0.55, 0.75) };
    return {
      name: `RIVER ${river + 1} PLANT ${place + 1}`,
      river,
      bus,
      downstream: below === null ? null : first + below,
      minStorageHm3: minStorage,
      maxStorageHm3: maxStorage,
      initialHm3: rounded(minStorage + useful * random.between(0.45, 0.75), 1),
      minOutflowM3s: rounded(0.06 * throughput, 1),
      maxTurbinedM3s: maxTurbined,
      maxGenerationMw: rounded(full, 1),
      productivity,
      head,
      meanM3s: level.map((value) => rounded(own * value, 3)),
      deviationM3s: level.map((value, month) =>
        rounded(own * value * spread * (0.75 + 0.5 * low[month]!), 3)
      ),
      models: drawModels(size.order, low, random),
      weather,
      throughputM3s: throughput,
    };
  });
}

/**
 * Planes above power = specific · head(volume) · flow, with the head linear in the volume. The
 * product has one least concave function above it on the rectangle of volumes and flows: the lower
 * of two planes (McCormick's). A machine near its limit gains less, which doubles them.
 */
function headCurve(
  [leastM, mostM]: readonly [number, number],
  [minHm3, maxHm3]: readonly [number, number],
  maxM3s: number,
): HeadCurve {
  const [low, high] = [SPECIFIC * leastM, SPECIFIC * mostM];
  const slope = (high - low) / (maxHm3 - minHm3);
  const planes = [[0, 1], [0.105, 0.85]].flatMap(([constant, gain]): Plane[] => {
    const base = constant! * maxM3s;
    const most = base + gain! * maxM3s;
    return [
      plane(high * base, 0, high * gain!),
      plane(low * base - slope * most * minHm3, slope * most, low * gain!),
    ];
  });
  return { specific: SPECIFIC, leastM, mostM, planes };
}

/** A tailrace rises with what is spilled; where nothing else lifts the plane it must stay at zero. */
function plane(constant: number, v: number, q: number): Plane {
  const s = constant > 0 && v === 0 ? -0.002 * q : 0;
  return { constant, v, q, s };
}

function productionAt(
  head: HeadCurve | null,
  productivity: number,
  volume: number,
  flow: number,
): number {
  if (head === null) return productivity * flow;
  return Math.min(...head.planes.map(({ constant, v, q }) => constant + v * volume + q * flow));
}
