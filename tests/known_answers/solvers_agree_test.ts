/**
 * The native library and the WASM build find the same cost for the stage problems of whole cases:
 * every stage, at several states and openings, with cuts, each from a cold start.
 */
import assert from "node:assert/strict";
import { readCase } from "../../src/case/mod.ts";
import {
  gradientWorkspace,
  inflowsOf,
  knownCutParts,
  knownLayout,
  knownOutgoing,
  setStateQuantities,
  sharedCutRows,
  StageSolver,
  stateGradient,
} from "../../src/lp/mod.ts";
import { findSolver, type LpSolver, openSolver, retryCounters } from "../../src/solver/mod.ts";
import { openingOffset, realisedAvailability, realisedLoad } from "../../src/stochastic/mod.ts";
import { prepareCase, type PreparedStudy } from "../../src/study/mod.ts";

const CASES = Deno.env.get("COBRE_REFERENCE_CASES");
const TEMPLATES = new URL("../../fixtures/templates/", import.meta.url);

/** Cuts of a stage, and as many states at which each stage is solved. */
const STATES = 3;
const OPENINGS = 2;
const TOLERANCE = 1e-8;

/** Numbers from 0 to 1, spread evenly and always the same. */
function evenNumbers(): () => number {
  let at = 0;
  return () => (at = (at + (Math.sqrt(5) - 1) / 2) % 1);
}

/** A state within reach: reservoirs from empty to full, other slots around those at the start. */
function someState(
  { study, problems }: PreparedStudy,
  position: number,
  random: () => number,
): Float64Array {
  const { data: { hydros }, map } = problems.models.stages[position]!;
  return Float64Array.from(map.incoming.slots, ({ kind, entity }, slot) => {
    const share = random();
    if (kind === "storage") return share * hydros.maxStorageHm3[entity]!;
    return 2 * share * (study.initialState[slot] ?? 0);
  });
}

/** The known quantities of a stage and the known parts of its cuts. */
function given(
  { study }: PreparedStudy,
  { position, count }: { readonly position: number; readonly count: number },
  { template, cuts, knownRanges }: StageSolver,
  state: Float64Array,
  opening: number,
): { known: Float64Array; parts: Float64Array } {
  const { model, map } = template;
  const { tree, loads, availabilities, stages } = study;
  const { blocks, loadFactor, availableMw } = stages[position]!;
  const offset = openingOffset(tree, position, opening % tree.counts[position]!);
  const noise = tree.values.slice(offset, offset + tree.dim);
  const layout = knownLayout(model);
  const known = new Float64Array(layout.count);
  const z = new Float64Array(map.inflow.base.length);
  inflowsOf(map, state, noise, z);
  setStateQuantities(map, state, known);
  z.forEach((flow, hydro) => z[hydro] = Math.max(0, flow));
  known.set(z, Math.max(0, layout.inflow));
  const load = new Float64Array(loads.entities);
  realisedLoad(loads, position, noise, load);
  loadFactor.forEach((factor, at) => {
    known[layout.load + at] = factor * load[Math.floor(at / blocks)]!;
  });
  const share = new Float64Array(availabilities.entities);
  realisedAvailability(availabilities, position, noise, share);
  availableMw.forEach((mw, at) => {
    known[layout.available + at] = mw * share[Math.floor(at / blocks)]!;
  });
  const outgoing = new Float64Array(map.outgoing.slots.length);
  knownOutgoing(template, state, known, z, outgoing);
  const parts = new Float64Array(count);
  knownCutParts(cuts, count, knownRanges, outgoing, parts);
  return { known, parts };
}

/** Solves every stage in both solvers, from the last to the first, each with cuts of the next. */
async function compare(directory: string, solvers: readonly LpSolver[]): Promise<number> {
  const reading = await readCase(directory);
  const { kind, path } = findSolver();
  const prepared = await prepareCase(reading.case!, { kind, path });
  const { stages } = prepared.study;
  const random = evenNumbers();
  let later: { intercept: number; gradient: Float64Array }[] = [];
  let compared = 0;
  for (let position = stages.length - 1; position >= 0; position--) {
    const { template } = stages[position]!;
    const cuts = sharedCutRows(template.map.outgoing.slots.length, later.length);
    later.forEach(({ intercept, gradient }, cut) => {
      cuts.intercept[cut] = intercept;
      cuts.coefficients.set(gradient, cut * cuts.slots);
      cuts.active[cut] = 1;
    });
    const site = { position, count: later.length };
    const sites = solvers.map((solver) =>
      new StageSolver(solver, { template, cuts, counters: retryCounters() })
    );
    later = [];
    for (let at = 0; at < STATES; at++) {
      const state = someState(prepared, position, random);
      for (let opening = 0; opening < OPENINGS; opening++) {
        const { known, parts } = given(prepared, site, sites[0]!, state, opening);
        const costs = sites.map((stage) => {
          stage.startTask(site.count, null);
          assert.equal(stage.solve(known, parts), "optimal");
          return stage.cost(known);
        });
        compared++;
        const [first, second] = costs as [number, number];
        assert.ok(
          Math.abs(first - second) <= TOLERANCE * Math.max(1, Math.abs(first)),
          `stage ${position}, state ${at}, opening ${opening}: ${first} and ${second}`,
        );
        if (opening > 0) continue;
        const gradient = new Float64Array(state.length);
        stateGradient(sites[0]!, known, gradientWorkspace(sites[0]!), gradient);
        const slope = gradient.reduce((sum, value, slot) => sum + value * state[slot]!, 0);
        later.push({ intercept: first - slope, gradient });
      }
    }
    for (const stage of sites) stage.close();
  }
  return compared;
}

const native = findSolver().kind === "native";
const folders = [...Deno.readDirSync(TEMPLATES)].map(({ name }) =>
  new URL(name, TEMPLATES).pathname
);
if (CASES !== undefined) {
  folders.push(
    ...["4ree", "d04-transmission", "d08-evaporation", "d20-operational-violations"]
      .map((name) => `${CASES}/${name}`),
  );
}

for (const folder of folders.sort()) {
  Deno.test({
    name: `native and WASM solver find the same cost of every stage of ${
      folder.split("/").at(-1)
    } (needs a native library)`,
    ignore: !native,
    fn: async () => {
      using first = await openSolver(findSolver());
      using second = await openSolver({ kind: "wasm", path: null });
      assert.ok(await compare(folder, [first, second]) > 0);
    },
  });
}
