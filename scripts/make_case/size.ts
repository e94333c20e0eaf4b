/** How large a synthetic study is. */

/** The dimensions of a study, and the settings that decide how much work it is. */
export interface Size {
  readonly plants: number;
  readonly thermals: number;
  readonly buses: number;
  readonly stages: number;
  /** Load levels of a stage, up to three. */
  readonly blocks: number;
  /** Periods that the inflow looks back, at least one. */
  readonly order: number;
  readonly openings: number;
  readonly iterations: number;
  readonly forwardPasses: number;
  readonly simulated: number;
  /** One plant in so many has a production function of planes; 0 for none. */
  readonly planesEvery: number;
}

/** The sizes that have a name. */
export const SIZES = {
  /** Seconds: for trying things out and for tests. */
  S: {
    plants: 12,
    thermals: 10,
    buses: 2,
    stages: 24,
    blocks: 2,
    order: 2,
    openings: 5,
    iterations: 10,
    forwardPasses: 4,
    simulated: 50,
    planesEvery: 0,
  },
  /** A medium system, planned over three years. */
  M: {
    plants: 40,
    thermals: 40,
    buses: 4,
    stages: 36,
    blocks: 3,
    order: 3,
    openings: 10,
    iterations: 20,
    forwardPasses: 8,
    simulated: 200,
    planesEvery: 0,
  },
  /** A national system, planned over five years. */
  L: {
    plants: 160,
    thermals: 130,
    buses: 5,
    stages: 60,
    blocks: 3,
    order: 6,
    openings: 10,
    iterations: 20,
    forwardPasses: 8,
    simulated: 200,
    planesEvery: 3,
  },
} as const satisfies Readonly<Record<string, Size>>;

/** Name of a size. */
export type SizeName = keyof typeof SIZES;
