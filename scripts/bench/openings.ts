/** How long an opening tree takes, and how much memory it leaves behind. */
// deno-lint-ignore-file no-console -- a script talks to the person who runs it
import type { SamplingMethod } from "../../src/model/mod.ts";
import {
  generateOpenings,
  type NoiseBlock,
  type NoiseCorrelation,
  type NoiseLayout,
  resolveCorrelation,
} from "../../src/stochastic/mod.ts";
import { formatTable } from "./table.ts";

/** The benchmark's name. */
export const name = "openings";
/** What it measures. */
export const description =
  "drawing and correlating an opening tree; arguments ENTITIES STAGES OPENINGS METHOD …";

/** Draws one tree after the other and prints what each took. */
export function run(args: readonly string[]): Promise<void> {
  const [entities = 160, stages = 60, openings = 1000] = args.slice(0, 3).map(Number);
  const methods = args.length > 3 ? args.slice(3) : ["saa", "lhs", "qmc_sobol", "qmc_halton"];
  const rows = methods.map((method) =>
    measure(entities, stages, openings, method as SamplingMethod)
  );
  console.log(formatTable(["method", "seconds", "tree MiB", "resident MiB"], rows));
  return Promise.resolve();
}

function measure(
  entities: number,
  stageCount: number,
  openings: number,
  sampling: SamplingMethod,
): string[] {
  const ids = Array.from({ length: stageCount }, (_, id) => id);
  const start = performance.now();
  const tree = generateOpenings({
    stages: ids.map((id) => ({ id, sampling })),
    groups: Int32Array.from(ids),
    counts: new Int32Array(stageCount).fill(openings),
    dim: entities,
    seed: { low: 42, high: 0 },
    correlation: correlationOf(entities, ids),
    historical: null,
  });
  const seconds = (performance.now() - start) / 1000;
  const mebibytes = (bytes: number): string => (bytes / 2 ** 20).toFixed(0);
  return [
    sampling,
    seconds.toFixed(2),
    mebibytes(tree.values.byteLength),
    mebibytes(Deno.memoryUsage().rss),
  ];
}

/** One group of all plants, whose correlation falls with the distance of their ids. */
function correlationOf(entities: number, stageIds: readonly number[]): NoiseCorrelation {
  const ids = Array.from({ length: entities }, (_, id) => id);
  const group = {
    name: "all",
    entities: ids.map((id) => ({ type: "inflow" as const, id })),
    matrix: ids.map((row) => ids.map((column) => 0.97 ** Math.abs(row - column))),
  };
  return resolveCorrelation(
    { method: "spectral", profiles: [{ name: "default", groups: [group] }], schedule: [] },
    layoutOf(ids),
    stageIds,
  );
}

function layoutOf(ids: readonly number[]): NoiseLayout {
  const block = (members: readonly number[], from: number): NoiseBlock => ({
    from,
    to: from + members.length,
    ids: Int32Array.from(members),
    positions: Int32Array.from(members),
  });
  const none = block([], ids.length);
  return { dim: ids.length, blocks: { inflow: block(ids, 0), load: none, ncs: none } };
}
