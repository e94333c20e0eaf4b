/**
 * Standard normal draws by the ziggurat of Doornik ("An Improved Ziggurat Method to Generate Normal
 * Random Samples", 2005) with 256 layers, as Rust's `rand_distr` makes them: the same seed gives
 * the same noise as in the reference program.
 */
import type { Pcg64 } from "./pcg64.ts";

const LAYERS = 256;
/** Where the tail begins. */
const TAIL_START = 3.654152885361008796;
/** Area of a layer. More digits would make other tables than those in use everywhere. */
const LAYER_AREA = 0.00492867323399;

interface Ziggurat {
  /** Right edge of each layer, from the base to 0. */
  readonly edges: Float64Array;
  /** Density exp(−x²/2) at the edges. */
  readonly heights: Float64Array;
}

let tables: Ziggurat | null = null;

/** The layers, made at the first draw: most commands of the program draw nothing. */
function ziggurat(): Ziggurat {
  if (tables !== null) return tables;
  const edges = new Float64Array(LAYERS + 1);
  edges[0] = LAYER_AREA / density(TAIL_START);
  edges[1] = TAIL_START;
  for (let layer = 2; layer < LAYERS; layer++) {
    const previous = edges[layer - 1] as number;
    edges[layer] = Math.sqrt(-2 * Math.log(LAYER_AREA / previous + density(previous)));
  }
  tables = { edges, heights: edges.map(density) };
  return tables;
}

function density(x: number): number {
  return Math.exp(-x * x / 2);
}

/** Draws one standard normal number. */
export function nextNormal(generator: Pcg64): number {
  return draw(generator, ziggurat());
}

/** Fills `out[start]` to `out[end − 1]` with standard normal numbers, in order. */
export function fillNormals(
  generator: Pcg64,
  out: Float64Array,
  start = 0,
  end = out.length,
): void {
  const layers = ziggurat();
  for (let index = start; index < end; index++) out[index] = draw(generator, layers);
}

function draw(generator: Pcg64, { edges, heights }: Ziggurat): number {
  for (;;) {
    generator.step();
    const layer = generator.low & (LAYERS - 1);
    // The upper 52 bits as a number in [−1, 1), exact.
    const u = ((generator.high >>> 0) * 1_048_576 + (generator.low >>> 12)) * 2 ** -51 - 1;
    const x = u * (edges[layer] as number);
    if (Math.abs(x) < (edges[layer + 1] as number)) return x;
    if (layer === 0) return drawTail(generator, u < 0);
    const top = heights[layer + 1] as number;
    const bottom = heights[layer] as number;
    if (top + (bottom - top) * generator.nextUniform53() < density(x)) return x;
  }
}

function drawTail(generator: Pcg64, negative: boolean): number {
  let x: number;
  let y: number;
  do {
    x = Math.log(nextOpen(generator)) / TAIL_START;
    y = Math.log(nextOpen(generator));
  } while (-2 * y < x * x);
  return negative ? x - TAIL_START : TAIL_START - x;
}

/** A uniform number in the open interval (0, 1). */
function nextOpen(generator: Pcg64): number {
  return generator.nextUniform52() + 2 ** -53;
}
