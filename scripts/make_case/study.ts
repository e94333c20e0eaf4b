/** A made-up study as data, before any file layout. */
import { drawNetwork, type Network } from "./network.ts";
import { Random, rounded } from "./random.ts";
import { drawPlants, type Plant } from "./rivers.ts";
import type { Size } from "./size.ts";

/** A load level of a stage. */
export interface Block {
  readonly name: string;
  /** Share of the hours of the stage. */
  readonly share: number;
  /** Load over the mean of the stage. */
  readonly loadFactor: number;
}

/** A study that no layout has shaped yet. Ids are positions; stages are months. */
export interface Study extends Network {
  readonly size: Size;
  readonly seed: number;
  readonly blocks: readonly Block[];
  readonly plants: readonly Plant[];
  /** Inflows of the months before the study by plant, the latest first. */
  readonly pastInflowsM3s: readonly (readonly number[])[];
  /** Plants under one weather, by id; the inflow noises of two groups have nothing in common. */
  readonly weatherGroups: readonly (readonly number[])[];
}

/** Load levels by their number; the factors have the mean one over the hours. */
const BLOCKS: readonly (readonly Block[])[] = [
  [{ name: "ALL HOURS", share: 1, loadFactor: 1 }],
  [
    { name: "DAY", share: 0.625, loadFactor: 1.09 },
    { name: "NIGHT", share: 0.375, loadFactor: 0.85 },
  ],
  [
    { name: "PEAK", share: 0.125, loadFactor: 1.18 },
    { name: "DAY", share: 0.5, loadFactor: 1.06 },
    { name: "NIGHT", share: 0.375, loadFactor: 0.86 },
  ],
];

/** Makes up a study; the same size and seed always give the same one. */
export function makeStudy(size: Size, seed: number): Study {
  const blocks = BLOCKS[size.blocks - 1];
  if (blocks === undefined) {
    throw new RangeError(`A study has 1 to ${BLOCKS.length} blocks, not ${size.blocks}`);
  }
  const random = new Random(seed);
  const plants = drawPlants(size, random);
  return {
    size,
    seed,
    blocks,
    plants,
    ...drawNetwork(plants, size, random),
    weatherGroups: [plants.map((_, id) => id)],
    pastInflowsM3s: plants.map(({ meanM3s }) => {
      const wetness = random.between(0.8, 1.1);
      return Array.from(
        { length: size.order },
        (_, lag) => rounded(wetness * meanM3s[(12 * size.order - 1 - lag) % 12]!, 2),
      );
    }),
  };
}

/** Correlation of the inflow noises of two plants: that of the weather that they share. */
export function noiseCorrelation(a: Plant, b: Plant): number {
  if (a === b) return 1;
  const country = a.weather.country * b.weather.country;
  return country + (a.river === b.river ? a.weather.river * b.weather.river : 0);
}
