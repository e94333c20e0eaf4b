/** Everything that training and simulation leave, as a digest of its bits. */
import { createHash } from "node:crypto";
import { readCase } from "../../src/case/mod.ts";
import { cutCount, startSimulation, startTraining } from "../../src/sddp/mod.ts";
import { findSolver } from "../../src/solver/mod.ts";
import { prepareCase } from "../../src/study/mod.ts";

/** Digests of a policy and of what it does. */
export interface PolicyBits {
  readonly cuts: string;
  readonly bounds: string;
  readonly simulation: string;
}

/** Trains and simulates a case with so many threads. */
export async function policyBits(directory: string, threads: number): Promise<PolicyBits> {
  const read = (await readCase(directory)).case!;
  const { study } = await prepareCase(read, findSolver());
  const help = { system: read.system, problemFolder: null, threads };
  const bounds = createHash("sha256");
  const policy = await startTraining(study, {
    ...help,
    onEvent: (event) => {
      if (event.event !== "ConvergenceUpdate") return;
      const { lower_bound, upper_bound, upper_bound_std } = event;
      add(bounds, Float64Array.of(lower_bound!, upper_bound!, upper_bound_std!));
    },
  }).result;
  const cuts = createHash("sha256");
  for (const pool of policy.pools) {
    if (pool === null) continue;
    const count = cutCount(pool);
    const { rows } = pool;
    add(cuts, rows.intercept.slice(0, count));
    add(cuts, rows.coefficients.slice(0, count * rows.slots));
    add(cuts, rows.active.slice(0, count));
    add(cuts, pool.activeCount.slice(0, count));
    add(cuts, pool.lastActive.slice(0, count));
  }
  const simulation = createHash("sha256");
  const simulated = await startSimulation(study, policy.pools, {
    ...help,
    capacity: 2,
    sink: ({ stages }) => {
      for (const stage of stages) {
        add(simulation, stage.columns.slice());
        add(simulation, stage.duals.slice());
      }
    },
  }).result;
  add(simulation, simulated.costs.slice());
  return {
    cuts: cuts.digest("hex"),
    bounds: bounds.digest("hex"),
    simulation: simulation.digest("hex"),
  };
}

function add(hash: ReturnType<typeof createHash>, values: ArrayBufferView): void {
  hash.update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
}
