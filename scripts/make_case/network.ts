/** Buses with their load, the lines between them and the thermal plants at them. */
import { type Random, rounded } from "./random.ts";
import type { Plant } from "./rivers.ts";
import type { Size } from "./size.ts";

/** A place with a load; its id is its position. */
export interface Bus {
  readonly name: string;
  /** Mean of each stage. */
  readonly loadMw: readonly number[];
}

/** A line between two buses. */
export interface Line {
  readonly name: string;
  readonly source: number;
  readonly target: number;
  readonly capacityMw: number;
}

/** A thermal plant. */
export interface Thermal {
  readonly name: string;
  readonly bus: number;
  readonly costPerMwh: number;
  readonly minMw: number;
  readonly maxMw: number;
}

/** The electric side of a study. */
export interface Network {
  readonly buses: readonly Bus[];
  readonly lines: readonly Line[];
  readonly thermals: readonly Thermal[];
}

/** What rivers give in an average year, over the load. */
const HYDRO_SHARE = 0.65;
/** What rivers give in an average year and thermal plants at most, over the load. */
const MARGIN = 1.3;
const GROWTH_PER_YEAR = 1.02;
const LOAD_SEASON = [1.05, 1.06, 1.04, 1, 0.96, 0.95, 0.96, 0.98, 0.99, 1, 1, 1.01];
const CHEAPEST = 40;
const DEAREST = 700;

/** A network in which the given plants are worth having. */
export function drawNetwork(plants: readonly Plant[], size: Size, random: Random): Network {
  const hydroMw = averageGeneration(plants, size.buses);
  const total = hydroMw.reduce((sum, mw) => sum + mw, 0);
  const loadMw = total / HYDRO_SHARE;
  const weights = hydroMw.map((mw) => 0.5 * mw / total + random.between(0.3, 0.7) / size.buses);
  const weight = weights.reduce((sum, share) => sum + share, 0);
  const base = weights.map((share) => loadMw * share / weight);
  return {
    buses: base.map((mw, bus) => ({
      name: `BUS ${bus + 1}`,
      loadMw: Array.from(
        { length: size.stages },
        (_, stage) =>
          rounded(mw * LOAD_SEASON[stage % 12]! * GROWTH_PER_YEAR ** Math.floor(stage / 12), 2),
      ),
    })),
    lines: drawLines(base, random),
    thermals: drawThermals(base, MARGIN * loadMw - total, size.thermals, random),
  };
}

/** Average generation by bus; what the turbines cannot take in a wet month is lost. */
function averageGeneration(plants: readonly Plant[], buses: number): number[] {
  const generation = new Array<number>(buses).fill(0);
  for (const plant of plants) {
    const flow = Math.min(plant.throughputM3s, 0.95 * plant.maxTurbinedM3s);
    generation[plant.bus]! += plant.productivity * flow;
  }
  return generation;
}

/** A ring of lines, each good for a third of the smaller load at its ends. */
function drawLines(loads: readonly number[], random: Random): Line[] {
  const count = loads.length < 3 ? loads.length - 1 : loads.length;
  return Array.from({ length: count }, (_, source) => {
    const target = (source + 1) % loads.length;
    const smaller = Math.min(loads[source]!, loads[target]!);
    return {
      name: `BUS ${source + 1} - BUS ${target + 1}`,
      source,
      target,
      capacityMw: rounded(smaller * random.between(0.25, 0.4), 1),
    };
  });
}

/** Thermal plants from cheap to dear that add up to a capacity, spread over the buses by load. */
function drawThermals(
  loads: readonly number[],
  capacityMw: number,
  count: number,
  random: Random,
): Thermal[] {
  const shares = Array.from({ length: count }, () => random.between(0.4, 1.6));
  const share = shares.reduce((sum, value) => sum + value, 0);
  const lacking = loads.map((mw) => mw);
  return shares.map((value, place): Thermal => {
    const maxMw = rounded(capacityMw * value / share, 1);
    const bus = lacking.indexOf(Math.max(...lacking));
    lacking[bus]! -= maxMw * loads.reduce((sum, mw) => sum + mw, 0) / capacityMw;
    const step = count === 1 ? 0 : place / (count - 1);
    return {
      name: `THERMAL ${place + 1}`,
      bus,
      costPerMwh: rounded(CHEAPEST * (DEAREST / CHEAPEST) ** step, 2),
      // The cheapest run around the clock and cannot stop.
      minMw: step < 0.2 ? rounded(0.3 * maxMw, 1) : 0,
      maxMw,
    };
  });
}
